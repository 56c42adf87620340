"""The blue hour: the last cold light of the sky through a window, and one warm lamp that has just been lit."""

import numpy as np

from models.backends.product_studio.stage import Aim, Ambient, AreaLight, LightGroups, Options, Palette, Spot


def build(aim: Aim, palette: Palette, options: Options, rng: np.random.Generator) -> LightGroups:
    """The lamp stands on one side and models the product; the sky fills from the other and from behind."""
    c, y, wall = aim.centre, aim.floor, aim.backdrop_z
    side = -1.0 if rng.random() < 0.6 else 1.0
    lamp, sky = (1.0, 0.62, 0.30), (0.34, 0.52, 0.95)
    return {
        "key": (AreaLight((side * 2.5, 2.5 + y, 2.3), c, 1.5, 1.9, _times(lamp, 24.0), soft=True),),
        "rim": (
            AreaLight((aim.aside(-side * 2.6), 2.4 + y, -1.1), c, 0.9, 3.8, _times(sky, 15.0 * aim.gain(-side * 2.6))),
            AreaLight((aim.aside(side * 2.8), 1.6 + y, -1.4), c, 0.35, 3.0, _times(lamp, 14.0 * aim.gain(side * 2.8))),
        ),
        "back": (
            Spot((side * 1.8, 0.7 + y, wall + 1.6), (side * 1.3, 1.0, wall), 80.0, _times(lamp, 10.0)),
            Spot((-side * 1.2, 4.6, wall + 3.0), (-side * 0.8, 2.2, wall), 95.0, _times(sky, 13.0)),
        ),
        "fill": (AreaLight((-side * 3.6, 3.4, 3.6), c, 3.6, 3.6, _times(sky, 0.85)), Ambient((0.022, 0.03, 0.05))),
    }


def _times(colour: tuple[float, float, float], gain: float) -> tuple[float, float, float]:
    r, g, b = (gain * v for v in colour)
    return (r, g, b)
