"""The form of a piece: which section each scene is, and which chords it stands on. No notes yet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from models.asks import SoundAsk
from models.backends.sound_studio.mood import Mood, Section
from models.backends.sound_studio.score import NEAR, ChordSpan, Scene
from models.backends.sound_studio.tempo import TempoFit, fit_tempo, preferred_bpm
from models.backends.sound_studio.theory import Key, diatonic_chord

_APART_S = 0.3  # scenes shorter than this carry an effect at most


@dataclass(frozen=True)
class Marks:
    """The moments that shape the piece. bounds_s: from 0 to the end; loose_cuts_s: cuts too close to others to count."""

    hero_s: float | None
    final_s: float
    bounds_s: tuple[float, ...]
    loose_cuts_s: tuple[float, ...]


def find_marks(ask: SoundAsk) -> Marks:
    """Hero and final moment, as asked or as the cuts suggest them, and the scene bounds."""
    end = ask.duration_s
    cuts = sorted({float(cut) for cut in ask.cuts_s if 0 < cut < end})
    final = ask.final_s if ask.final_s is not None and 0 <= ask.final_s < end else _default_final(cuts, end)
    hero = ask.hero_s if ask.hero_s is not None and 0 <= ask.hero_s < end else _default_hero(cuts, final, end)
    bounds: list[float] = []
    for mark in (final, hero, *cuts):
        if mark is not None and _APART_S < mark < end - 0.5 and all(abs(mark - other) >= _APART_S for other in bounds):
            bounds.append(mark)
    loose = tuple(cut for cut in cuts if cut not in bounds)
    return Marks(hero, final, (0.0, *sorted(bounds), end), loose)


def _default_final(cuts: list[float], end: float) -> float:
    if cuts and cuts[-1] >= 0.5 * end:
        return cuts[-1]
    return max(0.8 * end, end - 4) if end >= 6 else 0.0


def _default_hero(cuts: list[float], final: float, end: float) -> float | None:
    earlier = [cut for cut in cuts if cut < final - NEAR]
    if earlier:
        return min(earlier, key=lambda cut: abs(cut - 0.45 * end))
    return 0.45 * end if end >= 8 and final > 0.5 * end else None


def lay_out(ask: SoundAsk, marks: Marks, mood: Mood) -> tuple[TempoFit, tuple[Scene, ...]]:
    """Tempo and named scenes; the last one is parted so that its final chord has time to ring out."""
    own = float(np.clip(ask.bpm, 40, 220)) if ask.bpm else preferred_bpm(ask.mood, ask.seed)
    tempi = (own - 0.5, own, own + 0.5) if ask.bpm else (mood.bpm[0], own, mood.bpm[2])
    keep = [mark for mark in (marks.hero_s, marks.final_s) if mark is not None]
    fit = fit_tempo(marks.bounds_s, keep, tempi)
    scenes, beat = [], 0.0
    for (start, end), beats in zip(pairwise(fit.bounds_s), fit.beats, strict=True):
        scenes.append(Scene(start, end, beat, beats))
        beat += beats
    sections = _name([scene.start_s for scene in scenes], marks)
    scenes = [replace(scene, section=section) for scene, section in zip(scenes, sections, strict=True)]
    return fit, (*scenes[:-1], *_part_ending(scenes[-1], mood.ring_s))


def _name(starts: Sequence[float], marks: Marks) -> list[Section]:
    """intro, verse..., build | hero, (break,) hero... | final"""
    hero = marks.final_s if marks.hero_s is None else min(marks.hero_s, marks.final_s)
    before = sum(start < hero - NEAR for start in starts)
    heroes = sum(hero - NEAR <= start < marks.final_s - NEAR for start in starts)
    names: list[Section] = []
    names += ["verse"] * before
    names += ["hero"] * heroes
    names += ["final"] * (len(starts) - before - heroes)
    if before > 1:
        names[0] = "intro"
    if before:
        names[before - 1] = "build"
    if heroes >= 4:
        names[before + heroes // 2] = "break"
    return names


def _part_ending(last: Scene, ring_s: float) -> list[Scene]:
    """Play on for an even number of beats where there is time, then strike the last chord and let it ring."""
    beat_s = (last.end_s - last.start_s) / last.beats
    beats = int((last.end_s - last.start_s - ring_s) / beat_s + NEAR)
    beats -= beats % 2
    if beats < 2:
        return [replace(last, section="end")]
    at = last.start_s + beats * beat_s
    return [
        Scene(last.start_s, at, last.beat, float(beats), last.section),
        Scene(at, last.end_s, last.beat + beats, last.beats - beats, "end"),
    ]


def harmonise(scenes: Sequence[Scene], key: Key, mood: Mood, rng: np.random.Generator) -> tuple[ChordSpan, ...]:
    """One progression runs through, starts afresh at the hero, leans forward before new sections and comes home at the end."""
    progressions = [text.split() for text in rng.permutation(list(mood.progressions))]
    sound = [p for p in progressions if not any(diatonic_chord(key, symbol).diminished for symbol in p)] or [["1", "5"]]
    spans: list[ChordSpan] = []
    turn = 0
    for k, scene in enumerate(scenes):
        following = scenes[k + 1].section if k + 1 < len(scenes) else ""
        if scene.section in ("hero", "break") and (k == 0 or scenes[k - 1].section != scene.section):
            turn = 0
        places = _chord_places(scene, min(2, mood.beats_per_chord) if scene.section == "final" else mood.beats_per_chord)
        for j, (at, beats) in enumerate(places):
            other = scene.section == "break" or turn // 8 % 2 == 1  # after two rounds a second progression refreshes the ear
            progression = sound[other % len(sound)]
            leaning = j == len(places) - 1 and following not in ("", scene.section) and following in ("hero", "final", "end")
            symbol = progression[turn % len(progression)]
            if scene.section == "end" or (scene.section == "final" and j == 0):
                symbol = "1:9"
            elif leaning:
                symbol = mood.tension
            elif scene.section == "final":
                symbol = ("1:9", "4:9")[j % 2]
            spans.append(ChordSpan(scene.beat + at, beats, diatonic_chord(key, symbol), scene.section))
            turn += 1
    return tuple(spans)


def _chord_places(scene: Scene, beats_per_chord: int) -> list[tuple[float, float]]:
    """(beat within the scene, beats) of each chord; a short rest joins the chord before. The end is one chord."""
    if scene.section == "end":
        return [(0.0, scene.beats)]
    places, at = [], 0.0
    while scene.beats - at > NEAR:
        left = scene.beats - at
        beats = float(beats_per_chord) if left - beats_per_chord >= min(2, beats_per_chord) - NEAR else left
        places.append((at, beats))
        at += beats
    return places
