"""What is particular to furniture: it is of the wood and the cover that were said, stands on its feet, and on the floor of a set."""

import numpy as np
import pytest

from models.asks import ImageAsk, Subject
from models.backends.product_studio import lexicon
from models.backends.product_studio.archetypes import ARCHETYPES, Look
from models.backends.product_studio.archetypes.look import look_for
from models.backends.product_studio.archetypes.upholstery import SHADES, TAN, cover_colour
from models.backends.product_studio.geometry import Mesh
from models.backends.product_studio.geometry.cushions import cushion
from models.backends.product_studio.staging import stage


def meshes(look: Look) -> list[Mesh]:
    return [part.mesh for part in ARCHETYPES[look.archetype].build(look, np.random.default_rng(1)).parts]


def options(kind: str, words: str = "") -> dict[str, str]:
    return dict(look_for(kind, description=words).extra)


def test_furniture_is_of_the_wood_and_the_cover_that_are_said() -> None:
    assert options("dining chair", "walnut")["wood"] == "walnut"
    assert options("dining chair", "black")["wood"] == "black"
    assert options("dining chair", "chêne")["wood"] == "oak"
    seated = options("dining chair", "oak, black leather")
    assert (seated["wood"], seated["cover"], seated["dye"]) == ("oak", "leather", SHADES["black"])
    assert options("sofa", "velvet, brass legs")["legs"] == "metal"
    assert "cover" not in options("dining chair", "oak")  # woven of cord, then


@pytest.mark.parametrize(
    ("body", "words", "shade"),
    [
        ("#0F4A3C", "velvet", "#0F4A3C"),
        ("#FBFAF7", "leather", TAN),
        ("#FFFFFF", "white leather", SHADES["white"]),
        ("#FFFFFF", "linen", "#FFFFFF"),
    ],
)
def test_a_cover_is_of_the_colour_that_is_said_else_of_the_brands(body: str, words: str, shade: str) -> None:
    assert cover_colour(look_for("sofa", colors=(body, "#8A5A34"), description=words)) == shade


def test_a_chair_has_the_proportions_of_one() -> None:
    """Millimetres, about: 530 wide, 520 deep, 790 high, the seat at 450; four feet on the ground."""
    look = look_for("dining chair")
    frame = np.concatenate([mesh.vertices for mesh in meshes(Look(**{**look.__dict__, "spin_deg": 0.0}))])
    width, height, depth = np.ptp(frame, axis=0)
    assert 0.46 < width < 0.58
    assert 0.74 < height < 0.84
    assert 0.44 < depth < 0.58
    feet = frame[frame[:, 1] < 0.004]
    assert {(x > 0, z > 0) for x, _, z in feet} == {(True, True), (True, False), (False, True), (False, False)}


def test_a_cushion_is_closed_crowned_and_seen_from_outside() -> None:
    plain, full = cushion((0.6, 0.2, 0.5), 0.05), cushion((0.6, 0.2, 0.5), 0.05, (0.0, 0.04, 0.0))
    assert 0.9 * 0.06 < plain.signed_volume() < 0.06
    assert full.signed_volume() > plain.signed_volume()
    assert full.vertices[:, 1].max() == pytest.approx(0.14, abs=0.002)


@pytest.mark.parametrize("place", ["on a round podium", "on a travertine stone slab", "in a plaster room", "on a plank floor"])
def test_furniture_stands_on_the_floor_where_a_bottle_is_lifted_up(place: str) -> None:
    def floor(kind: str) -> float:
        ask = ImageAsk(place, 90, 160, subject=Subject(kind, "Lund", colors=("#E9E0D1",)), palette=("#E2D8C8", "#8A5A34"))
        return stage(lexicon.read(ask)[0]).set.floor

    assert floor("dining chair") <= 0.05
    assert floor("perfume") >= floor("dining chair")


@pytest.mark.parametrize("kind", ["table lamp", "floor lamp"])
def test_a_lamp_is_lit_by_a_bulb_inside_its_shade(kind: str) -> None:
    look = look_for(kind, "Halden")
    parts = [part for part in ARCHETYPES[look.archetype].build(look, np.random.default_rng(1)).parts if part.emission is not None]
    shade, _, bulb = (part.mesh.bounds() for part in parts)
    assert (bulb[0] > shade[0]).all()
    assert (bulb[1] < shade[1]).all()


def test_a_brass_lamp_has_a_foot_of_brass_and_a_ceramic_one_of_clay() -> None:
    assert options("table lamp", "brass")["foot"] == "metal"
    assert options("table lamp", "stoneware")["foot"] == "ceramic"
