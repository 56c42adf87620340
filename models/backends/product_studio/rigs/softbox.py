"""Studio light: one big softbox models the product, a strip draws its edge, a pool of light opens the backdrop."""

import numpy as np

from models.backends.product_studio.stage import Aim, Ambient, AreaLight, LightGroups, Options, Palette, Spot, Vec3


def build(aim: Aim, palette: Palette, options: Options, rng: np.random.Generator) -> LightGroups:
    """The backdrop falls from lit to deep within the frame: without that gradient a tonal set reads as flat."""
    c, side = aim.centre, -1.0 if rng.random() < 0.7 else 1.0
    wall = aim.backdrop_z
    return {
        "key": (AreaLight((side * 2.9, 3.2 + aim.floor, 3.3), c, 2.6, 3.2, (18.0, 17.7, 17.3), soft=True),),
        "rim": (
            AreaLight((aim.aside(-side * 2.9), 2.1 + aim.floor, -1.5), c, 0.7, 4.2, _white(24.0 * aim.gain(-side * 2.9))),
            AreaLight((aim.aside(side * 2.7), 2.6 + aim.floor, -2.0), c, 0.4, 3.4, _white(9.0 * aim.gain(side * 2.7))),
        ),
        "back": (Spot((-side * 0.6, 5.0, wall + 2.6), (-side * 0.35, 1.5, wall), 88.0, (26.0, 26.0, 26.0)),),
        "fill": (AreaLight((0.0, 5.6, 0.4), c, 3.6, 2.6, (1.5, 1.5, 1.6)), Ambient((0.10, 0.10, 0.105))),
    }


def _white(radiance: float) -> Vec3:
    return (radiance, radiance, radiance * 1.04)
