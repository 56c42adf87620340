"""Where the picture cuts, against where the edit list says it does; shots that are too short to be seen.

A cut is a frame into which the content changes by at least 15 (of 255, in hue, saturation and value) and at least three times as
much as around it: the rule of PySceneDetect's adaptive detector, on thumbnails.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from eval.scenes import ScenePlan

LEAST_CHANGE, RATIO, AROUND = 15.0, 3.0, 2
SHORTEST_SHOT = 4


@dataclass(frozen=True)
class CutList:
    """found: frames that begin a new shot. missed: cuts of the plan that are not seen. unplanned: seen, and not in the plan.
    precision, recall: within a frame, None where there is nothing to count.
    """

    found: tuple[int, ...]
    missed: tuple[int, ...] = ()
    unplanned: tuple[int, ...] = ()
    precision: float | None = None
    recall: float | None = None
    short_shots: tuple[tuple[int, int], ...] = ()


def find_cuts(changes: NDArray[np.float64]) -> list[int]:
    """From `Sheet.changes`."""
    found = []
    for i in range(1, len(changes)):
        around = np.r_[changes[max(1, i - AROUND) : i], changes[i + 1 : i + 1 + AROUND]]
        usual = float(around.mean()) if len(around) else 0.0
        if changes[i] >= LEAST_CHANGE and changes[i] >= RATIO * usual:
            found.append(i)
    return found


def compare(found: Sequence[int], n_frames: int, plan: ScenePlan | None) -> CutList:
    """Against a plan, or alone. Cuts inside planned dissolves are not counted."""
    edges, meant = [0, *found, n_frames], plan.dissolves if plan else ()
    short = tuple(
        (a, b)
        for a, b in pairwise(edges)
        if found and b - a < SHORTEST_SHOT and not any(first - 1 <= a and b <= end + 1 for first, end in meant)
    )
    if plan is None:
        return CutList(tuple(found), short_shots=short)
    open_cuts = [cut for cut in found if not any(first - 1 <= cut <= end + 1 for first, end in plan.dissolves)]
    unplanned = tuple(cut for cut in open_cuts if not any(abs(cut - wanted) <= 1 for wanted in plan.cuts))
    missed = tuple(wanted for wanted in plan.cuts if not any(abs(cut - wanted) <= 1 for cut in found))
    precision = 1 - len(unplanned) / len(open_cuts) if open_cuts else None
    recall = 1 - len(missed) / len(plan.cuts) if plan.cuts else None
    return CutList(tuple(found), missed, unplanned, precision, recall, short)
