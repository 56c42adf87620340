"""Whether anything moves, yes or no (VBench, arXiv 2311.17982).

Every max(1, round(fps / 8))-th frame; RAFT flow between neighbours of those (20 iterations, padded to multiples of 8). A pair moves
when the mean of its longest int(0.05 h w) flow vectors exceeds 6 min(h, w) / 256 pixels, strictly. The video is dynamic when at
least round(4 n / 16) pairs move, n being the sampled frames, and `round` rounding halves to even: two sampled frames are
always dynamic, one never is. Value 1 or 0; more motion is not always better. Over several videos the share of dynamic
ones (macro).

Flow is not computed for pairs that cannot change the answer any more; `per_frame` then ends early.
"""

from typing import TYPE_CHECKING

import numpy as np

from eval.film import Film, Frame
from eval.metrics.metric import Asked, Metric
from eval.resize import padded, tensor
from eval.scores import Score

if TYPE_CHECKING:
    from torch import Tensor


class DynamicDegree(Metric):
    """Network: flow. per_frame: mean of the longest vectors over the threshold, of the sampled frames from the second on."""

    name = "dynamic_degree"
    vbench = True
    slots = ("flow",)
    direction = "neither"

    def __init__(self, film: Film, asked: Asked) -> None:
        super().__init__(film, asked)
        self.rule = MotionRule(float(film.fps), film.short, film.n_frames)
        self._former: Tensor | None = None

    def take(self, frame: Frame) -> None:
        if frame.index % self.rule.interval or self.rule.settled:
            return
        image, _ = padded(frame.view(tensor), 8)
        if self._former is not None:
            self.rule.add(longest(self._flow(self._former, image)))
        self._former = image

    def finish(self) -> Score:
        rule = self.rule
        return self.score(
            float(rule.dynamic),
            [length / rule.threshold for length in rule.lengths],
            first=rule.interval,
            step=rule.interval,
            threshold_px=rule.threshold,
            moving_pairs=rule.hits,
            pairs_needed=rule.needed,
        )

    def _flow(self, before: "Tensor", after: "Tensor") -> "np.ndarray":
        import torch

        with torch.inference_mode():
            flow: np.ndarray = self.net("flow").call(before, after)[0].cpu().numpy()
        return np.sqrt(np.square(flow[0]) + np.square(flow[1]))


class MotionRule:
    """VBench's decision on a list of lengths, with the two moments at which it is settled. n_frames: of the whole video."""

    def __init__(self, fps: float, short: int, n_frames: int) -> None:
        self.interval = max(1, round(fps / 8))
        self.samples = -(-n_frames // self.interval)
        self.threshold = 6.0 * (short / 256.0)
        self.needed = round(4 * (self.samples / 16.0))
        self.lengths: list[float] = []
        self.hits = 0
        self.dynamic = False

    def add(self, length: float) -> None:
        """The next pair's mean of longest vectors, in pixels."""
        self.lengths.append(length)
        self.hits += length > self.threshold
        self.dynamic = self.dynamic or self.hits >= self.needed

    @property
    def settled(self) -> bool:
        """No further pair can change `dynamic`."""
        left = self.samples - 1 - len(self.lengths)
        return self.dynamic or (bool(self.lengths) and self.hits + left < self.needed)


def longest(lengths: "np.ndarray") -> float:
    """Mean of the longest twentieth, int(0.05 n) of them; 0 where that is none."""
    flat = lengths.ravel()
    count = int(flat.size * 0.05)
    return float(np.mean(np.partition(flat, flat.size - count)[flat.size - count :])) if count else 0.0
