"""From a plan to finished music: parts are played, balanced, placed in their hall, summed to stems and mastered.

Balance is by measurement: each part is set to its loudness where all play together, not to a guessed fader.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from models.backends.sound_studio.drum_kit import DRUMS, TAKES, stroke
from models.backends.sound_studio.instruments import play
from models.backends.sound_studio.mastering import air, ducking, filtered, glue, matching_filter, saturated
from models.backends.sound_studio.mood import STEMS, Part
from models.backends.sound_studio.score import Plan
from models.backends.sound_studio.seeds import dice
from models.backends.sound_studio.signals import Sound, frames, hertz, high_pass, mono, place, ramp
from models.backends.sound_studio.space import chorus, echo, hall, reverberate
from models.media.loudness import gain, integrated_lufs, normalising_gain

REFERENCE_LUFS = -14.0
_PART_LUFS = -23.0  # mono, before the mood's own balance
_HELD_S = 0.25  # how long the last chord stands before it begins to die away
_SENT = ("harmony", "lead")  # stems that go to the hall and the echo
_PIANOS = ("felt", "epiano", "kalimba", "marimba")

Tell = Callable[[float, str], None]


@dataclass(frozen=True)
class Music:
    """samples: (n, 2) at -14 LUFS; stems: drums, bass, harmony, lead, which sum to it."""

    samples: Sound
    stems: dict[str, Sound]


def record(plan: Plan, tell: Tell) -> Music:
    """Play, mix and master the whole plan. tell(fraction, text) hears of each step and may raise to stop."""
    stems = _perform(plan, tell)
    tell(0.75, "mastering the music")
    mix = _sum(stems)
    fir = matching_filter(mix, plan.mood.slope)
    for name, stem in stems.items():
        if stem.any():
            stems[name] = filtered(stem, fir)
            tell(0.8, "mastering the music")
    mix = _sum(stems)
    sheen = air(mix, plan.mood.air_db)
    stems["harmony"] = stems["harmony"] + sheen
    mix += sheen
    tell(0.87, "mastering the music")
    level = integrated_lufs(mix)
    shape = glue(mix * np.float32(gain(-18 - level))) * _ring_out(plan, len(mix))
    tell(0.92, "mastering the music")
    shape = shape * normalising_gain(mix * shape[:, None], REFERENCE_LUFS, -1.0)
    tell(0.97, "mastering the music")
    stems = {name: stem * shape[:, None] for name, stem in stems.items()}
    return Music(_sum(stems), stems)


def _perform(plan: Plan, tell: Tell) -> dict[str, Sound]:
    n = frames(plan.ask.duration_s)
    kicks = [plan.time_s(hit.beat) for hit in plan.hits if hit.drum in ("kick", "softkick") and hit.velocity > 0.4]
    stems = {name: np.zeros((n, 2), np.float32) for name in ("drums", "bass", "harmony", "lead")}
    to_hall = {name: np.zeros((n, 2), np.float32) for name in _SENT}
    to_echo = {name: np.zeros((n, 2), np.float32) for name in _SENT}
    for i, part in enumerate(plan.mood.parts):
        tell(0.6 * i / len(plan.mood.parts), f"playing the {part.instrument.replace('_', ' ')}")
        y = _play_part(plan, i, part, n, lambda: tell(0.6 * i / len(plan.mood.parts), "playing"))  # noqa: B023 (called at once)
        if not y.any():
            continue
        y *= np.float32(gain(_PART_LUFS + part.level_lu - integrated_lufs(mono(_together(y, plan)))))
        y = _treat(y, part, kicks, plan.bpm)
        name = STEMS[part.role]
        stems[name] += y
        if name in _SENT:
            to_hall[name] += y * np.float32(part.hall)
            to_echo[name] += y * np.float32(part.echo)
    response, step = hall(*plan.mood.hall), 60 / plan.bpm * (0.75 if plan.bpm > 85 else 0.5)
    for k, name in enumerate(_SENT):
        tell(0.62 + 0.04 * k, "placing the music in its hall")
        if stems[name].any():
            echoes = echo(to_echo[name], step)
            tell(0.64 + 0.04 * k, "placing the music in its hall")
            stems[name] += echoes + reverberate(high_pass(to_hall[name] + np.float32(0.35) * echoes, 180, 1), response)
    stems["harmony"] = _mono_below(stems["harmony"], 130, width=0.86)
    tell(0.7, "playing the drums")
    stems["drums"] = _drums(plan, n, lambda: tell(0.7, "playing the drums"))
    return stems


def _play_part(plan: Plan, index: int, part: Part, n: int, check: Callable[[], None]) -> Sound:
    """Every note of one part, dry; on cuts exactly in time, elsewhere as loose as the mood."""
    rng = dice("play", plan.ask.mood, plan.ask.seed, index)
    out = np.zeros((n, 2), np.float32)
    exact = {round(scene.beat, 3) for scene in plan.scenes}
    for take, note in enumerate(note for note in plan.notes if note.part == index):
        if take % 16 == 0:
            check()
        start = plan.time_s(note.beat + _swing(note.beat, plan.mood.swing))
        if round(note.beat, 3) not in exact:
            start = max(0.0, start + rng.normal(0, plan.mood.looseness_s))
        seconds = max(0.05, plan.time_s(note.beat + note.beats) - plan.time_s(note.beat))
        pan = part.pan + (0.012 * (note.midi - 66) if part.instrument in _PIANOS else 0.0)
        if part.role == "twinkle":
            pan = rng.uniform(-0.7, 0.7)
        sound = play(part.instrument, note.midi, seconds, float(np.clip(note.velocity, 0.12, 1)), take % 2, rng)
        place(out, sound, frames(start), 1.0, float(np.clip(pan, -0.8, 0.8)))
    return out


def _swing(beat: float, swing: float) -> float:
    """How late this beat comes: off-beat eighths by `swing`, off-beat sixteenths by half of it."""
    if swing and abs(beat * 2 % 2 - 1) < 0.02:
        return swing
    return swing / 2 if swing and abs(beat * 4 % 2 - 1) < 0.02 else 0.0


def _treat(y: Sound, part: Part, kicks: list[float], bpm: float) -> Sound:
    """The part's channel strip."""
    if part.high_pass_hz:
        y = high_pass(y, part.high_pass_hz)
    if part.chorus:
        y = chorus(y)
    if part.duck and kicks:
        y = y * ducking(len(y), kicks, part.duck, min(0.3, 40 / bpm))[:, None]
    return _mono_below(y, 160) if part.role == "bass" else y


