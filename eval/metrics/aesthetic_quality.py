"""How beautiful single frames are, by LAION's aesthetic predictor (VBench, arXiv 2311.17982).

A linear head on unit image features of OpenAI's CLIP ViT-L/14 (short side 224, bicubic, centre crop): mean over all frames of head / 10.
Range about 0..1, higher is better. Over several videos the mean of videos (macro).
"""

from typing import TYPE_CHECKING

from eval.film import Film, Frame
from eval.metrics.metric import Asked, Metric
from eval.networks import Batches
from eval.resize import clip_crop
from eval.scores import Score

if TYPE_CHECKING:
    from torch import Tensor


class AestheticQuality(Metric):
    """Networks: clip_l14, aesthetic."""

    name = "aesthetic_quality"
    vbench = True
    slots = ("clip_l14", "aesthetic")

    def __init__(self, film: Film, asked: Asked) -> None:
        super().__init__(film, asked)
        self._batches: Batches | None = None
        self._values: list[float] = []

    def take(self, frame: Frame) -> None:
        if self._batches is None:
            self._batches = Batches(self._rated, self.asked.batch, lambda row: self._values.append(row.item() / 10))
        self._batches.add(frame.view(clip_crop))

    def finish(self) -> Score:
        assert self._batches is not None
        self._batches.flush()
        return self.score(sum(self._values) / len(self._values), self._values)

    def _rated(self, images: "Tensor") -> "Tensor":
        from torch.nn.functional import normalize

        rated: Tensor = self.net("aesthetic").call(normalize(self.net("clip_l14").call(images).float(), dim=-1, p=2))
        return rated.reshape(len(images))
