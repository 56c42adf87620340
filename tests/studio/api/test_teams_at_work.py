"""A team at work on real files: an editor cuts a team-mate's ad and exports it, and goes on with their hero frames; a reviewer looks."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from models.media.video_file import VideoReader
from studio.store.database import connect
from tests.studio.api.test_tenancy_roles import team_of
from tests.studio.api.whole import Person, join, order, order_hero, refused
from tests.studio.editable_ad import SHOWN, editable_ad
from tests.studio.quick_finish import no_look
from tests.studio.three_step_ad import AdHouse, ad_house


@pytest.fixture
def house(migrated_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AdHouse]:
    for measuring in ("tests.studio.editable_ad.check_ad", "studio.jobs.export_job.check_ad"):
        monkeypatch.setattr(measuring, no_look)  # how films are measured has nothing to do with whose they are
    shutil.copy(migrated_sqlite, tmp_path / "studio.db")
    database = connect(f"sqlite:///{tmp_path / 'studio.db'}")
    with ad_house(database, tmp_path, per_hour=8, job=editable_ad) as opened:
        yield opened
    database.close()


def ask(client: TestClient, who: Person, path: str, status: int = 200, body: Any = None, method: str = "") -> Any:
    reply = client.request(method or ("GET" if body is None else "POST"), f"/api{path}", headers=who.bearer, json=body)
    assert reply.status_code == status, (path, reply.text)
    return reply.json() if status != 204 else None


def test_a_team_at_work(client: TestClient, house: AdHouse, ada: Person, bob: Person) -> None:
    carol = join(client, "carol")
    team = team_of(client, ada, (bob, "editor"), (carol, "reviewer"))
    with house.working():
        id = order(client, ada, team=team)
        house.ended(ada.id, id)
        version = cut_and_exported(client, house, id, bob, carol)
        frames_and_takes(client, house, team, (ada, bob, carol))
    link = ask(client, bob, f"/generations/{id}/share", 200, {"with_versions": True})["url"].rpartition("/")[2]
    assert [film["version"] for film in client.get(f"/api/shared/{link}").json()["films"]] == [None, version]
    refused(client.post(f"/api/generations/{id}/share", headers=carol.bearer), 403, "role_refused")

    ask(client, bob, f"/teams/{team}/members/{bob.id}", 204, method="DELETE")
    for path in (f"/generations/{version}", f"/generations/{id}", f"/generations/{id}/editor"):
        refused(client.get(f"/api{path}", headers=bob.bearer), 404, "not_found")
    assert ask(client, ada, f"/generations/{version}")["team_id"] == team  # what he made for the team stays with it
    assert client.get(f"/api/shared/{link}").status_code == 200  # and so does the link that he sent out
    ask(client, ada, f"/teams/{team}", 204, method="DELETE")
    for one in (id, version):
        told = ask(client, ada, f"/generations/{one}")
        assert (told["team_id"], told["may"]) == (None, "manage")
        refused(client.get(f"/api/generations/{one}", headers=bob.bearer), 404, "not_found")


def cut_and_exported(client: TestClient, house: AdHouse, id: str, editor: Person, reviewer: Person) -> str:
    """The id of the version that the editor made of somebody else's ad."""
    here = f"/generations/{id}/editor"
    draft = ask(client, editor, here)
    trim = {"action": "trim", "clip": draft["edit"]["pieces"][0]["id"], "edge": "tail", "by": -12, "ripple": True}
    draft = ask(client, editor, f"{here}/actions", 200, {"revision": 1, "actions": [trim]})
    version: str = ask(client, editor, f"{here}/exports", 202, {"revision": draft["revision"]})["generation_id"]
    house.ended(editor.id, version)
    told = ask(client, reviewer, f"/generations/{version}")
    assert (told["status"], told["may"]) == ("completed", "look")
    film = client.get(told["result"]["video_url"], headers=reviewer.bearer)
    with _reader(film.content, house) as reader:
        assert reader.n_frames == 4 * SHOWN - 12, "it is shorter by what the editor took away"

    acts = (("", None), ("/actions", {"revision": draft["revision"], "actions": [trim]}), ("/exports", {"revision": 2}))
    for act, body in acts:
        reply = client.request("POST" if body else "GET", f"/api{here}{act}", headers=reviewer.bearer, json=body)
        assert "ask an owner of its team to make you an editor" in refused(reply, 403, "role_refused")["message"]
    assert [one["generation_id"] for one in ask(client, reviewer, f"{here}/exports")["exports"]] == [version]
    ask(client, reviewer, f"/generations/{id}/decision", 201, {"decision": "approved", "version": version})
    return version


