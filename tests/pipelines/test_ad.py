"""A whole ad, from the sentence to the decoded file: small in every run, full size once."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TypeVar, TypeVarTuple

import av
import numpy as np
import pytest

from models.backends import BackendConfig
from models.errors import Cancelled
from models.media.audio_file import read_audio
from models.media.loudness import integrated_lufs, true_peak_dbtp
from models.media.video_file import VideoReader
from models.runtime import Runtime
from pipelines.ad import Ad, make_ad
from pipelines.brief import Brief, read_brief
from pipelines.progress import DirectRun, Progress, Tools
from pipelines.recipe import brief_of, read_recipe
from pipelines.scene_plan import Scene, ScenePlan

PROMPT = "Create a luxury watch ad for Instagram"
R = TypeVar("R")
Ts = TypeVarTuple("Ts")


@pytest.fixture(scope="module")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runtime]:
    made = Runtime(BackendConfig(tmp_path_factory.mktemp("cache"), workers=1))
    yield made
    made.close()


def make(brief: Brief, runtime: Runtime, folder: Path) -> tuple[Ad, list[Progress]]:
    seen: list[Progress] = []
    (folder / "work").mkdir()
    ad = make_ad(brief, DirectRun(folder / "work", runtime, seen.append), folder / "ad.mp4")
    return ad, seen


def assert_finished(ad: Ad, width: int, height: int, seconds: float) -> None:
    """Probe and decode: what the container says and what is really in it."""
    with VideoReader(ad.path) as video:
        assert (video.width, video.height, video.fps, video.n_frames) == (width, height, Fraction(24), seconds * 24)
        assert (video.info.codec, video.info.pixel_format, video.info.has_sound) == ("h264", "yuv420p", True)
        luma = [float(y.mean()) for y, _, _ in video.planes()]
    assert len(luma) == seconds * 24
    assert luma[0] - 16 < 0.4 * (luma[4] - 16)  # opens out of black
    assert luma[-1] < 24  # and out
    assert max(luma[12:-12]) > 40  # and shows something in between
    with av.open(str(ad.path)) as container:
        sound = container.streams.audio[0]
        assert sound.duration * sound.time_base == seconds
    samples = read_audio(ad.path)[: round(seconds * 48000)]  # a decoder also returns the padding of the last AAC frame
    assert integrated_lufs(samples) == pytest.approx(-14, abs=1.0)
    assert true_peak_dbtp(samples) <= -0.9
    head = ad.path.read_bytes()[: 1 << 20]
    assert 0 <= head.find(b"moov") < head.find(b"mdat") or head.find(b"mdat") == -1  # faststart
    assert ad.poster.stat().st_size > 1000


@pytest.fixture(scope="module")
def small(runtime: Runtime, tmp_path_factory: pytest.TempPathFactory) -> tuple[Ad, list[Progress]]:
    return make(read_brief(PROMPT, short_side=120, seed=7), runtime, tmp_path_factory.mktemp("small"))


def test_a_small_ad_is_whole(small: tuple[Ad, list[Progress]]) -> None:
    ad, _ = small
    assert_finished(ad, 120, 214, 15)
    assert ad.cost_usd == 0
    assert set(ad.models) >= {"product-studio/v1", "sound-studio/v1"}
    stages = [s.name for s in ad.stages]
    assert stages[:2] + stages[4:] == ["spec", "plan", "visuals", "match", "mix", "compose"]
    assert set(stages[2:4]) == {"sound", "anchor"}  # the music beside the pictures


def test_progress_follows_the_steps_of_the_prd(small: tuple[Ad, list[Progress]]) -> None:
    _, seen = small
    percents = [p.percent for p in seen]
    assert percents == sorted(percents)
    assert percents[-1] == 100
    for step, lo, hi in (("spec", 0, 10), ("plan", 10, 10), ("visuals", 20, 70), ("compose", 76, 99)):
        assert all(lo <= p.percent <= hi for p in seen if p.step == step), step
    assert len({round(p.percent) for p in seen if p.step == "visuals"}) > 5  # it moves while the pictures render


def test_the_recipe_makes_the_same_pictures_again(small: tuple[Ad, list[Progress]], runtime: Runtime, tmp_path: Path) -> None:
    ad, _ = small
    recipe = read_recipe(ad.path)
    assert recipe["brief"]["prompt"] == PROMPT
    text = json.dumps(recipe)
    assert str(tmp_path.parent) not in text
    fresh = Runtime(BackendConfig(tmp_path / "empty-cache", workers=1))
    try:
        again, _ = make(brief_of(recipe), fresh, tmp_path)
    finally:
        fresh.close()
    with VideoReader(ad.path) as one, VideoReader(again.path) as two:
        for index in (30, 120, 200, 330):
            difference = np.abs(one.frame(index).astype(int) - two.frame(index).astype(int))
            assert difference.mean() < 0.5, index


def test_an_ad_of_the_customers_photo_in_another_shape_and_story(runtime: Runtime, tmp_path: Path) -> None:
    from PIL import Image, ImageDraw

    picture = Image.new("RGBA", (400, 600), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rounded_rectangle([60, 40, 340, 580], 40, fill=(200, 30, 60, 255))
    picture.save(tmp_path / "product.png")
    brief = read_brief(
        "Ad for our stain remover, 20% off this week",
        aspect="1:1",
        framework="PAS",
        brand="Klar",
        product_image=tmp_path / "product.png",
        short_side=120,
    )
    ad, _ = make(brief, runtime, tmp_path)
    assert_finished(ad, 120, 120, 15)
    assert ad.spec.brand_guidelines.brand_name == "Klar"


def test_a_cancelled_ad_leaves_no_file(runtime: Runtime, tmp_path: Path) -> None:
    cancel = threading.Event()
    (tmp_path / "work").mkdir()

    def stop(progress: Progress) -> None:
        if progress.percent > 25:
            cancel.set()

    with pytest.raises(Cancelled):
        make_ad(read_brief(PROMPT, short_side=120, seed=99), DirectRun(tmp_path / "work", runtime, stop, cancel), tmp_path / "ad.mp4")
    assert [p.name for p in tmp_path.iterdir()] == ["work"]


class Short(DirectRun):
    """A run that makes a second of each scene and two of the last, all from one picture: every step at full size, and the costly one,
    rendering, once."""

    def step(self, name: str, fn: Callable[[Tools, *Ts], R], *args: *Ts) -> R:
        made = super().step(name, fn, *args)
        return shortened(made) if isinstance(made, ScenePlan) else made  # type: ignore[return-value]


def shortened(plan: ScenePlan) -> ScenePlan:
    """One shot a scene, with the transitions between them, and the end card."""
    last = plan.shots[-1]
    scenes: list[Scene] = []
    for scene in plan.scenes:
        start, length = sum(s.n_frames for s in scenes), 48 if scene is plan.scenes[-1] else 24
        shot = replace(scene.shots[0], start=start, n_frames=length, tail=scene.shots[-1].tail)
        shot = replace(shot, still_prompt=last.still_prompt, framing=last.framing, group=last.group, palette=last.palette, seed=last.seed)
        scenes.append(replace(scene, start=start, n_frames=length, shots=(shot,)))
    end = scenes[-1].start
    titles = (replace(plan.titles[-1], start=end + 8, n_frames=40),)
    return replace(plan, n_frames=end + 48, scenes=tuple(scenes), titles=titles, hero_frame=24, final_frame=end)


@pytest.mark.slow
def test_a_full_size_ad_is_whole(runtime: Runtime, tmp_path: Path) -> None:
    """1080×1920 pixels, four seconds: its scenes, transitions, titles and sound."""
    (tmp_path / "work").mkdir()
    ad = make_ad(read_brief(PROMPT), Short(tmp_path / "work", runtime, parallel=1), tmp_path / "ad.mp4")
    assert_finished(ad, 1080, 1920, 4)
    assert ad.path.stat().st_size < 20e6
