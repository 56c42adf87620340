"""Tiny builds of the real video classes on a card: bfloat16, every way to spread them, real out of memory, cancelling."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.asks import Clip, Made, Still, VideoAsk
from models.backends import BackendConfig
from models.backends.diffusers_video import camera
from models.backends.diffusers_video.loading import Spread
from models.context import JobContext
from models.errors import Cancelled, OutOfMemory
from models.media.image_file import write_image
from models.media.video_file import VideoReader, probe
from models.runtime import Runtime
from tests.models.diffusers_video.tiny_videos import FAMILIES, row_of, save

ROUNDING = 6.0  # levels of 255, mean: bfloat16 sums in another order


@pytest.fixture(scope="module")
def clip_of(card: BackendConfig, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Clip]:
    """A clip of 6 frames by `tiny/<name>`, from a still of coloured squares."""
    work = tmp_path_factory.mktemp("clips")
    squares = np.random.default_rng(1).integers(0, 255, (6, 4, 3)).astype(np.uint8)
    still = Still(write_image(work / "still.png", np.kron(squares, np.ones((16, 16, 1), np.uint8))), 64, 96, Made("test"))
    saved: set[str] = set()

    def made(name: str, job: JobContext | None = None, **ask: Any) -> Clip:
        if name not in saved:
            save(name, card.weights_dir)
            saved.add(name)
        asked = VideoAsk(**{"prompt": "push-in", "width": 64, "height": 96, "n_frames": 6, "still": still, **ask})
        with_row = Runtime(card, (row_of(name, FAMILIES[name]),))
        return with_row.video(asked, job or JobContext(work), f"tiny/{name}")

    return made


def frames(clip: Clip) -> np.ndarray:
    with VideoReader(clip.path) as video:
        return np.stack(list(video.rgb())).astype(float)


@pytest.mark.parametrize("name", FAMILIES)
def test_a_clip_is_computed_in_bfloat16_and_says_so(clip_of: Callable[..., Clip], name: str) -> None:
    clip = clip_of(name)
    assert (probe(clip.path).n_frames, probe(clip.path).fps) == (6, 24)
    assert any("in bfloat16 with PyTorch's own attention" in note for note in clip.made.notes)


@pytest.mark.parametrize("offload", ["model", "group"])
@pytest.mark.parametrize("name", ["wan-5b", "wan-a14b", "ltx"])
def test_every_spread_gives_the_same_clip(clip_of: Callable[..., Clip], monkeypatch: pytest.MonkeyPatch, name: str, offload: Any) -> None:
    plain = frames(clip_of(name))
    from models.devices import choose
    from models.residency import residency_of

    residency_of(choose(BackendConfig(Path(".")))).clear()
    monkeypatch.setattr(camera, "spreads", lambda *args: (Spread(offload, False, 2**20),))
    spread = clip_of(name)
    assert np.abs(frames(spread) - plain).mean() < ROUNDING
    assert any("wait in main memory" in note for note in spread.made.notes)
    if name == "wan-5b":  # the pipeline for words shares the parts, and their hooks
        assert probe(clip_of(name, still=None).path).n_frames == 6


def test_the_card_running_out_is_one_step_down_then_an_error(clip_of: Callable[..., Clip], monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    clip_of("ltx")
    plain, left = camera.load, [1]

    def load(*args: Any) -> Any:
        made = plain(*args)

        def more_than_there_is(module: Any, given: Any) -> None:
            if left[0]:
                left[0] -= 1
                torch.empty(2**50, device="cuda")

        made.with_picture.transformer.register_forward_pre_hook(more_than_there_is)
        return made

    def anew() -> None:
        from models.devices import choose
        from models.residency import residency_of

        residency_of(choose(BackendConfig(Path(".")))).clear()

    monkeypatch.setattr(camera, "load", load)
    monkeypatch.setattr(camera, "spreads", lambda *args: (Spread("none", False, 2**21), Spread("model", True, 2**20)))
    anew()
    notes = clip_of("ltx").made.notes
    assert any("ran out of memory, so what had failed was made again" in note for note in notes)
    left[0] = 2
    anew()
    with pytest.raises(OutOfMemory, match="ask for a smaller or shorter clip"):
        clip_of("ltx")


def test_a_cancelled_clip_leaves_the_card_usable(clip_of: Callable[..., Clip], tmp_path: Path) -> None:
    before = clip_of("wan-5b", steps=4, seed=3)
    told: list[str] = []

    def check() -> None:
        if told and "step 2" in told[-1]:
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        clip_of("wan-5b", JobContext(tmp_path, lambda fraction, text: told.append(text), check), steps=4, seed=3)
    again = clip_of("wan-5b", steps=4, seed=3)
    assert np.abs(frames(again) - frames(before)).mean() < ROUNDING


def test_numbers_that_must_not_be_rounded_are_kept_in_full(card: BackendConfig, clip_of: Callable[..., Clip]) -> None:
    import torch

    from models.devices import choose
    from models.residency import residency_of

    clip_of("wan-5b")
    residency = residency_of(choose(card))
    with residency.device_lock(lambda: None):
        loaded = residency.get("video/tiny/wan-5b", lambda: None, lambda value: 0)
    assert loaded.with_picture.vae.dtype == torch.float32
    assert loaded.with_picture.transformer.dtype == torch.bfloat16


def test_a_limit_below_what_a_model_needs_is_told(card: BackendConfig) -> None:
    row = row_of("ltx", FAMILIES["ltx"], vram_gb=16)
    assert "needs 16 GB of device memory; here are 8.0" in Runtime(replace(card, vram_gb=8.0), (row,)).why_not("video", row.id)
