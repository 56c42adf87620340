"""When the words of a line are read where nobody speaks: at a calm pace, or quicker where there is less time, and never in a hurry."""

from collections.abc import Sequence

from pipelines.word_captions.weights import rest_after, weight

CALM, QUICK = 2.8, 4.0
"""Words a second: what nobody has to hurry for, and what most people read."""

FOUND_S = 0.25
"""What it takes to see that there is something to read."""


def needed_s(n_words: int) -> float:
    """The least time in which so many words are read."""
    return FOUND_S + n_words / QUICK


def read_words(words: Sequence[str], room_s: float) -> list[tuple[float, float]]:
    """(start, end) seconds of each word, from 0.0 on, within room_s: as long as its syllables are beside the others'."""
    total = min(len(words) / CALM, room_s)
    weights = [weight(word) + rest_after(word) for word in words]
    scale = total / sum(weights)
    found, at = [], 0.0
    for one in weights:
        found.append((at, at + one * scale))
        at += one * scale
    return found
