"""A line with the time of each of its words, in whole frames; and how a film shows such lines. Values only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

Timing = Literal["measured", "estimated", "reading"]
"""Where words' times come from: the voice's own model told them; they were found in its loudness; or nobody speaks, and it is a
reader's pace."""

OFF = "off"


@dataclass(frozen=True)
class CaptionWord:
    """text: with the space that follows it, so that words joined are the line. start: frames after the line's start. hidden: it is said,
    and not shown."""

    text: str
    start: int
    n_frames: int
    hidden: bool = False

    @property
    def end(self) -> int:
        """The frame after its last, counted like start."""
        return self.start + self.n_frames


@dataclass(frozen=True)
class Cue:
    """A line on screen from frame `start` for `n_frames`. Its words rise in time, never overlap and lie inside it. scene: whose script it
    is, 0 for none."""

    start: int
    n_frames: int
    words: tuple[CaptionWord, ...]
    timing: Timing
    scene: int = 0

    @property
    def end(self) -> int:
        """The frame after its last."""
        return self.start + self.n_frames

    @property
    def text(self) -> str:
        """The whole line."""
        return "".join(word.text for word in self.words).strip()

    def check(self) -> None:
        """Raise ValueError unless it keeps its own rules."""
        at = 0
        for word in self.words:
            if word.start < at or word.n_frames < 1 or not word.text.strip():
                raise ValueError(f"The words of the caption “{self.text}” do not follow one another.")
            at = word.end
        if self.start < 0 or not self.words or at > self.n_frames:
            raise ValueError(f"The caption “{self.text}” has no words, or is shorter than they are.")


@dataclass(frozen=True)
class Captioning:
    """How a film is captioned. style: a row of styles.STYLES, or OFF. type: a row of models.typefaces.TYPEFACES. color: of the words;
    accent: of what is lit. cues: in order, never two at once; kept while the style is OFF."""

    style: str = OFF
    type: str = "modern_grotesk"
    color: str = "#FFFFFF"
    accent: str = "#FFFFFF"
    cues: tuple[Cue, ...] = ()


UNCAPTIONED = Captioning()


def runs(words: Sequence[CaptionWord], hidden: bool = False) -> list[tuple[int, int]]:
    """(first, beyond the last) of all words that stand together and are shown; or else are hidden."""
    found, at = [], 0
    for kind, together in groupby(words, key=lambda word: word.hidden):
        end = at + len(list(together))
        if kind is hidden:
            found.append((at, end))
        at = end
    return found


def remapped(cue: Cue, start: int, end: int, moved: Callable[[float], int]) -> Cue | None:
    """The cue on screen from `start` to `end`, each frame of the film where `moved` puts it; None when its words do not fit in there one
    frame each."""
    room = end - start
    if room < len(cue.words):
        return None
    words: list[CaptionWord] = []
    at = 0
    for i, word in enumerate(cue.words):
        left = len(cue.words) - i  # words that still want a frame each
        first = min(max(at, moved(cue.start + word.start) - start), room - left)
        last = min(max(first + 1, moved(cue.start + word.end) - start), room - left + 1)
        words.append(replace(word, start=first, n_frames=last - first))
        at = last
    return replace(cue, start=start, n_frames=room, words=tuple(words))


def squeezed(cue: Cue, n_frames: int) -> Cue | None:
    """The cue in `n_frames`, from the same start; its words closer together where they do not fit otherwise. None where it is too short."""
    spoken = cue.words[-1].end
    share = min(1.0, n_frames / spoken)
    return remapped(cue, cue.start, cue.start + n_frames, lambda frame: cue.start + round((frame - cue.start) * share))
