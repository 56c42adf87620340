"""Pitched voices that are struck, plucked or blown, and the one door to all of them: `play`.

Each returns (n,) or (n, 2) at its full ring length; peak 1 for the struck ones. Nothing is sampled.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from scipy import signal

from models.backends.sound_studio.ensembles import TIMBRES, sustained
from models.backends.sound_studio.seeds import dice
from models.backends.sound_studio.signals import RATE, Sound, decay, frames, hertz, high_pass, low_pass, mono, ramp, remembered
from models.backends.sound_studio.synthesis import modal, noise_band, plucked_string

Voice = Callable[[int, float, np.random.Generator], Sound]
_LAYERS = 5  # velocities a cached note is made in


def felt_piano(midi: int, velocity: float, rng: np.random.Generator) -> Sound:
    """Stretched partials, strings that differ between the sides, a fast and a slow decay, the hammer's felt, the soundboard."""
    f0 = hertz(midi)
    n = frames(min(6.5, 2.2 + 5.5 * 2 ** (-(midi - 40) / 18)))
    k = np.arange(1, int(min(40, 11000 / f0)) + 1)
    f = k * f0 * np.sqrt(1 + 2.2e-4 * 2 ** ((midi - 48) / 14) * k**2)
    a = k**-0.9 * np.exp(-f / (1100 + 3600 * velocity)) * (0.25 + np.abs(np.sin(np.pi * k / 7.3))) * rng.uniform(0.75, 1.25, len(k))
    t60 = 9.5 * 2 ** (-(midi - 45) / 19) / (1 + (f / 1500) ** 1.15)
    phase = rng.uniform(0, 2 * np.pi, len(k))
    sides = []
    for side in (-1, 1):
        detune = 2 ** (rng.normal(0, 0.55, (2, len(k))) / 1200)
        sides.append(
            modal(
                np.concatenate([f * detune[0], f * detune[1]]),
                np.concatenate([a * 0.68, a * 0.34 * (1 + 0.25 * side * np.sin(k))]),
                np.concatenate([t60 * 0.38, t60]),
                n,
                np.concatenate([phase, phase + side * 0.25]),
            )
        )
    y = np.stack(sides, axis=1) * ramp(n, 0.0035 + 0.004 * (1 - velocity))[:, None]
    board = low_pass(noise_band(frames(0.35), [600, 260], 0.9, rng), 1600) * decay(frames(0.35), 0.07)[:, None]
    thump = low_pass(noise_band(frames(0.09), [350, 140], 0.7, rng), 900) * decay(frames(0.09), 0.018)[:, None]
    hammer = noise_band(frames(0.03), [5200, 3800], 0.7, rng) * decay(frames(0.03), 0.006)[:, None]
    for touch, loud in ((board, 0.05), (thump, 0.5), (hammer, 0.10 * velocity)):
        y[: len(touch)] += touch * np.float32(loud * (0.5 + velocity)) * ramp(len(touch), 0.0015)[:, None]
    return y


def electric_piano(midi: int, velocity: float, rng: np.random.Generator) -> Sound:
    """FM: a 1:1 body and a 14:1 tine, slowly swaying from side to side."""
    f, n = hertz(midi), frames(4.0)
    t = np.arange(n) / RATE
    body = np.sin(2 * np.pi * f * t + (0.35 + 1.5 * velocity) * np.exp(-t / 0.55) * np.sin(2 * np.pi * f * t))
    ratio = 14 if f * 15 < 16000 else 7
    tine = 0.16 * velocity * np.exp(-t / 0.11) * np.sin(2 * np.pi * f * t + 0.6 * np.sin(2 * np.pi * f * ratio * t))
    y = (body * np.exp(-t / (1.7 * 2 ** (-(midi - 60) / 24))) + tine) * ramp(n, 0.003, 0.05)
    sway = 0.22 * np.sin(2 * np.pi * 1.6 * t)
    return np.stack([y * (1 + sway), y * (1 - sway)], axis=1).astype(np.float32)


