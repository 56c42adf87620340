"""Travertine blocks before a plaster wall: warm, natural, made for hard sun and leaf shadows."""

import numpy as np

from models.backends.product_studio.archetypes import Part
from models.backends.product_studio.geometry import merge
from models.backends.product_studio.materials import picture, principled
from models.backends.product_studio.sets.forms import block, seamless
from models.backends.product_studio.stage import Options, Palette, StudioSet, Vec3, sown, to_bytes
from models.backends.product_studio.textures import plaster, travertine

FOOT = 0.42


def build(palette: Palette, options: Options, rng: np.random.Generator) -> StudioSet:
    """One low block carries the product, but no furniture; two stand behind it at either side, never the same twice."""
    wall_colour = palette.encoded
    stone_colour = (0.34, 0.31, 0.29) if options.black else _between((0.82, 0.73, 0.62), wall_colour, 0.3)
    stone = principled(picture(to_bytes(travertine(1024, sown(rng), stone_colour))), roughness=0.45, specular=0.4)
    lean = float(rng.uniform(-4, 4))
    blocks = merge(
        [
            *([] if options.large else [block(2.15, FOOT, 1.6, 0.0, 0.0, lean * 0.4)]),
            block(0.9, 1.45, 0.8, 1.22, -1.3, 12 + lean),
            block(0.7, 0.88, 0.7, -1.32, -1.15, -9 + lean),
        ]
    )
    render = principled(picture(to_bytes(plaster(768, sown(rng), wall_colour))), roughness=0.8, specular=0.2)
    return StudioSet(
        (Part(seamless(back=2.5, radius=0.02), render), Part(blocks, stone)), floor=0.0 if options.large else FOOT, backdrop_z=-2.5
    )


def _between(one: Vec3, other: Vec3, share: float) -> Vec3:
    r, g, b = (x + (y - x) * share for x, y in zip(one, other, strict=True))
    return (r, g, b)
