"""Drums, and what drums ask of everybody else: the silence before the hero and the weight on every cut."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from models.backends.sound_studio.mood import Mood
from models.backends.sound_studio.score import NEAR, Hit, Note, Scene

_STRENGTH = {"X": 1.0, "x": 0.78, "o": 0.45}
_LOW_DRUMS = ("kick", "softkick", "taiko")


def drum_hits(scenes: Sequence[Scene], mood: Mood, rng: np.random.Generator) -> list[Hit]:
    """The grids of each section, a roll into the hero where the mood drops out before it, and weight where sections turn."""
    hits: list[Hit] = []
    for k, scene in enumerate(scenes):
        into_hero = scene.section != "hero" and k + 1 < len(scenes) and scenes[k + 1].section == "hero"
        silence = mood.drop_beats if into_hero else 0.0
        for drum, steps in mood.grids.get(scene.section, {}).items():
            for step in range(round(scene.beats * 4)):
                mark = steps[step % 16]
                if mark != "." and step / 4 < scene.beats - silence:
                    hits.append(Hit(drum, scene.beat + step / 4, _STRENGTH[mark] * rng.uniform(0.9, 1)))
        if into_hero:
            hits += _fill(scene, mood)
        turned = k == 0 or scenes[k - 1].section != scene.section
        if turned and scene.section in ("hero", "final", "end"):
            hits += _weight(scene, mood, ringing=scene.section == "end" and k > 0 and scenes[k - 1].section == "final")
    return hits


def _fill(scene: Scene, mood: Mood) -> list[Hit]:
    """A roll that quickens into the hero, or four low strokes for an orchestra."""
    if mood.drop_beats:
        span = min(4.0, scene.beats)
        first = scene.beat + scene.beats - span
        times = [*np.arange(0, span / 2, 0.5), *np.arange(span / 2, span - mood.drop_beats, 0.25)]
        return [Hit("snare", first + float(at), 0.25 + 0.6 * float(at) / span) for at in times]
    if mood.orchestral and scene.beats >= 2:
        return [Hit("taiko", scene.beat + scene.beats - 1 + at, 0.55 + 0.4 * at) for at in (0, 0.25, 0.5, 0.75)]
    return []


def _weight(scene: Scene, mood: Mood, *, ringing: bool) -> list[Hit]:
    """A cymbal and a low drum where a section opens; nothing for moods that whisper."""
    if mood.drums_lu <= -9:
        return []
    low = "taiko" if mood.orchestral else "kick" if mood.drums_lu > -4 else "softkick"
    return [Hit("crash", scene.beat, 0.65 if ringing else 0.85), Hit(low, scene.beat, 1.0)]


def hold_breath(notes: list[Note], scenes: Sequence[Scene], mood: Mood) -> list[Note]:
    """Everything but the tails stops `drop_beats` before the hero, so that its entry is felt."""
    hero = next((b.beat for a, b in pairwise(scenes) if b.section == "hero" and a.section != "hero"), None)
    if hero is None or not mood.drop_beats:
        return notes
    stop = hero - mood.drop_beats
    kept = [note for note in notes if not stop <= note.beat < hero - NEAR]
    return [
        replace(note, beats=max(0.1, stop - note.beat)) if note.beat < stop < note.beat + note.beats <= hero + NEAR else note
        for note in kept
    ]


def lean_on_cuts(notes: list[Note], hits: list[Hit], scenes: Sequence[Scene], mood: Mood) -> tuple[list[Note], list[Hit]]:
    """Every cut speaks: what falls on it is lifted, what comes just before steps back, a bare cut gets a low stroke."""
    starts = np.array([scene.beat for scene in scenes[1:]])

    def emphasis(beat: float) -> float:
        late = beat - starts
        return 1.22 if np.any((late >= -0.01) & (late < 0.1)) else 0.8 if np.any((late >= -0.55) & (late < -0.01)) else 0.95

    notes = [replace(note, velocity=min(1.0, note.velocity * emphasis(note.beat))) for note in notes]
    hits = [replace(hit, velocity=hit.velocity * (1.2 if np.any(np.abs(hit.beat - starts) < 0.01) else 0.85)) for hit in hits]
    low = "taiko" if mood.orchestral else "softkick"
    for start in starts.tolist():
        if not any(abs(hit.beat - start) < 0.01 and hit.drum in _LOW_DRUMS for hit in hits):
            hits.append(Hit(low, start, 0.8))
    return notes, hits
