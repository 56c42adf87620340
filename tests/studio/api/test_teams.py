"""Teams: who is in them and how they come and go; what their things are to whom; quotas that no order goes around."""

from decimal import Decimal

import pytest
from fastapi.testclient import TestClient

from models.pricing import Use
from studio.errors import OverCap
from studio.services.till import UserTill
from studio.store.tables import Generation, TeamInvitation
from tests.studio.api.test_tenancy_roles import team_of
from tests.studio.api.whole import PROMPT, Person, finished, join, order, refused
from tests.studio.three_step_ad import AdHouse


def told(client: TestClient, who: Person, path: str) -> dict[str, object]:
    found: dict[str, object] = client.get(f"/api{path}", headers=who.bearer).json()
    return found


def changed(client: TestClient, who: Person, team: str, member: Person, **values: object) -> object:
    return client.patch(f"/api/teams/{team}/members/{member.id}", headers=who.bearer, json=values)


def test_a_team_is_made_joined_left_and_keeps_an_owner(client: TestClient, house: AdHouse, ada: Person, bob: Person) -> None:
    team = client.post("/api/teams", headers=ada.bearer, json={"name": "  Lumen <b>agency</b> "}).json()
    assert (team["name"], team["role"], [m["username"] for m in team["members"]]) == ("Lumen agency", "owner", ["ada"])
    here = f"/api/teams/{team['id']}"
    unknown = client.post(f"{here}/invitations", headers=ada.bearer, json={"username": "nobody", "role": "editor"})
    assert refused(unknown, 422, "invalid_input")["field"] == "username"
    for role in ("reviewer", "editor"):  # asking again renews
        asked = client.post(f"{here}/invitations", headers=ada.bearer, json={"username": "BOB", "role": role}).json()
    assert [one["id"] for one in told(client, ada, f"/teams/{team['id']}")["invitations"]] == [asked["id"]]  # type: ignore[attr-defined]
    (mine,) = told(client, bob, "/teams")["invitations"]  # type: ignore[misc]
    assert (mine["team"], mine["role"]) == ("Lumen agency", "editor")
    refused(client.post(f"/api/invitations/{asked['id']}/accept", headers=ada.bearer), 404, "not_found")
    assert client.delete(f"/api/invitations/{asked['id']}", headers=bob.bearer).status_code == 204
    refused(client.post(f"/api/invitations/{asked['id']}/accept", headers=bob.bearer), 404, "not_found")
    late = client.post(f"{here}/invitations", headers=ada.bearer, json={"username": "bob", "role": "editor"}).json()["id"]
    with house.database.writing() as session:
        row = session.get_one(TeamInvitation, late)
        row.expires_at = row.created_at
    refused(client.post(f"/api/invitations/{late}/accept", headers=bob.bearer), 404, "not_found")
    again = client.post(f"{here}/invitations", headers=ada.bearer, json={"username": "bob", "role": "editor"}).json()["id"]
    assert client.post(f"/api/invitations/{again}/accept", headers=bob.bearer).status_code == 200
    a_member = client.post(f"{here}/invitations", headers=ada.bearer, json={"username": "bob", "role": "owner"})
    assert refused(a_member, 422, "invalid_input")["field"] == "username"
    as_bob_sees_it = told(client, bob, f"/teams/{team['id']}")
    assert [(m["username"], m["told"]) for m in as_bob_sees_it["members"]] == [("ada", False), ("bob", True)]  # type: ignore[attr-defined]

    refused(client.delete(f"{here}/members/{ada.id}", headers=bob.bearer), 403, "role_refused")
    refused(client.delete(f"{here}/members/{ada.id}", headers=ada.bearer), 409, "not_ready")
    refused(changed(client, ada, team["id"], ada, role="editor"), 409, "not_ready")
    assert changed(client, ada, team["id"], bob, role="owner").status_code == 200  # type: ignore[attr-defined]
    assert client.delete(f"{here}/members/{ada.id}", headers=ada.bearer).status_code == 204
    refused(client.get(here, headers=ada.bearer), 404, "not_found")
    refused(client.delete(f"{here}/members/{bob.id}", headers=bob.bearer), 409, "not_ready")