def _mono_below(y: Sound, hz: float, width: float = 1.0) -> Sound:
    """Bass in the middle, where every loudspeaker can play it; `width` scales the sides above."""
    middle, side = mono(y), high_pass(0.5 * np.float32(width) * (y[:, 0] - y[:, 1]), hz, 4)
    return np.stack([middle + side, middle - side], axis=1)


def _together(y: Sound, plan: Plan) -> Sound:
    """The first 15 s of the hero section, where parts are heard against each other; the whole part if it rests there."""
    start = next((scene.start_s for scene in plan.scenes if scene.section == "hero"), 0.0)
    window = y[frames(start) : frames(start + 15)]
    return window if window.any() and len(window) > 48_000 else y


def _drums(plan: Plan, n: int, check: Callable[[], None]) -> Sound:
    """All hits, tuned to the key, a little saturated, in a small room."""
    rng = dice("strokes", plan.ask.mood, plan.ask.seed)
    out = np.zeros((n, 2), np.float32)
    tonics = [hertz(midi) for midi in range(24, 40) if midi % 12 in (plan.key.root, (plan.key.root + 7) % 12)]
    low = min(tonics, key=lambda hz: abs(hz - 50))
    exact = {round(scene.beat, 3) for scene in plan.scenes}
    for take, hit in enumerate(plan.hits):
        if take % 32 == 0:
            check()
        loose = 0.0 if round(hit.beat, 3) in exact else rng.normal(0, 0.5 * plan.mood.looseness_s)
        _, loudness, pan, _ = DRUMS[hit.drum]
        start = plan.time_s(hit.beat + _swing(hit.beat, plan.mood.swing)) + loose
        place(out, stroke(hit.drum, take % TAKES, low), frames(max(start, 0.0)), loudness * hit.velocity**1.4, pan)
    if not out.any():
        return out
    out *= np.float32(gain(-20 + plan.mood.drums_lu - integrated_lufs(_together(out, plan))))
    check()
    out = saturated(out * 1.5, 1.4) / np.float32(1.5)
    check()
    room = hall(min(1.6, plan.mood.hall[0]), 0.6, 0.4)
    return out + reverberate(high_pass(out, 220, 1) * np.float32(plan.mood.drums_hall), room)


def _ring_out(plan: Plan, n: int) -> Sound:
    """The gain, (n,): the last chord dies away like a struck one, and to true silence on the last sample."""
    depth_db = 24 if any(part.role == "pad" for part in plan.mood.parts) else 6  # a band that only plucks dies by itself
    struck_s, end_s = plan.scenes[-1].start_s, plan.scenes[-1].end_s
    dying = np.clip((np.arange(n) / 48_000 - struck_s - _HELD_S) / max(end_s - struck_s - _HELD_S, 0.1), 0, 1)
    fade = ramp(n, 0.004) * ramp(n, 0, min(1.0, 0.5 * (end_s - struck_s))) ** 1.5
    return (fade * 10 ** (-depth_db / 20 * dying)).astype(np.float32)


def _sum(stems: dict[str, Sound]) -> Sound:
    total = np.zeros_like(next(iter(stems.values())))
    for stem in stems.values():
        total += stem
    return total
