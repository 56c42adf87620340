"""Which effect speaks at which cut, and the stem they make together. Pitched ones take their notes from the plan's chords."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from models.backends.sound_studio.effects import EFFECTS
from models.backends.sound_studio.score import NEAR, Plan, chord_at
from models.backends.sound_studio.seeds import dice
from models.backends.sound_studio.signals import Sound, frames, high_pass, place, ramp
from models.media.loudness import gain, limit, momentary_lufs

_LOUDEST_LUFS = -16.0  # momentary, of an effect at level 0
_TALLEST = 0.5  # peak: a click brought to the loudness of a whoosh would be a shot
_MOVES = ("right", "left", "up", "down")


@dataclass(frozen=True)
class Cue:
    """An effect of `EFFECTS` anchored at a time; level_lu below the loudest."""

    time_s: float
    effect: str
    level_lu: float
    options: dict[str, Any] = field(default_factory=dict)


def find_cues(plan: Plan) -> list[Cue]:
    """Effects for every cut of the ask, in order of time; more at the hero moment and where the last section begins."""
    asked = {
        float(time) for time in (*plan.ask.cuts_s, plan.ask.hero_s, plan.ask.final_s) if time is not None and 0 < time < plan.ask.duration_s
    }
    marks = sorted(asked)
    cues: list[Cue] = []
    for k, time in enumerate(marks):
        if plan.hero_s is not None and abs(time - plan.hero_s) < NEAR and time < plan.final_s - NEAR:
            cues += _hero(plan, time, time - (marks[k - 1] if k else 0.0))
        elif abs(time - plan.final_s) < NEAR:
            cues += _final(plan, time)
        elif time > plan.final_s:
            cues.append(Cue(time, "click", -6))
        else:
            cues += _ordinary(plan, time, k)
    return cues


def effects_stem(plan: Plan, cues: list[Cue], check: Callable[[], None]) -> Sound:
    """All cues in one stem, (n, 2), each anchor on its exact sample; first and last sample zero."""
    stem = np.zeros((frames(plan.ask.duration_s), 2), np.float32)
    for k, cue in enumerate(cues):
        check()
        effect = EFFECTS[cue.effect](dice("effect", plan.ask.seed, k, cue.effect), **cue.options)
        y = high_pass(effect.samples, 32)
        loudness = momentary_lufs(np.pad(y, ((0, frames(0.4)), (0, 0))))
        level = min(gain(_LOUDEST_LUFS + cue.level_lu - loudness), _TALLEST / float(np.abs(y).max()))
        place(stem, y, frames(cue.time_s) - effect.anchor, level)
    return limit(stem * ramp(len(stem), 0.004, min(0.4, 0.2 * plan.ask.duration_s))[:, None], -1.0)


def _hero(plan: Plan, time: float, since: float) -> list[Cue]:
    tonic, kind = plan.key.root, plan.mood.effects
    length = float(np.clip(0.9 * since, 0.5, 4.0))
    cues = []
    if kind.before_hero == "riser":
        cues.append(Cue(time, "riser", -1, {"seconds": length, "tonic": 48 + tonic}))
    elif kind.before_hero == "swell":
        cues.append(Cue(time, "swell", -1, {"seconds": min(length, 2.4), "pitches": tuple(_chord_tones(plan, time, 55, 76)[:4])}))
    if kind.hero == "impact":
        cues.append(Cue(time, "impact", 0, {"tonic": tonic}))
    cues.append(Cue(time, "shimmer", -7 if kind.hero == "impact" else -3, {"pitches": tuple(_chord_tones(plan, time, 79, 96))}))
    return cues


def _final(plan: Plan, time: float) -> list[Cue]:
    cues = [Cue(time, "whoosh", -4, {"seconds": 0.7, "move": "up"})]
    if plan.mood.effects.final == "impact":
        cues.append(Cue(time, "impact", 0, {"tonic": plan.key.root}))
    return [*cues, Cue(time, "ping", -3, {"pitch": 80 + (plan.key.root + 7 - 80) % 12})]  # the fifth: in every chord that ends


def _ordinary(plan: Plan, time: float, count: int) -> list[Cue]:
    kind = plan.mood.effects.cut
    if kind == "boom":
        return [
            Cue(time, "impact", -6, {"tonic": plan.key.root, "size": 0.7}),
            Cue(time, "whoosh", -6, {"seconds": 0.9, "move": _MOVES[count % 2]}),
        ]
    if kind == "pop":
        return [Cue(time, "pop", -3), Cue(time, "whoosh", -6, {"seconds": 0.4, "move": _MOVES[count % 4]})]
    soft = kind == "whoosh_soft"
    return [Cue(time, "whoosh", -8 if soft else -2, {"seconds": 1.1 if soft else 0.6, "move": _MOVES[count % 4]})]


def _chord_tones(plan: Plan, time: float, low: int, high: int) -> list[int]:
    beat = next((s.beat for s in reversed(plan.scenes) if s.start_s <= time + NEAR), 0.0)
    tones = chord_at(plan.chords, beat).pitch_classes[:4]
    return [midi for midi in range(low, high) if midi % 12 in tones]
