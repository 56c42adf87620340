"""Where cuts and beats meet. Cut times in; a tempo, and whole beats per scene or better cut times, out.

Two questions, one before and one after the picture exists:

    suggest_cuts   nothing is rendered yet: which nearby cut times would suit the mood's own tempo?
    fit_tempo      the cuts are what they are: which tempo, bent a little per scene, lands a beat on each?

Numpy only and quick to import, because the planner asks before anything is rendered. It knows no notes and no sound.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.asks import TempoPlan
from models.backends.sound_studio.moods import MOODS
from models.backends.sound_studio.seeds import dice

_STEP_BPM = 0.25
_SLOW_BPM = 85  # below this, half beats count: a beat is long enough to hold a breath
_TOLERANCE = 0.055  # how far one scene's tempo may bend before its cut rather loses its beat
_NEAR = 1e-6


@dataclass(frozen=True)
class TempoFit:
    """bounds_s: scene bounds from 0 to the end; beats: per scene, the last one open; dropped_s: cuts that lost their beat."""

    bpm: float
    bounds_s: tuple[float, ...]
    beats: tuple[float, ...]
    dropped_s: tuple[float, ...]


def preferred_bpm(mood: str, seed: int) -> float:
    """The mood's own tempo, nudged by the seed so that two ads of one mood need not march in step."""
    slowest, own, fastest = MOODS[mood].bpm
    draw = dice("tempo", mood, seed).uniform(-1, 1)
    return float(np.clip(round((own + 0.12 * (fastest - slowest) * draw) * 4) / 4, slowest, fastest))


def suggest_cuts(
    mood: str,
    duration_s: float,
    cuts_s: Sequence[float],
    hero_s: float | None = None,
    final_s: float | None = None,
    seed: int = 0,
    min_scene_s: float = 1.0,
    max_scene_s: float = 60.0,
    max_shift_s: float = 0.35,
) -> TempoPlan:
    """Move each cut by at most `max_shift_s` onto a beat of one steady tempo near the mood's own.

    Order and number of cuts stay. No scene becomes shorter than `min_scene_s` or longer than `max_scene_s`; a scene
    that already is outside those bounds gets no worse. hero_s and final_s, where they are cuts, prefer strong beats.
    The same arguments always give the same answer. Raises KeyError for an unknown mood.
    """
    cuts = sorted({float(cut) for cut in cuts_s if 0 < cut < duration_s})
    slowest, _, fastest = MOODS[mood].bpm
    own = preferred_bpm(mood, seed)
    if not cuts:
        return TempoPlan(own, ())
    strong = [any(mark is not None and abs(cut - mark) < _NEAR for mark in (hero_s, final_s)) for cut in cuts]
    lengths = np.diff([0.0, *cuts, duration_s])
    shortest, longest = np.minimum(lengths, min_scene_s), np.maximum(lengths, max_scene_s)
    best: tuple[float, float, list[float]] | None = None
    for bpm in _tempi(slowest, fastest):
        choices = [_beats_near(cut, float(bpm), max_shift_s, duration_s) for cut in cuts]
        cost, moved = _best_path(cuts, choices, strong, float(bpm), duration_s, shortest, longest)
        cost += len(cuts) * (1.6 * ((bpm - own) / (fastest - slowest))) ** 2  # the mood's tempo outweighs any one cut
        if best is None or cost < best[0] - _NEAR:
            best = (cost, float(bpm), moved)
    assert best is not None
    return TempoPlan(best[1], tuple(round(cut, 6) for cut in best[2]))


