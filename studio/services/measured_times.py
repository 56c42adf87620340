"""How long ads took on this installation, and from that how long the one being made still needs.

Works on marks: (percent, seconds since the start), as reported by earlier runs of the same kind. It knows no briefs, no stages
and no tables. Before a kind was measured once there is no estimate, and nobody pretends otherwise.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

RUNS_KEPT = 5
"""Runs of each kind that count: enough for a median that ignores one odd run, few enough to follow a change."""

PACE_LIMITS = (0.5, 2.0)
"""How much faster or slower than its forerunners a run may be believed to stay."""

PACE_FROM_S = 5.0
"""Seconds that must have been comparable before this run's own pace is believed."""


@dataclass(frozen=True)
class MeasuredRun:
    """One finished run. marks: (percent 0..100, seconds), both rising."""

    marks: tuple[tuple[float, float], ...]
    total_s: float

    def seconds_at(self, percent: float) -> float:
        """When this run stood at `percent`; between two marks, in proportion."""
        points = [(0.0, 0.0), *self.marks, (100.0, self.total_s)]
        after = bisect_right([p for p, _ in points], percent)
        if after == len(points):
            return self.total_s
        (p0, s0), (p1, s1) = points[after - 1], points[after]
        return s0 + (s1 - s0) * (percent - p0) / (p1 - p0) if p1 > p0 else s1


def remaining_s(runs: Sequence[MeasuredRun], percent: float, elapsed_s: float) -> float | None:
    """Seconds that a run still needs, `elapsed_s` after its start, by earlier ones of its kind; None when there are none.

    The median rest of earlier runs from the same percentage, stretched by how this run compares with them so far.
    """
    if not runs:
        return None
    rest_s = median(run.total_s - run.seconds_at(percent) for run in runs)
    before_s = median(run.seconds_at(percent) for run in runs)
    pace = min(max(elapsed_s / before_s, PACE_LIMITS[0]), PACE_LIMITS[1]) if before_s >= PACE_FROM_S else 1.0
    return max(0.0, rest_s * pace)
