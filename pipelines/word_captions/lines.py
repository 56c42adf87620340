"""From a line to its cue without a voice to listen to: what is read in a scene, at a reader's pace; what is said, by its syllables.

    scene     |------------------------------|
    headline    [= You came. You left. =]          is read first
    caption                  [ Nice to meet you. ]   in what time is left; without enough of it, shorter, or not at all

It knows words, titles and frames; it hears nothing and draws nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.captions.breaking import polish
from pipelines.edl import Title
from pipelines.titling import SEEN, TAIL_FRAMES
from pipelines.word_captions.cue import CaptionWord, Cue, Timing
from pipelines.word_captions.pages import stands_in_type
from pipelines.word_captions.reading import FOUND_S, QUICK, needed_s, read_words
from pipelines.word_captions.weights import ends_a_sentence, rest_after, weight, words_of

LINGER_S = 0.35
"""After its last word a spoken line stays this long, where there is time."""

STAYS_S = 1.0
"""The same where nobody speaks."""

AFTER_CUT_FRAMES = 4


@dataclass(frozen=True)
class Stretch:
    """A scene as its reader sees it, frames of the film. into, after: how long the transitions at its two ends last."""

    scene: int
    start: int
    n_frames: int
    into: int = 0
    after: int = 0


def read_cue(text: str, stretch: Stretch, titles: Sequence[Title], fps: int) -> tuple[Cue | None, str]:
    """(The cue of a scene in which nobody speaks, "") or, where it has none, (None, why in a sentence, "" where it is there as type).
    titles: of the film."""
    start, end = _free(stretch, titles, fps)
    room_s = (end - start) / fps
    whole = _not_in_type(polish(text), [title for title in titles if title.start < end and title.start + title.n_frames > start])
    if not whole:
        return None, ""
    sentences = _sentences(whole)
    while sentences and needed_s(len(words_of("".join(sentences)))) > room_s:
        sentences.pop()
    read = "".join(sentences).strip()
    if not read:
        return None, f"Scene {stretch.scene} has no time to read “{whole}” beside its headline, so it has no caption."
    words = words_of(read)
    told = read_words(words, room_s - FOUND_S)
    stays = min(end, start + round((told[-1][1] + FOUND_S + STAYS_S) * fps))
    return timed(words, [(start + a * fps, start + b * fps) for a, b in told], start, stays, "reading", stretch.scene), ""


def said_cue(text: str, start: float, end: float, latest: int, fps: int, scene: int = 0) -> Cue | None:
    """The cue of a line that is said from frame `start` to `end` and over before frame `latest`; its words share the time by their
    syllables and rests."""
    words = words_of(polish(text))
    weights = [weight(word) + rest_after(word) for word in words]
    share, at, told = (end - start) / max(sum(weights), 1e-9), start, []
    for one in weights:
        told.append((at, at + one * share))
        at += one * share
    return timed(words, told, round(start), min(latest, round(end + LINGER_S * fps)), "estimated", scene) if words else None


def timed(words: Sequence[str], told: Sequence[tuple[float, float]], start: int, end: int, timing: Timing, scene: int) -> Cue | None:
    """Whole frames. told: (start, end) of each word, in frames of the film. None where there is not a frame for each."""
    if end - start < len(words):
        return None
    at, found = 0, []
    for i, (word, (begin, stop)) in enumerate(zip(words, told, strict=True)):
        left = len(words) - i
        first = min(max(at, round(begin) - start), end - start - left)
        last = min(max(first + 1, round(stop) - start), end - start - left + 1)
        found.append(CaptionWord(word, first, last - first))
        at = last
    return Cue(start, end - start, tuple(found), timing, scene)


def _free(stretch: Stretch, titles: Sequence[Title], fps: int) -> tuple[int, int]:
    """(first, end) frames of a scene in which a caption is read: after its headline, and before the next picture comes."""
    start, end = stretch.start + stretch.into // 2 + AFTER_CUT_FRAMES, stretch.start + stretch.n_frames
    for title in titles:
        words = sum(len(line.text.split()) for line in title.lines if line.role not in SEEN)
        if stretch.start <= title.start < end and title.start <= start + AFTER_CUT_FRAMES:
            start = max(start, title.start + round((FOUND_S + words / QUICK) * fps))
    return start, end - stretch.after // 2 - TAIL_FRAMES


def _not_in_type(text: str, titles: Sequence[Title]) -> str:
    """`text` without the sentences that its scene shows as type."""
    return "".join(sentence for sentence in _sentences(text) if not stands_in_type(sentence, titles)).strip()


def _sentences(text: str) -> list[str]:
    """Each with the space after it."""
    found = [""]
    for word in words_of(text):
        found[-1] += word
        if ends_a_sentence(word):
            found.append("")
    return [sentence for sentence in found if sentence]
