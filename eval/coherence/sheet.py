"""The contact sheet: a thumbnail of every frame, kept while a film is decoded for its scores. 43 kB a frame: 62 MB for a minute at 24.

Everything about scenes is measured on it, after the decode, when scenes are known.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from eval.coherence.color import Lab, lab
from eval.film import Frame, Rgb
from eval.views import thumb


class Sheet:
    """A watcher for `eval.scoring.score`. thumbs: (h, w, 3) uint8 RGB, long side 160. times_s: of each frame."""

    def __init__(self) -> None:
        self.thumbs: list[Rgb] = []
        self.times_s: list[float] = []

    def __call__(self, frame: Frame) -> None:
        """Keep one frame's thumbnail."""
        self.thumbs.append(frame.view(thumb).copy() if frame.view(thumb) is frame.rgb else frame.view(thumb))
        self.times_s.append(frame.time_s)

    def time(self, frame: int) -> float:
        """Seconds at which a frame is shown."""
        return self.times_s[min(max(frame, 0), len(self.times_s) - 1)]

    def pixels(self, first: int, end: int) -> Lab:
        """L*a*b* of frames first … end - 1, (n, h, w, 3)."""
        return lab(np.stack(self.thumbs[max(0, first) : max(first + 1, end)]))

    def changes(self) -> NDArray[np.float64]:
        """How much the content changes into each frame, 0..255: mean difference in hue, saturation and value (as PySceneDetect); 0
        for the first.
        """
        found = [0.0]
        former = cv2.cvtColor(self.thumbs[0], cv2.COLOR_RGB2HSV).astype(np.int16)
        for picture in self.thumbs[1:]:
            now = cv2.cvtColor(picture, cv2.COLOR_RGB2HSV).astype(np.int16)
            step = np.abs(now - former)
            step[..., 0] = np.minimum(step[..., 0], 180 - step[..., 0])
            found.append(float(step.mean()))
            former = now
        return np.array(found)
