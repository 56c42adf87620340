"""A correction of one clip's exposure and cast, in codes of limited-range BT.709: a few numbers and their limits. Values only;
`grade_correction.py` says what they do."""

from dataclasses import dataclass

MAX_OFFSET = 8.0
MAX_GAIN = 1.08
MAX_CAST = 4.0


@dataclass(frozen=True)
class Limits:
    """How far a correction may go. offset: codes of luma; gain: a factor and its inverse; cast: codes of chroma."""

    offset: float
    gain: float
    cast: float


UNASKED = Limits(MAX_OFFSET, MAX_GAIN, MAX_CAST)
"""What is done to every ad: never enough to be seen as a correction."""

MEASURED = Limits(24.0, 1.18, 14.0)
"""What a jump that was measured in a finished ad may take. No more, or greys would change their order near white."""


@dataclass(frozen=True)
class Correction:
    """offset: codes of luma added at mid grey. gain: of the distance from mid grey. cb, cr: codes of chroma added. spared: colours
    ("#RRGGBB") that it leaves exactly where they are. The default changes nothing."""

    offset: float = 0.0
    gain: float = 1.0
    cb: float = 0.0
    cr: float = 0.0
    spared: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "spared", tuple(self.spared))  # a saved timeline has lists

    @property
    def unchanging(self) -> bool:
        """Whether it does nothing at all."""
        return (self.offset, self.gain, self.cb, self.cr) == (0.0, 1.0, 0.0, 0.0)

    def bounded(self, limits: Limits = UNASKED) -> "Correction":
        """The nearest correction within the limits, in hundredths of a code."""
        return Correction(
            round(_within(self.offset, limits.offset), 2),
            round(min(max(self.gain, 1 / limits.gain), limits.gain), 4),
            round(_within(self.cb, limits.cast), 2),
            round(_within(self.cr, limits.cast), 2),
            self.spared,
        )

    def then(self, other: "Correction") -> "Correction":
        """Both as one: `other` on what this one leaves. What either spares is spared."""
        return Correction(
            self.offset * other.gain + other.offset,
            self.gain * other.gain,
            self.cb + other.cb,
            self.cr + other.cr,
            tuple(dict.fromkeys((*self.spared, *other.spared))),
        )


def _within(value: float, limit: float) -> float:
    return min(max(value, -limit), limit)


UNCHANGED = Correction()
