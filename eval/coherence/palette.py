"""How much of the picture is in the brand's colours: eight clusters in L*a*b* at one frame a second.

A cluster counts when it is within CIEDE2000 10 of a brand colour. A share says nothing about where: a small logo in exact colours
has a small share.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from eval.coherence.color import delta_e, hex_lab
from eval.coherence.sheet import Sheet
from eval.scenes import SceneSpan

CLUSTERS, NEAR = 8, 10.0


@dataclass(frozen=True)
class PaletteShare:
    """share: 0..1 of the pixels. by_color: the same per brand colour (the nearest one counts)."""

    share: float
    by_color: dict[str, float]


def palette_share(sheet: Sheet, scene: SceneSpan, palette: Sequence[str], fps: float) -> PaletteShare:
    """Of one scene, without its transitions. Raises ValueError for a colour that is none."""
    first, end = scene.first + scene.head, max(scene.first + scene.head + 1, scene.end - scene.tail)
    step = max(1, round(fps))
    pixels = np.concatenate([sheet.pixels(i, i + 1).reshape(-1, 3)[::4] for i in range(first, end, step)]).astype(np.float32)
    cv2.setRNGSeed(0)  # the same video always gives the same share
    criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 30, 0.2)
    _, labels, centres = cv2.kmeans(pixels, min(CLUSTERS, len(pixels)), np.zeros((0, 1), np.int32), criteria, 2, cv2.KMEANS_PP_CENTERS)
    weights = np.bincount(labels.ravel(), minlength=len(centres)) / len(pixels)
    brand = np.stack([hex_lab(color) for color in palette])
    far = delta_e(np.asarray(centres, np.float64)[:, None], brand[None])
    by_color = dict.fromkeys(palette, 0.0)
    for weight, row in zip(weights, far, strict=True):
        if row.min() <= NEAR:
            by_color[palette[int(row.argmin())]] += float(weight)
    return PaletteShare(sum(by_color.values()), by_color)
