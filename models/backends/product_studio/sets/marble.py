"""A polished marble counter before a wall in the background colour; white by day, black with pale veins by night."""

import numpy as np

from models.backends.product_studio.archetypes import Part
from models.backends.product_studio.materials import picture, principled
from models.backends.product_studio.sets.forms import floor, wall
from models.backends.product_studio.stage import Options, Palette, StudioSet, sown, to_bytes
from models.backends.product_studio.textures import marble, plaster

BACK = 2.6
FRONT = 12.0
"""The edge towards the camera is never in the picture: seen at a grazing angle it is a line of crumbs."""


def build(palette: Palette, options: Options, rng: np.random.Generator) -> StudioSet:
    """The counter ends behind the product, so that a clean edge and then the wall close the picture."""
    if options.black:
        stone = marble(1400, sown(rng), (0.10, 0.10, 0.105), (0.72, 0.68, 0.60), (0.55, 0.45, 0.30))
    else:
        stone = marble(1400, sown(rng), (0.92, 0.91, 0.89), (0.40, 0.38, 0.37), (0.75, 0.62, 0.46))
    counter = principled(picture(to_bytes(stone)), roughness=0.13, specular=0.5, coat=0.3)
    paint = principled(picture(to_bytes(plaster(512, sown(rng), palette.encoded, 0.02))), roughness=0.7, specular=0.25)
    slab = floor(FRONT + BACK, z=(FRONT - BACK) / 2, tile=4.5)
    return StudioSet((Part(slab, counter), Part(wall(-4.2, tile=5.0), paint)), floor=0.0, backdrop_z=-4.2, glossy=True)
