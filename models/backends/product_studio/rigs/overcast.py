"""The light of a grey day through a big window: soft, cool, from one side, falling away across the set.

For moments before things get better. It is calm rather than ugly: one direction, real falloff, no colour to speak of.
"""

import numpy as np

from models.backends.product_studio.stage import Aim, Ambient, AreaLight, LightGroups, Options, Palette


def build(aim: Aim, palette: Palette, options: Options, rng: np.random.Generator) -> LightGroups:
    """A wall of sky on the left, nothing on the right but what comes back from the room."""
    cx, cy, cz = aim.centre
    return {
        "key": (AreaLight((-4.4, 3.2, 1.2), (cx, cy * 0.8, cz - 0.6), 4.2, 4.6, (4.3, 4.75, 5.2), soft=True),),
        "fill": (AreaLight((1.5, 6.0, 1.5), aim.centre, 5.0, 4.0, (0.70, 0.76, 0.84)), Ambient((0.165, 0.178, 0.197))),
    }
