"""How well every odd frame follows from its neighbours, without weights: a stand-in for motion_smoothness. `interp_residual_dis_v1`.

VBench's sampling and formula, with the middle frame made from DIS flow at 360 lines: both neighbours warped half-way and
blended. (255 - mean over odd frames of mean |odd - made|) / 255. Range 0..1, higher is better. It orders pans, jitter, judder and
random motion as one would, and falls with noise (sigma 6: by 0.02), which a network would partly ignore. No correlation with
AMT has been published.
"""

import cv2
import numpy as np

from eval.dis_flow import MODEL, DisFlow, warped
from eval.film import Film, Frame, Rgb
from eval.metrics.metric import Asked, Metric
from eval.scores import Score
from eval.views import small_grey, small_rgb


class InterpResidual(Metric):
    """per_frame: of frames 1, 3, 5, …"""

    name = "interp_residual_dis_v1"
    model = MODEL
    least = 3

    def __init__(self, film: Film, asked: Asked) -> None:
        super().__init__(film, asked)
        self._even: Frame | None = None
        self._odd: Frame | None = None
        self._errors: list[float] = []

    def take(self, frame: Frame) -> None:
        if frame.index % 2:
            self._odd = frame
            return
        if self._even is not None and self._odd is not None:
            made = frame.since(self._even, _between)
            self._errors.append(cv2.norm(self._odd.view(small_rgb), made, cv2.NORM_L1) / made.size)
        self._even = frame

    def finish(self) -> Score:
        mean = sum(self._errors) / len(self._errors)
        return self.score((255.0 - mean) / 255.0, [(255.0 - error) / 255.0 for error in self._errors], first=1, step=2)


def _between(earlier: Frame, later: Frame) -> Rgb:
    """The picture half-way between two."""
    before, after = earlier.view(small_rgb), later.view(small_rgb)
    if np.array_equal(before, after):
        return before
    flow = DisFlow()
    first, second = earlier.view(small_grey), later.view(small_grey)
    from_before = warped(before, flow(first, second), -0.5)
    from_after = warped(after, flow(second, first), -0.5)
    return np.asarray(cv2.addWeighted(from_before, 0.5, from_after, 0.5, 0), np.uint8)
