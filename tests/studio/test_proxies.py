"""Small copies of clips: made once in the background, the same frames at the same times, handed out in parts to their owner alone."""

import shutil
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import av
import numpy as np
import pytest

from models.errors import Cancelled
from models.media.video_file import Encoding, VideoReader, VideoWriter
from studio.errors import NotFound, NotYours
from studio.services.drafts import Draft
from studio.services.proxies import KEY_EVERY, WANTED, Proxies
from studio.store.blobs import blobs_at
from studio.store.database import Database, connect
from studio.store.media import Media
from studio.store.tables import MediaFile, new_id
from tests.studio.test_library import join

SIZE = (576, 1024)


@pytest.fixture
def database(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    shutil.copy(migrated_sqlite, tmp_path / "studio.db")
    opened = connect(f"sqlite:///{tmp_path / 'studio.db'}")
    yield opened
    opened.close()


def clip(path: Path) -> Path:
    with VideoWriter(path, *SIZE, 24, Encoding("ultrafast", 12)) as writer:
        for n in range(14):
            writer.write_rgb(np.full((SIZE[1], SIZE[0], 3), 20 + 15 * n, np.uint8))
    return path


def draft(media_id: str, size: tuple[int, int] = SIZE) -> Draft:
    settings = {"width": size[0], "height": size[1]}
    part = SimpleNamespace(name="clips/01.mp4", role="clip", media_id=media_id)
    return cast(Draft, SimpleNamespace(edit=SimpleNamespace(settings=settings), parts=(part,), assets=()))


def test_a_clip_gets_a_small_copy_that_seeks_quickly(database: Database, tmp_path: Path) -> None:
    media = Media(database, blobs_at(str(tmp_path / "media")))
    ada, bob = join(database, "ada"), join(database, "bob")
    file = media.put(clip(tmp_path / "clip.mp4"), owner_id=ada, kind="clip", mime="video/mp4")
    proxies = Proxies(database, media, tmp_path / "proxies")
    try:
        assert proxies.of(draft(file.id, (180, 320))) == {}
        assert proxies.of(draft(file.id)) == {}
        with pytest.raises(NotYours):
            proxies.file(bob, file.id)
        deadline = time.monotonic() + 60
        found: Any = {}
        while not found:
            assert time.monotonic() < deadline
            time.sleep(0.02)
            found = proxies.of(draft(file.id))
        assert found == {"clips/01.mp4": file.id}
        place = proxies.file(ada, file.id)
        with VideoReader(place) as small, VideoReader(tmp_path / "clip.mp4") as large:
            assert ((small.width, small.height), small.n_frames, small.fps) == ((540, 960), 14, Fraction(24))
            for n in (0, 7, 13):
                assert abs(float(small.frame(n).mean()) - float(large.frame(n).mean())) < 2
        with av.open(str(place)) as container:
            keys = [i for i, packet in enumerate(p for p in container.demux(video=0) if p.size) if packet.is_keyframe]
        assert keys == [0, KEY_EVERY, 2 * KEY_EVERY]
    finally:
        proxies.close()


class Ending(Media):
    """Of a process that ends as soon as it is asked for a file."""

    def local(self, file: MediaFile) -> AbstractContextManager[Path]:
        raise Cancelled("This process ends.")


def test_what_a_process_leaves_when_it_ends_is_made_by_the_next_one(database: Database, tmp_path: Path) -> None:
    blobs = blobs_at(str(tmp_path / "media"))
    ada = join(database, "ada")
    file = Media(database, blobs).put(clip(tmp_path / "clip.mp4"), owner_id=ada, kind="clip", mime="video/mp4")
    first = Proxies(database, Ending(database, blobs), tmp_path / "proxies")
    assert first.of(draft(file.id)) == {}
    first.close()
    (tmp_path / "proxies" / f"{'0' * 64}{WANTED}").write_text(new_id())  # of a clip that is gone meanwhile
    second = Proxies(database, Media(database, blobs), tmp_path / "proxies")
    try:
        assert second.carry_on() == 1
        deadline = time.monotonic() + 60
        while list((tmp_path / "proxies").glob(f"*{WANTED}")):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert second.file(ada, file.id).exists()
        assert second.carry_on() == 0
    finally:
        second.close()


def test_what_is_no_clip_has_none(database: Database, tmp_path: Path) -> None:
    media = Media(database, blobs_at(str(tmp_path / "media")))
    ada = join(database, "ada")
    (tmp_path / "x").write_bytes(b"no film")
    file = media.put(tmp_path / "x", owner_id=ada, kind="clip", mime="video/mp4")
    proxies = Proxies(database, media, tmp_path / "proxies")
    proxies.of(draft(file.id))
    proxies.close()
    with pytest.raises(NotFound):
        proxies.file(ada, file.id)
