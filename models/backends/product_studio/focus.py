"""A lens that finds its subject: the layers at several states of defocus, and which of them a moment needs."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.backends.product_studio.bokeh import defocused
from models.backends.product_studio.layers import Layers

Picture = NDArray[Any]
RADII = (0.0, 0.0018, 0.0042, 0.0080, 0.0135, 0.0205)  # of the disc, shares of the frame's width
BACKGROUND = 0.55  # the set is already soft: it blurs this much less
SHARP_AT = 0.58  # share of the clip after which the subject is in focus


class Defocus:
    """backgrounds, products: per state, sharp first; products are (picture, coverage)."""

    def __init__(self, layers: Layers) -> None:
        width = layers.canvas.width
        self.backgrounds = [defocused(layers.background, None, r * width * BACKGROUND)[0] for r in RADII]
        self.products = [defocused(layers.product, layers.alpha, r * width) for r in RADII] if layers.alpha.size else []

    @staticmethod
    def level(t: float) -> tuple[int, float]:
        """At time 0..1: the state, and how far it is on the way to the next softer one."""
        left = np.clip(1 - t / SHARP_AT, 0, 1)
        softness = float(left * left * (3 - 2 * left)) * (len(RADII) - 1)
        level = min(int(softness), len(RADII) - 2)
        return level, softness - level
