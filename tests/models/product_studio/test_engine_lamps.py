"""Lamps light the picture and are not in it: a camera that stands behind them, as wide pictures want, looks through."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from models.asks import Framing, ImageAsk, Subject
from models.backends import BackendConfig
from models.backends.product_studio.backend import ProductStudio
from models.catalog import row
from models.context import JobContext


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProductStudio]:
    made = ProductStudio(BackendConfig(tmp_path_factory.mktemp("cache"), workers=2))
    yield made
    made.close()


@pytest.mark.parametrize("azimuth", [-36, 30])
@pytest.mark.parametrize(
    "prompt",
    [
        "on a travertine stone slab, palm shadow",
        "on a round podium in front of a plain coloured wall, softbox",
        "on a honed marble slab, window light",
        "on a travertine stone slab, flat cool overcast light, desaturated, empty set",
    ],
)
def test_no_back_of_a_lamp_stands_in_a_wide_picture(studio: ProductStudio, tmp_path: Path, prompt: str, azimuth: float) -> None:
    ask = ImageAsk(
        prompt,
        256,
        144,
        seed=5,
        subject=Subject("water bottle", "Rill", colors=("#E9E4DC",)),
        framing=Framing("wide", 70, azimuth, 18),
        palette=("#E9E4DC", "#B08D57", "#26211B"),
        quality="preview",
    )
    still = studio.answer(ask, row("product-studio/v1"), JobContext(tmp_path))
    luma = np.asarray(Image.open(still.path).convert("L"), float)
    assert (luma < 12).mean() < 0.01
