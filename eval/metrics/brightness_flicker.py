"""Light that pumps: how much the brightness of large areas zigzags from frame to frame. `brightness_flicker_v1`.

Luma is averaged over 8 x 8 areas; mean over areas and frames of |second difference over time| / 2, in levels. Steady fades and
most motion cancel. Range 0..255, lower is better.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from eval.film import Film, Frame
from eval.metrics.metric import Asked, Metric
from eval.scores import Score
from eval.views import thumb_grey


class BrightnessFlicker(Metric):
    """per_frame: of frames 1, 2, … up to the last but one."""

    name = "brightness_flicker_v1"
    range = (0.0, 255.0)
    direction = "lower"
    least = 3

    def __init__(self, film: Film, asked: Asked) -> None:
        super().__init__(film, asked)
        self._last: list[NDArray[np.float32]] = []
        self._values: list[float] = []

    def take(self, frame: Frame) -> None:
        areas = cv2.resize(frame.view(thumb_grey).astype(np.float32), (8, 8), interpolation=cv2.INTER_AREA)
        self._last = [*self._last[-2:], np.asarray(areas, np.float32)]
        if len(self._last) == 3:
            before, now, after = self._last
            self._values.append(float(np.abs(before - 2 * now + after).mean()) / 2)

    def finish(self) -> Score:
        return self.score(sum(self._values) / len(self._values), self._values, first=1)
