"""Lamps light the picture and are not in it: a camera that stands behind them, as wide pictures want, looks through."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from models.asks import Framing, ImageAsk, Subject
from models.backends import BackendConfig
from models.backends.product_studio.backend import ProductStudio
from models.backends.product_studio.rigs import RIGS
from models.backends.product_studio.stage import Aim, Ambient, AreaLight, Options, Palette
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


@pytest.mark.parametrize("rig", sorted(RIGS))
@pytest.mark.parametrize("warm", [0.1, 0.8])
def test_no_lamp_stands_in_the_light_of_another(rig: str, warm: float) -> None:
    """Lamps are not seen, but they throw shadows: one in the sun's way would draw its edge across every label."""
    aim = Aim((0.0, 0.75, 0.0), 1.5, -2.5, 0.0)
    groups = RIGS[rig](aim, Palette((0.5, 0.5, 0.5), (0.7, 0.5, 0.3)), Options(warm=warm), np.random.default_rng(1))
    lamps = [lamp for group in groups.values() for lamp in group if not isinstance(lamp, Ambient)]
    lit = np.array(aim.centre) + np.random.default_rng(0).uniform(-1, 1, (400, 3)) * (0.75, 0.75, 0.3)
    for card in (lamp for lamp in lamps if isinstance(lamp, AreaLight)):
        middle = np.array(card.position)
        ahead = np.array(card.target) - middle
        ahead /= np.linalg.norm(ahead)
        right = np.cross((0, 1, 0.001), ahead)
        right /= np.linalg.norm(right)
        up = np.cross(ahead, right)
        for lamp in lamps:
            if lamp is card:
                continue
            way = lit - np.array(lamp.position)
            share = ((middle - np.array(lamp.position)) @ ahead) / (way @ ahead)
            hit = np.array(lamp.position) + way * share[:, None] - middle
            in_the_way = (share > 0) & (share < 1) & (np.abs(hit @ right) < card.width / 2) & (np.abs(hit @ up) < card.height / 2)
            assert not in_the_way.any(), (lamp.position, card.position)
