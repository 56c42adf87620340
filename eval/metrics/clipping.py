"""Lost highlights and shadows: share of pixels with a channel at 254 or more, or with all channels at 1 or less. `clipping_v1`.

Range 0..1, lower is better; black bars and pure white sets count as well. Mean over about eight frames a second.
"""

import cv2
import numpy as np

from eval.film import Frame
from eval.metrics.sampled import SampledMean


class Clipping(SampledMean):
    """A stand-in for a part of imaging_quality."""

    name = "clipping_v1"
    direction = "lower"

    def measure(self, frame: Frame) -> float:
        red, green, blue = cv2.split(frame.rgb)
        brightest = cv2.max(cv2.max(red, green), blue)
        lost = cv2.countNonZero(cv2.inRange(brightest, np.array([254.0]), np.array([255.0])))
        lost += cv2.countNonZero(cv2.inRange(brightest, np.array([0.0]), np.array([1.0])))
        return float(lost / brightest.size)
