"""Optical flow without weights: OpenCV's DIS (Kroeger et al., ECCV 2016), and the two gates that keep it honest.

The fast preset finds shifts from half the threshold of motion on nearly as the medium one does (within 9 % instead of 7), and its middle
frames are as good, for a sixth of the time. Alone, DIS invents motion on flat noisy areas (20 to 37 pixels on grey) and follows pulses of
light. A flow vector counts only where there is texture to follow, and where flow forward and flow back agree.
"""

from functools import lru_cache
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from eval.views import Grey

Flow = NDArray[np.float32]
Warped = TypeVar("Warped", NDArray[np.float32], NDArray[np.uint8])
MODEL = f"OpenCV {cv2.__version__} DIS, fast preset, two refinements"
_LEAST_SIDE = 24  # below this DIS has no pyramid to work on


class DisFlow:
    """An estimator with its own state: one per metric and thread."""

    def __init__(self) -> None:
        self._dis = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
        self._dis.setVariationalRefinementIterations(2)  # of five: a third of the time, and no difference that was found

    def __call__(self, before: Grey, after: Grey) -> Flow:
        """(h, w, 2) float32 pixels from the first picture to the second; zero where a side is under 24 pixels."""
        if min(before.shape) < _LEAST_SIDE:
            return np.zeros((*before.shape, 2), np.float32)
        return np.asarray(self._dis.calc(np.ascontiguousarray(before), np.ascontiguousarray(after), None), np.float32)  # type: ignore[call-overload]


def textured(grey: Grey) -> NDArray[np.bool_]:
    """Where there is something to follow: deviation of the blurred (sigma 2) picture over 17 x 17 pixels is at least 2 levels."""
    blurred = cv2.GaussianBlur(grey.astype(np.float32), (0, 0), 2)
    mean = cv2.boxFilter(blurred, -1, (17, 17))
    square = cv2.boxFilter(blurred * blurred, -1, (17, 17))
    return np.asarray(square - mean * mean >= 4.0)


def agreeing(forward: Flow, backward: Flow) -> NDArray[np.bool_]:
    """Where going there and back ends where it began: |f + b'|² < 0.01 (|f|² + |b'|²) + 0.5 (Sundaram et al., ECCV 2010)."""
    (fx, fy), (bx, by) = cv2.split(forward), cv2.split(warped(backward, forward, 1.0))  # apart: sums over an axis of two are slow
    return np.asarray((fx + bx) ** 2 + (fy + by) ** 2 < np.float32(0.01) * (fx * fx + fy * fy + bx * bx + by * by) + np.float32(0.5))


def lengths(flow: Flow) -> NDArray[np.float32]:
    """(h, w) pixels."""
    return np.asarray(cv2.magnitude(*cv2.split(flow)), np.float32)


def warped(picture: Warped, flow: Flow, amount: float) -> Warped:
    """picture at x + amount * flow(x), bilinear, edges repeated."""
    places = cv2.scaleAdd(flow, amount, _grid(*flow.shape[:2]))
    return np.asarray(cv2.remap(picture, places, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), picture.dtype)  # type: ignore[call-overload]


@lru_cache(maxsize=4)
def _grid(height: int, width: int) -> Flow:
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    return np.stack([columns, rows], axis=-1)
