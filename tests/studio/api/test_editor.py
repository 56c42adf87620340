"""The Editor over HTTP: what a page asks of it, from opening to the exported film."""

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from studio.store.database import connect
from tests.studio.api.whole import Person, order, refused
from tests.studio.editable_ad import SHOWN, editable_ad
from tests.studio.three_step_ad import AdHouse, ad_house


@pytest.fixture
def house(migrated_sqlite: Path, tmp_path: Path) -> Iterator[AdHouse]:
    shutil.copy(migrated_sqlite, tmp_path / "studio.db")
    database = connect(f"sqlite:///{tmp_path / 'studio.db'}")
    with ad_house(database, tmp_path, per_hour=8, job=editable_ad) as opened:
        yield opened
    database.close()


def test_an_edit_from_opening_to_export(client: TestClient, house: AdHouse, ada: Person, bob: Person) -> None:
    with house.working():
        a_whole_edit(client, house, ada, bob)


def a_whole_edit(client: TestClient, house: AdHouse, ada: Person, bob: Person) -> None:
    id = order(client, ada)
    house.ended(ada.id, id)
    ad = {"id": id}
    here = f"/api/generations/{ad['id']}/editor"

    def ask(path: str, status: int = 200, **body: Any) -> dict[str, Any]:
        reply = client.post(f"{here}{path}", headers=ada.bearer, json=body)
        assert reply.status_code == status, reply.text
        found: dict[str, Any] = reply.json()
        return found

    draft = client.get(here, headers=ada.bearer).json()
    assert (draft["revision"], len(draft["edit"]["pieces"]), draft["dirty"]) == (1, 4, False)
    first = draft["edit"]["pieces"][0]
    media = draft["media"][first["media"]]
    assert client.get(media["url"], headers=ada.bearer | {"range": "bytes=4-7"}).content == b"ftyp"
    assert client.get(media["strip"]["url"], headers=ada.bearer).headers["content-type"] == "image/jpeg"
    sound = draft["media"][draft["edit"]["music"]["media"]]
    assert client.get(sound["wave"]["url"], headers=ada.bearer).json()["per_second"] == 50
    refused(client.get(media["strip"]["url"], headers=bob.bearer), 404, "not_found")

    trim = {"action": "trim", "clip": first["id"], "edge": "tail", "by": -6, "ripple": True}
    draft = ask("/actions", revision=1, actions=[trim])
    assert (draft["edit"]["n_frames"], draft["revision"], draft["dirty"]) == (4 * SHOWN - 6, 2, True)
    stale = client.post(f"{here}/actions", headers=ada.bearer, json={"revision": 1, "actions": [trim]})
    assert "another window" in refused(stale, 409, "edited_elsewhere")["message"]
    wrong = client.post(f"{here}/actions", headers=ada.bearer, json={"revision": 2, "actions": [trim | {"by": 900}]})
    assert wrong.status_code == 422
    assert wrong.json()["error"]["code"] in ("no_room", "bad_arguments")
    draft = ask("/undo", revision=2)
    assert (draft["edit"]["n_frames"], [step["action"] for step in draft["undone"]]) == (4 * SHOWN, [trim])
    draft = ask("/redo", revision=3)
    draft = ask("/save", revision=4, title="Tighter")
    assert ([one["title"] for one in draft["versions"]], draft["dirty"]) == (["Tighter"], False)
    assert ask("/open", revision=5, version_id=None)["edit"]["n_frames"] == 4 * SHOWN
    ask("/undo", revision=6)
    (card,) = client.get("/api/editor/drafts", headers=ada.bearer).json()["drafts"]
    assert (card["ad_id"], card["changes"]) == (ad["id"], 1)
    assert "trim" in {one["name"] for one in client.get("/api/editor/actions", headers=ada.bearer).json()["actions"]}

    codecs = client.get(f"{here}/export", headers=ada.bearer).json()["codecs"]
    assert next(one["id"] for one in codecs if not one["why_not"]) == "h264"
    said = ask("/preflight", revision=7, aspect="1:1", short_side=1080)
    assert (said["platform"], said["unknown"]) == ("feed", ["file", "loudness", "contrast"])
    id = ask("/exports", 202, revision=7)["generation_id"]
    house.ended(ada.id, id)
    (export,) = client.get(f"{here}/exports", headers=ada.bearer).json()["exports"]
    assert (export["status"], export["copied"] + export["rendered"]) == ("completed", 4 * SHOWN - 6)
    assert client.get(export["video_url"], headers=ada.bearer | {"range": "bytes=4-7"}).content == b"ftyp"
    zipped = client.get(f"{here}/handoff.zip", headers=ada.bearer)
    zipped_files = zipfile.ZipFile(io.BytesIO(zipped.content))
    assert {"timeline.fcpxml", "licences.csv", "disclosure.txt"} <= set(zipped_files.namelist())
    handed = json.loads(zipped_files.read("timeline.otio"))
    back = ask("/import", revision=7, timeline=handed)
    assert (back["edit"], back["done"][-1]["words"]) == (draft["edit"], "Opened “From another editor”")
    refused(
        client.post(f"{here}/import", headers=ada.bearer, json={"revision": 8, "timeline": {"OTIO_SCHEMA": "Clip.1"}}), 422, "invalid_input"
    )
    stranger = json.loads(json.dumps(handed).replace(ad["id"], "another"))
    said_no = refused(client.post(f"{here}/import", headers=ada.bearer, json={"revision": 8, "timeline": stranger}), 422, "invalid_input")
    assert "of another ad" in said_no["message"]
    longer = json.loads(json.dumps(handed).replace('"value": 60.0', '"value": 61.0'))
    refused(client.post(f"{here}/import", headers=ada.bearer, json={"revision": 8, "timeline": longer}), 422, "invalid_input")
    refused(client.post(f"{here}/import", headers=bob.bearer, json={"revision": 8, "timeline": handed}), 404, "not_found")
    ask("/undo", revision=8)

    token = (
        client.post(f"/api/generations/{ad['id']}/share", headers=ada.bearer, json={"with_versions": True}).json()["url"].rpartition("/")[2]
    )
    films = client.get(f"/api/shared/{token}").json()["films"]
    assert [film["kind"] for film in films] == [None, "exported"]
    said = {"author": "Marta", "text": "Here.", "at_s": 2.0}
    client.post(f"/api/shared/{token}/remarks", json=said)
    client.post(f"/api/shared/{token}/remarks", json=said | {"version": films[1]["version"], "at_s": 1.4})
    remarks = client.get(f"/api/generations/{ad['id']}/review", headers=ada.bearer).json()["remarks"]
    assert [remark["clip"] for remark in remarks] == ["s2", "s2"]  # six frames shorter, the second clip begins before 1.4 s

    assert client.delete(f"{here}/draft?revision=9", headers=ada.bearer).status_code == 204
    assert client.get(here, headers=ada.bearer).json()["done"] == []
    refused(client.delete(f"{here}/draft?revision=99", headers=ada.bearer), 409, "edited_elsewhere")
