"""A tiny SDXL on disk and a folder of pictures, made once."""

from pathlib import Path

import pytest

from models.backends import BackendConfig


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch
    from diffusers.utils import logging

    from tests.lora_training.tiny_sdxl import build

    torch.set_num_threads(1)
    logging.disable_progress_bar()
    return build(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten pictures of four shapes, 64 pixels and more on the shorter side; no captions."""
    import numpy as np
    from PIL import Image

    folder = tmp_path_factory.mktemp("pictures")
    draw = np.random.default_rng(0)
    for number in range(10):
        width, height = ((96, 64), (64, 96), (64, 64), (80, 64))[number % 4]
        coarse = draw.integers(0, 256, (4, 4, 3), dtype=np.uint8)
        Image.fromarray(coarse).resize((width, height), Image.Resampling.NEAREST).save(folder / f"{number}.png")
    return folder


@pytest.fixture
def config(tmp_path: Path) -> BackendConfig:
    return BackendConfig(tmp_path / "cache", weights_dir=tmp_path / "weights", loras_dir=tmp_path / "loras", device="cpu")
