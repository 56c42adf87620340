"""Lost highlights and shadows: share of pixels with a channel at 254 or more, or with all channels at 1 or less. `clipping_v1`.

Range 0..1, lower is better; black bars and pure white sets count as well. Mean over about eight frames a second.
"""

import cv2

from eval.film import Frame
from eval.metrics.sampled import SampledMean


class Clipping(SampledMean):
    """A stand-in for a part of imaging_quality."""

    name = "clipping_v1"
    direction = "lower"

    def measure(self, frame: Frame) -> float:
        height, width = frame.rgb.shape[:2]
        kept = cv2.countNonZero(cv2.inRange(frame.rgb, (0, 0, 0), (253, 253, 253)))
        black = cv2.countNonZero(cv2.inRange(frame.rgb, (0, 0, 0), (1, 1, 1)))
        return (height * width - kept + black) / (height * width)
