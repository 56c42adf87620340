"""Sun through a slide: hard warm light with palm, window or branch shadows, cool sky filling from the other side."""

import numpy as np

from models.backends.product_studio.rigs.slides import SLIDES
from models.backends.product_studio.stage import Aim, Ambient, AreaLight, LightGroups, Options, Palette, Projector, Spot, Vec3


def build(aim: Aim, palette: Palette, options: Options, rng: np.random.Generator) -> LightGroups:
    """options.warm 0 is a pale noon, 1 the last hour of the day; the sun sinks as it warms."""
    cx, cy, cz = aim.centre
    noon, golden = np.array([1.0, 0.93, 0.83]), np.array([1.0, 0.76, 0.50])
    sun = (noon * (1 - options.warm) + golden * options.warm) * 180
    sky = np.array([0.78, 0.90, 1.10]) * 0.75
    height = 6.2 - 1.8 * options.warm
    slide = SLIDES[options.slide](1024, rng)
    groups: LightGroups = {
        "key": (Projector((-6.2, height, 5.8), (cx + 0.2, cy * 0.95, cz - 0.5), 40.0, _vec(sun), slide),),
        # Behind the product and outside the beam: a card in the sun's way throws its own shadow, straight across the label.
        "rim": (
            AreaLight((aim.aside(-3.6), 2.0 + aim.floor, -1.2), aim.centre, 0.7, 2.6, _vec(np.array([7.0, 6.4, 5.6]) * aim.gain(-3.6))),
        ),
        "fill": (AreaLight((3.5, 3.2, 4.2), aim.centre, 4.0, 4.0, _vec(sky)), Ambient((0.14, 0.145, 0.17))),
    }
    if aim.backdrop_z < -6:  # an open sky is bright by itself
        groups["back"] = (Spot((cx, 2.5, aim.backdrop_z + 5.0), (cx, 1.5, aim.backdrop_z), 150.0, _vec(sun * 0.16 + sky * 12)),)
    return groups


def _vec(colour: np.ndarray) -> Vec3:
    r, g, b = (float(c) for c in colour)
    return (r, g, b)
