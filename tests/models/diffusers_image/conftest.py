"""Tiny models on disk, built once, and a backend that computes on the processor with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import torch

from models.asks import ImageAsk, Still
from models.backends import BackendConfig
from models.backends.diffusers_image.backend import DiffusersImage
from models.catalog import ModelRow, row
from models.context import JobContext
from models.devices import choose
from models.media.image_file import Picture, read_image, write_image
from models.residency import residency_of
from models.weights import folder_of
from tests.models.diffusers_image import tiny_sdxl


@dataclass(frozen=True)
class Set:
    """Where everything lies, and three pictures to refer to."""

    config: BackendConfig
    photo: Path
    other: Path
    mask: Path


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Set:
    """All weights of SDXL and its add-ons, tiny."""
    torch.set_num_threads(1)
    root = tmp_path_factory.mktemp("tiny-sdxl")
    config = BackendConfig(root / "cache", weights_dir=root / "weights", loras_dir=root / "loras", device="cpu")

    def where(id: str) -> Path:
        return folder_of(row(id), config)

    unet = tiny_sdxl.save_sdxl(where("sdxl/base-1.0"))
    tiny_sdxl.decoder(2).save_pretrained(where("sdxl/vae-fp16-fix"))
    adapter = row("sdxl/ip-adapter").defaults
    tiny_sdxl.save_ip_adapter(where("sdxl/ip-adapter"), unet, adapter["file"], adapter["encoder"])
    for seed, kind in enumerate(("depth", "canny")):
        tiny_sdxl.save_net(where(f"sdxl/controlnet-{kind}"), 10 + seed)
    tiny_sdxl.save_net(where("sdxl/controlnet-pose"), 12, variant=None)  # as its maker lays it out
    tiny_sdxl.save_lora(where("sdxl/lightning") / row("sdxl/lightning").defaults["file"], unet, 30)
    for seed, name in enumerate(("watch", "brand")):
        tiny_sdxl.save_lora(config.loras_dir / f"{name}.safetensors", unet, 20 + seed, rank=4 + 4 * seed)
    tiny_sdxl.save_lora(config.loras_dir / "halved.safetensors", unet, 20, rank=4, alpha=2)
    noise = np.random.default_rng(0)
    pictures = {
        "photo": noise.integers(0, 255, (48, 48, 3), np.uint8),
        "other": np.full((48, 48, 3), (200, 40, 30), np.uint8),
        "mask": np.repeat((np.arange(48) < 24)[None, :, None], 48, 0).repeat(3, 2).astype(np.uint8) * 255,
    }
    paths = {name: write_image(root / f"{name}.png", picture) for name, picture in pictures.items()}
    return Set(config, **paths)


@dataclass(frozen=True)
class Studio:
    """A backend at work: `draw` asks for a small picture of few steps and gives its pixels."""

    backend: DiffusersImage
    row: ModelRow
    job: JobContext

    def still(self, **fields: object) -> Still:
        """What the backend answers."""
        asked = {"prompt": "a watch on stone", "width": 64, "height": 64, "seed": 1, "steps": 3} | fields
        still = self.backend.answer(ImageAsk(**asked), self.row, self.job)  # type: ignore[arg-type]
        assert isinstance(still, Still)
        return still

    def draw(self, **fields: object) -> Picture:
        """Its pixels, as numbers that can be subtracted."""
        return read_image(self.still(**fields).path).astype(np.int16)  # type: ignore[return-value]


@pytest.fixture
def studio(tiny: Set, tmp_path: Path) -> Studio:
    """Models stay loaded between tests, as they do between jobs."""
    return Studio(DiffusersImage(tiny.config), row("sdxl/base-1.0"), JobContext(tmp_path))


@pytest.fixture(scope="session")
def plain(tiny: Set, tmp_path_factory: pytest.TempPathFactory) -> Picture:
    """The picture that every change is measured against: no reference, no control, no LoRA."""
    folder = tmp_path_factory.mktemp("plain")
    return Studio(DiffusersImage(tiny.config), row("sdxl/base-1.0"), JobContext(folder)).draw()


@pytest.fixture(scope="module", autouse=True)
def _unloaded(tiny: Set) -> Iterator[None]:
    """Each file begins with nothing loaded and leaves nothing."""
    residency_of(choose(tiny.config)).clear()
    yield
    residency_of(choose(tiny.config)).clear()


def apart(one: Picture, other: Picture) -> float:
    """Mean difference of two pictures, in levels of 255."""
    return float(np.abs(one - other).mean())
