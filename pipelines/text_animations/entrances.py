"""How type arrives. Every row is frozen, its parameters are its fields, and its pose is a pure function of time.

Entrances take at most `share` of the time on screen, so that short titles are still read.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Literal, Protocol

from pipelines.text_animations.pose import GONE, REST, Pose, expo_out, progress, quint_out, sine_in_out

Unit = Literal["line", "word", "letter"]


class Animation(Protocol):
    """A row of ANIMATIONS."""

    @property
    def unit(self) -> Unit: ...
    @property
    def by_row(self) -> bool: ...
    @property
    def rolls(self) -> bool: ...
    def pose(self, t: float, duration_s: float, i: int, n: int) -> Pose: ...


@dataclass(frozen=True)
class Entrance(ABC):
    """Timing that all share. length_s: of one unit's arrival. stagger_s: between units, less where there are many, so that
    the last arrives no later than `share` of the time on screen. by_row: units are counted within their row, not the paragraph.
    rolls: digits turn up to their value, as on a counter."""

    unit: Unit = "line"
    length_s: float = 0.8
    stagger_s: float = 0.12
    share: float = 0.45
    by_row: bool = False
    rolls: bool = False

    def pose(self, t: float, duration_s: float, i: int, n: int) -> Pose:
        """The pose at `t`; nothing before 0, at rest once arrived."""
        if t < 0:
            return GONE
        length = min(self.length_s, 0.7 * self.share * duration_s)
        stagger = min(self.stagger_s, max(0.0, self.share * duration_s - length) / max(1, n - 1))
        p = progress(t, self.rank(i, n) * stagger, length)
        return REST if p >= 1 else self.arriving(p, i, n)

    def rank(self, i: int, n: int) -> float:
        """Whose turn comes when: in order."""
        return i

    @abstractmethod
    def arriving(self, p: float, i: int, n: int) -> Pose:
        """The pose at progress p, 0..1."""


@dataclass(frozen=True)
class Fade(Entrance):
    """Line after line out of nothing."""

    length_s: float = 0.9
    stagger_s: float = 0.18

    def arriving(self, p: float, i: int, n: int) -> Pose:
        """Alpha alone."""
        return Pose(alpha=sine_in_out(p))


@dataclass(frozen=True)
class Rise(Entrance):
    """Up by a fraction of a line while fading in."""

    length_s: float = 1.0
    by: float = 0.5

    def arriving(self, p: float, i: int, n: int) -> Pose:
        """Alpha arrives well before the movement ends."""
        return Pose(alpha=sine_in_out(min(1.0, 1.9 * p)), dy=self.by * (1 - quint_out(p)))


@dataclass(frozen=True)
class Scale(Entrance):
    """Settles from slightly large, as if coming to rest on the picture."""

    length_s: float = 1.1
    start: float = 1.14

    def arriving(self, p: float, i: int, n: int) -> Pose:
        """Large and faint to natural size."""
        return Pose(alpha=sine_in_out(min(1.0, 1.8 * p)), scale=1 + (self.start - 1) * (1 - quint_out(p)), blur=0.02 * (1 - quint_out(p)))


@dataclass(frozen=True)
class MaskReveal(Entrance):
    """Each line climbs out from behind its own baseline."""

    length_s: float = 1.0
    stagger_s: float = 0.14
    by: float = 1.25

    def arriving(self, p: float, i: int, n: int) -> Pose:
        """Fully inked from the start: the mask does the revealing."""
        return Pose(dy=self.by * (1 - expo_out(p)), masked=True)


@dataclass(frozen=True)
class WordByWord(Entrance):
    """Words one after the other, each with a small lift."""

    unit: Unit = "word"
    length_s: float = 0.6
    stagger_s: float = 0.16
    share: float = 0.5
    by: float = 0.22

    def arriving(self, p: float, i: int, n: int) -> Pose:
        """A short rise."""
        return Pose(alpha=sine_in_out(min(1.0, 1.6 * p)), dy=self.by * (1 - quint_out(p)))


@dataclass(frozen=True)
class Typewriter(Entrance):
    """Letters struck one by one."""

    unit: Unit = "letter"
    length_s: float = 0.06
    stagger_s: float = 0.05
    share: float = 0.5

    def arriving(self, p: float, i: int, n: int) -> Pose:
        """Almost at once."""
        return Pose(alpha=sine_in_out(p))


@dataclass(frozen=True)
class BlurIn(Entrance):
    """Comes into focus."""

    length_s: float = 1.1
    stagger_s: float = 0.16
    sigma: float = 0.16

    def arriving(self, p: float, i: int, n: int) -> Pose:
        """Sharpens faster than it appears to."""
        return Pose(
            alpha=sine_in_out(min(1.0, 1.5 * p)), blur=self.sigma * (1 - sine_in_out(p)) ** 1.5, scale=1 + 0.03 * (1 - quint_out(p))
        )


@dataclass(frozen=True)
class TrackingIn(Entrance):
    """Letters drift in from wide setting and settle; the middle of the line leads."""

    unit: Unit = "letter"
    length_s: float = 1.3
    stagger_s: float = 0.025
    by_row: bool = True
    wide: float = 0.11

    def rank(self, i: int, n: int) -> float:
        """From the middle outwards."""
        return abs(i - (n - 1) / 2)

    def arriving(self, p: float, i: int, n: int) -> Pose:
        """Each letter's way is as long as it stands from the middle."""
        return Pose(alpha=sine_in_out(min(1.0, 1.4 * p)), dx=self.wide * min(1.0, 16 / n) * (i - (n - 1) / 2) * (1 - quint_out(p)))


@dataclass(frozen=True)
class SplitLines(Entrance):
    """Lines slide in from either side in turn and meet on the axis."""

    length_s: float = 1.0
    stagger_s: float = 0.1
    by: float = 0.9

    def arriving(self, p: float, i: int, n: int) -> Pose:
        """The first from the left, the next from the right."""
        side = -1 if i % 2 == 0 else 1
        return Pose(alpha=sine_in_out(min(1.0, 1.7 * p)), dx=side * self.by * (1 - quint_out(p)))


@dataclass(frozen=True)
class Underline(Entrance):
    """The type is there at once; then a stroke is drawn under it (the stroke itself is the layout's)."""

    length_s: float = 0.5
    stagger_s: float = 0.1

    def arriving(self, p: float, i: int, n: int) -> Pose:
        """A short lift."""
        return Pose(alpha=sine_in_out(min(1.0, 1.5 * p)), dy=0.12 * (1 - quint_out(p)))


@dataclass(frozen=True)
class Counter(Entrance):
    """Digits count up to their value, the first leading; everything else fades in."""

    unit: Unit = "letter"
    length_s: float = 1.2
    stagger_s: float = 0.06
    share: float = 0.5
    rolls: bool = True

    def arriving(self, p: float, i: int, n: int) -> Pose:
        """Cut to the line's band, so that a digit is seen only in its window."""
        return Pose(alpha=sine_in_out(min(1.0, 4 * p)), masked=True, turn=quint_out(p))


def drawn_under(t: float, duration_s: float) -> Pose:
    """The stroke of `Underline`: waits for the type, then grows from the left."""
    delay = min(0.4, 0.15 * duration_s)
    p = progress(t, delay, min(0.7, 0.25 * duration_s))
    return Pose(alpha=min(1.0, 8 * p), reveal=quint_out(p), anchor=0.0)
