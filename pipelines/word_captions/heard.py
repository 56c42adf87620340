"""Where the words of a line lie in its voice, found without a model: from how loud the voice is, and how long words are.

    loudness   ▁▅▆▇▅▁▁▁▆▇▅▆▆▂▁          speech, rests
    words      [Time, ]   [well ][kept.]  marks lie in rests, the words between them share the speech by their syllables

An estimate, and called one: of a calm voice it is within about a tenth of a second. It knows no frames and no ads.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from models.media.loudness import RATE, gain
from models.media.speech import Mono
from pipelines.word_captions.weights import rest_after, weight

STEP_S = 0.01
QUIET_DB = -30.0
"""Below a voice's loud moments (its 95th percentile); what is quieter is rest."""

BRIDGED_S = 0.06
"""A dip that is shorter is within a word, as before a t or a k."""

REST_S = 0.1
"""A silence of this length may be a mark's."""

ASTRAY = 0.3
"""Of all speech: a mark further from where its rest should be has none that was heard."""


def heard_words(samples: Mono, words: Sequence[str]) -> list[tuple[float, float]]:
    """(start, end) seconds of each word within the voice, rising, inside its speech. samples: (n,) at 48 kHz."""
    speaking = _speaking(samples)
    # Seconds of speech before each step: a clock that stands still where nobody speaks.
    clock = np.concatenate([[0.0], np.cumsum(speaking)]) * STEP_S
    weights = np.array([weight(word) for word in words])
    shares = np.cumsum(weights) / weights.sum() * clock[-1]
    ends = [float(end) for end in _on_rests(shares, words, clock, speaking)]
    begins = [0.0, *ends[:-1]]
    return [(_time(clock, begin, "after"), _time(clock, end, "before")) for begin, end in zip(begins, ends, strict=True)]


def _speaking(samples: Mono) -> NDArray[np.bool_]:
    """For each step whether somebody speaks."""
    step = round(STEP_S * RATE)
    n = max(1, -(-len(samples) // step))
    levels = np.sqrt(np.mean(np.pad(samples, (0, n * step - len(samples))).reshape(n, step) ** 2, axis=1))
    loud = levels > max(float(np.percentile(levels, 95)) * gain(QUIET_DB), 1e-6)
    if not loud.any():
        return np.ones(n, np.bool_)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], loud, [False]]).astype(np.int8)))
    for last, first in zip(edges[1:-1:2], edges[2::2], strict=True):
        if (first - last) * STEP_S < BRIDGED_S:
            loud[last:first] = True
    return loud


def _rests(clock: NDArray[np.float64], speaking: NDArray[np.bool_]) -> list[float]:
    """When, by the clock of speech, somebody rests between words."""
    edges = np.flatnonzero(np.diff(speaking.astype(np.int8))) + 1
    return [
        float(clock[a])
        for a, b in pairwise([*edges.tolist(), len(speaking)])
        if not speaking[a] and b < len(speaking) and (b - a) * STEP_S >= REST_S and clock[a] > 0
    ]


def _on_rests(
    ends: NDArray[np.float64], words: Sequence[str], clock: NDArray[np.float64], speaking: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """The words' ends, those with a mark moved onto the rest that is most likely theirs, the others with them."""
    marks = [k for k in range(len(words) - 1) if rest_after(words[k])]
    rests = _rests(clock, speaking)
    found = [(-1, 0.0), *((marks[m], rests[r]) for m, r in _matched([float(ends[k]) for k in marks], rests, ASTRAY * float(clock[-1])))]
    was = [0.0, *(float(ends[k]) for k, _ in found[1:]), float(clock[-1])]
    now = [at for _, at in found] + [float(clock[-1])]
    return np.interp(ends, was, now)


def _matched(wanted: Sequence[float], there: Sequence[float], most: float) -> list[tuple[int, int]]:
    """Pairs (i, j) of rising i and rising j with the least distance in all; one that is left alone counts `most` / 2."""
    alone = most / 2
    cost = np.zeros((len(wanted) + 1, len(there) + 1))
    cost[1:, 0] = alone * np.arange(1, len(wanted) + 1)
    for i in range(1, len(wanted) + 1):
        for j in range(1, len(there) + 1):
            cost[i, j] = min(cost[i - 1, j] + alone, cost[i, j - 1], cost[i - 1, j - 1] + abs(wanted[i - 1] - there[j - 1]))
    pairs: list[tuple[int, int]] = []
    i, j = len(wanted), len(there)
    while i and j:
        if cost[i, j] == cost[i, j - 1]:
            j -= 1
        elif cost[i, j] == cost[i - 1, j] + alone:
            i -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]


def _time(clock: NDArray[np.float64], spoken: float, side: str) -> float:
    """The second at which so much was spoken; before the rest that lies there, or after it."""
    if side == "before":
        i = int(np.searchsorted(clock, spoken - 1e-9, side="left"))
    else:
        i = int(np.searchsorted(clock, spoken + 1e-9, side="right")) - 1
    i = min(max(i, 0), len(clock) - 1)
    return i * STEP_S + spoken - float(clock[i])
