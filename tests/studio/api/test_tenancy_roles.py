"""What is a team's: every route of the OpenAPI document that reaches it, asked by nobody, by somebody else, by a reviewer, an editor and
an owner. One table says which role a route needs; a route that is not in it needs an owner, or whoever made the thing."""

from typing import Any

from fastapi.testclient import TestClient

from tests.studio.api.test_tenancy import NOT_YOURS, Ids, ask, routes
from tests.studio.api.whole import Person, finished, join, refused
from tests.studio.three_step_ad import AdHouse

ROLES = ("reviewer", "editor", "owner")
NO_SUCH = ("There is no such ad.", "There is no such brand kit.", "There is no such team.", "There is no such file.")

AD, KIT, TEAM, MEDIA = "/generations/{generation_id}", "/brands/{kit_id}", "/teams/{team_id}", "/media"
EDIT = f"{AD}/editor"
NEEDS: dict[tuple[str, str], str] = {
    **dict.fromkeys(
        [
            ("get", AD),
            *(("get", f"/{what}/{{generation_id}}") for what in ("status", "video", "thumbnail")),
            *(("get", f"{AD}/{what}") for what in ("quality", "enhancement", "provenance", "rating", "links", "review", "keeping")),
            *(("post", f"{AD}/{act}") for act in ("remarks", "decision")),
            *(("get", f"{EDIT}/{what}") for what in ("exports", "regenerations", "regenerations/{regeneration_id}")),
            *(("get", f"{MEDIA}/{{media_id}}{what}") for what in ("", "/strip", "/proxy", "/wave")),
            ("get", KIT),
            ("get", TEAM),
        ],
        "reviewer",
    ),
    **dict.fromkeys(
        [
            ("get", EDIT),
            *(("post", f"{EDIT}/{act}") for act in ("actions", "undo", "redo", "save", "open", "import", "preflight", "exports", "assets")),
            *(("post", f"{EDIT}/regenerations{act}") for act in ("", "/estimate")),
            *(("post", f"{EDIT}/regenerations/{{regeneration_id}}/{act}") for act in ("accept", "cancel")),
            *(("delete", f"{EDIT}/{what}") for what in ("draft", "assets/{asset_id}", "regenerations/{regeneration_id}")),
            *(("get", f"{EDIT}/{what}") for what in ("export", "handoff.zip", "assets", "scores")),
            ("post", f"{AD}/enhance"),
            *((method, f"{AD}/share") for method in ("post", "delete")),
            *((method, f"{AD}/remarks/{{remark_id}}") for method in ("put", "delete")),
            ("delete", f"{AD}/links/{{link_id}}"),
            ("patch", KIT),
            *((method, f"{KIT}/fonts/{{role}}") for method in ("post", "delete")),
        ],
        "editor",
    ),
}
"""The smallest role that a route lets in."""

LAST = [("put", f"{KIT}/team"), ("delete", KIT), ("put", f"{AD}/team"), ("delete", AD), ("delete", TEAM)]
"""After these there is less left to ask for."""


def of_teams() -> list[tuple[str, str]]:
    """Every route that reaches an ad, a file, a brand kit or a team by its id, those that end something last."""
    found = [(m, p) for m, p, _ in routes() if any(f"{{{id}}}" in p for id in ("generation_id", "kit_id", "media_id", "team_id"))]
    assert set(NEEDS) | set(LAST) <= set(found)
    return [one for one in found if one not in LAST] + LAST


def team_of(client: TestClient, owner: Person, *others: tuple[Person, str]) -> str:
    """A team of these people, each of whom was asked in and accepted."""
    team: str = client.post("/api/teams", headers=owner.bearer, json={"name": "Lumen"}).json()["id"]
    for person, role in others:
        asked = client.post(f"/api/teams/{team}/invitations", headers=owner.bearer, json={"username": person.name, "role": role})
        assert asked.status_code == 201, asked.text
        assert client.post(f"/api/invitations/{asked.json()['id']}/accept", headers=person.bearer).json() == {"team_id": team}
    return team


def test_every_route_by_role(client: TestClient, house: AdHouse, ada: Person, bob: Person) -> None:
    people = {role: join(client, role) for role in ROLES}
    team = team_of(client, ada, *((person, role) for role, person in people.items()))
    ad = finished(client, house, ada)
    kit = client.post("/api/brands", headers=ada.bearer, json={"name": "Aurelia"}).json()
    media_id = ad["result"]["poster_url"].rpartition("/")[2]
    ids = Ids(generation_id=ad["id"], kit_id=kit["id"], team_id=team, media_id=media_id, user_id=bob.id, role="display")

    def asks(who: Person, method: str, route: str) -> Any:
        return ask(client, method, route.format_map(ids), route, headers=who.bearer)

    for what in (f"/generations/{ad['id']}", f"/brands/{kit['id']}"):
        before = client.put(f"/api{what}/team", headers=people["owner"].bearer, json={"team_id": team})
        refused(before, 404, "not_found")  # an owner of the team does not know of what is ada's
        assert client.put(f"/api{what}/team", headers=ada.bearer, json={"team_id": team}).status_code == 204
    for method, route in of_teams():
        refused(client.request(method, f"/api{route.format_map(ids)}"), 401, "not_signed_in")
        refused(asks(bob, method, route), *((403, "not_yours") if (method, route) in NOT_YOURS else (404, "not_found")))
        needed = ROLES.index(NEEDS.get((method, route), "owner"))
        for role in ROLES[:needed]:
            refused(asks(people[role], method, route), 403, "role_refused")
    assert client.get(f"/api/generations/{ad['id']}", headers=ada.bearer).json() == ad | {"team_id": team}
    assert client.get(f"/api/brands/{kit['id']}", headers=ada.bearer).json() == kit | {"team_id": team}
    for method, route in of_teams():
        reply = asks(people[NEEDS.get((method, route), "owner")], method, route)
        assert reply.status_code not in (401, 500), (method, route, reply.text)
        if reply.status_code in (403, 404) and "json" in reply.headers.get("content-type", ""):
            told = reply.json()["error"]
            only_ada = (method, route) == ("post", f"{AD}/retry")  # it would count for her
            assert told["code"] != "role_refused" or only_ada, (method, route)
            assert told["message"] not in NO_SUCH or (method, route) in LAST, (method, route)
