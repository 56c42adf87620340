"""Music, effects and voices to one mastered soundtrack of exactly the ad's length.

"Music 30 %, effects 50 %" are amplitude gains before mastering: they set the balance. How loud the whole is, is set
once, at the end: -14 LUFS and no true peak over -1 dBTP, which is what the platforms play at. Voices are brought to one level
before that, some 8 LU over the music beside them and 17 over the music under them. It knows no pictures.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.asks import SoundAsk
from models.media.audio_file import read_audio
from models.media.loudness import RATE, SILENCE_LUFS, gain, integrated_lufs, normalise
from pipelines.scene_plan import ScenePlan

TARGET_LUFS = -14.0
CEILING_DBTP = -1.0
DUCKING_DB = -9.0
SPEECH_LUFS = -16.0
MOST_LIFTED_DB = 24.0
_DUCK_IN_S, _DUCK_OUT_S = 0.15, 0.4
_SLOPE_S = 0.2

Samples = NDArray[np.float32]
Spans = Sequence[tuple[float, float, float]]
"""(start, end, gain): seconds of the film, and how loud within them."""


def mix(
    music: Path | None,
    effects: Path | None,
    duration_s: float,
    music_gain: float = 0.30,
    effects_gain: float = 0.50,
    speech: Sequence[tuple[float, float]] = (),
    voices: Sequence[tuple[Path, float]] = (),
    fade_in_s: float = 0.02,
    fade_out_s: float = 0.3,
    music_spans: Spans = (),
    effects_spans: Spans = (),
) -> Samples:
    """Mix to (round(duration_s * 48000), 2) float32, mastered to -14 LUFS and at most -1 dBTP.

    Files of any length and format: longer ones are cut, shorter ones end early. None, or a gain of 0, leaves one out.
    speech: (start, end) spans in seconds during which the music steps back by 9 dB. voices: speech and where it begins, in seconds;
    the music steps back for it too. music_spans, effects_spans: when their gain is another one. Silence stays silent. Raises MediaError
    when a file cannot be read.
    """
    n = round(duration_s * RATE)
    total = np.zeros((n, 2), np.float32)
    for path, start_s in voices:
        said = _levelled(read_audio(path))
        at = round(start_s * RATE)
        said = said[: max(0, n - at)]
        total[at : at + len(said)] += said
        speech = (*speech, (start_s, start_s + len(said) / RATE))
    if music is not None and heard(music_gain, music_spans):
        total += _fitted(read_audio(music), n) * (gains(n, music_gain, music_spans) * ducking(n, speech))[:, None]
    if effects is not None and heard(effects_gain, effects_spans):
        total += _fitted(read_audio(effects), n) * gains(n, effects_gain, effects_spans)[:, None]
    return normalise(total * _fades(n, fade_in_s, fade_out_s)[:, None], TARGET_LUFS, CEILING_DBTP)


def heard(gain_: float, spans: Spans) -> bool:
    """Whether there is a moment at which it is not silent."""
    return gain_ > 0 or any(loud > 0 for _, _, loud in spans)


def gains(n: int, usual: float, spans: Spans) -> Samples:
    """A gain for each of n samples: `usual`, and within each (start, end, gain), seconds, that one. Steps are slopes around it."""
    steps = np.full(n, usual, np.float64)
    for start, end, loud in spans:
        steps[round(start * RATE) : round(end * RATE)] = loud
    if not spans or not n:
        return steps.astype(np.float32)
    half = round(_SLOPE_S * RATE / 2)
    summed = np.concatenate([[0.0], np.cumsum(np.pad(steps, half, mode="edge"))])
    return ((summed[2 * half :][:n] - summed[: -2 * half][:n]) / (2 * half)).astype(np.float32)


def ducking(n: int, speech: Sequence[tuple[float, float]]) -> Samples:
    """The music's gain, (n,): down 9 dB from just before each span, back up after it; straight lines in decibels."""
    t = np.arange(n) / RATE
    down = np.zeros(n)
    for start, end in speech:
        inside = np.minimum((t - start + _DUCK_IN_S) / _DUCK_IN_S, (end + _DUCK_OUT_S - t) / _DUCK_OUT_S)
        down = np.maximum(down, np.clip(inside, 0, 1))
    return (10 ** (DUCKING_DB / 20 * down)).astype(np.float32) if speech else np.full(n, gain(0), np.float32)


def _levelled(voice: Samples) -> Samples:
    """A voice at SPEECH_LUFS, whatever its model's natural level is; silence stays silent."""
    loudness = integrated_lufs(voice)
    return voice if loudness <= SILENCE_LUFS else voice * np.float32(gain(min(SPEECH_LUFS - loudness, MOST_LIFTED_DB)))


def _fitted(samples: Samples, n: int) -> Samples:
    """Cut or filled up with silence to n samples; a cut end is faded, so that it does not click."""
    if len(samples) <= n:
        return np.pad(samples, ((0, n - len(samples)), (0, 0)))
    return samples[:n] * _fades(n, 0, 0.05)[:, None]


def _fades(n: int, fade_in_s: float, fade_out_s: float) -> Samples:
    """Raised-cosine fades at both ends, (n,); each at most half the length. First and last sample are zero where they are."""
    curve = np.ones(n, np.float32)
    first, last = (min(round(s * RATE), n // 2) for s in (fade_in_s, fade_out_s))
    if first:
        curve[:first] = 0.5 - 0.5 * np.cos(np.pi * np.arange(first) / first)
    if last:
        curve[n - last :] *= 0.5 + 0.5 * np.cos(np.pi * np.arange(1, last + 1) / last)
    return curve


def sound_of(plan: ScenePlan, speech_s: tuple[tuple[float, float], ...] = ()) -> SoundAsk:
    """What is asked of the composer for the cuts of `plan`; speech_s: (start, end) of each spoken line, seconds."""
    return SoundAsk(
        mood=plan.mood,
        duration_s=plan.duration_s,
        cuts_s=tuple(shot.start / plan.fps for shot in plan.shots[1:]),
        hero_s=plan.hero_frame / plan.fps,
        final_s=plan.final_frame / plan.fps,
        seed=plan.seed,
        bpm=plan.bpm or None,
        speech_s=speech_s,
    )
