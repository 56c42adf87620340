"""Drum voices: falling sines, ringing shells, shaped noise. `stroke` is the one door to all of them."""

from collections.abc import Callable

import numpy as np

from models.backends.sound_studio.seeds import dice
from models.backends.sound_studio.signals import Sound, decay, frames, high_pass, mono, placed, ramp, remembered, stereo
from models.backends.sound_studio.synthesis import modal, noise_band, swept_sine

TAKES = 3  # versions of each stroke, played in turn


def _around(rng: np.random.Generator, centre: float, spread: float = 0.04) -> float:
    return float(centre * (1 + rng.normal(0, spread)))


def _kick(low_hz: float, rng: np.random.Generator) -> Sound:
    body = swept_sine(frames(0.42), _around(rng, 175), low_hz, 0.028, 0.13, 1.7)
    n = frames(0.012)
    return placed(len(body), [(body, 0), (mono(noise_band(n, [3500, 1500], 0.8, rng)) * decay(n, 0.003) * np.float32(1.1), 0)], "mono")


def _soft_kick(low_hz: float, rng: np.random.Generator) -> Sound:
    body = swept_sine(frames(0.42), 110, low_hz, 0.028, 0.16, 1.0)
    n = frames(0.012)
    return placed(len(body), [(body, 0), (mono(noise_band(n, [3500, 1500], 0.8, rng)) * decay(n, 0.003) * np.float32(0.3), 0)], "mono")


def _taiko(low_hz: float, rng: np.random.Generator) -> Sound:
    n = frames(1.6)
    body = swept_sine(n, _around(rng, 2.1 * low_hz), low_hz, 0.05, 0.34, 1.3)
    ratios, amplitudes = np.array([1, 1.59, 2.14, 2.3, 2.65, 3.16]), [1, 0.6, 0.5, 0.3, 0.3, 0.2]
    skin = modal(_around(rng, 78) * ratios, amplitudes, [0.7, 0.5, 0.35, 0.3, 0.25, 0.2], n, rng.uniform(0, 6, 6)) * ramp(n, 0.001, 0.1)
    stick = mono(noise_band(frames(0.12), [1400, 500], 0.9, rng)) * decay(frames(0.12), 0.03) * np.float32(0.8)
    return placed(n, [(body, 0), (np.float32(0.35) * skin, 0), (stick, 0)], "mono")


def _tom(low_hz: float, rng: np.random.Generator) -> Sound:
    return swept_sine(frames(0.5), _around(rng, 210), 105, 0.05, 0.16, 1.1)


def _snare(low_hz: float, rng: np.random.Generator) -> Sound:
    n = frames(0.3)
    shell = modal([_around(rng, 185), _around(rng, 330), 470], [0.6, 0.36, 0.15], [0.22, 0.16, 0.1], n, [0.3, 1, 2])
    wires = noise_band(n, [3800, 2600], 1.2, rng) * decay(n, 0.065)[:, None] * np.float32(3)
    return (shell[:, None] + wires) * ramp(n, 0.0005, 0.03)[:, None]


def _hands(centre_hz: float, octaves: float, fade_s: float, delays_s: tuple[float, ...]) -> Callable[[float, np.random.Generator], Sound]:
    """Several hands that do not quite meet; the last one rings."""

    def clap(low_hz: float, rng: np.random.Generator) -> Sound:
        n, pieces = frames(0.28), []
        for k, delay in enumerate(delays_s):
            last = k == len(delays_s) - 1
            start = delay * _around(rng, 1, 0.1)
            left = n - frames(start)
            burst = (
                noise_band(left, [_around(rng, centre_hz), centre_hz], octaves, rng)
                * decay(left, fade_s if last else min(0.006, fade_s))[:, None]
            )
            pieces.append((burst * np.float32(3 if last else 2.4) * ramp(left, 0.0006)[:, None], start))
        return placed(n, pieces) * ramp(n, 0.0006, 0.04)[:, None]

    return clap


