"""Files belong to somebody, are kept once, are read in ranges, and go when nobody needs them any more."""

import errno
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.implementations.local import LocalFileSystem
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from models.errors import DiskFull
from studio.errors import MediaMissing, NotFound, NotYours, StoreError
from studio.store.blobs import CHUNK, Blobs, blobs_at, digest
from studio.store.database import Database
from studio.store.media import Media
from studio.store.tables import MediaFile, User

MOVIE = bytes(range(256)) * (CHUNK // 128)  # two chunks


@pytest.fixture(params=["folder", "bucket"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    """Contents on disk, and in fsspec's in-memory bucket, which stands for every place that is not a disk."""
    return blobs_at(str(tmp_path / "media") if request.param == "folder" else f"memory://{tmp_path.name}")


@pytest.fixture
def owner(database: Database) -> Callable[[str], str]:
    def add(name: str) -> str:
        with database.writing() as session:
            user = User(username=name, username_key=name, password_hash="x", created_at=datetime.now(UTC))
            session.add(user)
        return user.id

    return add


@pytest.fixture
def movie(tmp_path: Path) -> Path:
    file = tmp_path / "ad.mp4"
    file.write_bytes(MOVIE)
    return file


@pytest.fixture
def media(database: Database, blobs: Blobs) -> Media:
    return Media(database, blobs)


def rows(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(MediaFile)) or 0


def test_what_is_put_can_be_found_and_read_by_its_owner_only(media: Media, owner: Callable[[str], str], movie: Path) -> None:
    ada, bob = owner("ada"), owner("bob")
    put = media.put(movie, owner_id=ada, kind="video", mime="video/mp4")
    found = media.find(put.id, owner_id=ada)
    assert (found.sha256, found.size, found.mime, found.kind) == (*digest(movie), "video/mp4", "video")
    assert b"".join(media.read(found)) == MOVIE
    assert movie.exists()
    with pytest.raises(NotYours):
        media.find(put.id, owner_id=bob)
    with pytest.raises(NotFound):
        media.find("../../etc/passwd", owner_id=ada)
    with media.local(found) as path:
        assert path.read_bytes() == MOVIE


def test_a_content_goes_with_its_last_file(
    database: Database, media: Media, blobs: Blobs, owner: Callable[[str], str], movie: Path
) -> None:
    files = [media.put(movie, owner_id=owner(name), kind="video", mime="video/mp4") for name in ("ada", "bob")]
    media.remove([files[0].id])
    assert b"".join(media.read(files[1])) == MOVIE
    media.remove([files[1].id])
    media.remove([files[1].id])
    assert not blobs.has(files[1].sha256)
    assert rows(database) == 0
    with pytest.raises(MediaMissing):
        media.read(files[1])
    with pytest.raises(MediaMissing), media.local(files[1]):
        pass


def test_putting_and_removing_the_same_content_at_once_loses_nothing(
    media: Media, blobs: Blobs, owner: Callable[[str], str], movie: Path
) -> None:
    ada = owner("ada")

    def come_and_go(turn: int) -> MediaFile:
        mine = media.put(movie, owner_id=ada, kind="clip", mime="video/mp4")
        if turn % 2:
            media.remove([mine.id])
        return mine

    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(come_and_go, range(24)))[0::2]
    for file in kept:
        assert b"".join(media.read(file)) == MOVIE
    media.remove([file.id for file in kept])
    assert not blobs.has(kept[0].sha256)


@given(start=st.integers(0, len(MOVIE) + 5), length=st.integers(0, len(MOVIE) + 5))
def test_any_range_is_that_slice(tmp_path_factory: pytest.TempPathFactory, start: int, length: int) -> None:
    folder = tmp_path_factory.getbasetemp() / "ranges"
    folder.mkdir(exist_ok=True)
    file = folder / "ad.mp4"
    if not file.exists():
        file.write_bytes(MOVIE)
    blobs = blobs_at(str(folder / "media"))
    sha256, _ = digest(file)
    blobs.add(sha256, file)
    assert b"".join(blobs.read(sha256, start, start + length)) == MOVIE[start : start + length]
    assert b"".join(blobs.read(sha256, start)) == MOVIE[start:]


@given(st.text(max_size=80))
def test_only_the_name_of_a_content_is_a_name(name: str) -> None:
    blobs = Blobs(fsspec.filesystem("memory"), "media")
    for act in (blobs.has, blobs.read, blobs.remove):
        with pytest.raises(ValueError, match="not the name"):
            act(name)


@pytest.mark.parametrize("name", ["../" * 3 + "etc/passwd", "a" * 63 + "/", "A" * 64, "a" * 64 + "\n", "a" * 65])
def test_no_path_can_be_smuggled_in(name: str) -> None:
    with pytest.raises(ValueError, match="not the name"):
        Blobs(fsspec.filesystem("memory"), "media").has(name)


def test_what_a_browser_would_run_is_not_media(media: Media, owner: Callable[[str], str], movie: Path) -> None:
    with pytest.raises(ValueError, match="text/html"):
        media.put(movie, owner_id=owner("ada"), kind="upload", mime="text/html")


class FullDisk(LocalFileSystem):
    """A disk that takes half of every file."""

    def put_file(self, lpath: str, rpath: str, *_: Any, **__: Any) -> None:
        Path(rpath).write_bytes(Path(lpath).read_bytes()[: len(MOVIE) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_leaves_neither_row_nor_half_a_file(
    database: Database, owner: Callable[[str], str], movie: Path, tmp_path: Path
) -> None:
    media = Media(database, Blobs(FullDisk(), str(tmp_path / "full")))
    with pytest.raises(DiskFull, match="free some"):
        media.put(movie, owner_id=owner("ada"), kind="video", mime="video/mp4")
    assert rows(database) == 0
    assert [p for p in (tmp_path / "full").rglob("*") if p.is_file()] == []


def test_a_place_that_nobody_knows_is_refused_in_a_sentence() -> None:
    with pytest.raises(StoreError, match="MEDIA_URL"):
        blobs_at("nowhere://bucket/ads")
