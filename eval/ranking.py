"""Which of several attempts at the same shot is best, by how much, and when that cannot be told. `ranking_v1`.

    rank(attempts) -> Ranking          best first, with the parts, the margin and its uncertainty

Each part maps one measure to 0..1 by a fixed monotone curve (exact scores where *all* attempts have them, stand-ins else, never both
for the same thing); the overall is the weighted mean of the parts that all attempts have. So moving any measure in its good direction
never lowers the overall. It is no quality score and no VBench total: it orders attempts made here and measured in the same way, and
nothing else. The curves and weights below are choices, not findings.

Uncertainty comes from a moving-block bootstrap over frames: stretches of eight frames are drawn again with replacement, the same
stretches for both attempts, and the margin is recomputed. When its 95 % interval reaches zero the answer is "too close to call".
Degenerate attempts come last, whatever they score.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.scores import Score, Scores

BLOCK, DRAWS = 8, 400


@dataclass(frozen=True)
class Part:
    """One thing that makes an attempt better. Of `curves`, which map a score to 0..1, the first whose metric all attempts have is used."""

    name: str
    weight: float
    curves: Mapping[str, Callable[[float], float]]


def _falling(scale: float) -> Callable[[float], float]:
    return lambda value: math.exp(-max(0.0, value) / scale)


PARTS = (
    Part("subject", 2.0, {"subject_consistency": lambda x: _falling(0.1)(1 - x), "appearance_drift_v1": _falling(0.2)}),
    Part("background", 1.0, {"background_consistency": lambda x: _falling(0.1)(1 - x)}),
    Part(
        "smoothness", 2.0, {"motion_smoothness": lambda x: _falling(0.02)(1 - x), "interp_residual_dis_v1": lambda x: _falling(0.02)(1 - x)}
    ),
    Part("steady light", 1.0, {"brightness_flicker_v1": _falling(3.0)}),
    Part("motion", 1.0, {"dynamic_degree": lambda x: x, "motion_amount_dis_v1": lambda x: 1 - math.exp(-3.0 * x)}),
    Part("technique", 1.0, {"imaging_quality": lambda x: x / 100, "sharpness_v1": lambda x: x / (x + 100.0)}),
    Part("noise", 0.5, {"noise_v1": _falling(6.0)}),
    Part("exposure", 0.5, {"clipping_v1": _falling(0.1)}),
    Part("compression", 0.5, {"blockiness_v1": _falling(1.0)}),
    Part("beauty", 1.0, {"aesthetic_quality": lambda x: x}),
    Part("prompt", 2.0, {"overall_consistency": lambda x: x}),
)


@dataclass(frozen=True)
class PartScore:
    """What a part adds. measure: the score it comes from. goodness: 0..1 on its curve."""

    name: str
    measure: str
    value: float
    goodness: float
    weight: float


@dataclass(frozen=True)
class Attempt:
    """One attempt in the ranking. overall: 0..1, None for a degenerate one, which `why` explains."""

    index: int
    overall: float | None
    parts: tuple[PartScore, ...]
    why: str = ""


@dataclass(frozen=True)
class Ranking:
    """attempts: best first. margin: of the first over the second, None where there is no second one to compare with.

    interval: of the margin, 95 %. decided: False means too close to call, or nothing to choose from. sentence: for people.
    """

    attempts: tuple[Attempt, ...]
    margin: float | None
    interval: tuple[float, float] | None
    decided: bool
    sentence: str


def rank(attempts: Sequence[Scores], *, seed: int = 0, weights: Mapping[str, float] | None = None, names: Sequence[str] = ()) -> Ranking:
    """Order attempts. weights: other weights by part name. names: what the sentence calls them; 1, 2, … where not given.

    Raises ValueError without attempts, or when a weight is negative or unknown.
    """
    if not attempts:
        raise ValueError("There is nothing to rank.")
    chosen = common_parts(attempts, weights or {})
    called = names or [str(i + 1) for i in range(len(attempts))]
    rows = compared(attempts, weights)
    order = sorted(rows, key=lambda row: (row.overall is None, -(row.overall or 0.0), row.index))
    sound = [row for row in order if row.overall is not None]
    if not sound:
        return Ranking(tuple(order), None, None, False, "No attempt is usable: " + " ".join(row.why for row in order))
    if len(sound) == 1:
        told = "It is the only attempt." if len(order) == 1 else "It is the only usable attempt."
        return Ranking(tuple(order), None, None, len(order) > 1, told)
    best, second = sound[:2]
    margin = (best.overall or 0.0) - (second.overall or 0.0)
    low, high = _interval(attempts[best.index], attempts[second.index], chosen, np.random.default_rng(seed))
    decided = low > 0
    leads = _lead(best, second)
    told = f"Attempt {called[best.index]} leads by {margin:.3f} (95 %: {low:.3f} to {high:.3f}), mostly by {leads}."
    if not decided:
        told = (
            f"Too close to call: attempts {called[best.index]} and {called[second.index]} differ by {margin:.3f} "
            f"(95 %: {low:.3f} to {high:.3f})."
        )
    return Ranking(tuple(order), margin, (low, high), decided, told)


def compared(attempts: Sequence[Scores], weights: Mapping[str, float] | None = None) -> list[Attempt]:
    """Overalls and parts of the attempts in their own order, without a winner. Raises ValueError as `rank` does."""
    chosen = common_parts(attempts, weights or {})
    return [_attempt(i, scores, chosen) for i, scores in enumerate(attempts)]


def common_parts(attempts: Sequence[Scores], weights: Mapping[str, float]) -> list[tuple[Part, str, float]]:
    """(part, metric, weight) of the parts that every sound attempt has, measured under the same name."""
    known = {part.name for part in PARTS}
    if unknown := set(weights) - known:
        raise ValueError(f"There is no part {', '.join(sorted(unknown))}; there are {', '.join(sorted(known))}.")
    if any(weight < 0 for weight in weights.values()):
        raise ValueError("Weights are not negative: a better measure may never lower the overall.")
    sound = [scores for scores in attempts if not scores.degenerate] or list(attempts)
    found = []
    for part in PARTS:
        for metric in part.curves:
            names = {scores[metric].name if metric in scores and scores[metric].value is not None else "" for scores in sound}
            if len(names) == 1 and "" not in names:
                found.append((part, metric, weights.get(part.name, part.weight)))
                break
    return found


def _attempt(index: int, scores: Scores, chosen: Sequence[tuple[Part, str, float]]) -> Attempt:
    if scores.degenerate:
        return Attempt(index, None, (), " ".join(found.sentence for found in scores.degenerate))
    parts = tuple(_part(part, metric, weight, scores[metric]) for part, metric, weight in chosen)
    if not sum(part.weight for part in parts):
        return Attempt(index, None, (), "Nothing that was measured can be compared.")
    return Attempt(index, sum(p.goodness * p.weight for p in parts) / sum(p.weight for p in parts), parts)


def _part(part: Part, metric: str, weight: float, score: Score) -> PartScore:
    assert score.value is not None
    return PartScore(part.name, score.name, score.value, _bounded(part.curves[metric](score.value)), weight)


def _interval(one: Scores, other: Scores, chosen: Sequence[tuple[Part, str, float]], random: np.random.Generator) -> tuple[float, float]:
    length = max(one.n_frames, other.n_frames)
    blocks = -(-length // BLOCK)
    margins = []
    for _ in range(DRAWS):
        starts = random.integers(0, max(1, length - BLOCK + 1), blocks)
        counts = np.zeros(length + BLOCK)
        for start in starts:
            counts[start : start + BLOCK] += 1
        margins.append(_resampled(one, chosen, counts) - _resampled(other, chosen, counts))
    low, high = np.quantile(margins, (0.025, 0.975))
    return float(low), float(high)


def _resampled(scores: Scores, chosen: Sequence[tuple[Part, str, float]], counts: NDArray[np.float64]) -> float:
    whole = 0.0
    for part, metric, weight in chosen:
        score = scores[metric]
        assert score.value is not None
        value = score.value
        if score.per_frame and metric != "dynamic_degree":  # a yes or no is not a mean of its frames
            shares = counts[np.asarray(score.frames)]
            value = float(np.average(score.per_frame, weights=shares)) if shares.any() else value
        whole += weight * _bounded(part.curves[metric](value))
    return whole / sum(weight for *_, weight in chosen)


def _lead(best: Attempt, second: Attempt) -> str:
    gains = [(b.weight * (b.goodness - s.goodness), b.name) for b, s in zip(best.parts, second.parts, strict=True)]
    return " and ".join(name for gain, name in sorted(gains, reverse=True)[:2] if gain > 0)


def _bounded(value: float) -> float:
    return min(1.0, max(0.0, value))
