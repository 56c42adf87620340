"""How clean single frames are technically: distortion, noise, exposure, blur, by MUSIQ on SPAQ (VBench, arXiv 2311.17982).

Frames whose longer side exceeds 512 are shrunk to it bilinearly without antialiasing (sides by int()); mean of MUSIQ over all
frames. Range 0..100 for one video, higher is better. Over several videos the mean of videos divided by 100 (macro).
"""

from typing import TYPE_CHECKING

from eval.film import Film, Frame
from eval.metrics.metric import Asked, Metric
from eval.networks import Batches
from eval.resize import longest_512
from eval.scores import Score

if TYPE_CHECKING:
    from torch import Tensor


class ImagingQuality(Metric):
    """Network: musiq."""

    name = "imaging_quality"
    vbench = True
    slots = ("musiq",)
    range = (0.0, 100.0)

    def __init__(self, film: Film, asked: Asked) -> None:
        super().__init__(film, asked)
        self._batches: Batches | None = None
        self._values: list[float] = []

    def take(self, frame: Frame) -> None:
        if self._batches is None:
            self._batches = Batches(self._rated, 1, lambda row: self._values.append(row.item()))  # as VBench: out of 100, rounding shows
        self._batches.add(frame.view(longest_512))

    def finish(self) -> Score:
        assert self._batches is not None
        self._batches.flush()
        return self.score(sum(self._values) / len(self._values), self._values)

    def _rated(self, images: "Tensor") -> "Tensor":
        rated: Tensor = self.net("musiq").call(images)
        return rated.reshape(len(images))
