"""Backup and restore: what comes back is what was there, half-made ads say so, and nothing damaged is ever put in place."""

import hashlib
import json
import shutil
import stat
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from pipelines.brief import read_brief
from studio.errors import Interrupted, StoreError
from studio.house import House
from studio.services import database_copies
from studio.services.ad_parts import AdParts
from studio.services.archive import unpack
from studio.services.backup import take_backup
from studio.services.restore import restore_backup
from studio.settings import Settings
from studio.store.blobs import Blobs, blobs_at
from studio.store.opening import fonts_folder, media_address, open_store
from studio.store.tables import Status
from tests.postgres import KINDS, run_sql
from tests.studio.commands import commands
from tests.studio.installations import PASSWORD, archive, opened, parts_of
from tests.studio.quick_ads import tiny_ad

__all__ = ["archive"]

ROOT = Path(__file__).parents[2]


@dataclass
class Sites:
    """Where a backup comes from and where it goes."""

    folder: Path
    here: Settings
    there: Settings


@pytest.fixture(params=KINDS)
def sites(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Sites]:
    names: list[str] = []

    def site(name: str) -> Settings:
        address = None
        if request.param == "postgresql":
            names.append(f"b_{uuid.uuid4().hex}")
            cluster = request.getfixturevalue("postgres")
            run_sql(cluster, f"CREATE DATABASE {names[-1]}")
            address = SecretStr(f"{cluster}/{names[-1]}")
        return Settings(_env_file=None, data_dir=tmp_path / name, cache_dir=tmp_path / "cache", database_url=address)  # type: ignore[call-arg]

    yield Sites(tmp_path, site("here"), site("there"))
    for name in names:
        run_sql(request.getfixturevalue("postgres"), f"DROP DATABASE {name} WITH (FORCE)")


def until(what: Callable[[], object]) -> None:
    done = threading.Event()
    for _ in range(4800):
        if what():
            return
        done.wait(0.05)
    raise AssertionError("it never came")


def ended(house: House, user: str, ad: str) -> Status:
    until(lambda: house.generations.follow(user, ad).ad.status.final)
    return house.generations.follow(user, ad).ad.status


def test_everything_comes_back_and_half_made_ads_are_told_apart(sites: Sites) -> None:
    brief = read_brief("Create a luxury watch ad for Instagram")
    house = opened(sites.here)
    ada = house.accounts.register("Ada", PASSWORD)
    token = house.accounts.login("Ada", PASSWORD, address="127.0.0.1").token
    worker = house.worker(rooms=("tests",))
    worker.start()
    try:
        done = house.generations.submit(ada.id, brief)
        assert ended(house, ada.id, done) is Status.COMPLETED
        (sites.here.data_dir / "work" / "hold").touch()
        half = house.generations.submit(ada.id, brief)
        until(lambda: (sites.here.data_dir / "work" / "written").read_text() == "xx")
        waiting = house.generations.submit(ada.id, brief)
        taken = take_backup(sites.here, sites.folder / "b.tar")  # the application runs on
    finally:
        (sites.here.data_dir / "work" / "hold").unlink()
        worker.stop()
    film = b"".join(house.store.media.read(house.library.get(ada.id, done).video))  # type: ignore[arg-type]
    house.close()
    assert stat.S_IMODE((sites.folder / "b.tar").stat().st_mode) == 0o600
    assert not list(sites.here.data_dir.glob(".backup-*"))
    assert (taken.manifest.media_count, taken.manifest.missing) == (3, ())  # film, poster and the timeline that they were cut from

    restore_backup(sites.there, sites.folder / "b.tar")
    again = opened(sites.there)
    try:
        assert set(again.desk.shelve(Interrupted())) == {half, waiting}
        assert again.accounts.who(token).id == ada.id  # the same signing secret
        assert stat.S_IMODE((sites.there.data_dir / "secret").stat().st_mode) == 0o600
        assert again.accounts.login("ada", PASSWORD, address="127.0.0.1").account.id == ada.id
        ad = again.library.get(ada.id, done)
        assert (ad.status, b"".join(again.store.media.read(ad.video))) == (Status.COMPLETED, film)  # type: ignore[arg-type]
        assert [part.name for part in AdParts(again.store.database).of(ada.id, done)] == ["timeline.otio"]
        told = again.generations.follow(ada.id, half).ad
        assert (told.status, told.error_code) == (Status.FAILED, "interrupted")
        assert "try it again" in str(told.error_message)

        hand = again.worker(rooms=("tests",))
        hand.start()
        try:
            for ad_id in (half, waiting):
                again.generations.retry(ada.id, ad_id)
                assert ended(again, ada.id, ad_id) is Status.COMPLETED, again.generations.follow(ada.id, ad_id).ad.error_message
        finally:
            hand.stop()
        assert (sites.there.data_dir / "work" / "written").read_text() == "xx"  # both from their first step
    finally:
        again.close()


