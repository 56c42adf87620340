"""Night in the city: a tube of the accent's colour on one side, its cold opposite on the other, a little white so that faces are read."""

import colorsys

import numpy as np

from models.backends.product_studio.stage import Aim, Ambient, AreaLight, LightGroups, Options, Palette, Spot, Vec3


def build(aim: Aim, palette: Palette, options: Options, rng: np.random.Generator) -> LightGroups:
    """Both colours are vivid whatever the accent is: a grey one becomes magenta."""
    one, other = _pair(palette.accent)
    c, y, wall = aim.centre, aim.floor, aim.backdrop_z
    return {
        "rim": (
            AreaLight((aim.aside(-2.3), 1.7 + y, -0.9), c, 0.22, 4.2, _times(one, 44.0 * aim.gain(-2.3))),
            AreaLight((aim.aside(2.3), 1.9 + y, -0.7), c, 0.22, 4.2, _times(other, 40.0 * aim.gain(2.3))),
        ),
        "key": (
            AreaLight((-1.7, 3.4 + y, 3.4), c, 1.5, 1.8, (5.2, 5.2, 5.5), soft=True),
            AreaLight((2.9, 1.2 + y, 2.9), c, 0.5, 2.6, _times(other, 5.0)),
        ),
        "back": (
            Spot((-1.9, 1.0 + y, wall + 1.9), (-0.9, 1.5, wall), 95.0, _times(one, 15.0)),
            Spot((1.9, 1.6 + y, wall + 1.9), (1.1, 1.9, wall), 95.0, _times(other, 12.0)),
        ),
        "fill": (Ambient((0.016, 0.016, 0.024)),),
    }


def _pair(accent: Vec3) -> tuple[Vec3, Vec3]:
    hue, saturation, _ = colorsys.rgb_to_hsv(*(min(1.0, max(0.0, v)) for v in accent))
    hue = 0.88 if saturation < 0.15 else hue
    cold = 0.55 if not 0.45 < hue < 0.72 else 0.90  # cyan beside warm colours, pink beside blue ones
    first, second = (colorsys.hsv_to_rgb(h, 0.88, 1.0) for h in (hue, cold))
    return first, second


def _times(colour: Vec3, gain: float) -> Vec3:
    r, g, b = (gain * v for v in colour)
    return (r, g, b)
