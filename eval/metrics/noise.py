"""Noise in smooth places: Immerkær's estimate (CVIU 1996) on the half of the pixels with the weakest gradient. `noise_v1`.

sqrt(pi / 2) / 6 times the mean of |luma convolved with [[1 -2 1] [-2 4 -2] [1 -2 1]]|: the standard deviation in levels, were it
white. Range 0 and up, lower is better; film grain that was meant counts as well. Mean over about eight frames a second.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from eval.film import Frame, made_of
from eval.metrics.sampled import SampledMean
from eval.views import Grey, luma

_SECOND = np.array([1, -2, 1], np.float32)  # the mask is its outer product with itself


class Noise(SampledMean):
    """A stand-in for a part of imaging_quality."""

    name = "noise_v1"
    range = (0.0, None)
    direction = "lower"

    def measure(self, frame: Frame) -> float:
        return frame.view(noise_level)


@made_of(luma)
def noise_level(grey: Grey) -> float:
    """Standard deviation in levels."""
    response = np.abs(cv2.sepFilter2D(grey, cv2.CV_16S, _SECOND, _SECOND)[::2, ::2])  # a quarter of the pixels says the same
    blurred = cv2.blur(grey, (7, 7))
    across, down = cv2.spatialGradient(blurred)
    slope = np.abs(across[::2, ::2]) + np.abs(down[::2, ::2])
    smooth = slope <= _median(slope)
    return float(np.sqrt(np.pi / 2) / 6 * (response * smooth).sum(dtype=np.int64) / np.count_nonzero(smooth))


def _median(whole: NDArray[np.int16]) -> float:
    """As np.median, of whole numbers from 0 up: by counting them, a fifth of the time of sorting."""
    below = np.cumsum(np.bincount(whole.ravel()))
    return float(np.searchsorted(below, [(whole.size - 1) // 2, whole.size // 2], side="right").mean())
