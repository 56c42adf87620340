"""A quiet corner of rough plaster: a wall with an arched doorway into a deeper room, a step, a low bench."""

import numpy as np

from models.backends.product_studio.archetypes import Part
from models.backends.product_studio.geometry import Mesh, extrusion
from models.backends.product_studio.materials import bumped, picture, principled
from models.backends.product_studio.sets.forms import block, floor, tiled, wall
from models.backends.product_studio.stage import Options, Palette, StudioSet, sown, to_bytes
from models.backends.product_studio.textures import fractal_noise, plaster

WALL_Z, THICK = -2.1, 0.55
DOOR, SPRING = 0.95, 2.05
BENCH = 0.34


def build(palette: Palette, options: Options, rng: np.random.Generator) -> StudioSet:
    """Wall and floor in the ground colour; the room behind is a deeper shade of it, and catches its own light."""
    lime = picture(to_bytes(plaster(700, sown(rng), palette.encoded, 0.045)))
    relief = np.clip(0.5 + 0.18 * fractal_noise(512, 512, sown(rng), 1.3), 0, 1)
    coat = bumped(principled(lime, roughness=0.85, specular=0.2), relief, 0.02)
    r, g, b = (0.55 * c for c in palette.background)
    deep = principled((r, g, b), roughness=0.9, specular=0.15)
    side = -1.0 if rng.random() < 0.5 else 1.0
    door_x = side * float(rng.uniform(0.55, 0.8))
    stone = principled(tuple(min(0.9, 0.86 * c + 0.01) for c in palette.background), roughness=0.7, specular=0.3)
    parts = (
        Part(floor(22.0, z=2.0, width=26.0, tile=5.0), coat),
        Part(_doorway(door_x), coat),
        Part(wall(WALL_Z - 2.6), deep),
        Part(block(1.3, 0.17, 1.1, -side * 1.75, -1.2, 8.0 * side, 3.0), stone),
        *([] if options.large else [Part(block(2.5, BENCH, 1.5, 0.0, 0.1, 0.0, 3.0), stone)]),
    )
    return StudioSet(parts, floor=0.0 if options.large else BENCH, backdrop_z=WALL_Z)


def _doorway(x: float) -> Mesh:
    """The wall with the door cut out of it, its edges worn round."""
    half, top, low = 13.0, 9.0, -0.6
    rim = np.array([(-half, low), (half, low), (half, top), (-half, top)])
    angle = np.linspace(0, np.pi, 48)
    bow = np.c_[x + np.cos(angle) * DOOR, SPRING + np.sin(angle) * DOOR]
    hole = np.concatenate([[(x - DOOR, -0.3), (x + DOOR, -0.3)], bow])
    return tiled(extrusion([rim, hole], THICK, 0.045, 5).moved(translation=(0, 0, WALL_Z - THICK / 2)), 5.0)