def bar_or_bell(
    ratios: Sequence[float],
    amplitudes: Sequence[float],
    t60_s: Sequence[float],
    bright: float,
    seconds: float,
    click: float = 0.0,
    click_hz: float = 2500,
) -> Voice:
    """A struck body with the given partials; bright: Hz by which the strike's spectrum falls by 1/e."""

    def strike(midi: int, velocity: float, rng: np.random.Generator) -> Sound:
        f = hertz(midi) * np.asarray(ratios, float)
        a = np.asarray(amplitudes, float) * np.exp(-(f - f[0]) / (bright * (0.4 + 0.9 * velocity)))
        detuned = f * 2 ** (rng.normal(0, 1.5, len(f)) / 1200)
        y = modal(detuned, a, np.asarray(t60_s) * 2 ** (-(midi - 72) / 30), frames(seconds)) * ramp(frames(seconds), 0.0012)
        if click:
            tick = mono(noise_band(frames(0.03), [click_hz, click_hz * 0.6], 0.6, rng))
            y[: len(tick)] += tick * decay(len(tick), 0.005) * np.float32(click * velocity)
        return y

    return strike


def synth_pluck(cut_hz: float, decay_s: float, rolloff: float = 1.0, seconds: float = 1.2, cents: float = 8) -> Voice:
    """Upper harmonics die first, like a filter that closes; two detuned voices a side."""

    def pluck(midi: int, velocity: float, rng: np.random.Generator) -> Sound:
        f0 = hertz(midi)
        k = np.arange(1, int(min(48, 15000 / f0)) + 1)
        t60 = decay_s * (0.35 + 0.65 * velocity) / (1 + (k * f0 / cut_hz) ** 1.2) + 0.03
        a = k**-rolloff * np.exp(-k * f0 / (3000 + 9000 * velocity))
        sides = []
        for side in (-1, 1):
            up = 2 ** (side * cents / 2400)
            f = np.concatenate([k * f0 * up, k * f0 / up])
            sides.append(
                modal(f, np.concatenate([a, 0.6 * a]), np.concatenate([t60, t60]), frames(seconds), rng.uniform(-0.4, 0.4, 2 * len(k)))
            )
        return np.stack(sides, axis=1) * ramp(frames(seconds), 0.0022, 0.04)[:, None]

    return pluck


@lru_cache(maxsize=1)
def _guitar_body() -> Sound:
    rng = dice("guitar body")
    f = np.sort(np.concatenate([[98, 196, 238], rng.uniform(280, 1900, 16)]))
    y = modal(f, rng.uniform(0.4, 1, len(f)) * (f / 100) ** -0.45 * 0.02, 12 / f, frames(0.12), rng.uniform(0, 6.28, len(f)))
    y[0] += 1
    return y


def guitar(sustain_s: float = 2.6, seconds: float = 2.6, brightness: float = 0.62) -> Voice:
    """A plucked string on a wooden body."""

    def pluck(midi: int, velocity: float, rng: np.random.Generator) -> Sound:
        sustain = sustain_s * 2 ** (-(midi - 52) / 30)
        touch = min(0.95, brightness + 0.3 * (velocity - 0.6))
        y = plucked_string(hertz(midi), frames(seconds), touch, sustain, 0.13 + 0.05 * rng.random(), rng)
        y = signal.oaconvolve(y, _guitar_body())[: len(y)].astype(np.float32)
        return high_pass(y, 70, 1) * ramp(len(y), 0.0008, 0.12)

    return pluck


def bass(kind: str, midi: int, velocity: float, seconds: float) -> Sound:
    """upright (plucked), sub (nearly a sine), saw (a closing filter), cello (a slow bow); (n,)"""
    f0 = hertz(midi)
    if kind == "upright":
        k = np.arange(1, 22)
        a = np.abs(np.sin(np.pi * k * 0.21)) / k**1.25 * np.exp(-k * f0 / (500 + 900 * velocity))
        y = modal(k * f0, a, 2.6 / (1 + k * f0 / 260), frames(min(seconds + 0.1, 2.5)))
        return y * ramp(len(y), 0.006, 0.09) * np.float32(velocity)
    n = frames(seconds + 0.12)
    k = np.arange(1, int(min(30, 6000 / f0)) + 1)
    if kind == "saw":
        a, t60 = 1.0 / k, np.where(k <= 2, 14.0, 1.5 / (1 + k * f0 / 420) + 0.05)
    else:
        rolloff, cut = {"sub": (1.9, 300), "cello": (1.3, 700)}[kind]
        a, t60 = k**-rolloff / (1 + (k * f0 / cut) ** 2), np.full(len(k), 30.0)
    y = modal(k * f0, a, t60, n) * ramp(n, 0.12 if kind == "cello" else 0.012, 0.09)
    return np.tanh(1.6 * y).astype(np.float32) * np.float32(velocity)


