"""Links into a team over HTTP: made by an owner, opened by strangers, followed by whoever signs in or up."""

from fastapi.testclient import TestClient

from studio.store.tables import TeamInvitation
from tests.studio.api.test_tenancy_roles import team_of
from tests.studio.api.whole import Person, join, refused
from tests.studio.three_step_ad import AdHouse


def test_from_a_link_to_a_member(client: TestClient, house: AdHouse, ada: Person, bob: Person) -> None:
    team = team_of(client, ada, (bob, "editor"))
    here = f"/api/teams/{team}/links"
    made = client.post(here, headers=ada.bearer, json={"role": "reviewer", "uses": 2}).json()
    page, _, token = made["url"].partition("#")
    reply = client.get(page)
    assert (reply.status_code, reply.headers["referrer-policy"], reply.headers["x-robots-tag"]) == (200, "no-referrer", "noindex")
    assert (page, made["used"], made["made_by"]) == ("/join", 0, "ada")

    def opened(headers: dict[str, str] | None = None) -> object:
        told = client.post("/api/team-links/open", headers=headers or {}, json={"token": token}).json()
        return told["team"], told["role"], told["you"], told["member"]

    client.cookies.clear()
    assert opened() == ("Lumen", "reviewer", None, False)
    assert opened({"authorization": "Bearer nonsense"}) == ("Lumen", "reviewer", None, False)
    assert opened(bob.bearer) == ("Lumen", "reviewer", "bob", True)
    refused(client.post("/api/team-links/join", json={"token": token}), 401, "not_signed_in")
    carol = join(client, "carol")
    assert client.post("/api/team-links/join", headers=carol.bearer, json={"token": token}).json() == {"team_id": team}
    inside = client.get(f"/api/teams/{team}", headers=ada.bearer).json()
    assert {one["username"]: one["role"] for one in inside["members"]} == {"ada": "owner", "bob": "editor", "carol": "reviewer"}
    assert [(one["id"], one["used"]) for one in inside["links"]] == [(made["id"], 1)]
    assert client.get(f"/api/teams/{team}", headers=bob.bearer).json()["links"] == []

    refused(client.post(here, headers=ada.bearer, json={"role": "owner"}), 422, "invalid_request")
    assert refused(client.post(here, headers=ada.bearer, json={"role": "editor", "uses": 101}), 422, "invalid_input")["field"] == "uses"
    with house.database.writing() as session:
        row = session.get_one(TeamInvitation, made["id"])
        row.expires_at = row.created_at
    dan = join(client, "dan")
    for act in ("open", "join"):
        refused(client.post(f"/api/team-links/{act}", headers=dan.bearer, json={"token": token}), 410, "link_ended")
    again = client.post(here, headers=ada.bearer, json={"role": "editor"}).json()
    assert client.delete(f"{here}/{again['id']}", headers=ada.bearer).status_code == 204
    refused(client.delete(f"{here}/{again['id']}", headers=ada.bearer), 404, "not_found")
    token = again["url"].partition("#")[2]
    for act in ("open", "join"):
        refused(client.post(f"/api/team-links/{act}", headers=dan.bearer, json={"token": token}), 404, "not_found")
