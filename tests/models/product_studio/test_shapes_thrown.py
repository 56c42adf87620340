"""Pots: that they are hollow, that what is said of glaze and clay is heard, and that a name lies on the wall and can be read."""

import numpy as np
import pytest

from models.backends.product_studio.archetypes import ARCHETYPES
from models.backends.product_studio.archetypes.look import look_for
from models.backends.product_studio.archetypes.mug import RADIUS, ROUND, WALL, WALL_POINTS
from models.backends.product_studio.archetypes.product import Look
from models.backends.product_studio.archetypes.stoneware import CLAYS, broken_colour, coat_of, ink_on, thrown
from models.backends.product_studio.colours import contrast_ratio
from models.backends.product_studio.geometry import Mesh
from models.backends.product_studio.labels import name_solid

GLAZES = ("#F1ECE2", "#A9BCA4", "#3F6F7A", "#A4502B", "#26201D", "#C9A67C", "#8F6141")


def meshes(look: Look) -> list[Mesh]:
    return [part.mesh for part in ARCHETYPES[look.archetype].build(look, np.random.default_rng(1)).parts]


@pytest.mark.parametrize(
    ("words", "glaze", "clay"),
    [
        ("celadon glaze", "#A9BCA4", CLAYS[1]),
        ("glazed in black, white clay", "#26201D", "#EDE6DA"),
        ("tenmoku", "#26201D", CLAYS[0]),
        ("cobalt", "#2E4F86", CLAYS[0]),
    ],
)
def test_glaze_and_clay_are_what_is_said(words: str, glaze: str, clay: str) -> None:
    coat = coat_of(look_for("mug", colors=("#D4AF37",), description=words))
    assert (coat.glaze, coat.clay) == (glaze, clay)


def test_a_pot_takes_the_brands_colour_and_words_change_its_shine_and_specks() -> None:
    plain = coat_of(look_for("mug", colors=("#1F5E63",)))
    assert contrast_ratio(plain.glaze, "#1F5E63") < 1.5
    said = coat_of(look_for("mug", description="unspeckled, satin"))
    assert (plain.gloss, plain.specks, said.gloss, said.specks) == ("", True, "satin", False)


@pytest.mark.parametrize("glaze", GLAZES)
def test_clay_edges_and_letters_show_beside_every_glaze(glaze: str) -> None:
    coat = coat_of(look_for("mug"), glaze)
    assert contrast_ratio(coat.clay, glaze) > 1.4
    assert contrast_ratio(broken_colour(glaze), glaze) > 1.3
    assert contrast_ratio(ink_on(glaze, coat), glaze) > 2.2
    assert contrast_ratio(ink_on(coat.clay, coat), coat.clay) > 2.2


def test_a_mug_is_hollow_and_its_handle_stays_out_of_it() -> None:
    outside, inside, handle = meshes(look_for("mug"))
    middle = np.abs(inside.vertices[:, 1] - 0.6) < 0.05
    assert np.hypot(*inside.vertices[middle][:, [0, 2]].T).min() > RADIUS - 2 * WALL
    assert np.hypot(*handle.vertices[:, [0, 2]].T).min() > RADIUS - WALL
    assert handle.vertices[:, 1].max() < outside.vertices[:, 1].max()


def test_a_name_lies_on_the_wall() -> None:
    outside, _ = thrown(WALL_POINTS, ROUND)
    name = name_solid("Porthleven", "engraved_caps", 0.4, 0.08, 0.006)
    assert name is not None
    laid = outside.laid_on(name, 0.15)
    along, radius, height = outside.profile.T
    wall = np.interp(laid.vertices[:, 1], height[along > 0.35], radius[along > 0.35])
    away = np.hypot(*laid.vertices[:, [0, 2]].T) - wall
    assert -0.004 < away.min() < away.max() < 0.012
    assert laid.vertices[:, 1].mean() == pytest.approx(0.15, abs=0.01)


def test_a_stack_of_tableware_does_not_sink_into_itself() -> None:
    parts = meshes(look_for("tableware"))
    plates, bowls = parts[:8], parts[-4:]
    feet = [mesh.vertices[:, 1].min() for mesh in plates[::2]]
    assert feet == sorted(feet)
    floor = max(mesh.vertices[np.hypot(*mesh.vertices[:, [0, 2]].T) < 0.15][:, 1].max() for mesh in plates)
    assert bowls[0].vertices[:, 1].min() > floor - 0.012
