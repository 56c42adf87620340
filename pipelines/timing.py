"""Whole frames for scenes and shots: exact totals, cuts on beats where music has a wish, room enough to read. It knows no pictures.

scenes     |------- 96 -------|----- 72 -----|------- 96 -------|------- 96 -------|      their sum never changes
balanced   |------ 92 ------|------- 76 -----|------- 96 -------|------- 96 -------|      a scene too short to be read borrows
on beats   |------ 91 -----|------- 77 ------|-------- 97 -------|------ 95 -------|      cuts move by less than MAX_SHIFT_S
shots                                        |---- 49 ---|-- 48 --|                       and long scenes are cut again
"""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, floor

from pipelines.frameworks import Beat
from pipelines.spec import Pacing

FPS = 24
MIN_SCENE_S = 2.8
MIN_SHOT_S = 2.0
MAX_SHOT_S = 7.0
MAX_SHIFT_S = 0.35
SHOT_SECONDS: dict[Pacing, float] = {"slow_cinematic": 4.6, "steady": 4.0, "quick": 3.3}
TRANSITION_FRAMES: dict[Pacing, int] = {"slow_cinematic": 16, "steady": 12, "quick": 8}


def frames(seconds: float, fps: int = FPS) -> int:
    """The nearest whole number of frames."""
    return round(seconds * fps)


def frames_at_least(seconds: float, fps: int = FPS) -> int:
    """Enough whole frames for `seconds`."""
    return ceil(seconds * fps - 1e-9)


def reading_seconds(words: int) -> float:
    """How long `words` words need on screen: 0.35 s each and 0.8 s to find them."""
    return 0.35 * words + 0.8


def shot_count(beat: Beat, total_s: int, pacing: Pacing, seconds: float | None = None) -> int:
    """Into how many shots a beat is cut, so that each lasts 3..7 s (in 15 s ads `Beat.shots_15`, of 2 s at least)."""
    length = beat.seconds(total_s) if seconds is None else seconds
    fewest, most = ceil(length / MAX_SHOT_S - 1e-9), max(1, floor(length / 3.0 + 1e-9))
    if total_s == 15:
        return max(fewest, min(beat.shots_15, floor(length / MIN_SHOT_S)))
    return max(fewest, min(most, floor(length / SHOT_SECONDS[pacing] + 0.5)))


def balanced(lengths: Sequence[int], needs: Sequence[int], most: int, reach: int = 1) -> list[int]:
    """`lengths` with the same sum, where a scene shorter than its need borrows from neighbours (up to `reach` away) that can spare, at
    most `most` frames each way. What cannot be borrowed stays short.

    balanced([96, 72], [80, 76], 12) -> [92, 76]
    """
    out = list(lengths)
    for i, need in enumerate(needs):
        for j in sorted((k for k in range(len(out)) if k != i), key=lambda k: (abs(k - i), needs[k] - out[k])):
            if abs(j - i) > reach:
                break
            give = min(need - out[i], out[j] - needs[j], most - (out[i] - lengths[i]), most - (lengths[j] - out[j]))
            if give > 0:
                out[i] += give
                out[j] -= give
    return out


def fit_cuts(lengths: Sequence[int], wished_s: Sequence[float], needs: Sequence[int], fps: int = FPS) -> list[int]:
    """Lengths with the cuts moved to `wished_s` (seconds, one per cut), never by more than MAX_SHIFT_S, and never so far that a
    scene falls below its need. A wish that does not fit is granted as far as it goes.

    Lengths that already miss a need keep their cuts. The sum stays; an answer of another length is ignored.
    """
    cuts = starts(lengths)[1:]
    if len(wished_s) != len(cuts) or any(length < need for length, need in zip(lengths, needs, strict=True)):
        return list(lengths)
    end, reach = sum(lengths), floor(MAX_SHIFT_S * fps + 1e-9)
    moved: list[int] = []
    for i, (cut, wish) in enumerate(zip(cuts, wished_s, strict=True)):
        earliest = max(cut - reach, (moved[-1] if moved else 0) + needs[i])
        following = cuts[i + 1] if i + 1 < len(cuts) else end
        # The next cut may still move later, but not earlier, to make room: so leave this scene's neighbour its need as it stands.
        latest = min(cut + reach, following - needs[i + 1])
        moved.append(min(max(frames(wish, fps), earliest), max(latest, earliest)))
    return [b - a for a, b in zip([0, *moved], [*moved, end], strict=True)]


def starts(lengths: Sequence[int]) -> list[int]:
    """Where each of consecutive pieces begins."""
    out = [0]
    for length in lengths[:-1]:
        out.append(out[-1] + length)
    return out


def cut_into(start: int, length: int, needs: Sequence[int], bpm: float = 0.0, fps: int = FPS) -> list[int]:
    """`length` frames from `start` in nearly equal shots, one per need (frames it must at least last). With a tempo, inner cuts go
    to the nearest beat of the film (beats count from 0) where needs and MAX_SHOT_S allow."""
    count = len(needs)
    bounds = [start + round(length * i / count) for i in range(count + 1)]
    pieces = balanced([b - a for a, b in pairwise(bounds)], needs, length, count)
    bounds = [start + offset for offset in starts(pieces)] + [start + length]
    longest = frames(MAX_SHOT_S, fps)
    for i in range(1, count if bpm > 0 else 0):
        beat = fps * 60 / bpm
        wish = round(round(bounds[i] / beat) * beat)
        if needs[i - 1] <= wish - bounds[i - 1] <= longest and needs[i] <= bounds[i + 1] - wish <= longest:
            bounds[i] = wish
    return [b - a for a, b in pairwise(bounds)]
