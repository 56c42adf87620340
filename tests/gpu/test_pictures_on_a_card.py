"""A tiny SDXL on a card: bfloat16, every memory profile, the fast profile, real out of memory."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from models.asks import ImageAsk
from models.backends import BackendConfig
from models.backends.diffusers_image import painting
from models.backends.diffusers_image.backend import DiffusersImage
from models.catalog import row
from models.catalog.image_addons import SDXL
from models.context import JobContext
from models.devices import choose
from models.diffusion import replaying, watching
from models.diffusion.profiles import PROFILES
from models.errors import Cancelled, OutOfMemory
from models.media.image_file import read_image
from models.weights import folder_of

ASK = ImageAsk("a watch on stone", 64, 64, seed=5, steps=4)
TINY = replace(row(SDXL), vram_gb=0)
ROUNDING = 6.0


@pytest.fixture(scope="module")
def tiny(card: BackendConfig) -> BackendConfig:
    from tests.models.diffusers_image import tiny_sdxl

    unet = tiny_sdxl.save_sdxl(folder_of(row(SDXL), card))
    tiny_sdxl.decoder(2).save_pretrained(folder_of(row("sdxl/vae-fp16-fix"), card))
    fast = row("sdxl/lightning")
    tiny_sdxl.save_lora(folder_of(fast, card) / fast.defaults["file"], unet, 30)
    return card


@pytest.fixture
def draw(tmp_path: Any) -> Callable[..., Any]:
    def drawn(config: BackendConfig, ask: ImageAsk = ASK) -> tuple[np.ndarray, tuple[str, ...]]:
        backend = DiffusersImage(config)
        try:
            still = backend.answer(ask, TINY, JobContext(tmp_path))
        finally:
            backend.close()
        return read_image(still.path).astype(float), still.made.notes

    return drawn


@pytest.mark.parametrize("gb", [profile.from_gb or 6.5 for profile in PROFILES], ids=[profile.name for profile in PROFILES])
def test_every_memory_profile_draws_the_same_picture(tiny: BackendConfig, draw: Callable[..., Any], gb: float) -> None:
    if choose(tiny).limit_gb < gb:
        pytest.skip(f"needs a card of {gb:g} GB")
    plain, _ = draw(replace(tiny, vram_gb=15.0))
    picture, notes = draw(replace(tiny, vram_gb=gb))
    narrow = gb < 7.5
    assert np.abs(picture - plain).mean() < (4 if narrow else 1) * ROUNDING
    assert any("in bfloat16" in note for note in notes)
    if gb < 15:
        assert any("Memory profile" in note for note in notes)


@pytest.mark.parametrize("fields", [{}, {"quality": "preview", "steps": None}, {"fast": True, "steps": None}], ids=["plain", "cut", "fast"])
def test_steps_that_are_played_back_draw_the_same_picture(
    tiny: BackendConfig, draw: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, fields: dict[str, Any]
) -> None:
    recorded = []
    plain = replaying.Replayed._record
    monkeypatch.setattr(replaying.Replayed, "_record", lambda self, *args: recorded.append(plain(self, *args)) or recorded[-1])
    roomy, ask = replace(tiny, vram_gb=23.0), replace(ASK, **fields)
    if choose(roomy).limit_gb < 22:
        pytest.skip("needs a card of 24 GB")
    played, notes = draw(roomy, ask)
    assert recorded, notes
    assert None not in recorded, notes
    assert not any("could not be recorded" in note for note in notes)
    counted = len(recorded)
    again, _ = draw(roomy, ask)
    assert len(recorded) == 2 * counted, "a recording outlived its job"
    monkeypatch.setattr(painting, "replayed", lambda asked, device, on, keep: replaying.replayed(asked, device, False))
    by_hand, _ = draw(roomy, ask)
    assert np.abs(again - played).max() == 0
    assert np.abs(played - by_hand).mean() < 0.5


def test_recordings_are_kept_for_the_next_job_and_for_no_other(tiny: BackendConfig, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    roomy = replace(tiny, vram_gb=80.0)
    if choose(roomy).limit_gb < 70:
        pytest.skip("needs a card of 80 GB")
    recorded: list[Any] = []
    plain = replaying.Replayed._record
    monkeypatch.setattr(replaying.Replayed, "_record", lambda self, *args: recorded.append(plain(self, *args)) or recorded[-1])
    backend = DiffusersImage(roomy)

    def drawn(**fields: Any) -> tuple[np.ndarray, int]:
        before = len(recorded)
        still = backend.answer(replace(ASK, **fields), TINY, JobContext(tmp_path))
        return read_image(still.path).astype(float), len(recorded) - before

    try:
        first, n = drawn()
        assert n
        again, n = drawn()
        assert not n
        assert np.abs(again - first).max() == 0
        other, n = drawn(prompt="a shoe on sand")
        assert not n
        assert np.abs(other - first).mean() > 1
        fast, n = drawn(fast=True, steps=None)
        assert n
        assert np.abs(drawn(fast=True, steps=None)[0] - fast).max() == 0
        assert np.abs(drawn()[0] - first).max() == 0
        wide, n = drawn(width=96)
        assert n
        assert wide.shape != first.shape
    finally:
        backend.close()


def test_a_compiled_model_draws_the_same_picture(tiny: BackendConfig, draw: Callable[..., Any]) -> None:
    if choose(tiny).limit_gb < 22:
        pytest.skip("needs a card of 24 GB")
    plain, _ = draw(tiny)
    compiled, notes = draw(replace(tiny, compile_models=True))
    assert np.abs(compiled - plain).mean() < ROUNDING
    assert not any("could not be recorded" in note for note in notes)


def test_a_cancelled_picture_leaves_the_card_usable(tiny: BackendConfig, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "CHECK_EVERY_S", 0.0)
    backend, told = DiffusersImage(tiny), []

    def check() -> None:
        if "Step 3 of 12" in told:
            raise Cancelled("stop")

    ask = replace(ASK, steps=12)
    try:
        with pytest.raises(Cancelled):
            backend.answer(ask, TINY, JobContext(tmp_path, lambda fraction, text: told.append(text), check))
        assert "Step 5 of 12" not in told
        one, other = (read_image(backend.answer(ask, TINY, JobContext(tmp_path)).path).astype(float) for _ in range(2))
    finally:
        backend.close()
    assert np.abs(one - other).max() == 0


def test_the_fast_profile_draws_the_same_with_its_lora_worn_and_merged(tiny: BackendConfig, draw: Callable[..., Any]) -> None:
    fast = replace(ASK, fast=True, steps=None)
    worn, notes = draw(replace(tiny, vram_gb=15.0), fast)
    assert any("8 steps" in note for note in notes)
    if choose(tiny).limit_gb < 22:
        pytest.skip("needs a card of 24 GB")
    merged, _ = draw(replace(tiny, vram_gb=23.0), fast)
    assert np.abs(merged - worn).mean() < ROUNDING


def test_the_card_running_out_is_told_or_is_an_error(
    tiny: BackendConfig, draw: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    import diffusers
    import torch

    plain, left = diffusers.UNet2DConditionModel.forward, [1]

    def forward(self: Any, *args: Any, **more: Any) -> Any:
        if left[0]:
            left[0] -= 1
            torch.empty(2**50, device="cuda")
        return plain(self, *args, **more)

    monkeypatch.setattr(diffusers.UNet2DConditionModel, "forward", forward)
    _, notes = draw(tiny)
    assert any("Memory ran out" in note for note in notes)
    left[0] = 2
    with pytest.raises(OutOfMemory):
        draw(tiny)
