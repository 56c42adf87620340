"""What is a team's: every route of the OpenAPI document that reaches it, asked by nobody, by somebody else, by a reviewer, an editor and
an owner. One table says which role a route needs; a route that is not in it needs an owner, or whoever made the thing."""

from typing import Any

from fastapi.testclient import TestClient

from tests.studio.api.test_tenancy import NOT_YOURS, Ids, ask, routes
from tests.studio.api.whole import PROMPT, Person, everything, join, refused
from tests.studio.three_step_ad import AdHouse

ROLES = ("reviewer", "editor", "owner")
NO_SUCH = {f"There is no such {what}." for what in ("ad", "brand kit", "team", "file", "group of takes")} | {
    "There is no such hero frame.",
    "There is no such set of hero frames.",
    "There is no such set of variants.",
}

AD, KIT, TEAM, MEDIA = "/generations/{generation_id}", "/brands/{kit_id}", "/teams/{team_id}", "/media"
FRAME, GROUP, FRAMES, VARIANTS = "/hero-frames/{frame_id}", "/generation-groups/{group_id}", "/hero-sets/{set_id}", "/variants/{set_id}"
OURS = ("generation_id", "kit_id", "media_id", "team_id", "frame_id", "group_id", "set_id", "attempt_id")
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
            *(("get", route) for route in (KIT, TEAM, FRAME, GROUP, FRAMES, VARIANTS)),
            ("get", f"{FRAME}/lineage"),
            *(("get", path) for path in ("/video-attempts/{attempt_id}/frames", "/dashboard/groups/{group_id}")),
            *(("get", f"{VARIANTS}/{what}") for what in ("manifest.csv", "films.zip")),
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
            *(("post", f"{FRAME}/{act}") for act in ("again", "vary", "select")),
            *((method, f"{FRAME}/favorite") for method in ("put", "delete")),
            ("patch", GROUP),
            *(("post", f"{GROUP}/{act}") for act in ("select", "missing", "missing/estimate", "suggestions")),
            *(("post", f"{GROUP}/use-in-ad{act}") for act in ("", "/estimate")),
            ("patch", KIT),
            *((method, f"{KIT}/fonts/{{role}}") for method in ("post", "delete")),
        ],
        "editor",
    ),
}
"""The smallest role that a route lets in."""

THINGS = (KIT, AD, GROUP, FRAME, VARIANTS)
LAST = [
    *(("put", f"{thing}/team") for thing in THINGS),
    *(("delete", thing) for thing in (KIT, AD, GROUP, FRAMES, VARIANTS, TEAM)),
]
"""After these there is less left to ask for."""


def of_teams() -> list[tuple[str, str]]:
    """Every route that reaches a team, or something that one can have, by its id, those that end something last."""
    found = [(m, p) for m, p, _ in routes() if any(f"{{{id}}}" in p for id in OURS)]
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
    ad, hero, group = everything(client, house, ada)
    variants = client.post("/api/variants", headers=ada.bearer, json={"prompt": PROMPT, "calls": ["", "Find yours"]}).json()["id"]
    client.post(f"/api/variants/{variants}/cancel", headers=ada.bearer)
    kit = client.post("/api/brands", headers=ada.bearer, json={"name": "Aurelia"}).json()
    media_id = ad["result"]["poster_url"].rpartition("/")[2]
    ids = Ids(
        generation_id=ad["id"],
        kit_id=kit["id"],
        team_id=team,
        media_id=media_id,
        frame_id=hero["frames"][1]["id"],
        group_id=group["id"],
        attempt_id=group["iterations"][0]["attempts"][0]["id"],
        user_id=bob.id,
        role="display",
    )

    def at(route: str) -> str:
        return route.format_map(Ids(ids, set_id=variants if route.startswith("/variants") else hero["id"]))

    def asks(who: Person, method: str, route: str) -> Any:
        return ask(client, method, at(route), route, headers=who.bearer)

    for what in [at(thing) for thing in (KIT, AD, FRAME, VARIANTS)]:  # the group goes with its frame
        before = client.put(f"/api{what}/team", headers=people["owner"].bearer, json={"team_id": team})
        refused(before, 404, "not_found")  # an owner of the team does not know of what is ada's
        assert client.put(f"/api{what}/team", headers=ada.bearer, json={"team_id": team}).status_code == 204
    for method, route in of_teams():
        refused(client.request(method, f"/api{at(route)}"), 401, "not_signed_in")
        refused(asks(bob, method, route), *((403, "not_yours") if (method, route) in NOT_YOURS else (404, "not_found")))
        needed = ROLES.index(NEEDS.get((method, route), "owner"))
        for role in ROLES[:needed]:
            refused(asks(people[role], method, route), 403, "role_refused")
    assert client.get(f"/api/generations/{ad['id']}", headers=ada.bearer).json() == ad | {"team_id": team}
    assert client.get(f"/api/brands/{kit['id']}", headers=ada.bearer).json() == kit | {"team_id": team}
    (given,) = client.get(f"/api/variants?team={team}", headers=people["reviewer"].bearer).json()["sets"]
    assert (given["id"], given["may"], {cell["ad"]["team_id"] for cell in given["cells"]}) == (variants, "look", {team})
    as_before = client.get(f"/api/generation-groups/{group['id']}", headers=ada.bearer).json()
    assert as_before == group | {"team_id": team, "hero_frame": group["hero_frame"] | {"team_id": team}}
    for method, route in of_teams():
        reply = asks(people[NEEDS.get((method, route), "owner")], method, route)
        assert reply.status_code not in (401, 500), (method, route, reply.text)
        if reply.status_code in (403, 404) and "json" in reply.headers.get("content-type", ""):
            told = reply.json()["error"]
            only_ada = (method, route) == ("post", f"{AD}/retry")  # it would count for her
            assert told["code"] != "role_refused" or only_ada, (method, route)
            assert told["message"] not in NO_SUCH or (method, route) in LAST, (method, route)
