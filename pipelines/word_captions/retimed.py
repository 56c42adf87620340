"""Some words of a line said otherwise, at another time, or not shown. Pure.

Other words share the time of those that they replace by their syllables, as a reader takes them; as many as there were keep each its own.
"""

from dataclasses import replace

from pipelines.captions.breaking import polish
from pipelines.word_captions.cue import CaptionWord, Cue, Timing
from pipelines.word_captions.weights import rest_after, weight, words_of

FEWEST_FRAMES = 3
"""That a word is on screen."""


def reworded(cue: Cue, first: int, n: int, text: str) -> Cue | None:
    """The cue with `text` for its n words from `first` on; None where it does not fit into their time. text: "" takes them out, and
    not all of them."""
    was, said = cue.words[first : first + n], words_of(polish(text))
    if said:
        said[-1] = said[-1].rstrip() + was[-1].text[len(was[-1].text.rstrip()) :]
    same = len(said) == len(was)
    now = [replace(word, text=to) for word, to in zip(was, said, strict=True)] if same else _shared(was, said)
    words = (*cue.words[:first], *now, *cue.words[first + n :])
    if not words or (said and not now):
        return None
    if not said:
        return replace(cue, words=words, n_frames=words[-1].end + cue.n_frames - cue.words[-1].end)
    return replace(cue, words=words, timing=cue.timing if same else _told(cue))


def moved(cue: Cue, first: int, n: int, start: int, n_frames: int) -> Cue | None:
    """The cue with its n words from `first` on said from frame `start` of the film for n_frames, as the words beside them let it; None
    where they do not. It begins with its first word, and stays as long after its last one as it did."""
    times = [(cue.start + word.start, cue.start + word.end) for word in cue.words]
    was, end = times[first][0], times[first + n - 1][1]
    share, at = n_frames / (end - was), start
    for i in range(first, first + n):
        left = first + n - i  # words that still want a frame each
        begins = min(max(at, start + round((times[i][0] - was) * share)), start + n_frames - left)
        at = min(max(begins + 1, start + round((times[i][1] - was) * share)), start + n_frames - left + 1)
        times[i] = begins, at
    before, after = times[first - 1][1] if first else 0, times[first + n][0] if first + n < len(times) else start + n_frames
    if n_frames < n or start < before or start + n_frames > after:
        return None
    begins, stays = times[0][0] if first == 0 else cue.start, cue.end - cue.start - cue.words[-1].end
    words = tuple(replace(word, start=a - begins, n_frames=b - a) for word, (a, b) in zip(cue.words, times, strict=True))
    return replace(cue, start=begins, n_frames=times[-1][1] - begins + stays, words=words, timing=_told(cue))


def veiled(cue: Cue, first: int, n: int, hidden: bool) -> Cue:
    """The cue with its n words from `first` on hidden, or shown again."""
    words = tuple(replace(word, hidden=hidden) if first <= i < first + n else word for i, word in enumerate(cue.words))
    return replace(cue, words=words)


def _shared(was: tuple[CaptionWord, ...], said: list[str]) -> list[CaptionWord]:
    """Other words in the time of those that were there; [] where there is not enough of it."""
    first, last = was[0].start, was[-1].end
    if last - first < FEWEST_FRAMES * len(said):
        return []
    weights = [weight(word) + rest_after(word) for word in said]
    spare, total = last - first - FEWEST_FRAMES * len(said), sum(weights)
    at, taken, found = first, 0.0, list[CaptionWord]()
    for i, (word, one) in enumerate(zip(said, weights, strict=True), 1):
        taken += one
        end = first + FEWEST_FRAMES * i + round(spare * taken / total)
        found.append(CaptionWord(word, at, end - at, all(one.hidden for one in was)))
        at = end
    return found


def _told(cue: Cue) -> Timing:
    """How its words' times came about once they are not its model's own."""
    return "estimated" if cue.timing == "measured" else cue.timing
