"""The formula that VBench's subject and background consistency share; the dimensions differ in what the encoder sees.

For features f of n frames: mean over i = 1 … n-1 of ½ [max(0, cos(f_i, f_(i-1))) + max(0, cos(f_i, f_0))]. Range 0..1, higher is better.
"""

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from eval.film import Film, Frame
from eval.metrics.metric import Asked, Metric
from eval.networks import Batches
from eval.scores import Score

if TYPE_CHECKING:
    from torch import Tensor


class Consistency(Metric):
    """Keeps two features: the first and the last. A film of one frame has no score (VBench divides by zero)."""

    vbench = True
    least = 2
    slot: ClassVar[str]

    def __init__(self, film: Film, asked: Asked) -> None:
        super().__init__(film, asked)
        self._batches: Batches | None = None
        self._first: Tensor | None = None
        self._former: Tensor | None = None
        self._values: list[float] = []

    @staticmethod
    @abstractmethod
    def picture(seen: Any, /) -> "Tensor":
        """What the encoder sees of a frame: a view."""

    def take(self, frame: Frame) -> None:
        if self._batches is None:
            self._batches = Batches(self.net(self.slot).call, self.asked.batch, self._compare)
        self._batches.add(frame.view(self.picture))

    def finish(self) -> Score:
        assert self._batches is not None
        self._batches.flush()
        return self.score(sum(self._values) / len(self._values), self._values, first=1)

    def _compare(self, row: "Tensor") -> None:
        from torch.nn.functional import cosine_similarity, normalize

        feature = normalize(row, dim=-1, p=2)
        if self._first is None or self._former is None:
            self._first = feature
        else:
            former = max(0.0, cosine_similarity(self._former, feature).item())
            first = max(0.0, cosine_similarity(self._first, feature).item())
            self._values.append((former + first) / 2)
        self._former = feature
