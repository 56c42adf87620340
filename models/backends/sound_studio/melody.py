"""The tune. A hook of two rhythms and two contours, set over the chords as A A' A B, one arch per section.

Each phrase is one search: among all pitches of the key, the path that keeps the hook's shape, stands on chord tones
where it is heard longest, and moves as a voice would (steps before leaps, nothing wider than an octave).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from models.backends.sound_studio.figures import Player
from models.backends.sound_studio.mood import Mood
from models.backends.sound_studio.score import Note, Scene, chord_at
from models.backends.sound_studio.theory import Key

# Shapes in scale steps against a bar's first note.
CONTOURS: tuple[tuple[int, ...], ...] = (
    (0, 1, 2, 1, 0),
    (0, 2, 1, -1, 0),
    (2, 1, 0, -1, 0),
    (0, -1, 1, 2, 1),
    (0, 0, 1, 3, 2),
    (0, 4, 3, 2, 1),
    (1, 0, 2, 0, -1),
)
_BAR = 4.0
_FORBIDDEN = 60.0


@dataclass(frozen=True)
class Hook:
    """What makes the tune recognisable: two rhythms (onsets in a bar) and two contours, A and B."""

    rhythms: tuple[tuple[float, ...], tuple[float, ...]]
    contours: tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True)
class _Slot:
    """A note whose pitch is still open. lift: scale steps above the phrase's resting place; firm: must be a chord tone."""

    beat: float
    beats: float
    lift: float
    firm: bool
    loudness: float


def invent_hook(mood: Mood, rng: np.random.Generator) -> Hook:
    """Two rhythms of the mood and two contours, by chance."""
    first, second = (mood.rhythms[k] for k in rng.permutation(len(mood.rhythms))[:2])
    up, down = (CONTOURS[k] for k in rng.permutation(len(CONTOURS))[:2])
    return Hook((first, second), (up, down))


def play_melody(player: Player, scenes: Sequence[Scene], key: Key, hook: Hook) -> list[Note]:
    """The lead part's notes over all scenes in which it plays."""
    scale = key.scale(player.part.low, player.part.high)
    notes: list[Note] = []
    bars = 0
    for k, scene in enumerate(scenes):
        velocity = player.part.velocity(scene.section)
        if not velocity:
            continue
        if scene.section == "end":
            concluded = k > 0 and scenes[k - 1].section == "final" and bool(notes)
            notes += _conclusion(player, scene, scale, key, velocity, notes[-1].midi if concluded else None)
            continue
        slots = _phrase(scene, hook, bars)
        bars += -(-int(scene.beats) // int(_BAR))
        pitches = _sing(slots, player, scale, notes[-1].midi if notes else None)
        for slot, midi in zip(slots, pitches, strict=True):
            length = max(slot.beats, 2.0) if player.part.pedal else slot.beats * 0.95
            notes.append(player.note(slot.beat, length, midi, velocity * slot.loudness, 0.08))
    return notes


def _phrase(scene: Scene, hook: Hook, bars_before: int) -> list[_Slot]:
    """The scene's bars as open notes: A A' A B, rising to two thirds of the way and settling again."""
    slots: list[_Slot] = []
    bar, count = 0.0, bars_before
    while scene.beats - bar >= 1.5:
        length = min(_BAR, scene.beats - bar)
        turn = int(count % 4 == 3)
        onsets = [at for at in hook.rhythms[turn] if at < length - 0.25]
        shape = hook.contours[0 if count % 2 == 0 else turn]
        for q, at in enumerate(onsets):
            beats = (onsets[q + 1] if q + 1 < len(onsets) else length) - at
            progress = (bar + at) / scene.beats
            arch = 3.0 * np.sin(np.pi * min(progress / 1.33, 1.0))
            last = q == len(onsets) - 1
            breath = 0.8 if last and count % 2 else 1.0  # a singer takes air every other bar
            slots.append(
                _Slot(
                    scene.beat + bar + at,
                    beats * breath,
                    shape[q % 5] + arch,
                    at % 2 == 0 or beats >= 1,
                    1.0 if at % 2 == 0 else 0.85,
                )
            )
        bar, count = bar + _BAR, count + 1
    return slots


def _sing(slots: Sequence[_Slot], player: Player, scale: list[int], previous: int | None) -> list[int]:
    """Viterbi over the scale: one pitch per slot."""
    if not slots:
        return []
    pitches = np.array(scale)
    home = 0.42 * (len(scale) - 1)
    steps = _step_cost(pitches)
    cost = _fit(slots[0], player, pitches, home)
    if previous is not None:
        cost = cost + steps[int(np.argmin(np.abs(pitches - previous)))]
    trail: list[NDArray[np.int64]] = []
    for slot in slots[1:]:
        ways = cost[:, None] + steps
        trail.append(ways.argmin(axis=0))
        cost = ways.min(axis=0) + _fit(slot, player, pitches, home)
    path = [int(cost.argmin())]
    for back in reversed(trail):
        path.append(int(back[path[-1]]))
    return [scale[k] for k in reversed(path)]


def _fit(slot: _Slot, player: Player, pitches: NDArray[np.int64], home: float) -> NDArray[np.float64]:
    """How badly each pitch suits a slot: off the contour, or off the chord where that is heard."""
    chord = chord_at(player.chords, slot.beat).upper
    foreign = ~np.isin(pitches % 12, chord)
    return 0.55 * np.abs(np.arange(len(pitches)) - (home + slot.lift)) + foreign * (_FORBIDDEN if slot.firm else 0.5)


def _step_cost(pitches: NDArray[np.int64]) -> NDArray[np.float64]:
    """Cost of moving from pitch to pitch: steps are free, leaps are dear, tritones and repeats are dull or sour."""
    interval = np.abs(pitches[:, None] - pitches[None, :])
    cost = np.interp(interval, [0, 1, 2, 4, 7, 9, 12, 24], [1.5, 0.0, 0.0, 0.3, 1.0, 2.2, 5.0, 40.0])
    return cost + 2.0 * (interval == 6)


def _conclusion(player: Player, scene: Scene, scale: list[int], key: Key, velocity: float, previous: int | None) -> list[Note]:
    """The last word: one tone of the tonic after a played-out final, or a rising three-note signature of its own."""
    tonic_chord = chord_at(player.chords, scene.beat).pitch_classes[:3]
    tones = [midi for midi in scale if midi % 12 in tonic_chord]
    if previous is not None:
        nearest = min(tones, key=lambda midi: abs(midi - previous) + 1.5 * (midi % 12 != key.root))
        return [player.note(scene.beat, scene.beats, nearest, velocity)]
    start = min((k for k, midi in enumerate(tones) if midi % 12 == key.root), key=lambda k: abs(k - len(tones) // 3), default=0)
    signature = tones[start : start + 3]
    times = [0.0, 0.5, 1.0][: len(signature)]
    ends = [b - a for a, b in pairwise(times)] + [max(scene.beats - times[-1], 0.5)]
    return [
        player.note(scene.beat + at, beats, midi, velocity)
        for at, beats, midi in zip(times, ends, signature, strict=True)
        if at < scene.beats - 0.25
    ]
