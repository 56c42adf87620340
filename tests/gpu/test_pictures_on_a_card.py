"""A tiny SDXL on a card: bfloat16, every memory profile, the fast profile, real out of memory."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from models.asks import ImageAsk
from models.backends import BackendConfig
from models.backends.diffusers_image.backend import DiffusersImage
from models.catalog import row
from models.catalog.image_addons import SDXL
from models.context import JobContext
from models.diffusion.profiles import PROFILES
from models.errors import OutOfMemory
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
    from models.devices import choose

    if choose(tiny).limit_gb < gb:
        pytest.skip(f"needs a card of {gb:g} GB")
    plain, _ = draw(replace(tiny, vram_gb=15.0))
    picture, notes = draw(replace(tiny, vram_gb=gb))
    narrow = gb < 7.5
    assert np.abs(picture - plain).mean() < (4 if narrow else 1) * ROUNDING
    assert any("in bfloat16" in note for note in notes)
    if gb < 15:
        assert any("Memory profile" in note for note in notes)


def test_the_fast_profile_runs(tiny: BackendConfig, draw: Callable[..., Any]) -> None:
    _, notes = draw(tiny, replace(ASK, fast=True, steps=None))
    assert any("8 steps" in note for note in notes)


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