def fit_tempo(bounds_s: Sequence[float], keep_s: Sequence[float], bpm: tuple[float, float, float]) -> TempoFit:
    """The tempo between bpm[0] and bpm[2], best near bpm[1], at which every scene lasts whole beats with least bending.

    A cut that would bend its scene beyond tolerance is released, never those in `keep_s`. The last scene rings freely.
    """
    slowest, own, fastest = bpm
    bounds, dropped = list(bounds_s), list[float]()
    per_beat = 2 if own < _SLOW_BPM else 1
    while True:
        lengths = np.diff(bounds)[:-1]
        tempi = _tempi(slowest, fastest)[:, None]
        beats = np.maximum(1, np.round(lengths * tempi / 60 * per_beat) / per_beat)
        bend = beats * 60 / lengths / tempi - 1
        oddness = (beats % 1 > 0) * 0.6 + 0.5 * (beats % 2 >= 1) + 0.2 * (beats % 4 >= 2)
        distance = 2 * ((tempi[:, 0] - own) / (fastest - slowest + 0.01)) ** 2
        best = int(np.argmin(np.sum((bend / 0.02) ** 2 + oddness, axis=1) + distance))
        free = [i for i in range(1, len(bounds) - 1) if bounds[i] not in keep_s]
        if not free or np.abs(bend[best]).max() <= _TOLERANCE:
            tempo = float(tempi[best, 0])
            last = (bounds[-1] - bounds[-2]) * tempo / 60
            return TempoFit(tempo, tuple(bounds), (*beats[best].tolist(), last), tuple(dropped))
        worst = int(np.argmax(np.abs(bend[best])))
        dropped.append(bounds.pop(min(free, key=lambda i: min(abs(i - worst), abs(i - worst - 1)))))


def _tempi(slowest: float, fastest: float) -> NDArray[np.float64]:
    return np.arange(slowest, fastest + 0.01, _STEP_BPM)


def _beats_near(cut: float, bpm: float, reach: float, duration_s: float) -> list[float]:
    """The cut itself, then the beats (half beats when slow) of a steady tempo that lie within reach."""
    unit = 60 / bpm / (2 if bpm < _SLOW_BPM else 1)
    first, last = int(np.ceil((cut - reach) / unit)), int(np.floor((cut + reach) / unit))
    return [cut, *(k * unit for k in range(max(first, 1), last + 1) if k * unit < duration_s)]


def _best_path(
    cuts: list[float],
    choices: list[list[float]],
    strong: list[bool],
    bpm: float,
    duration_s: float,
    shortest: NDArray[np.float64],
    longest: NDArray[np.float64],
) -> tuple[float, list[float]]:
    """Viterbi over the choices of each cut -> (cost, cuts). Leaving every cut where it is always is one allowed path."""
    paths: list[tuple[float, list[float]]] = [(0.0, [])]
    for i, options in enumerate(choices):
        extended: list[tuple[float, list[float]]] = []
        for k, time in enumerate(options):
            here = _cost_of_place(time, cuts[i], bpm, on_grid=k > 0, strong=strong[i])
            reachable = [
                (cost + here + _cost_of_length(time - (path[-1] if path else 0.0), bpm), [*path, time])
                for cost, path in paths
                if shortest[i] - _NEAR <= time - (path[-1] if path else 0.0) <= longest[i] + _NEAR
            ]
            if reachable:
                extended.append(min(reachable, key=lambda way: way[0]))
        paths = extended
    ends = [way for way in paths if shortest[-1] - _NEAR <= duration_s - way[1][-1] <= longest[-1] + _NEAR]
    return min(ends, key=lambda way: way[0])


def _cost_of_place(time: float, cut: float, bpm: float, *, on_grid: bool, strong: bool) -> float:
    if not on_grid:
        return 2.5
    beat = time * bpm / 60
    weak = 0.5 * (abs(beat - round(beat)) > 0.1) + 0.25 * (round(beat) % 2 == 1)
    return 2.2 * abs(time - cut) + (2.0 if strong else 1.0) * weak


def _cost_of_length(length_s: float, bpm: float) -> float:
    """Scenes like to last four beats, or two."""
    beats = length_s * bpm / 60
    return 0.3 * min(1.0, abs(beats / 4 - round(beats / 4)) * 2) + 0.2 * min(1.0, abs(beats / 2 - round(beats / 2)) * 2)