def test_what_is_there_is_replaced_only_on_demand(sites: Sites) -> None:
    for settings, name in ((sites.here, "Ada"), (sites.there, "Bob")):
        house = opened(settings)
        person = house.accounts.register(name, PASSWORD)
        file = tiny_ad(sites.folder / name, "ad", n_frames=5 + len(name) + ord(name[0])).path
        house.store.media.put(file, owner_id=person.id, kind="video", mime="video/mp4")
        house.close()
    take_backup(sites.here, sites.folder / "b.tar")
    with pytest.raises(StoreError, match="exists already"):
        take_backup(sites.here, sites.folder / "b.tar")
    with pytest.raises(StoreError, match="--force"):
        restore_backup(sites.there, sites.folder / "b.tar")
    assert names_in(sites.there) == ["Bob"]

    restore_backup(sites.there, sites.folder / "b.tar", force=True)
    assert names_in(sites.there) == ["Ada"]
    assert contents_in(sites.there) == contents_in(sites.here)  # Bob's film went with Bob


def names_in(settings: Settings) -> list[str]:
    store = open_store(settings)
    with store.database.reading() as session:
        names = list(session.execute(text("SELECT username FROM users ORDER BY 1")).scalars())
    store.close()
    return names


def contents_in(settings: Settings) -> set[str]:
    return {file.name for file in (settings.data_dir / "media").rglob("*") if file.is_file()}


def test_every_content_the_copy_names_is_in_it(sites: Sites) -> None:
    """While people add and remove files all the time."""
    house = opened(sites.here)
    ada = house.accounts.register("Ada", PASSWORD)
    media, stop = house.store.media, threading.Event()

    def churn(seed: int) -> None:
        rows = []
        for n in range(10_000):
            if stop.is_set():
                return
            file = sites.folder / f"churn-{seed}"
            file.write_bytes(f"{seed} {n}".encode() * 500)
            rows.append(media.put(file, owner_id=ada.id, kind="still", mime="image/png").id)
            if len(rows) > 5:
                media.remove([rows.pop(0)])

    threads = [threading.Thread(target=churn, args=(seed,)) for seed in range(3)]
    for thread in threads:
        thread.start()
    try:
        for n in range(4):
            taken = take_backup(sites.here, sites.folder / f"{n}.tar")
            assert taken.manifest.missing == ()
            assert taken.manifest.media_count > 0
    finally:
        stop.set()
        for thread in threads:
            thread.join()
        house.close()
    restore_backup(sites.there, sites.folder / "3.tar")
    store = open_store(sites.there)
    with store.database.reading() as session:
        named = set(session.execute(text("SELECT sha256 FROM media_files")).scalars())
    store.close()
    assert named == contents_in(sites.there)


def test_a_file_that_goes_between_two_looks_is_named_as_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = Settings(_env_file=None, data_dir=tmp_path / "here")  # type: ignore[call-arg]
    house = opened(here)
    person = house.accounts.register("Ada", PASSWORD)
    (tmp_path / "file").write_bytes(b"gone before it could be linked")
    house.store.media.put(tmp_path / "file", owner_id=person.id, kind="still", mime="image/png")
    house.close()
    [name] = contents_in(here)
    blobs_at(media_address(here)).remove(name)
    monkeypatch.setattr(Blobs, "has", lambda blobs, sha256: True)  # a moment ago it was there
    monkeypatch.setattr("studio.services.backup.ARRIVING_S", 0.0)
    assert take_backup(here, tmp_path / "b.tar").manifest.missing == (name,)


