"""Clips by the real classes at tiny sizes, loaded from a folder by the product's own code, through the runtime, on the processor."""

import gc
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from models.asks import Clip, Framing, Made, Still, Subject, VideoAsk
from models.backends import BackendConfig
from models.backends.diffusers_video import camera, footage
from models.backends.diffusers_video.loading import Spread
from models.catalog import row
from models.context import JobContext
from models.devices import Device, choose
from models.errors import AskRefused, Cancelled, ModelUnavailable, OutOfMemory
from models.media.image_file import write_image
from models.media.video_file import VideoReader, probe
from models.residency import residency_of
from models.runtime import Runtime
from pipelines.clips import make_clip
from pipelines.scene_plan import Scene, ScenePlan, Shot
from tests.models.diffusers_video.tiny_videos import FAMILIES, row_of, save, tiny

WIDTH, HEIGHT = 64, 96


@dataclass
class Studio:
    """Rows of tiny builds, saved when they are first asked for, and one runtime for all of them."""

    root: Path
    saved: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        rows = tuple(row_of(name, family) for name, family in FAMILIES.items())
        short = tiny(replace(FAMILIES["ltx"], most_frames=9))
        self.config = BackendConfig(self.root / "cache", weights_dir=self.root / "weights", device="cpu")
        self.runtime = Runtime(self.config, (*rows, replace(rows[2], id="tiny/ltx-short", defaults={"family": short})))

    def clip(self, name: str, job: JobContext | None = None, **ask: Any) -> Clip:
        """A clip by `tiny/<name>`: 6 frames, unless asked otherwise."""
        base = name.removesuffix("-short")
        if base not in self.saved:
            save(base, self.config.weights_dir)
            self.saved.add(base)
        if base != name and not (folder := self.config.weights_dir / f"tiny--{name}").exists():
            shutil.copytree(self.config.weights_dir / f"tiny--{base}", folder)
        asked = VideoAsk(**{"prompt": "slow push-in", "width": WIDTH, "height": HEIGHT, "n_frames": 6, **ask})
        return self.runtime.video(asked, job or JobContext(self.root), f"tiny/{name}")

    def still(self, seed: int, width: int = WIDTH, height: int = HEIGHT) -> Still:
        """Coloured squares, others for every seed."""
        squares = np.random.default_rng(seed).integers(0, 255, (height // 16, width // 16, 3)).astype(np.uint8)
        path = write_image(self.root / f"still-{seed}-{width}.png", np.kron(squares, np.ones((16, 16, 1), np.uint8)))
        return Still(path, width, height, Made("test"))


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    torch.set_num_threads(1)
    made = Studio(tmp_path_factory.mktemp("videos"))
    made.clip("wan-5b")
    gc.freeze()  # what the libraries imported is not looked through again at every release of memory
    yield made
    made.runtime.close()
    gc.unfreeze()


def frames(clip: Clip) -> np.ndarray:
    with VideoReader(clip.path) as video:
        return np.stack(list(video.rgb()))


def differ(a: Clip, b: Clip) -> float:
    """Mean difference in levels."""
    return float(np.abs(frames(a).astype(float) - frames(b)).mean())


@pytest.mark.parametrize("name", FAMILIES)
def test_a_still_becomes_a_clip_of_exactly_what_was_asked(studio: Studio, name: str) -> None:
    clip = studio.clip(name, still=studio.still(1), fps=24)
    info = probe(clip.path)
    assert (info.width, info.height, info.n_frames, info.fps, info.codec, info.pixel_format) == (WIDTH, HEIGHT, 6, 24, "h264", "yuv420p")
    assert (clip.width, clip.height, clip.n_frames, clip.fps) == (WIDTH, HEIGHT, 6, 24)
    said = " ".join(clip.made.notes)
    assert (f"makes {FAMILIES[name].step}k + 1 frames" in said) == (name != "wan-a14b")  # 5 frames at its 16 are what 6 at 24 need
    assert "full precision with PyTorch's own attention" in said
    assert ("calculated from the motion" in said) == (name == "wan-a14b")  # 16 frames a second, where 24 were asked
    assert ("sound" in said) == (name == "ltx-2")


@pytest.mark.parametrize("name", ["wan-5b", "ltx"])
def test_words_alone_become_a_clip_by_the_same_weights(studio: Studio, name: str) -> None:
    from_words = studio.clip(name, subject=Subject("wrist watch"))
    assert probe(from_words.path).n_frames == 6
    assert differ(from_words, studio.clip(name, still=studio.still(1))) > 1


def test_a_model_for_stills_refuses_words_alone(studio: Studio) -> None:
    with pytest.raises(AskRefused, match="tiny/wan-a14b needs a still to start from"):
        studio.clip("wan-a14b")


@pytest.mark.parametrize("name", ["wan-a14b", "ltx"])
def test_the_last_picture_reaches_the_model(studio: Studio, name: str) -> None:
    towards = [studio.clip(name, still=studio.still(1), last_still=studio.still(seed)) for seed in (2, 3)]
    assert differ(*towards) > 0.5
    assert differ(towards[0], studio.clip(name, still=studio.still(1))) > 0.5


def test_a_model_without_last_pictures_refuses_one(studio: Studio) -> None:
    with pytest.raises(AskRefused, match="cannot end on a given frame"):
        studio.clip("wan-5b", still=studio.still(1), last_still=studio.still(2))


def test_a_longer_clip_goes_on_from_the_last_picture_of_the_stretch_before(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    stretches, ends = [], []
    once = footage.Footage._once

    def watched(self: footage.Footage, index: int, stretch: Any) -> Any:
        made = once(self, index, stretch)
        stretches.append(stretch)
        ends.append(made[-1])
        return made

    monkeypatch.setattr(footage.Footage, "_once", watched)
    clip = studio.clip("ltx-short", still=studio.still(1), last_still=studio.still(2), n_frames=17)
    assert probe(clip.path).n_frames == 17
    assert [stretch.n_frames for stretch in stretches] == [9, 9]
    assert np.array_equal(np.asarray(stretches[1].first), ends[0])
    assert [stretch.last is not None for stretch in stretches] == [False, True]
    assert any("in 2 stretches, each beginning with the last picture of the one before" in note for note in clip.made.notes)


def test_a_cancelled_clip_stops_within_a_step_and_the_same_ask_then_gives_the_same_clip(studio: Studio) -> None:
    ask = {"still": studio.still(1), "seed": 5, "steps": 4}
    before = studio.clip("wan-a14b", **ask)
    told: list[str] = []

    def check() -> None:
        if told and "step 2" in told[-1]:
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        studio.clip("wan-a14b", JobContext(studio.root, lambda fraction, text: told.append(text), check), **ask)
    assert told[-1] == "Making frames: step 2 of 4"
    assert not list(studio.root.glob(".clip*"))  # nothing half-written stays
    again, other = studio.clip("wan-a14b", **ask), studio.clip("wan-a14b", **{**ask, "seed": 6})
    assert np.array_equal(frames(before), frames(again))
    assert differ(before, other) > 1


def test_what_must_not_be_seen_is_heard_and_at_low_guidance_said_not_to_be(studio: Studio) -> None:
    plain, without = (studio.clip("ltx", negative_prompt=words) for words in ("", "people and text"))
    assert differ(plain, without) > 0.1
    unheard = studio.clip("ltx", negative_prompt="people", guidance_scale=1.0)
    assert "At a guidance of 1 the words for what must not be seen are not heard." in unheard.made.notes


def test_a_still_of_another_shape_is_cropped_and_told(studio: Studio) -> None:
    clip = studio.clip("ltx", still=studio.still(4, 192, 96))
    assert any("cropped: 33% of it is shown" in note for note in clip.made.notes)


def out_of_memory(times: int) -> Callable[..., None]:
    left = [times]

    def hook(module: Any, args: Any) -> None:
        if left[0]:
            left[0] -= 1
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB")

    return hook


@pytest.mark.parametrize("times", [1, 2])
def test_out_of_memory_is_one_step_down_and_told_then_an_error_that_says_what_to_change(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    roomy, sparing = Spread("none", False, 2), Spread("none", True, 1)  # a processor has no other memory to move parts to
    monkeypatch.setattr(camera, "spreads", lambda *args: (roomy, sparing))
    plain, fails = camera.load, out_of_memory(times)

    def load(*args: Any) -> Any:
        made = plain(*args)
        made.with_picture.transformer.register_forward_pre_hook(lambda module, args: fails(module, args))
        return made

    monkeypatch.setattr(camera, "load", load)
    runtime = Runtime(studio.config, studio.runtime.catalog)
    residency_of(choose(studio.config)).drop("video/tiny/ltx")
    ask = VideoAsk("push-in", WIDTH, HEIGHT, 6, still=studio.still(1))
    try:
        if times == 1:
            notes = runtime.video(ask, JobContext(studio.root), "tiny/ltx").made.notes
            assert any("ran out of memory, so what had failed was made again" in note for note in notes)
            assert any("decoded in tiles" in note for note in notes)
        else:
            with pytest.raises(OutOfMemory, match="ask for a smaller or shorter clip"):
                runtime.video(ask, JobContext(studio.root), "tiny/ltx")
    finally:
        runtime.close()


def test_a_shot_of_an_ad_becomes_its_clip(studio: Studio) -> None:
    shot = Shot("1", 1, 0, 7, 1, 2, "a watch on stone", "slow steady push-in", Framing(), "push_in", seed=3)
    plan = ScenePlan(
        *(WIDTH, HEIGHT, 25, 7, Subject("watch", "NORD"), ("#000000",), ()),
        *((Scene(1, "Before", 0, 7, (shot,)),), (), "luxury", "luxury", 0, 0, 72.0, (0.1, 0.1, 0.1, 0.2)),
    )
    clip = make_clip(plan, shot, studio.still(1), studio.runtime, JobContext(studio.root), "tiny/wan-5b")
    assert (probe(clip.path).n_frames, probe(clip.path).fps) == (10, 25)
    assert any("24 frames a second" in note for note in clip.made.notes)


@pytest.mark.parametrize(
    ("model", "config", "words"),
    [
        ("wan/2.2-ti2v-5b", {}, "^There is no graphics card here .*DEVICE=cpu"),
        ("wan/2.2-ti2v-5b", {"device": "cpu"}, "is not downloaded .*python -m models pull wan/2.2-ti2v-5b"),
        ("lightricks/ltx-2", {"device": "cpu"}, r"LTX-2 Community License \(free for companies under \$10 million.*ACCEPTED_LICENCES"),
        ("lightricks/ltx-2", {"device": "cpu", "accepted": frozenset({"lightricks/ltx-2"})}, "is not downloaded"),
    ],
)
def test_whoever_cannot_run_a_model_reads_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: str, config: dict[str, Any], words: str
) -> None:
    if not config:
        monkeypatch.setattr("models.backends.diffusers_video.backend.choose", lambda config: Device("", "", why_not=NO_CARD))
    runtime = Runtime(BackendConfig(tmp_path, weights_dir=tmp_path, **config))
    assert re.search(words, runtime.why_not("video", model))


NO_CARD = "There is no graphics card here (the NVIDIA driver is not installed); DEVICE=cpu makes do with the processor, very slowly."


def test_a_card_that_is_too_small_is_told_in_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = Device("cuda:0", "cuda", "RTX 4060", 8 * 2**30, 8 * 2**30, (8, 9))
    monkeypatch.setattr("models.backends.diffusers_video.backend.choose", lambda config: card)
    standing = {one.row.id: one.why_not for one in Runtime(BackendConfig(tmp_path, weights_dir=tmp_path)).standings("video")}
    assert "needs 12 GB of device memory; here are 8.0" in standing["wan/2.2-ti2v-5b"]
    assert "pull lightricks/ltx-video-0.9.5" in standing["lightricks/ltx-video-0.9.5"]


def test_weights_that_are_not_the_models_are_named(studio: Studio, tmp_path: Path) -> None:
    studio.clip("ltx")
    shutil.copytree(studio.config.weights_dir / "tiny--ltx", tmp_path / "tiny--broken")
    (tmp_path / "tiny--broken/transformer/config.json").write_text("{")
    runtime = Runtime(replace(studio.config, weights_dir=tmp_path), (row_of("broken", FAMILIES["ltx"]),))
    with pytest.raises(ModelUnavailable, match=r"cannot be loaded as LTX-Video .*python -m models verify"):
        runtime.video(VideoAsk("x", 64, 64, 9), JobContext(tmp_path))


def test_the_catalogue_says_what_the_licences_say() -> None:
    assert [row(name).commercial for name in ("wan/2.2-ti2v-5b", "wan/2.2-i2v-a14b", "lightricks/ltx-video-0.9.5")] == [True] * 3
    assert not row("lightricks/ltx-2").commercial
