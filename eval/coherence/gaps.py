"""Stretches in which nothing is shown: black frames and frozen ones.

Black as FFmpeg's blackdetect: 98 % of the pixels below 10 % luma, for at least a tenth of a second. Frozen: frames that differ by
under a tenth of a level on average, for at least half a second (freezedetect's default of -60 dB would call slow moves on dark sets
frozen).
"""

from collections.abc import Sequence

import numpy as np

from eval.coherence.sheet import Sheet
from eval.views import luma

BLACK_SHARE, BLACK_LUMA, BLACK_S = 0.98, 25.5, 0.1
FROZEN_LEVELS, FROZEN_S = 0.1, 0.5

Stretch = tuple[int, int]


def black(sheet: Sheet, fps: float) -> list[Stretch]:
    """(first, end) frames."""
    return _runs([bool((luma(picture) < BLACK_LUMA).mean() >= BLACK_SHARE) for picture in sheet], max(1, round(BLACK_S * fps)))


def frozen(steps: Sequence[float], fps: float) -> list[Stretch]:
    """steps: mean difference of each frame from the one before, in levels at native size, from frame 1 on -> (first, end) frames."""
    held = _runs([step < FROZEN_LEVELS for step in steps], max(1, round(FROZEN_S * fps)))
    return [(first, end + 1) for first, end in held]


def _runs(holds: Sequence[bool], least: int) -> list[Stretch]:
    edges = np.flatnonzero(np.diff(np.r_[0, np.asarray(holds, np.int8), 0]))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2) if b - a >= least]
