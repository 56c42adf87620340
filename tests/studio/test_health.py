"""Whether an installation is well: each part that can fail is made to fail, and the answer says which one it is."""

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete

from studio.api.doors import DOORS
from studio.jobs.leases import Leases, unheard
from studio.jobs.queues import needed
from studio.services import disks, health
from studio.services.health import Health, State
from studio.store.blobs import blobs_at
from studio.store.database import Database, connect
from studio.store.tables.running import Lease
from tests.studio.api.conftest import HERE, AdHouse, ad_house, application, join, services_of


@pytest.fixture(scope="module")
def house(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AdHouse]:
    folder = tmp_path_factory.mktemp("health")
    shutil.copy(migrated_sqlite, folder / "studio.db")
    database = connect(f"sqlite:///{folder / 'studio.db'}")
    with ad_house(database, folder) as opened:
        yield opened
    database.close()


class Ticking:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def looked(found: Health) -> dict[str, tuple[State, str]]:
    return {check.name: (check.state, check.said) for check in found.look().checks}


def of(house: AdHouse, media: Path, clock: Any = None) -> Health:
    return Health(house.database, blobs_at(str(media)), {"data": media.parent, "cache": media.parent / "none yet"}, clock or Ticking())


def usage(total: int, used: int) -> Any:
    return type("Usage", (), {"total": total, "used": used, "free": total - used})


def test_each_part_that_fails_is_named(house: AdHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disks.shutil, "disk_usage", lambda _: usage(10**12, 10**11))
    found = looked(of(house, tmp_path / "media"))
    assert {name for name, (state, _) in found.items() if state is not State.OK} == {"queue"}
    assert found["queue"][0] is State.DEGRADED
    assert found["queue"][1] == "No worker is alive; 0 orders wait for one."
    assert "libx264" in found["encoder"][1]
    assert not [f for f in (tmp_path / "media").rglob("*") if f.is_file()], "the probe is removed"
    with house.working():
        assert looked(of(house, tmp_path / "media"))["queue"] == (State.OK, "Nobody waits; 1 worker at work.")
    (tmp_path / "file").write_text("in the way")
    assert looked(of(house, tmp_path / "file"))["storage"][0] is State.DOWN
    gone = Database(connect(f"sqlite:///{tmp_path / 'folder' / 'x.db'}").engine)
    shutil.rmtree(tmp_path / "folder")
    report = Health(gone, blobs_at(str(tmp_path / "media")), {"data": tmp_path}).look()
    assert [check.name for check in report.checks if check.state is State.DOWN] == ["database", "queue"]
    assert report.state is State.DOWN
    gone.close()


def test_a_queue_that_nobody_takes_work_from_is_named(database: Database, tmp_path: Path) -> None:
    """Of PostgreSQL, where workers say what they listen to; the one process of SQLite listens to all."""
    clock = Ticking()
    found = Health(database, blobs_at(str(tmp_path / "media")), {"data": tmp_path}, clock)
    if database.is_sqlite:
        assert unheard(database.engine, needed()) == ()
        return

    def now() -> tuple[State, str]:
        clock.now += health.FRESH_S
        return looked(found)["queue"]

    def comes(name: str, *queues: str) -> tuple[State, str]:
        Leases(database.engine, name, 30.0, lambda executor: None, queues or None).take()
        return now()

    some = comes("one", "generations", "clips", "gpu_video")
    assert some == (State.DEGRADED, "No worker takes work from sound, compose; ads wait there until one does.")
    assert comes("two", "compose") == (State.DEGRADED, "No worker takes work from sound; ads wait there until one does.")
    assert comes("three", "sound") == (State.OK, "Nobody waits; 3 workers at work.")
    with database.writing() as session:
        session.execute(delete(Lease).where(Lease.executor_id == "three"))
    assert now()[0] is State.DEGRADED
    assert comes("of the release before")[0] is State.OK, "it does not say, and takes all of them"


@pytest.mark.parametrize(("used", "state"), [(0.79, State.OK), (0.8, State.DEGRADED), (0.9999, State.DOWN)])
def test_disks_by_how_full_they_are(house: AdHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, used: float, state: State) -> None:
    monkeypatch.setattr(disks.shutil, "disk_usage", lambda _: usage(10**12, int(used * 10**12)))
    found, said = looked(of(house, tmp_path / "media"))["disk"]
    assert found is state
    assert "data, cache" in said


def test_a_disk_that_fills_is_told_once_each_time(
    house: AdHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    found, told = of(house, tmp_path / "media"), []
    for used in (0.5, 0.81, 0.9, 0.7, 0.7, 0.85, 0.85):
        monkeypatch.setattr(disks.shutil, "disk_usage", lambda _, used=used: usage(10**12, int(used * 10**12)))
        caplog.clear()
        with caplog.at_level(logging.INFO):
            found.watch_disks()
        told.append([record.levelname for record in caplog.records])
    assert told == [[], ["WARNING"], [], ["INFO"], [], ["WARNING"], []]


def test_an_answer_is_given_again_for_ten_seconds(house: AdHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, looks = Ticking(), []
    monkeypatch.setattr(health, "probe", lambda _: looks.append(1))
    found = of(house, tmp_path / "media", clock)
    for second in (0.0, 5.0, 9.9, 10.0, 19.0):
        clock.now = second
        found.look()
    assert len(looks) == 2


def test_parts_are_told_to_those_who_watch(house: AdHouse, tmp_path: Path) -> None:
    doors = {name: tmp_path / f"{name}.html" for name in DOORS}
    app = application(services_of(house), {}, doors)

    def asked(client: TestClient, **headers: str) -> Any:
        return client.get("/api/health", headers=headers).json()["checks"]

    with TestClient(app, base_url=HERE) as stranger:
        assert asked(stranger) is None
        assert asked(stranger, authorization="Bearer another token of theirs") is None
        assert len(asked(stranger, authorization="Bearer a token for monitoring")) == 5
        assert len(asked(stranger, **join(stranger, "watcher").bearer)) == 5
    with TestClient(app, base_url=HERE, client=("127.0.0.1", 50000)) as here:
        assert len(asked(here)) == 5
        assert asked(here, **{"x-forwarded-for": "203.0.113.9"}) is None, "behind a proxy everybody comes from this machine"


def test_what_is_down_answers_503(house: AdHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(health, "probe", full)
    app = application(services_of(house), {}, {name: tmp_path / f"{name}.html" for name in DOORS})
    with TestClient(app, base_url=HERE) as client:
        reply = client.get("/api/health")
        assert (reply.status_code, reply.json()) == (503, {"status": "down", "checks": None})
