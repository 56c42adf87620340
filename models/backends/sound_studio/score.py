"""The nouns of an arrangement: scenes, chords, notes, drum hits, and the plan that holds them. Times in beats."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from models.asks import SoundAsk
from models.backends.sound_studio.mood import Mood, Section
from models.backends.sound_studio.theory import Chord, Key

NEAR = 1e-6  # beats; what counts as "the same beat" after floating-point sums


@dataclass(frozen=True)
class Scene:
    """A stretch of one section in one tempo, from start_s to end_s and from `beat` for `beats` beats."""

    start_s: float
    end_s: float
    beat: float
    beats: float
    section: Section = "verse"


@dataclass(frozen=True)
class ChordSpan:
    """A chord and how long it holds."""

    beat: float
    beats: float
    chord: Chord
    section: Section


@dataclass(frozen=True)
class Note:
    """A note of the part numbered `part` in its mood; velocity 0..1."""

    part: int
    beat: float
    beats: float
    midi: int
    velocity: float


@dataclass(frozen=True)
class Hit:
    """A stroke on a drum; velocity 0..1."""

    drum: str
    beat: float
    velocity: float


@dataclass(frozen=True)
class Plan:
    """Everything there is to play, before any sound.

    loose_cuts_s: cuts that carry an effect but no beat, because no sane tempo reaches them.
    """

    ask: SoundAsk
    mood: Mood
    bpm: float
    key: Key
    scenes: tuple[Scene, ...]
    chords: tuple[ChordSpan, ...]
    notes: tuple[Note, ...]
    hits: tuple[Hit, ...]
    hero_s: float | None
    final_s: float
    loose_cuts_s: tuple[float, ...]

    def time_s(self, beat: float) -> float:
        """When a beat falls; beats before and after the piece are held at its edges."""
        beats, seconds = self._tempo_map
        return float(np.interp(beat, beats, seconds))

    def section_at(self, time_s: float) -> Section:
        """The section that plays at this time."""
        return next((s.section for s in reversed(self.scenes) if s.start_s <= time_s + NEAR), self.scenes[0].section)

    @property
    def beats_s(self) -> tuple[float, ...]:
        """The time of every beat; each scene counts from its own start, so every cut the tempo reaches is one."""
        return tuple(round(self.time_s(s.beat + k), 6) for s in self.scenes for k in range(math.ceil(s.beats - NEAR)))

    @cached_property
    def _tempo_map(self) -> tuple[list[float], list[float]]:
        last = self.scenes[-1]
        return [*(s.beat for s in self.scenes), last.beat + last.beats], [*(s.start_s for s in self.scenes), last.end_s]


def chord_at(chords: Sequence[ChordSpan], beat: float) -> Chord:
    """The chord that sounds at this beat."""
    return next((span.chord for span in reversed(chords) if span.beat <= beat + NEAR), chords[0].chord)
