"""Sustained voices made of many players: strings, pads, choir, brass, breath. One seamless loop per pitch."""

from dataclasses import dataclass

import numpy as np

from models.backends.sound_studio.seeds import dice
from models.backends.sound_studio.signals import Sound, decay, frames, hertz, low_pass, ramp, remembered
from models.backends.sound_studio.synthesis import ensemble


@dataclass(frozen=True)
class Timbre:
    """rolloff: harmonic k has amplitude k ** -rolloff; formants: (Hz, octaves, gain); cents, spread: how far the
    players differ; attack_s, release_s; dies_s: time constant of a short bow stroke, 0 for held notes."""

    rolloff: float
    formants: tuple[tuple[float, float, float], ...]
    cents: float
    spread: float
    attack_s: float
    release_s: float
    dies_s: float = 0.0


TIMBRES: dict[str, Timbre] = {
    "strings": Timbre(1.15, ((320, 0.8, 1.0), (1300, 0.7, 0.9), (3200, 0.5, 0.8), (9000, 0.6, 0.9)), 26, 0.9, 0.22, 0.6),
    "violins": Timbre(1.1, ((320, 0.8, 1.0), (1300, 0.7, 0.9), (3200, 0.5, 0.9), (9000, 0.6, 0.9)), 17, 0.9, 0.09, 0.4),
    "warm": Timbre(1.9, ((400, 1.2, 0.5), (6000, 0.8, 1.5)), 22, 0.8, 0.45, 0.9),
    "choir": Timbre(1.5, ((620, 0.35, 2.6), (1100, 0.3, 1.9), (2700, 0.3, 1.2)), 30, 0.85, 0.35, 0.8),
    "brass": Timbre(1.0, ((550, 0.7, 1.2), (1500, 0.6, 0.8)), 12, 0.7, 0.07, 0.35),
    "saws": Timbre(1.0, ((2500, 1.5, 0.3),), 20, 1.0, 0.01, 0.18),
    "spiccato": Timbre(1.1, ((320, 0.8, 1.0), (1300, 0.7, 1.0), (3500, 0.5, 0.8)), 24, 0.9, 0.012, 0.13, dies_s=0.16),
    "air": Timbre(1.9, ((2200, 1.0, 0.6), (9500, 0.7, 3.0)), 45, 1.0, 0.6, 1.2),
}


@remembered(max_mib=64)
def _loop(name: str, midi: int) -> Sound:
    timbre, f0 = TIMBRES[name], hertz(midi)
    k = np.arange(1, max(2, int(min(90, 17000 / f0))) + 1)
    amplitude = k**-timbre.rolloff
    for centre, octaves, gain in timbre.formants:
        amplitude = amplitude * (1 + gain * np.exp(-0.5 * (np.log2(k * f0 / centre) / octaves) ** 2))
    return ensemble(f0, amplitude / (1 + (k * f0 / 8000) ** 2), timbre.cents, timbre.spread, dice("ensemble", name, midi))


def sustained(name: str, midi: int, seconds: float, velocity: float, rng: np.random.Generator) -> Sound:
    """A held note, (n, 2), its release after `seconds`; softer notes are darker."""
    timbre, loop = TIMBRES[name], _loop(name, midi)
    n = frames(seconds + timbre.release_s)
    start = int(rng.integers(len(loop)))
    y = np.take(loop, np.arange(start, start + n), axis=0, mode="wrap")
    envelope = ramp(n, min(timbre.attack_s, 0.6 * seconds), timbre.release_s)
    if timbre.dies_s:
        envelope = envelope * decay(n, timbre.dies_s)
    if velocity < 0.8:
        y = low_pass(y, 1500 + 12000 * velocity**2, 1)
    return y * (envelope * np.float32(velocity))[:, None]