def test_media_in_a_bucket_are_named_and_stay_there(tmp_path: Path) -> None:
    bucket = f"memory://bucket-{uuid.uuid4().hex}"
    here = Settings(_env_file=None, data_dir=tmp_path / "here", media_url=bucket)  # type: ignore[call-arg]
    house = opened(here)
    person = house.accounts.register("Ada", PASSWORD)
    house.store.media.put(tiny_ad(tmp_path / "f", "ad").path, owner_id=person.id, kind="video", mime="video/mp4")
    house.close()
    manifest = take_backup(here, tmp_path / "b.tar").manifest
    assert (manifest.media_at, manifest.media_count) == (bucket, 1)
    assert set(parts_of(tmp_path / "b.tar")) == {"database", "secret", "manifest.json"}
    restore_backup(here.model_copy(update={"data_dir": tmp_path / "there"}), tmp_path / "b.tar")


def test_brands_own_fonts_come_along_even_of_kits_that_are_gone(tmp_path: Path) -> None:
    here, there = (Settings(_env_file=None, data_dir=tmp_path / name, cache_dir=tmp_path / "cache") for name in ("here", "there"))  # type: ignore[call-arg]
    open_store(here).close()
    font = b"a font that an older ad is set in"
    name = hashlib.sha256(font).hexdigest()
    fonts_folder(here).mkdir()
    (fonts_folder(here) / name).write_bytes(font)
    (fonts_folder(here) / f"{name}.half.part").write_bytes(b"half")
    taken = take_backup(here, tmp_path / "backup.tar")
    assert f"fonts/{name}" in parts_of(tmp_path / "backup.tar")
    assert taken.manifest.format == 2
    restore_backup(there, tmp_path / "backup.tar")
    assert [(path.name, path.read_bytes()) for path in fonts_folder(there).iterdir()] == [(name, font)]
    (fonts_folder(here) / name).write_bytes(b"damaged")
    with pytest.raises(StoreError, match="in the fonts folder is damaged"):
        take_backup(here, tmp_path / "second.tar")


def test_the_manifest_names_every_part(archive: Path, tmp_path: Path) -> None:
    parts = parts_of(archive)
    manifest = json.loads(parts.pop("manifest.json"))
    assert {name: [len(content), hashlib.sha256(content).hexdigest()] for name, content in parts.items()} == manifest["parts"]
    assert (manifest["kind"], manifest["format"], manifest["has_secret"]) == ("sqlite", 1, True)
    (tmp_path / "out").mkdir()
    assert unpack(archive, tmp_path / "out").revision == manifest["revision"]


def test_programs_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_copies, "HIDDEN_IN", ())
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(StoreError, match="postgresql-client"):
        database_copies.program("pg_dump")


def test_the_commands(tmp_path: Path) -> None:
    with commands(tmp_path, DATA_DIR=str(tmp_path / "data"), OPENAI_API_KEY="") as here:
        assert "nothing to back up" in here.run("backup", "early.tar").stderr
        assert here.run("user", "add", "Ada", typed="a-long-password\n").returncode == 0
        assert "8 characters" in here.run("user", "add", "Bob", typed="short\n").stderr
        saved = here.run("backup", "b.tar")
        assert (saved.returncode, "SQLite" in saved.stdout) == (0, True), saved.stderr
    with commands(tmp_path, DATA_DIR=str(tmp_path / "other"), OPENAI_API_KEY="") as other:
        back = other.run("restore", "b.tar")
        assert back.returncode == 0, back.stderr
        assert other.run("user", "list").stdout.startswith("Ada")
        refused = other.run("restore", "b.tar")
        assert (refused.returncode, "--force" in refused.stderr) == (1, True)
        assert other.run("restore", "b.tar", "--force").returncode == 0
