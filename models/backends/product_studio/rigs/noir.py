"""Darkness with edges: two strips behind, a breath of frontal light, and a low glow on the wall in the ground's own colour."""

import numpy as np

from models.backends.product_studio.stage import Aim, Ambient, AreaLight, LightGroups, Options, Palette, Spot, Vec3


def build(aim: Aim, palette: Palette, options: Options, rng: np.random.Generator) -> LightGroups:
    """One rim is white and one carries the accent; the face gets just enough to be read."""
    c, y = aim.centre, aim.floor
    tint = palette.tint
    wall = aim.backdrop_z
    return {
        "rim": (
            AreaLight((aim.aside(-2.4), 2.0 + y, -1.4), c, 0.45, 4.4, _scaled((1.0, 1.0, 1.05), 19.0 * aim.gain(-2.4))),
            AreaLight((aim.aside(2.5), 2.0 + y, -1.1), c, 0.45, 4.4, _scaled(tint, 15.0 * aim.gain(2.5))),
        ),
        "key": (
            AreaLight((0.0, 4.4 + y, 0.6), c, 2.2, 1.4, (5.6, 5.6, 5.8)),
            AreaLight((-2.9, 3.0 + y, 3.1), c, 1.8, 2.6, (6.2, 6.2, 6.5), soft=True),
            AreaLight((2.8, 0.9 + y, 3.4), c, 0.45, 2.6, (4.2, 4.2, 4.4)),
        ),
        "back": (Spot((0.0, 0.4, wall + 2.6), (0.0, 0.9, wall), 88.0, (11.0, 11.0, 11.4)),),
        "fill": (Ambient((0.012, 0.012, 0.014)),),
    }


def _scaled(colour: Vec3, gain: float) -> Vec3:
    r, g, b = (gain * v for v in colour)
    return (r, g, b)
