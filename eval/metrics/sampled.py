"""Stand-ins that look at single frames, about eight a second, and take the mean: sharpness, noise, clipping, blockiness.

None of them is known to agree with MUSIQ or with people beyond its name; each says what it measures.
"""

from abc import abstractmethod

from eval.film import Film, Frame
from eval.metrics.metric import Asked, Metric
from eval.scores import Score

PER_SECOND = 8


class SampledMean(Metric):
    """value: mean of `measure` over frames 0, step, 2 step, …"""

    def __init__(self, film: Film, asked: Asked) -> None:
        super().__init__(film, asked)
        self._step = max(1, round(float(film.fps) / PER_SECOND))
        self._values: list[float] = []

    def take(self, frame: Frame) -> None:
        if frame.index % self._step == 0:
            self._values.append(self.measure(frame))

    @abstractmethod
    def measure(self, frame: Frame) -> float:
        """The measure of one frame."""

    def finish(self) -> Score:
        return self.score(sum(self._values) / len(self._values), self._values, step=self._step)