def _reader(content: bytes, house: AdHouse) -> VideoReader:
    path = house.work / "fetched.mp4"
    path.write_bytes(content)
    return VideoReader(path)


def frames_and_takes(client: TestClient, house: AdHouse, team: str, people: tuple[Person, Person, Person]) -> None:
    """A tree of hero frames with its takes: given, gone on with by an editor, looked at by a reviewer, taken back as a whole."""
    ada, bob, carol = people
    photo = io.BytesIO()
    Image.new("RGB", (100, 100), (200, 30, 60)).save(photo, "PNG")
    product = client.post("/api/uploads", headers=ada.bearer, files={"file": ("a.png", photo.getvalue())}).json()["id"]
    first = order_hero(client, ada, product_image_id=product)
    house.ended(ada.id, first)
    frame = ask(client, ada, f"/hero-sets/{first}")["frames"][0]
    refused(client.get(f"/api/hero-frames/{frame['id']}", headers=bob.bearer), 404, "not_found")
    ask(client, ada, f"/hero-frames/{frame['id']}/team", 204, {"team_id": team}, "PUT")

    varied = ask(client, bob, f"/hero-frames/{frame['id']}/vary", 202, {"words": "a single water drop"})  # with the photo that ada brought
    assert (varied["team_id"], varied["may"]) == (team, "manage")
    house.ended(bob.id, varied["id"])
    film = {"model": "plain/film", "duration": 2, "auto_attempts": 1}
    ordered = ask(client, bob, "/image-to-video", 202, film | {"hero_frame_id": frame["id"]})
    house.ended(bob.id, ordered["generation_id"])
    group = f"/generation-groups/{ordered['group_id']}"
    refused(client.post("/api/image-to-video", headers=carol.bearer, json=film | {"hero_frame_id": frame["id"]}), 403, "role_refused")
    again = ask(client, ada, "/image-to-video", 202, film | {"hero_frame_id": frame["id"], "group_id": ordered["group_id"]})
    ask(client, ada, f"/generations/{again['generation_id']}/cancel", 202, {})  # ordering it is what matters here
    house.ended(ada.id, again["generation_id"])
    seen = ask(client, carol, group)
    assert (seen["may"], seen["team_id"], [one["number"] for one in seen["iterations"]]) == ("look", team, [1, 2])
    take = seen["iterations"][0]["attempts"][0]
    assert client.get(take["video_url"], headers=carol.bearer).status_code == 200
    ask(client, ada, f"{group}/select", 200, {"attempt_id": take["id"]})
    for path, found in (("/hero-frames", "frames"), ("/hero-sets", "sets"), ("/generation-groups", "groups")):
        assert ask(client, carol, path)["total"] == 0
        assert ask(client, carol, f"{path}?team={team}")["total"] == len(ask(client, carol, f"{path}?team={team}")[found]) > 0
    for one, why in (
        (first, "used"),
        (again["generation_id"], "final"),
    ):  # a team-mate's takes begin there; it goes with a team-mate's group
        assert ask(client, ada, f"/generations/{one}/keeping")["why"] == why
    edit = ask(client, bob, f"/generations/{ordered['generation_id']}/editor")["ad"]["id"]  # the version, on a timeline of its own
    assert ask(client, carol, f"/generations/{edit}")["team_id"] == team
    ad = ask(client, bob, f"{group}/use-in-ad/estimate", 200, {})
    assert ad["cost"] is not None
    deleted = client.delete(f"/api/hero-sets/{first}", headers=bob.bearer)
    assert "Only whoever made this" in refused(deleted, 403, "role_refused")["message"]

    refused(client.put(f"/api{group}/team", headers=bob.bearer, json={"team_id": None}), 403, "role_refused")  # the tree is ada's
    ask(client, ada, f"{group}/team", 204, {"team_id": None}, "PUT")
    for path in (group, f"/hero-sets/{first}", f"/hero-sets/{varied['id']}", f"/generations/{edit}"):
        refused(client.get(f"/api{path}", headers=bob.bearer), 404, "not_found")
        assert (ask(client, ada, path)["team_id"], ask(client, ada, path)["may"]) == (None, "manage")
