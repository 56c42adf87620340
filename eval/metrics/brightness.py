"""How light the picture is: mean luma. `brightness_v1`. Range 0..255; neither way is better. It finds black videos and draws the curve."""

from eval.film import Film, Frame
from eval.metrics.metric import Asked, Metric
from eval.scores import Score
from eval.views import thumb_grey


class Brightness(Metric):
    """per_frame: of every frame."""

    name = "brightness_v1"
    range = (0.0, 255.0)
    direction = "neither"

    def __init__(self, film: Film, asked: Asked) -> None:
        super().__init__(film, asked)
        self._values: list[float] = []

    def take(self, frame: Frame) -> None:
        self._values.append(float(frame.view(thumb_grey).mean()))

    def finish(self) -> Score:
        return self.score(sum(self._values) / len(self._values), self._values)
