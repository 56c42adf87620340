"""Other words in a line's own time: shared out by their syllables, as a reader takes them. Pure."""

from dataclasses import replace

from pipelines.word_captions.cue import CaptionWord, Cue
from pipelines.word_captions.weights import rest_after, weight, words_of

FEWEST_FRAMES = 3
"""That a word is on screen."""


def reworded(cue: Cue, text: str) -> Cue | None:
    """The cue with other words, from the first word's beginning to the last one's end; None where they do not fit in there."""
    words, first, last = words_of(text), cue.words[0].start, cue.words[-1].end
    if not words or last - first < FEWEST_FRAMES * len(words):
        return None
    weights = [weight(word) + rest_after(word) for word in words]
    spare, total = last - first - FEWEST_FRAMES * len(words), sum(weights)
    at, taken, found = first, 0.0, list[CaptionWord]()
    for i, (word, one) in enumerate(zip(words, weights, strict=True), 1):
        taken += one
        end = first + FEWEST_FRAMES * i + round(spare * taken / total)
        found.append(CaptionWord(word, at, end - at))
        at = end
    return replace(cue, words=tuple(found), timing="reading" if cue.timing == "reading" else "estimated")
