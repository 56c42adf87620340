"""What changes where one scene meets the next: colour, light, direction of motion. Half a second on either side, without the transition.

Measured on thumbnails. Every measure says how far, none says whether it was meant: the plan knows that.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.coherence.color import delta_e, hue_distance, light_distance
from eval.coherence.sheet import Sheet
from eval.dis_flow import DisFlow, agreeing, textured
from eval.scenes import SceneSpan
from eval.views import luma

WINDOW_S = 0.5
_PAIRS = 3
_LEAST_MOTION = 0.002  # of the long side, per frame: slower than this has no direction


@dataclass(frozen=True)
class Seam:
    """Between scenes `before` and `after`, at `frame`.

    delta_e: CIEDE2000 of the mean colours. delta_l: mean L* after minus before. delta_c: CIEDE2000 at equal L*. hues: Bhattacharyya
    distance of a*b*, 0..1. tones: Wasserstein distance of L*. turn_deg: angle between the directions of motion, None where one side
    stands still. planned: the plan means the light to change here.
    """

    before: int
    after: int
    frame: int
    time_s: float
    delta_e: float
    delta_l: float
    delta_c: float
    hues: float
    tones: float
    turn_deg: float | None
    planned: bool


def seams(sheet: Sheet, scenes: Sequence[SceneSpan], fps: float) -> list[Seam]:
    """One for each pair of neighbours."""
    window = max(1, round(WINDOW_S * fps))
    flow = DisFlow()
    found = []
    for one, other in itertools.pairwise(scenes):
        last, first = max(one.first + 1, one.end - one.tail), min(other.first + other.head, other.end - 1)
        before = sheet.pixels(max(one.first, last - window), last)
        after = sheet.pixels(first, min(other.end, first + window))
        means = before.reshape(-1, 3).mean(axis=0), after.reshape(-1, 3).mean(axis=0)
        leaving = _motion(sheet, max(one.first, last - 1 - _PAIRS), last - 1, flow)
        entering = _motion(sheet, first, min(other.end - 1, first + _PAIRS), flow)
        found.append(
            Seam(
                one.number,
                other.number,
                other.first,
                sheet.time(other.first),
                float(delta_e(*means)),
                float(means[1][0] - means[0][0]),
                float(delta_e(means[0], np.r_[means[0][0], means[1][1:]])),
                hue_distance(before, after),
                light_distance(before, after),
                _turn(leaving, entering, max(sheet[0].shape)),
                other.change,
            )
        )
    return found


def _motion(sheet: Sheet, first: int, last: int, flow: DisFlow) -> "np.ndarray":
    """Mean motion per frame in pixels, over what can be followed: (2,)."""
    steps = [np.zeros(2)]
    for i in range(first, last):
        one, other = luma(sheet[i]), luma(sheet[i + 1])
        forward = flow(one, other)
        counts = textured(one) & agreeing(forward, flow(other, one))
        if counts.any():
            steps.append(forward[counts].mean(axis=0))
    return np.mean(steps[1:], axis=0) if len(steps) > 1 else steps[0]


def _turn(leaving: "np.ndarray", entering: "np.ndarray", side: int) -> float | None:
    lengths = float(np.linalg.norm(leaving)), float(np.linalg.norm(entering))
    if min(lengths) < _LEAST_MOTION * side:
        return None
    return float(np.degrees(np.arccos(np.clip(leaving @ entering / (lengths[0] * lengths[1]), -1, 1))))
