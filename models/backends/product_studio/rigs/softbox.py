"""Studio light: one big softbox models the product, a strip draws its edge, a pool of light opens the backdrop."""

import numpy as np

from models.backends.product_studio.stage import Aim, Ambient, AreaLight, LightGroups, Options, Palette


def build(aim: Aim, palette: Palette, options: Options, rng: np.random.Generator) -> LightGroups:
    """The backdrop falls from lit to deep within the frame: without that gradient a tonal set reads as flat."""
    c, side = aim.centre, -1.0 if rng.random() < 0.7 else 1.0
    wall = aim.backdrop_z
    return {
        "key": (AreaLight((side * 3.2, 3.4 + aim.floor, 2.6), c, 2.4, 3.2, (15.5, 15.2, 14.8), soft=True),),
        "rim": (
            AreaLight((-side * 2.9, 2.1 + aim.floor, -1.5), c, 0.7, 4.2, (24.0, 24.0, 25.0)),
            AreaLight((side * 2.7, 2.6 + aim.floor, -2.0), c, 0.4, 3.4, (9.0, 9.0, 9.4)),
        ),
        "back": (AreaLight((-side * 0.9, 0.25, wall + 1.5), (-side * 0.5, 1.5, wall), 2.6, 0.4, (15.0, 15.0, 15.0), soft=True),),
        "fill": (AreaLight((0.0, 5.6, 0.4), c, 3.6, 2.6, (1.5, 1.5, 1.6)), Ambient((0.10, 0.10, 0.105))),
    }