def test_quotas_count_what_is_ordered_for_the_team_and_nothing_goes_around_them(
    client: TestClient, house: AdHouse, ada: Person, bob: Person
) -> None:
    team = team_of(client, ada, (bob, "editor"))
    asked = {"prompt": PROMPT, "team": team}
    for value, field in ((-1, "ads_per_hour"), (-0.01, "month_cap"), (1e9, "month_cap")):
        assert refused(changed(client, ada, team, bob, **{field: value}), 422, "invalid_input")["field"] == field
    changed(client, ada, team, bob, ads_per_hour=1)

    def left() -> object:
        return client.post("/api/estimate", headers=bob.bearer, json=asked).json()["team_orders_left"]

    assert left() == 1
    first = order(client, bob, team=team)
    assert left() == 0
    told_so = refused(client.post("/api/generate", headers=bob.bearer, json=asked), 429, "too_many")
    assert "1 ads an hour for this team" in told_so["message"]
    client.post(f"/api/generations/{first}/cancel", headers=bob.bearer)
    with house.working():
        house.ended(bob.id, first)
    refused(client.post(f"/api/generations/{first}/retry", headers=bob.bearer), 429, "too_many")  # trying again is an order
    refused(client.post(f"/api/generations/{first}/retry", headers=ada.bearer), 403, "role_refused")  # nor on somebody else's account
    pair = client.post("/api/variants", headers=bob.bearer, json=asked | {"calls": ["", "Find yours"]})
    assert "order fewer at once" in refused(pair, 429, "too_many")["message"]
    changed(client, ada, team, bob, ads_per_hour=0)
    assert refused(client.post("/api/generate", headers=bob.bearer, json=asked), 429, "too_many")["message"].startswith("0 ads an hour")
    changed(client, ada, team, bob, ads_per_hour=1)
    own = order(client, bob)
    with house.database.reading() as session:
        assert (session.get_one(Generation, first).team_id, session.get_one(Generation, own).team_id) == (team, None)

    changed(client, ada, team, bob, ads_per_hour=None, month_cap=0.01)
    assert "for this team" in refused(client.post("/api/generate", headers=bob.bearer, json=asked), 402, "over_cap")["message"]
    assert client.post("/api/estimate", headers=bob.bearer, json=asked).json()["left_this_month"] == pytest.approx(0.01)
    changed(client, ada, team, bob, month_cap=1.0)
    second = order(client, bob, team=team)
    changed(client, ada, team, bob, month_cap=0.0)  # lowered while it is made: what was promised is still paid, and nothing beyond
    till = UserTill(house.spending, bob.id, f"{second}/film", second)
    till.order(Use("openai/gpt-4o", tokens_out=2000)).settle(Decimal("0.0123"))
    with pytest.raises(OverCap) as over:
        till.order(Use("openai/gpt-4o", tokens_out=200_000))
    assert over.value.cap == "member"
    members = {m["username"]: m for m in told(client, ada, f"/teams/{team}")["members"]}  # type: ignore[attr-defined]
    assert members["bob"]["spent"] == pytest.approx(0.0123)
    with house.database.writing() as session:  # the ad goes, the money stays spent
        session.delete(session.get_one(Generation, second))
    members = {m["username"]: m for m in told(client, ada, f"/teams/{team}")["members"]}  # type: ignore[attr-defined]
    assert members["bob"]["spent"] == pytest.approx(0.0123)

    changed(client, ada, team, bob, role="reviewer", month_cap=None)
    refused(client.post("/api/generate", headers=bob.bearer, json=asked), 403, "role_refused")
    stranger = join(client, "carol")
    assert refused(client.post("/api/generate", headers=stranger.bearer, json=asked), 422, "invalid_input")["field"] == "team"


def test_what_a_team_has_stays_with_it_and_goes_back_when_it_ends(client: TestClient, house: AdHouse, ada: Person, bob: Person) -> None:
    carol = join(client, "carol")
    team = team_of(client, ada, (bob, "editor"), (carol, "reviewer"))
    ad = finished(client, house, bob)
    film = ad["result"]["video_url"]
    kit = client.post("/api/brands", headers=bob.bearer, json={"name": "Aurelia"}).json()["id"]
    refused(client.put(f"/api/generations/{ad['id']}/team", headers=bob.bearer, json={"team_id": kit}), 422, "invalid_input")
    for what in (f"generations/{ad['id']}", f"brands/{kit}"):
        assert client.put(f"/api/{what}/team", headers=bob.bearer, json={"team_id": team}).status_code == 204
    assert [card["id"] for card in told(client, carol, f"/generations?team={team}")["generations"]] == [ad["id"]]  # type: ignore[attr-defined]
    assert told(client, carol, "/generations")["total"] == 0
    assert [(one["id"], one["may"]) for one in told(client, carol, "/brands")["brands"]] == [(kit, "look")]  # type: ignore[attr-defined]
    assert told(client, carol, f"/generations/{ad['id']}")["may"] == "look"
    assert client.get(film, headers=carol.bearer).status_code == 200

    link = client.post(f"/api/generations/{ad['id']}/share", headers=bob.bearer).json()["url"].rpartition("/")[2]
    remarks = f"/api/generations/{ad['id']}/remarks"
    said = {who.name: client.post(remarks, headers=who.bearer, json={"text": who.name}) for who in (carol, bob)}
    assert {name: reply.json()["by_owner"] for name, reply in said.items()} == {"carol": False, "bob": True}
    assert [one["text"] for one in client.get(f"/api/shared/{link}").json()["remarks"]] == ["bob"]  # a reviewer's stay among the team
    for decision in ("changes", "approved"):
        assert client.post(f"/api/generations/{ad['id']}/decision", headers=carol.bearer, json={"decision": decision}).status_code == 201
    review = told(client, bob, f"/generations/{ad['id']}/review")
    assert [(one["author"], one["decision"]) for one in review["decisions"]] == [("carol", "approved")]  # type: ignore[attr-defined]
    assert client.delete(f"{remarks}/{said['carol'].json()['id']}", headers=carol.bearer).status_code == 204

    assert client.delete(f"/api/teams/{team}/members/{bob.id}", headers=bob.bearer).status_code == 204
    assert told(client, bob, "/generations")["total"] == 0
    assert told(client, bob, "/brands")["brands"] == []
    refused(client.get(film, headers=bob.bearer), 404, "not_found")
    refused(client.get(f"/api/generations/{ad['id']}", headers=bob.bearer), 404, "not_found")
    assert client.delete(f"/api/teams/{team}", headers=ada.bearer).status_code == 204
    assert told(client, bob, f"/generations/{ad['id']}")["team_id"] is None
    assert [one["id"] for one in told(client, bob, "/brands")["brands"]] == [kit]  # type: ignore[attr-defined]
    refused(client.get(f"/api/generations/{ad['id']}", headers=carol.bearer), 404, "not_found")
