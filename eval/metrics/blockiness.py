"""Blocks of strong compression: how much steeper luma is across the borders of 8 x 8 blocks than inside them. `blockiness_v1`.

max(0, mean |step across borders| / mean |step elsewhere| - 1), the mean of both directions, after Wang, Sheikh and Bovik (ICIP
2002). Range 0 and up, lower is better. It sees blocks on the 8-pixel grid of the file's own size, so not those
of a video that was scaled since. Mean over about eight frames a second.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from eval.film import Frame
from eval.metrics.sampled import SampledMean
from eval.views import Grey, luma


class Blockiness(SampledMean):
    """A stand-in for a part of imaging_quality."""

    name = "blockiness_v1"
    range = (0.0, None)
    direction = "lower"

    def measure(self, frame: Frame) -> float:
        grey = frame.view(luma)
        rows, columns = _steps(grey[1:], grey[:-1], 1), _steps(grey[:, 1:], grey[:, :-1], 0)
        return (_excess(rows) + _excess(columns)) / 2


def _steps(later: Grey, former: Grey, along: int) -> NDArray[np.float64]:
    """Mean differences of neighbours, averaged along an axis."""
    if not later.size:
        return np.zeros(0)
    sums = cv2.reduce(cv2.absdiff(later, former), along, cv2.REDUCE_SUM, dtype=cv2.CV_32S)  # whole numbers: a tenth of the time
    return np.asarray(sums, np.float64).ravel() / later.shape[along]


def _excess(steps: NDArray[np.float64]) -> float:
    """Of the mean steps from each row, or column, to the next."""
    border = np.arange(1, len(steps) + 1) % 8 == 0
    if not border.any() or border.all():
        return 0.0
    inside = float(steps[~border].mean())
    return max(0.0, float(steps[border].mean()) / inside - 1.0) if inside > 0.05 else 0.0
