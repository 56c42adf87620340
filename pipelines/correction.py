"""A small correction of one clip's exposure and cast, in codes of limited-range BT.709: four numbers and their limits. Values only;
`grade_correction.py` says what they do."""

from dataclasses import dataclass

MAX_OFFSET = 8.0
MAX_GAIN = 1.08
MAX_CAST = 4.0


@dataclass(frozen=True)
class Correction:
    """offset: codes of luma added at mid grey, -MAX_OFFSET..MAX_OFFSET. gain: of the distance from mid grey, 1/MAX_GAIN..MAX_GAIN.
    cb, cr: codes of chroma added, -MAX_CAST..MAX_CAST. The default changes nothing."""

    offset: float = 0.0
    gain: float = 1.0
    cb: float = 0.0
    cr: float = 0.0

    def bounded(self) -> "Correction":
        """The nearest correction within the limits, in hundredths of a code."""
        return Correction(
            round(_within(self.offset, MAX_OFFSET), 2),
            round(min(max(self.gain, 1 / MAX_GAIN), MAX_GAIN), 4),
            round(_within(self.cb, MAX_CAST), 2),
            round(_within(self.cr, MAX_CAST), 2),
        )


def _within(value: float, limit: float) -> float:
    return min(max(value, -limit), limit)


UNCHANGED = Correction()
