"""How little neighbouring frames differ (VBench, arXiv 2311.17982). No network: exact on any machine.

(255 - mean over i of mean |I_i - I_(i+1)|) / 255 on all frames and channels at native size. Range 0..1, higher is better. Over
several videos the mean of videos (macro). Officially VBench first drops videos that move, by optical flow; unfiltered, as here,
it measures motion as much as flicker, and every score says so.
"""

import cv2

from eval.film import Film, Frame, Rgb
from eval.metrics.metric import Asked, Metric
from eval.scores import Score


class TemporalFlickering(Metric):
    """per_frame: 1 - mean difference to the frame before, of frames 1, 2, …"""

    name = "temporal_flickering"
    vbench = True
    least = 2

    def __init__(self, film: Film, asked: Asked) -> None:
        super().__init__(film, asked)
        self._former: Rgb | None = None
        self._errors: list[float] = []

    def take(self, frame: Frame) -> None:
        if self._former is not None:
            self._errors.append(cv2.norm(self._former, frame.rgb, cv2.NORM_L1) / frame.rgb.size)
        self._former = frame.rgb

    def finish(self) -> Score:
        mean = sum(self._errors) / len(self._errors)
        per_frame = [(255.0 - error) / 255.0 for error in self._errors]
        return self.score((255.0 - mean) / 255.0, per_frame, first=1, reason="Unfiltered: motion lowers it as much as flicker does.")
