"""A vase thrown on a wheel: its shoulder dipped in glaze, its foot bare clay with the maker's name."""

from dataclasses import replace

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.archetypes.stoneware import POT_WORDS, coat_of, fired, relief, thrown
from models.backends.product_studio.labels import name_solid

BODY = (
    (0, 0.024), (0.200, 0.024), (0.212, 0.0), (0.252, 0.0), (0.270, 0.030), (0.370, 0.200), (0.430, 0.470), (0.390, 0.740),
    (0.215, 0.930), (0.125, 1.035), (0.128, 1.150), (0.176, 1.232), (0.156, 1.238), (0.104, 1.150), (0.098, 1.030), (0.17, 0.93),
    (0.34, 0.70), (0.30, 0.20), (0, 0.09),
)  # fmt: skip
LINE = 0.43  # where the glaze ends
NAME_Y = 0.30
ROUND = [0, 0.012, 0.010, 0.010, 0.03, 0.5, 0.42, 0.34, 0.20, 0.12, 0.12, 0.0104, 0.0104, 0.12, 0.12, 0.2, 0.3, 0.3, 0]


def build_vase(look: Look, rng: np.random.Generator) -> Product:
    """Name to the viewer."""
    seed = int(rng.integers(1 << 30))
    outside, inside = thrown(BODY, ROUND, 0.0015, 0.046)
    coat = coat_of(look)
    parts = [
        Part(outside.mesh, fired(outside, replace(coat, line=outside.along(LINE), edges=(outside.length,)), seed)),
        Part(inside.mesh, fired(inside, replace(coat, edges=(0.0,)), seed + 10, 512)),
    ]
    name = name_solid(look.label, look.typeface, 0.31, 0.056, 0.005, 0.0017, max_lines=1)
    if name is not None:
        parts.append(Part(outside.laid_on(name, NAME_Y), relief(coat, coat.clay)))
    details = ((0.0, LINE, 0.42), (0.0, NAME_Y, 0.39), (0.0, 1.20, 0.17), (0.2, 0.85, 0.22))
    return stand(parts, look, (0, 0.5, 0.43), details)


VASE = Archetype(
    name="vase",
    title="Vase",
    build=build_vase,
    convex=True,
    round=True,
    words=("vase", "flower vase", "bud vase", "ceramic vase", "stoneware vase"),
    body="#E9E2D4",
    accent="#8F6141",
    typeface="engraved_caps",
    options=POT_WORDS,
)