def whistle(midi: int, velocity: float, seconds: float, rng: np.random.Generator) -> Sound:
    """A whistled note that is scooped into, with late vibrato and breath; (n,)"""
    n, f = frames(seconds + 0.12), hertz(midi)
    t = np.arange(n) / RATE
    bend = 22 * np.clip((t - 0.18) / 0.25, 0, 1) * np.sin(2 * np.pi * 5.4 * t + rng.uniform(0, 6)) - 60 * np.exp(-t / 0.03)
    phase = 2 * np.pi * np.cumsum(f * 2 ** (bend / 1200)) / RATE
    breath = mono(noise_band(n, [2 * f, 2 * f], 0.35, rng)) * 0.16
    return (((np.sin(phase) + 0.06 * np.sin(2 * phase)) * 0.5 + breath) * ramp(n, 0.05, 0.11) * velocity).astype(np.float32)


_HARMONICS = np.arange(1, 15)
STRUCK: dict[str, Voice] = {
    "felt": felt_piano,
    "epiano": electric_piano,
    "kalimba": bar_or_bell([1, 2, 5.7, 6.3, 8.2], [1, 0.12, 0.24, 0.1, 0.06], [1.7, 0.9, 0.22, 0.2, 0.12], 5000, 1.8, 0.5),
    "marimba": bar_or_bell([1, 3.93, 9.6], [1, 0.26, 0.08], [0.75, 0.22, 0.09], 6000, 1.2, 0.5, 1200),
    "glockenspiel": bar_or_bell([1, 2.76, 5.4, 8.9], [1, 0.45, 0.22, 0.1], [1.9, 0.9, 0.4, 0.2], 9000, 2.2, 0.25, 6000),
    "bell": bar_or_bell(
        [0.5, 1, 1.19, 2, 2.51, 3.01, 4.1], [0.25, 1, 0.18, 0.5, 0.24, 0.2, 0.12], [3.4, 2.8, 1.6, 1.5, 1.1, 0.8, 0.5], 7000, 3.0
    ),
    "glass": bar_or_bell([1, 2.32, 4.25, 6.63, 9.38], [1, 0.5, 0.3, 0.2, 0.1], [2.6, 1.8, 1.0, 0.6, 0.3], 12000, 2.6, 0.15, 7000),
    "pizzicato": bar_or_bell(
        _HARMONICS.tolist(),
        (np.abs(np.sin(np.pi * _HARMONICS * 0.17)) / _HARMONICS**1.1).tolist(),
        (0.55 / (0.65 + _HARMONICS * 0.35)).tolist(),
        3500,
        0.8,
        0.35,
        900,
    ),
    "pluck": synth_pluck(900, 0.9),
    "stab": synth_pluck(2600, 0.9, 0.95, 0.9, 22),
    "guitar": guitar(),
    "muted_guitar": guitar(0.5, 0.7, 0.45),
    "ukulele": guitar(1.1, 1.4, 0.7),
}
# How long a struck note rings after its key is let go, and the end of that which is faded: (ring, fade) in seconds.
_RELEASE = {"felt": (0.6, 0.5), "epiano": (0.35, 0.3), "guitar": (0.5, 0.4)}


@remembered(max_mib=96)
def _struck(name: str, midi: int, layer: int, take: int) -> Sound:
    y = STRUCK[name](midi, 0.3 + 0.7 * layer / (_LAYERS - 1), dice("note", name, midi, layer, take))
    return (y / (np.abs(y).max() + 1e-9)).astype(np.float32)


def play(instrument: str, midi: int, seconds: float, velocity: float, take: int, rng: np.random.Generator) -> Sound:
    """One note of any instrument, held for `seconds`; `take` (0 or 1) tells repeated notes apart."""
    if instrument in TIMBRES:
        return sustained(instrument, midi, seconds, velocity, rng)
    if instrument == "whistle":
        return whistle(midi, velocity, seconds, rng)
    if instrument.startswith("bass_"):
        return bass(instrument.removeprefix("bass_"), midi, velocity, seconds)
    y = _struck(instrument, midi, round(float(np.clip((velocity - 0.3) / 0.7, 0, 1)) * (_LAYERS - 1)), take)
    ring, fade = _RELEASE.get(instrument, (1.0, 0.4))
    n = min(len(y), frames(seconds + ring))
    loud = np.float32(velocity**1.3)
    if n == len(y):
        return y * loud
    envelope = ramp(n, 0, fade) * loud
    return y[:n] * (envelope if y.ndim == 1 else envelope[:, None])
