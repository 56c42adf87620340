"""How well every odd frame follows from its neighbours (VBench, arXiv 2311.17982).

An interpolator (AMT-S, CC BY-NC: not for commercial use) makes each odd frame from the two even ones around it; its picture x 255
is clipped and truncated to bytes. (255 - mean over odd frames of mean |odd - predicted|) / 255. Range 0..1, higher is better. A last odd
frame without a successor is left out. Frames are padded to multiples of 16 by repeating the edge. Over several videos the mean of
videos (macro). Runs at the video's own frame rate.
"""

from typing import TYPE_CHECKING

import cv2
import numpy as np

from eval.film import Film, Frame, Rgb
from eval.metrics.metric import Asked, Metric
from eval.resize import padded, tensor
from eval.scores import Score

if TYPE_CHECKING:
    from torch import Tensor


class MotionSmoothness(Metric):
    """Network: interpolator. Keeps two frames."""

    name = "motion_smoothness"
    vbench = True
    slots = ("interpolator",)
    least = 3

    def __init__(self, film: Film, asked: Asked) -> None:
        super().__init__(film, asked)
        self._even: Tensor | None = None
        self._odd: Rgb | None = None
        self._errors: list[float] = []

    def take(self, frame: Frame) -> None:
        if frame.index % 2:
            self._odd = frame.rgb
            return
        even, sides = padded(frame.view(tensor) / 255.0, 16)
        if self._even is not None and self._odd is not None:
            self._errors.append(float(np.mean(cv2.absdiff(self._odd, self._between(self._even, even, sides)))))
        self._even = even

    def finish(self) -> Score:
        mean = sum(self._errors) / len(self._errors)
        return self.score((255.0 - mean) / 255.0, [(255.0 - error) / 255.0 for error in self._errors], first=1, step=2)

    def _between(self, before: "Tensor", after: "Tensor", sides: tuple[int, int, int, int]) -> Rgb:
        import torch

        with torch.inference_mode():
            made = self.net("interpolator").call(before, after)
        left, _, top, _ = sides
        made = made[..., top : top + self.film.height, left : left + self.film.width]
        return (made * 255.0).squeeze(0).permute(1, 2, 0).cpu().numpy().clip(0, 255).astype(np.uint8)
