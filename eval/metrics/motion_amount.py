"""How much moves, without weights: a stand-in for the flow in VBench's dynamic_degree. `motion_amount_dis_v1`.

DIS flow at 360 lines instead of RAFT at full size, on the same frames and by the same rule; vectors count only in textured places and where
both directions agree. Value: mean over sampled pairs of the mean of the longest twentieth, over VBench's threshold: 1 is as much motion as
the threshold asks of a pair. Range 0 and up; neither way is better. Known shifts from half to eight times the threshold come back within
about 9 %. No correlation with RAFT on generated videos has been published. details: `dynamic`, VBench's decision on these lengths.
"""

import numpy as np

from eval.dis_flow import MODEL, DisFlow, agreeing, lengths, textured
from eval.film import Film, Frame
from eval.metrics.dynamic_degree import MotionRule, longest
from eval.metrics.metric import Asked, Metric
from eval.scores import Score
from eval.views import Grey, small_grey


class MotionAmount(Metric):
    """per_frame: of the sampled frames from the second on."""

    name = "motion_amount_dis_v1"
    range = (0.0, None)
    direction = "neither"
    model = MODEL
    least = 2

    def __init__(self, film: Film, asked: Asked) -> None:
        super().__init__(film, asked)
        self.rule = MotionRule(float(film.fps), min(film.short, 360), film.n_frames)
        self._flow = DisFlow()
        self._former: Grey | None = None

    def take(self, frame: Frame) -> None:
        if frame.index % self.rule.interval:
            return
        grey = frame.view(small_grey)
        if self._former is not None:
            self.rule.add(self._length(self._former, grey))
        self._former = grey

    def finish(self) -> Score:
        rule = self.rule
        if not rule.lengths:
            return self.unavailable("The video is shorter than an eighth of a second.")
        amounts = [length / rule.threshold for length in rule.lengths]
        return self.score(
            sum(amounts) / len(amounts),
            amounts,
            first=rule.interval,
            step=rule.interval,
            dynamic=float(rule.dynamic),
            moving_pairs=rule.hits,
            pairs_needed=rule.needed,
        )

    def _length(self, before: Grey, after: Grey) -> float:
        if np.array_equal(before, after):
            return 0.0
        counts = textured(before)
        if not counts.any():
            return 0.0
        forward, backward = self._flow(before, after), self._flow(after, before)
        counts &= agreeing(forward, backward)
        return longest(np.where(counts, lengths(forward), np.float32(0)))
