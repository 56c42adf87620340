"""The backend whole: stills, clips, cache, cancel, dead workers. Real renders at tiny sizes."""

import itertools
import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from models.asks import Clip, Framing, ImageAsk, Made, Reference, Still, Subject, VideoAsk
from models.backends import BackendConfig
from models.backends.product_studio.backend import FLAT_NOTE, ProductStudio
from models.capabilities import check
from models.catalog import row
from models.context import JobContext
from models.errors import AskRefused, Cancelled, MediaError, ModelFailed
from models.media.video_file import VideoReader
from pipelines.hero import asks_for_frames, read_hero_brief

ROW = row("product-studio/v1")
WATCH = Subject("luxury wrist watch", "Meridian", colors=("#14233F", "#D4AF37"))
ASK = ImageAsk("on a podium, softbox", 96, 160, seed=3, subject=WATCH, palette=("#1F6F5C", "#D4AF37"), quality="preview")


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProductStudio]:
    backend = ProductStudio(BackendConfig(tmp_path_factory.mktemp("cache"), workers=1))
    yield backend
    backend.close()


def _still(studio: ProductStudio, folder: Path, ask: ImageAsk = ASK) -> Still:
    still = studio.answer(ask, ROW, JobContext(folder))
    assert isinstance(still, Still)
    return still


def _clip(studio: ProductStudio, folder: Path, ask: VideoAsk) -> Clip:
    clip = studio.answer(ask, ROW, JobContext(folder))
    assert isinstance(clip, Clip)
    return clip


def _frames(clip: Clip) -> np.ndarray:
    with VideoReader(clip.path) as reader:
        assert (reader.n_frames, reader.fps) == (clip.n_frames, clip.fps)
        return np.stack([frame.copy() for frame in reader.rgb()])


def test_a_still_is_the_asked_size_and_shows_its_product(studio: ProductStudio, tmp_path: Path) -> None:
    still = _still(studio, tmp_path)
    with Image.open(still.path) as image, Image.open(still.extras["mask"]) as mask:
        assert (image.size, image.mode, mask.size) == ((96, 160), "RGB", (96, 160))
        pixels, covered = np.asarray(image).astype(float), np.asarray(mask)
    assert 0.05 < (covered > 128).mean() < 0.6
    assert pixels[covered > 200].std() > 15  # a watch, not a silhouette


def test_the_backdrop_shows_the_brands_colour(studio: ProductStudio, tmp_path: Path) -> None:
    pixels = np.asarray(Image.open(_still(studio, tmp_path).path)).astype(float)
    r, g, b = np.median(pixels[5:40].reshape(-1, 3), 0)
    assert g > 1.4 * r
    assert g > b > r  # still the hue of #1F6F5C
    assert 40 < g < 190


def test_asked_again_it_comes_from_the_cache_byte_for_byte(studio: ProductStudio, tmp_path: Path) -> None:
    first, second = _still(studio, tmp_path), _still(studio, tmp_path)
    assert second.made.cached
    assert first.path != second.path
    assert first.path.read_bytes() == second.path.read_bytes()


def test_the_readings_of_a_brief_are_other_pictures_of_one_product(studio: ProductStudio, tmp_path: Path) -> None:
    brief = read_hero_brief("A steel watch on wet black stone", short_side=120)
    asks = [replace(ask, quality="preview") for ask in asks_for_frames(brief)[:3]]
    small = [np.asarray(Image.open(_still(studio, tmp_path, ask).path).resize((9, 16)), float) for ask in asks]
    for one, other in itertools.combinations(small, 2):
        assert np.abs(one - other).mean() > 8, "another picture, not other noise"


def test_two_installations_make_the_same_picture(studio: ProductStudio, tmp_path: Path) -> None:
    other = ProductStudio(BackendConfig(tmp_path / "other", workers=1))
    try:
        assert _still(other, tmp_path).path.read_bytes() == _still(studio, tmp_path).path.read_bytes()
    finally:
        other.close()


def test_a_damaged_cache_entry_is_made_again(studio: ProductStudio, tmp_path: Path) -> None:
    ask = replace(ASK, width=64, height=96, seed=99)
    whole = _still(studio, tmp_path, ask).path.read_bytes()
    entry = next(p for p in (studio._cache_dir / "product_studio" / "stills").iterdir() if (p / "still.png").read_bytes() == whole)
    for name in ("still.png", "layers.npz"):
        (entry / name).unlink()
        (entry / name).write_bytes(b"cut")
    again = _still(studio, tmp_path, ask)
    assert not again.made.cached
    assert again.path.read_bytes() == whole


@pytest.mark.parametrize("move", ["push_in", "rack_focus", "light_reveal", "slide_left"])
def test_a_clip_has_every_frame_and_moves_without_edges(studio: ProductStudio, tmp_path: Path, move) -> None:
    clip = _clip(studio, tmp_path, VideoAsk("", 96, 160, 9, 24, still=_still(studio, tmp_path), move=move, strength=1.0))
    frames = _frames(clip).astype(float)
    assert frames.shape == (9, 160, 96, 3)
    assert np.abs(frames[0] - frames[-1]).mean() > 0.7
    for frame in frames[-3:]:
        for strip, inner in ((frame[0], frame[2]), (frame[-1], frame[-3]), (frame[:, 0], frame[:, 2]), (frame[:, -1], frame[:, -3])):
            assert np.abs(strip - inner).mean() < 26  # no black or foreign border
            assert strip.mean() > 4


