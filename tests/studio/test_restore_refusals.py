"""Restoring refuses what is damaged, newer, of another kind or in use, and then touches nothing."""

import io
import json
import os
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from studio.errors import StoreError
from studio.jobs.leases import RunnerLock
from studio.services.restore import restore_backup
from studio.settings import Settings
from studio.store.opening import open_store
from tests.postgres import run_sql
from tests.studio.installations import archive, parts_of

__all__ = ["archive"]


def written(parts: dict[str, bytes], file: Path) -> Path:
    with tarfile.open(file, "w") as tar:
        for name, content in parts.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return file


def flipped(content: bytes) -> bytes:
    return content[:100] + bytes([content[100] ^ 1]) + content[101:] if len(content) > 100 else bytes([content[0] ^ 1]) + content[1:]


def damages() -> list[tuple[str, Callable[[dict[str, bytes]], dict[str, bytes]]]]:
    def media_of(parts: dict[str, bytes]) -> str:
        return next(name for name in parts if name.startswith("media/"))

    return [
        ("database changed", lambda p: p | {"database": flipped(p["database"])}),
        ("secret changed", lambda p: p | {"secret": flipped(p["secret"])}),
        ("media changed", lambda p: p | {media_of(p): flipped(p[media_of(p)])}),
        ("media gone", lambda p: {n: c for n, c in p.items() if not n.startswith("media/")}),
        ("manifest gone", lambda p: {n: c for n, c in p.items() if n != "manifest.json"}),
        ("manifest first", lambda p: {"manifest.json": p["manifest.json"]} | {n: c for n, c in p.items() if n != "manifest.json"}),
        ("no manifest", lambda p: p | {"manifest.json": b"[]"}),
        ("out of the house", lambda p: {"../escaped": b"x"} | p),
        ("absolute", lambda p: {"/tmp/escaped": b"x"} | p),
        ("something else", lambda p: {"media/notes.txt": b"x"} | p),
    ]


@pytest.mark.parametrize(("what", "damage"), damages(), ids=[name for name, _ in damages()])
def test_what_is_damaged_is_refused_and_nothing_is_touched(
    tmp_path: Path, archive: Path, what: str, damage: Callable[[dict[str, bytes]], dict[str, bytes]]
) -> None:
    there = Settings(_env_file=None, data_dir=tmp_path / "there")  # type: ignore[call-arg]
    bad = written(damage(parts_of(archive)), tmp_path / "bad.tar")
    with pytest.raises(StoreError, match="damaged"):
        restore_backup(there, bad)
    assert {p.name for p in there.data_dir.iterdir()} <= {"studio.db", "studio.db.runner", "studio.db-wal", "studio.db-shm"}
    assert not (tmp_path / "escaped").exists()
    assert not (tmp_path / "there" / "media").exists()


def test_links_and_half_an_archive_are_refused(tmp_path: Path, archive: Path) -> None:
    there = Settings(_env_file=None, data_dir=tmp_path / "there")  # type: ignore[call-arg]
    (tmp_path / "half.tar").write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    (tmp_path / "noise.tar").write_bytes(os.urandom(5000))
    with tarfile.open(tmp_path / "link.tar", "w") as tar:
        link = tarfile.TarInfo("database")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    for name in ("half.tar", "noise.tar", "link.tar"):
        with pytest.raises(StoreError, match="damaged"):
            restore_backup(there, tmp_path / name)
    with pytest.raises(StoreError, match="no file"):
        restore_backup(there, tmp_path / "nowhere.tar")


def test_a_newer_backup_is_refused(tmp_path: Path, archive: Path) -> None:
    there = Settings(_env_file=None, data_dir=tmp_path / "there")  # type: ignore[call-arg]
    parts = parts_of(archive)
    for field, value in (("format", 3), ("revision", "9999")):
        manifest = json.loads(parts["manifest.json"]) | {field: value}
        newer = written(parts | {"manifest.json": json.dumps(manifest).encode()}, tmp_path / f"{field}.tar")
        with pytest.raises(StoreError, match="newer version"):
            restore_backup(there, newer)


def test_a_running_application_is_not_pulled_from_under(tmp_path: Path, archive: Path) -> None:
    there = Settings(_env_file=None, data_dir=tmp_path / "there")  # type: ignore[call-arg]
    open_store(there).close()
    lock = RunnerLock(there.data_dir / "studio.db")
    lock.take()
    with pytest.raises(StoreError, match="stop it"):
        restore_backup(there, archive)
    lock.give_up()
    restore_backup(there, archive)


def test_a_backup_fits_its_kind_of_database(tmp_path: Path, archive: Path, postgres: str) -> None:
    run_sql(postgres, "CREATE DATABASE other_kind")
    there = Settings(_env_file=None, data_dir=tmp_path / "there", database_url=SecretStr(f"{postgres}/other_kind"))  # type: ignore[call-arg]
    with pytest.raises(StoreError, match="same kind"):
        restore_backup(there, archive)
    run_sql(postgres, "DROP DATABASE other_kind WITH (FORCE)")
