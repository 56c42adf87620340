"""Stoneware for a table: dinner plates, side plates and bowls in a stack, each a little out of round, the maker's name on a bowl."""

from dataclasses import replace

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.archetypes.stoneware import POT_WORDS, Skin, coat_of, fired, liner, relief, thrown
from models.backends.product_studio.geometry import rotation
from models.backends.product_studio.labels import name_solid
from models.backends.product_studio.materials import Bsdf

PLATE = (
    (0, 0.020), (0.40, 0.020), (0.42, 0.0), (0.455, 0.0), (0.47, 0.022), (0.60, 0.040), (0.680, 0.094), (0.669, 0.112), (0.580, 0.066),
    (0.44, 0.052), (0, 0.048),
)  # fmt: skip
PLATE_ROUND = [0, 0.01, 0.008, 0.008, 0.02, 0.09, 0.0098, 0.0098, 0.10, 0.08, 0]
PLATE_STEP, SIDE_SCALE = 0.058, 0.77
BOWL = (
    (0, 0.026), (0.150, 0.026), (0.160, 0.0), (0.192, 0.0), (0.202, 0.024), (0.300, 0.085), (0.372, 0.205), (0.392, 0.335),
    (0.364, 0.338), (0.344, 0.210), (0.275, 0.105), (0.17, 0.062), (0, 0.056),
)  # fmt: skip
BOWL_ROUND = [0, 0.01, 0.008, 0.008, 0.02, 0.16, 0.20, 0.0130, 0.0130, 0.20, 0.14, 0.10, 0]
BOWL_STEP = 0.105
BOWL_LINE = 0.075
NAME_Y = 0.200


def build_tableware(look: Look, rng: np.random.Generator) -> Product:
    """Two dinner plates, two side plates and two bowls, the upper bowl's name to the viewer."""
    seed = int(rng.integers(1 << 30))
    coat, light = coat_of(look), liner(look)
    plate, bowl = thrown(PLATE, PLATE_ROUND, 0.0012, 0.05, 0.011, 128), thrown(BOWL, BOWL_ROUND, 0.0011, 0.034, 0.009, 128)
    dipped = replace(coat, line=plate[0].length * 0.72, edges=(plate[0].length,))
    of_plate = fired(plate[0], dipped, seed, 768), fired(plate[1], replace(coat, edges=(0.0,)), seed + 1)
    around = replace(coat, line=bowl[0].along(BOWL_LINE), edges=(bowl[0].length,))
    of_bowl = fired(bowl[0], around, seed + 2), fired(bowl[1], replace(light, edges=(0.0,)), seed + 3, 1024)
    parts, y = [], 0.0
    for scale in (1.0, 1.0, SIDE_SCALE, SIDE_SCALE):
        parts += _piece(plate, of_plate, scale, y, rng)
        y += PLATE_STEP * scale
    name = name_solid(look.label, look.typeface, 0.29, 0.052, 0.005, 0.0016, max_lines=1)
    if name is not None:
        parts.append(Part(bowl[0].laid_on(name, NAME_Y).moved(translation=(0, y, 0)), relief(coat, coat.glaze)))
    low = y
    for i in range(2):
        parts += _piece(bowl, of_bowl, 1.0, y, rng, round_=i == 0)
        y += BOWL_STEP
    details = ((0.0, low + 0.23, 0.375), (0.0, low + 0.335, 0.39), (0.30, 0.20, 0.60), (0.0, low + NAME_Y, 0.37))
    return stand(parts, look, (0, low + 0.15, 0.37), details)


def _piece(
    skins: tuple[Skin, Skin], surfaces: tuple[Bsdf, Bsdf], scale: float, y: float, rng: np.random.Generator, round_: bool = False
) -> list[Part]:
    """A pot set down at a height, turned and shifted a little; what bears a name is neither, and keeps its round."""
    turn = rotation("y", float(rng.uniform(0, 360)))
    off = rng.uniform(-1, 1, 4) * (0.0 if round_ else 1.0)
    squash = np.array([scale * (1 + 0.006 * off[0]), scale, scale * (1 + 0.006 * off[1])])
    shift = (0.007 * float(off[2]), y, 0.007 * float(off[3]))
    return [Part(skin.mesh.moved(turn, shift, squash), surface) for skin, surface in zip(skins, surfaces, strict=True)]


TABLEWARE = Archetype(
    name="tableware",
    title="Stoneware plates and bowls",
    build=build_tableware,
    convex=False,
    round=True,
    words=(
        "tableware",
        "dinnerware",
        "crockery",
        "stoneware",
        "pottery",
        "ceramics",
        "dinner set",
        *(
            f"{kind} bowl"
            for kind in ("ceramic", "stoneware", "pottery", "pasta", "soup", "ramen", "cereal", "breakfast", "salad", "serving", "handmade")
        ),
        *(f"{kind} plate" for kind in ("dinner", "side", "ceramic", "stoneware", "pottery", "dessert", "pasta", "handmade")),
        "plates and bowl",
        "bowls and plate",
    ),
    body="#7E8F86",
    accent="#C9A67C",
    typeface="engraved_caps",
    options=POT_WORDS,
)