def _metal(seconds: float, fade_s: float) -> Callable[[float, np.random.Generator], Sound]:
    """Hi-hats and ride: many inharmonic partials and a hiss."""

    def strike(low_hz: float, rng: np.random.Generator) -> Sound:
        n = frames(seconds)
        partials = np.outer([205.3, 304.4, 369.6, 522.7, 540, 800], [11, 17, 23, 29]).ravel()
        ring = modal(partials * _around(rng, 1, 0.02), 0.05, fade_s * 7, n, rng.uniform(0, 6, 24))
        hiss = noise_band(n, [9500, 9000], 0.5, rng) * decay(n, fade_s)[:, None]
        return high_pass(hiss + np.float32(0.5) * (ring * decay(n, fade_s))[:, None], 5500) * ramp(n, 0.0006, 0.03)[:, None]

    return strike


def _shaker(low_hz: float, rng: np.random.Generator) -> Sound:
    n = frames(0.12)
    return noise_band(n, [6500, 7500], 0.45, rng) * (ramp(n, 0.03, 0.07) ** 1.5)[:, None] * np.float32(_around(rng, 1, 0.1))


def _brush(low_hz: float, rng: np.random.Generator) -> Sound:
    n = frames(0.22)
    return noise_band(n, [3500, 5200], 0.8, rng) * (ramp(n, 0.03, 0.17) ** 2)[:, None]


def _wood(low_hz: float, rng: np.random.Generator) -> Sound:
    n = frames(0.15)
    return modal([_around(rng, 880, 0.01), 1890, 2900], [1, 0.5, 0.2], [0.11, 0.07, 0.04], n) * ramp(n, 0.0006, 0.02)


def _crash(low_hz: float, rng: np.random.Generator) -> Sound:
    n, f = frames(3.2), np.exp(rng.uniform(np.log(500), np.log(13000), 220))
    sides = [
        modal(f * (1 + 0.002 * side), rng.uniform(0.2, 1, 220) * 0.06, 3.0 / (1 + f / 3500), n, rng.uniform(0, 6, 220)) for side in (-1, 1)
    ]
    wash = noise_band(n, [7000, 4500], 1.0, rng) * decay(n, 0.45)[:, None] * np.float32(1.2)
    return high_pass(np.stack(sides, axis=1) + wash, 350) * ramp(n, 0.0015, 0.3)[:, None]


# drum: (voice, loudness against a kick, pan, General MIDI key)
DRUMS: dict[str, tuple[Callable[[float, np.random.Generator], Sound], float, float, int]] = {
    "kick": (_kick, 1.0, 0.0, 36),
    "softkick": (_soft_kick, 0.8, 0.0, 35),
    "taiko": (_taiko, 1.0, 0.0, 41),
    "tom": (_tom, 0.7, -0.15, 45),
    "snare": (_snare, 0.62, 0.0, 38),
    "clap": (_hands(1400, 0.75, 0.055, (0, 0.011, 0.023, 0.031)), 0.55, 0.0, 39),
    "snap": (_hands(2300, 0.4, 0.022, (0, 0.011)), 0.42, 0.0, 37),
    "hat": (_metal(0.09, 0.018), 0.2, 0.22, 42),
    "open": (_metal(0.4, 0.10), 0.24, 0.22, 46),
    "ride": (_metal(0.7, 0.2), 0.2, -0.25, 51),
    "shaker": (_shaker, 0.2, -0.3, 70),
    "brush": (_brush, 0.26, -0.15, 40),
    "wood": (_wood, 0.3, 0.35, 76),
    "crash": (_crash, 0.42, 0.0, 49),
}


@remembered(max_mib=24)
def stroke(drum: str, take: int, low_hz: float = 50.0) -> Sound:
    """One stroke, (n, 2), peak 1; `low_hz` tunes kicks and taiko to the key. Raises KeyError for an unknown drum."""
    y = stereo(DRUMS[drum][0](low_hz, dice("drum", drum, take)))
    return y / np.abs(y).max()
