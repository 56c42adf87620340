"""How far looks move away within a shot, without semantics: a stand-in for subject and background consistency. `appearance_drift_v1`.

On thumbnails of 160 pixels: similarity of two frames is the mean of (a) the Bhattacharyya coefficient of their L*a*b* histograms
(8 x 12 x 12) and (b) the correlation of their gradient-orientation histograms (8 x 8 cells x 9 bins, after Dalal and Triggs, CVPR
2005). As in VBench's formula, each frame is compared with the one before and with the first: value 1 - mean of ½ (both). Range
0..1, lower is better. A camera that moves drifts, too; compare attempts at the same move.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from eval.film import Film, Frame, Rgb, made_of
from eval.metrics.metric import Asked, Metric
from eval.scores import Score
from eval.views import luma, thumb

_Looks = tuple[NDArray[np.float32], NDArray[np.float32]]


class AppearanceDrift(Metric):
    """per_frame: drift of frames 1, 2, …"""

    name = "appearance_drift_v1"
    direction = "lower"
    least = 2

    def __init__(self, film: Film, asked: Asked) -> None:
        super().__init__(film, asked)
        self._first: _Looks | None = None
        self._former: _Looks | None = None
        self._drifts: list[float] = []

    def take(self, frame: Frame) -> None:
        looks = frame.view(_looks)
        if self._first is None or self._former is None:
            self._first = looks
        else:
            self._drifts.append(1 - (_similar(looks, self._former) + _similar(looks, self._first)) / 2)
        self._former = looks

    def finish(self) -> Score:
        return self.score(sum(self._drifts) / len(self._drifts), self._drifts, first=1)


@made_of(thumb)
def _looks(picture: Rgb) -> _Looks:
    lab = cv2.cvtColor(picture, cv2.COLOR_RGB2LAB)
    colours = cv2.calcHist([lab], [0, 1, 2], None, [8, 12, 12], [0, 256, 0, 256, 0, 256]).ravel()
    grey = cv2.resize(luma(picture), (64, 64), interpolation=cv2.INTER_AREA).astype(np.float32)
    across, down = cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    strength, angle = cv2.cartToPolar(across, down, angleInDegrees=True)
    bins = np.minimum((angle % 180) / 20, 8).astype(np.int64)
    cells = (np.arange(64) // 8)[:, None] * 8 + np.arange(64) // 8
    shape = np.bincount((cells * 9 + bins).ravel(), weights=strength.ravel(), minlength=576).astype(np.float32)
    shape -= shape.mean()
    return np.sqrt(colours / max(1.0, float(colours.sum()))), shape / max(1e-6, float(np.linalg.norm(shape)))


def _similar(one: _Looks, other: _Looks) -> float:
    shapes = float(one[1] @ other[1]) if one[1].any() or other[1].any() else 1.0
    return (min(1.0, float(one[0] @ other[0])) + min(1.0, max(0.0, shapes))) / 2
