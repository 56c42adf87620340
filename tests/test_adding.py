"""The code in docs/ADDING.md does what the recipe says, in the file where it would stand."""

import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from eval.film import Film, Frame
from eval.metrics import METRICS, sharpness
from eval.metrics.metric import Asked
from eval.metrics.sampled import SampledMean
from models.backends import BACKENDS
from models.backends.product_studio.archetypes import can
from models.backends.product_studio.archetypes.product import Look, Product
from models.catalog import CATALOG, hosted_videos
from pipelines.text_animations import entrances
from pipelines.text_animations.pose import REST

PAGE = (Path(__file__).parent.parent / "docs" / "ADDING.md").read_text()
RECIPES = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


def code_of(recipe: str) -> str:
    """The Python of a recipe, without its margin."""
    (block,) = re.findall(r"```python\n(.*?)```", RECIPES[recipe], re.DOTALL)
    return "\n".join(line.removeprefix("   ") for line in block.splitlines())


def beside(module: Any, code: str, **more: Any) -> dict[str, Any]:
    """What `code` defines, in a copy of the module's names."""
    there = vars(module) | more
    exec(compile(code, "docs/ADDING.md", "exec"), there)
    return there


def test_there_are_five_and_they_name_files_there_are() -> None:
    assert len(RECIPES) == 5
    root = Path(__file__).parent.parent
    named = set(re.findall(r"`((?:models|eval|pipelines|studio|tests|docs)/[\w./-]*)`", PAGE))
    assert len(named) > 15
    assert [name for name in sorted(named) if not (root / name).exists()] == []


def test_a_hosted_model() -> None:
    row = beside(hosted_videos, f"row = ({code_of('A hosted model').rstrip().rstrip(',')})")["row"]
    assert row.backend in BACKENDS
    assert row.id not in {other.id for other in CATALOG}
    assert set(row.fallback) <= {other.id for other in CATALOG}
    assert (row.durations_s, row.price_per_second) == ((5, 10), Decimal("0.07"))
    assert "kling" in row.id


def test_a_metric() -> None:
    import cv2

    metric = beside(sharpness, code_of("A metric"), SampledMean=SampledMean, cv2=cv2)["Saturation"]
    assert issubclass(metric, SampledMean)
    assert re.fullmatch(r"[a-z_]+_v\d+", metric.name)
    assert metric.name not in METRICS
    seen = metric(cast(Film, SimpleNamespace(fps=24)), cast(Asked, SimpleNamespace()))
    red, grey = (np.full((4, 4, 3), colour, np.uint8) for colour in ((255, 0, 0), (128, 128, 128)))
    assert [seen.measure(cast(Frame, SimpleNamespace(rgb=rgb))) for rgb in (red, grey)] == [1.0, 0.0]


def test_a_text_animation() -> None:
    drop = beside(entrances, code_of("A text animation"))["Drop"]()
    first, last = drop.arriving(0.0, 0, 1), drop.arriving(1.0, 0, 1)
    assert first.dy == pytest.approx(-drop.by)
    assert first.alpha == pytest.approx(0)
    assert (last.alpha, last.dy) == (REST.alpha, pytest.approx(REST.dy))
    assert drop.pose(4.0, 5.0, 0, 1) == REST


def test_a_product_shape() -> None:
    made = beside(can, code_of("A product shape"), WIDTH=0.6, HEIGHT=1.2, DEPTH=0.2)
    product = made["build_domino"](Look("domino"), np.random.default_rng(1))
    assert isinstance(product, Product)
    lowest = min(float(part.mesh.vertices[:, 1].min()) for part in product.parts)
    assert lowest == pytest.approx(0, abs=1e-6)


def test_a_page_tab_names_what_there_is() -> None:
    text = RECIPES["A page tab"]
    ui = Path(__file__).parent.parent / "studio" / "ui"
    for name, file in (("mount", "brands.js"), ("api", "api.js"), ("styled", "dom.js"), ("h()", "dom.js")):
        assert name.removesuffix("()") in (ui / "islands" / file).read_text(), name
        assert name in text
    assert "TABS" in (ui / "shell.py").read_text()
