"""A kitchen: an oiled oak counter before a wall of hand-made tiles, no two of which lie quite even."""

import numpy as np

from models.backends.product_studio.archetypes import Part
from models.backends.product_studio.geometry import Mesh, merge, rotation, rounded_box
from models.backends.product_studio.materials import picture, principled
from models.backends.product_studio.sets.forms import floor, wall
from models.backends.product_studio.stage import Options, Palette, StudioSet, sown, to_bytes
from models.backends.product_studio.textures import wood

BACK, FRONT = 2.1, 12.0
TILE, JOINT, SHADES = 0.40, 0.020, 3
HALF, ROWS = 6.8, 15


def build(palette: Palette, options: Options, rng: np.random.Generator) -> StudioSet:
    """The tiles carry the ground colour in a few shades, as glaze does; the counter runs out of the picture."""
    oak = to_bytes(wood(1200, sown(rng), (0.66, 0.47, 0.30), (0.44, 0.28, 0.16)))
    counter = principled(picture(oak), roughness=0.34, specular=0.45, coat=0.15)
    parts = [
        Part(floor(FRONT + BACK, z=(FRONT - BACK) / 2, tile=3.2), counter),
        Part(wall(-BACK - 0.09), principled("#D8D2C8", 0.9)),
    ]
    for shade, tiles in zip((0.90, 1.0, 1.10), _tiles(rng), strict=True):
        r, g, b = (min(0.92, c * shade + 0.004) for c in palette.background)
        parts.append(Part(tiles, principled((r, g, b), roughness=0.12, specular=0.55, coat=0.6)))
    return StudioSet(tuple(parts), floor=0.0, backdrop_z=-BACK, glossy=False)


def _tiles(rng: np.random.Generator) -> list[Mesh]:
    """Every tile of the wall, by its shade; each a little askew."""
    laid: list[list[Mesh]] = [[] for _ in range(SHADES)]
    one = rounded_box(TILE - JOINT, TILE - JOINT, 0.05, 0.012, 0.010, segments=3)
    columns = int(HALF / TILE)
    for row in range(ROWS):
        for column in range(-columns, columns + 1):
            tilt = rotation("x", float(rng.normal(0, 0.8))) @ rotation("y", float(rng.normal(0, 0.8)))
            place = (column * TILE, (row + 0.5) * TILE + 0.01, -BACK + float(rng.normal(0, 0.004)))
            laid[int(rng.integers(SHADES))].append(one.moved(tilt, place))
    return [merge(tiles) for tiles in laid]
