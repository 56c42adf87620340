"""How long ads took on this installation, and from that how long the one being made still needs.

Works on marks: (percent, seconds since the start), as reported by earlier runs of the same kind. It knows no briefs and
no stages. Before a kind was measured once there is no estimate, and nobody pretends otherwise.
"""

import json
import logging
import os
import threading
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

log = logging.getLogger(__name__)

VERSION = 1
RUNS_KEPT = 5
"""Runs of each kind that count: enough for a median that ignores one odd run, few enough to follow a change."""

PACE_LIMITS = (0.5, 2.0)
"""How much faster or slower than its forerunners a run may be believed to stay."""

PACE_FROM_S = 5.0
"""Seconds that must have been comparable before this run's own pace is believed."""


@dataclass(frozen=True)
class MeasuredRun:
    """One finished run. marks: (percent 0..100, seconds), both rising."""

    kind: str
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


class MeasuredTimes:
    """The finished runs of this installation, kept in memory and in a small file (None: memory only). Thread-safe."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._runs: list[MeasuredRun] = self._read()

    def remember(self, run: MeasuredRun) -> None:
        """Count a finished run; the oldest of its kind is forgotten."""
        with self._lock:
            same = [r for r in self._runs if r.kind == run.kind][-(RUNS_KEPT - 1) :]
            self._runs = [r for r in self._runs if r.kind != run.kind] + same + [run]
            self._write()

    def remaining_s(self, kind: str, percent: float, elapsed_s: float) -> float | None:
        """Seconds that a run of `kind` still needs, `elapsed_s` after its start; None when the kind was never measured.

        The median rest of earlier runs from the same percentage, stretched by how this run compares with them so far.
        """
        with self._lock:
            runs = [r for r in self._runs if r.kind == kind]
        if not runs:
            return None
        rest_s = median(r.total_s - r.seconds_at(percent) for r in runs)
        before_s = median(r.seconds_at(percent) for r in runs)
        pace = min(max(elapsed_s / before_s, PACE_LIMITS[0]), PACE_LIMITS[1]) if before_s >= PACE_FROM_S else 1.0
        return max(0.0, rest_s * pace)

    def _read(self) -> list[MeasuredRun]:
        if self._path is None or not self._path.exists():
            return []
        try:
            saved = json.loads(self._path.read_text(encoding="utf-8"))
            if saved["version"] != VERSION:
                return []
            return [
                MeasuredRun(str(r["kind"]), tuple((float(p), float(s)) for p, s in r["marks"]), float(r["total_s"])) for r in saved["runs"]
            ]
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("Measured times in %s cannot be read (%s); they will be measured afresh.", self._path, error)
            return []

    def _write(self) -> None:
        if self._path is None:
            return
        saved = {"version": VERSION, "runs": [{"kind": r.kind, "total_s": r.total_s, "marks": r.marks} for r in self._runs]}
        beside = self._path.with_suffix(".part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(saved), encoding="utf-8")
            os.replace(beside, self._path)  # whole or not at all: two processes may share the folder
        except OSError as error:
            log.warning("Measured times cannot be kept in %s (%s); estimates last until the next start.", self._path, error)


def thinned(marks: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """The first mark of each whole percent: progress may be reported for every frame."""
    kept: list[tuple[float, float]] = []
    for percent, seconds in marks:
        if not kept or int(percent) > int(kept[-1][0]):
            kept.append((percent, seconds))
    return tuple(kept)