def test_light_comes_on(studio: ProductStudio, tmp_path: Path) -> None:
    clip = _clip(studio, tmp_path, VideoAsk("", 96, 160, 9, 24, still=_still(studio, tmp_path), move="light_reveal"))
    brightness = _frames(clip).mean((1, 2, 3))
    assert brightness[0] < 0.55 * brightness[-1]
    assert (np.diff(brightness) > -1.0).all()


def test_a_clip_of_another_size_than_its_still_is_taken_again(studio: ProductStudio, tmp_path: Path) -> None:
    clip = _clip(studio, tmp_path, VideoAsk("", 128, 96, 3, 30, still=_still(studio, tmp_path)))
    assert _frames(clip).shape == (3, 96, 128, 3)


def test_a_foreign_still_gets_a_flat_move_and_a_note(studio: ProductStudio, tmp_path: Path) -> None:
    y, x = np.mgrid[:300, :200]
    Image.fromarray(np.dstack([x, y // 2, 255 - x]).astype(np.uint8)).save(tmp_path / "foreign.png")
    still = Still(tmp_path / "foreign.png", 200, 300, Made("other"))
    clip = _clip(studio, tmp_path, VideoAsk("", 96, 160, 5, 25, still=still, move="push_in"))
    frames = _frames(clip).astype(float)
    assert clip.made.notes == (FLAT_NOTE,)
    assert np.abs(frames[0] - frames[-1]).mean() > 1
    assert np.diff(frames[-1][80, :, 0]).min() > -6  # left to right it still only rises: nothing mirrored


def test_words_alone_make_a_clip(studio: ProductStudio, tmp_path: Path) -> None:
    clip = _clip(studio, tmp_path, VideoAsk("dark water, noir", 64, 96, 4, 24, subject=WATCH))
    assert _frames(clip).shape == (4, 96, 64, 3)


def test_the_users_photo_keeps_its_colours(studio: ProductStudio, tmp_path: Path) -> None:
    picture = Image.new("RGBA", (200, 300), (0, 0, 0, 0))
    picture.paste((200, 40, 30, 255), (30, 20, 170, 280))
    picture.save(tmp_path / "mine.png")
    ask = replace(ASK, subject=Subject("tin", photo=tmp_path / "mine.png"), framing=Framing("medium"), prompt="dark water, noir")
    still = _still(studio, tmp_path, ask)
    pixels, covered = np.asarray(Image.open(still.path)), np.asarray(Image.open(still.extras["mask"]))
    inside = pixels[covered == 255].astype(float)
    assert len(inside) > 1000
    assert np.abs(np.median(inside, 0) - (200, 40, 30)).max() <= 2


def test_cancel_kills_the_worker_and_the_next_job_gets_a_new_one(studio: ProductStudio, tmp_path: Path) -> None:
    stop = threading.Event()

    def cancelled() -> None:
        if stop.is_set():
            raise Cancelled("stopped")

    def rendering(fraction: float, text: str) -> None:
        if text == "Rendering":
            stop.set()

    _still(studio, tmp_path)
    big = replace(ASK, width=1080, height=1920, quality="final", seed=5)
    before = set(studio._pool.processes())
    with pytest.raises(Cancelled):
        studio.answer(big, ROW, JobContext(tmp_path, rendering, cancelled))
    assert not any(_alive(pid) for pid in before)
    assert not list((studio._cache_dir / "product_studio" / "scratch").iterdir())
    assert _still(studio, tmp_path, replace(ASK, width=64, height=64)).width == 64


def test_a_worker_that_dies_is_a_clear_failure(studio: ProductStudio, tmp_path: Path) -> None:
    def shoot(fraction: float, text: str) -> None:
        for pid in studio._pool.processes():
            os.kill(pid, signal.SIGKILL)

    with pytest.raises(ModelFailed, match="stopped unexpectedly"):
        studio.answer(replace(ASK, seed=123), ROW, JobContext(tmp_path, shoot))
    assert _still(studio, tmp_path).made.cached


def test_close_leaves_no_process(tmp_path: Path) -> None:
    backend = ProductStudio(BackendConfig(tmp_path / "c", workers=1))
    _still(backend, tmp_path, replace(ASK, width=64, height=64))
    (pid,) = backend._pool.processes()
    backend.close()
    assert not _alive(pid)


def test_capabilities_are_checked_before_anything_runs(studio: ProductStudio) -> None:
    can = studio.capabilities(ROW)
    check(ASK, can, ROW.id)
    check(VideoAsk("", 2160, 2160, 1, 60, subject=None), can, ROW.id)
    for bad in (replace(ASK, width=63), replace(ASK, height=4096), replace(ASK, references=(Reference(Path("x.png")),))):
        with pytest.raises(AskRefused):
            check(bad, can, ROW.id)


def test_layers_that_are_gone_are_named(studio: ProductStudio, tmp_path: Path) -> None:
    still = Still(tmp_path / "s.png", 96, 160, Made("product-studio/v1"), {"layers": tmp_path / "gone.npz"})
    with pytest.raises(MediaError, match="make the still again"):
        studio.answer(VideoAsk("", 96, 160, 3, still=still), ROW, JobContext(tmp_path))


def _alive(pid: int) -> bool:
    for _ in range(600):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.05)
    return True
