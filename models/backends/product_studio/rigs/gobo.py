"""Sun through a slide: hard warm light with palm, window or branch shadows, cool sky filling from the other side."""

import numpy as np

from models.backends.product_studio.rigs.slides import SLIDES
from models.backends.product_studio.stage import Aim, Ambient, AreaLight, LightGroups, Options, Palette, Projector, Vec3


def build(aim: Aim, palette: Palette, options: Options, rng: np.random.Generator) -> LightGroups:
    """options.warm 0 is a pale noon, 1 the last hour of the day; the sun sinks as it warms."""
    cx, cy, cz = aim.centre
    noon, golden = np.array([1.0, 0.93, 0.83]), np.array([1.0, 0.70, 0.40])
    sun = (noon * (1 - options.warm) + golden * options.warm) * 300
    sky = np.array([0.78, 0.90, 1.10]) * 0.85
    height = 6.2 - 1.8 * options.warm
    slide = SLIDES[options.slide](1024, rng)
    return {
        "key": (Projector((-6.2, height, 5.8), (cx + 0.2, cy * 0.95, cz - 0.5), 40.0, _vec(sun), slide),),
        "rim": (AreaLight((-2.6, 2.6 + aim.floor, 2.2), aim.centre, 0.7, 2.6, (5.5, 5.0, 4.4)),),
        "fill": (AreaLight((3.5, 3.2, 4.2), aim.centre, 4.0, 4.0, _vec(sky)), Ambient((0.20, 0.205, 0.235))),
    }


def _vec(colour: np.ndarray) -> Vec3:
    r, g, b = (float(c) for c in colour)
    return (r, g, b)
