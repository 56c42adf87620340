"""Bars: soap with a name pressed into it, and food in a wrapper: what is said of them is heard, and they lie as such things lie."""

import numpy as np
import pytest

from models.backends.product_studio.archetypes import ARCHETYPES, food_bar
from models.backends.product_studio.archetypes.bar_inside import inside
from models.backends.product_studio.archetypes.look import look_for
from models.backends.product_studio.archetypes.product import Look, Part
from models.backends.product_studio.archetypes.soap_bar import PRESSED, RISE, THICK, _face
from models.backends.product_studio.materials import srgb_to_linear


def parts_of(look: Look) -> tuple[Part, ...]:
    return ARCHETYPES[look.archetype].build(look, np.random.default_rng(1)).parts


@pytest.mark.parametrize(("words", "tint", "flecks"), [("charcoal", "#2E2D30", ""), ("lavender", "#B7A8CC", "some"), ("plain", "", "")])
def test_soap_is_of_the_colour_of_its_scent(words: str, tint: str, flecks: str) -> None:
    look = look_for("soap bar", colors=("#C9A227",), description=words)
    assert (look.option("tint"), look.option("flecks")) == (tint, flecks)
    pixels = parts_of(look)[0].material["sided"]["body"]["base_color"].pixels
    if tint:
        assert np.abs(pixels.mean((0, 1)) - [int(tint[i : i + 2], 16) for i in (1, 3, 5)]).max() < 24


def test_a_name_is_pressed_into_the_soap_and_not_through_it() -> None:
    (_, _, blank), _ = _face(look_for("soap bar"))
    (_, _, named), pressed = _face(look_for("soap bar", "Basin & Birch"))
    assert (blank - named).max() == pytest.approx(PRESSED, rel=0.2)
    assert named.min() > -THICK / 8
    assert named.max() <= RISE
    assert 0.01 < (pressed > 0.6).mean() < 0.2


def test_a_soap_leans_on_the_others_without_going_through_them() -> None:
    stack, front = (part.mesh.vertices for part in (parts_of(look_for("soap bar"))[0], parts_of(look_for("soap bar"))[2]))
    apart = min(float(np.linalg.norm(stack - point, axis=1).min()) for point in front[::40])
    assert apart < 0.12


def test_what_is_inside_a_bar_is_what_is_said() -> None:
    assert look_for("chocolate bar").option("inside") == "chocolate"
    assert look_for("protein bar", description="dark chocolate").option("inside") == ""
    assert look_for("white chocolate bar").option("inside") == "white"
    brown = inside("chocolate", 1)[0].material["sided"]["base_color"]["value"]
    assert np.allclose(brown, srgb_to_linear("#41220F"))
    for kind in ("granola", "chocolate", "white"):
        for part in inside(kind, 1):
            assert part.mesh.vertices[:, 1].min() > -0.02
            assert part.mesh.vertices[:, 1].max() < 0.2


def test_a_wrapper_is_flat_and_toothed_at_its_ends_and_full_between() -> None:
    film = food_bar._wrapped()
    x, y, z = film.vertices.T
    ends = np.abs(y) > food_bar.LENGTH / 2 - food_bar.SEAL * 0.8
    assert np.ptp(z[ends]) < 0.02
    assert np.ptp(z[np.abs(y) < 0.2]) == pytest.approx(food_bar.THICK, rel=0.1)
    assert np.abs(x[ends]).max() > 1.1 * np.abs(x[np.abs(y) < 0.2]).max()
    assert np.ptp(y[y > food_bar.LENGTH / 2 - 0.008]) > 0.008
