"""One small ad with all its media in a bucket at a real S3 server: ordered, made by a worker, played, cut, exported, handed on, shared,
removed. What the bucket holds is looked at from outside."""

import io
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import s3fs
from fastapi.testclient import TestClient

from models.backends import BackendConfig
from models.runtime import Runtime
from studio.api.application import application
from studio.api.doors import DOORS
from studio.house import House, open_house
from studio.jobs.references import ROOMS
from studio.security import Passwords
from studio.services.retention import NOTICE
from studio.settings import Settings
from studio.store.times import utc_now
from studio.web import services
from tests.studio.api.whole import HERE, Person, join, order
from tests.studio.editable_ad import editable_ad
from tests.studio.quick_finish import no_look
from tests.studio.store.test_bucket import server, usual_settings

__all__ = ["server", "usual_settings"]


@pytest.fixture
def house(tmp_path: Path, usual_settings: None) -> Iterator[House]:
    settings = Settings(_env_file=None, data_dir=tmp_path, cache_dir=tmp_path / "cache", media_url="s3://ads/whole")  # type: ignore[call-arg]
    opened = open_house(settings, Runtime(BackendConfig(cache_dir=tmp_path)), job=editable_ad, passwords=Passwords(4))
    yield opened
    opened.close()


def objects() -> set[str]:
    """All but whose bucket it is, which a worker writes down when it looks for leftovers first."""
    return set(s3fs.S3FileSystem(skip_instance_cache=True).find("ads/whole")) - {"ads/whole/owner"}


def ended(client: TestClient, house: House, who: Person, id: str) -> dict[str, Any]:
    deadline = time.monotonic() + 240
    while not house.generations.follow(who.id, id).ad.status.final:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    told: dict[str, Any] = client.get(f"/api/generations/{id}", headers=who.bearer).json()
    assert told["status"] == "completed", told
    return told


def test_from_the_order_to_the_last_object(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.studio.editable_ad.check_ad", no_look)  # how films are measured has nothing to do with where they lie
    monkeypatch.setattr("studio.jobs.export_job.check_ad", no_look)
    app = application(services(house), {}, {name: tmp_path / f"{name}.html" for name in DOORS})
    worker = house.worker(rooms=("tests", *ROOMS))
    worker.start()
    try:
        with TestClient(app, base_url=HERE) as client:
            the_whole_path(client, house, join(client))
    finally:
        worker.stop()


def the_whole_path(client: TestClient, house: House, ada: Person) -> None:
    health = {check["name"]: check for check in client.get("/api/health", headers=ada.bearer).json()["checks"]}
    assert health["storage"]["state"] == "ok"
    assert objects() == set(), "the probe is removed"

    ad = ended(client, house, ada, order(client, ada))
    there = objects()
    assert len(there) > 6, "film, poster, clips, stills, music, timeline"
    assert not (house.settings.data_dir / "media").exists()
    url = ad["result"]["video_url"]
    whole = client.get(url, headers=ada.bearer)
    assert (whole.status_code, whole.headers["content-type"], whole.content[4:8]) == (200, "video/mp4", b"ftyp")
    part = client.get(url, headers=ada.bearer | {"range": "bytes=1000-1999"})
    assert (part.status_code, part.content) == (206, whole.content[1000:2000])
    assert client.head(url, headers=ada.bearer).headers["content-length"] == str(len(whole.content))
    assert client.get(f"/api/video/{ad['id']}", headers=ada.bearer).content == whole.content
    assert client.get(ad["result"]["poster_url"], headers=ada.bearer).headers["content-type"] == "image/jpeg"

    editor = f"/api/generations/{ad['id']}/editor"
    draft = client.get(editor, headers=ada.bearer).json()
    media = draft["media"][draft["edit"]["pieces"][0]["media"]]
    assert client.get(media["strip"]["url"], headers=ada.bearer).headers["content-type"] == "image/jpeg"
    ordered = client.post(f"{editor}/exports", headers=ada.bearer, json={"revision": draft["revision"]})
    assert ordered.status_code == 202, ordered.text
    export = ended(client, house, ada, ordered.json()["generation_id"])
    assert client.get(export["result"]["video_url"], headers=ada.bearer).content[4:8] == b"ftyp"
    zipped = client.get(f"{editor}/handoff.zip", headers=ada.bearer)
    names = zipfile.ZipFile(io.BytesIO(zipped.content)).namelist()
    assert any(name.endswith(".otio") for name in names)
    assert any(name.endswith(".mp4") for name in names)

    shared = client.post(f"/api/generations/{ad['id']}/share", headers=ada.bearer, json={}).json()["url"].rpartition("/")[2]
    assert client.get(f"/api/shared/{shared}/video", headers={"range": "bytes=4-7"}).content == b"ftyp"

    assert client.delete(f"/api/generations/{export['id']}", headers=ada.bearer).status_code == 200
    assert objects() >= there, "what the ad itself is made of stays"
    client.delete(f"/api/generations/{ad['id']}/share", headers=ada.bearer)
    house.retention.note_rule()  # a worker does so once it has been there for a while
    house.retention._clock = lambda: utc_now() + 4 * NOTICE
    assert [thing.id for thing in house.retention.sweep(ada.id).things] == [ad["id"]]
    assert objects() == set()
    strips = house.settings.data_dir / "strips"
    assert list(strips.iterdir())
    house.leftovers.sweep()
    assert list(strips.iterdir()) == []
