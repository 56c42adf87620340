"""Transition and interface sounds. Each knows its anchor: the sample that has to land on the cut.

Whooshes peak on it, risers and swells end on it, impacts, pings and clicks start on it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import signal

from models.backends.sound_studio.drum_kit import stroke
from models.backends.sound_studio.instruments import play
from models.backends.sound_studio.signals import RATE, Sound, decay, frames, hertz, high_pass, mono, place, ramp
from models.backends.sound_studio.space import hall, reverberate
from models.backends.sound_studio.synthesis import modal, noise_band, swept_sine

_PEAK = 0.66  # of a whoosh's length


@dataclass(frozen=True)
class Effect:
    """samples: (n, 2); anchor: index of the sample that belongs on the cut (n for sounds that end there)."""

    samples: Sound
    anchor: int


def whoosh(rng: np.random.Generator, seconds: float = 0.7, move: str = "right") -> Effect:
    """Air that rushes by: swells to the cut and is gone quickly, so that the music's own entry is heard."""
    n = frames(seconds)
    t = np.arange(n) / n
    envelope = np.where(t < _PEAK, (t / _PEAK) ** 3.0, np.exp(-(t - _PEAK) * 13)) * ramp(n, 0, 0.05)
    centres = {"up": [250, 700, 3200, 7500], "down": [6500, 3800, 900, 250]}.get(move, [350, 900, 2900, 900])
    air = noise_band(n, centres, 0.62, rng, steady=True) + 0.45 * noise_band(n, [0.35 * c for c in centres], 0.4, rng, steady=True)
    path = {"right": [-0.9, 0.9], "left": [0.9, -0.9]}.get(move, [-0.4, 0.4, -0.2])
    y = _travel((air * envelope[:, None]).astype(np.float32), path)
    loud = signal.oaconvolve(mono(y * y), np.ones(frames(0.01)), "same")
    return Effect(y, int(np.argmax(loud)))  # where it really peaks: noise has a will of its own


def impact(rng: np.random.Generator, tonic: int = 0, size: float = 1.0) -> Effect:
    """A low hit tuned to the key, with a hall behind it."""
    n, f = frames(2.4), hertz(tonic % 12 + 24 + 12 * (tonic % 12 < 4))
    low = swept_sine(n, f * 2.3, f, 0.045, 0.45 * size, 1.5)
    body = modal(f * np.array([2.4, 3.7, 5.1, 7.2]), [0.35, 0.22, 0.14, 0.08], [0.5, 0.35, 0.25, 0.15], n, rng.uniform(0, 6, 4))
    crack = noise_band(n, [2600, 500, 200, 150, 120], 1.1, rng) * decay(n, 0.09)[:, None] * np.float32(2)
    y = (low + body)[:, None] + crack
    wet = reverberate(high_pass(y, 120), hall(2.6, 0.4, 0.8))
    return Effect((y + np.float32(0.05) * wet) * ramp(n, 0.001, 0.5)[:, None], 0)


def riser(rng: np.random.Generator, seconds: float = 2.5, tonic: int = 60) -> Effect:
    """Noise and a trembling tone that climb an octave and stop dead on the cut."""
    n = frames(seconds)
    t = np.linspace(0, 1, n)
    rush = noise_band(n, [300, 700, 1800, 4500, 9000], 0.55, rng, steady=True) * (t**2.2)[:, None]
    phase = 2 * np.pi * np.cumsum(440 * 2 ** ((tonic + 12 * t**1.6 - 69) / 12)) / RATE
    tremble = 0.65 + 0.35 * np.sin(2 * np.pi * np.cumsum(4 + 12 * t**2) / RATE)
    tone = tremble * t**2 * 0.035 * sum(np.sin(k * phase * detune) / k for k in range(1, 6) for detune in (0.996, 1.004))
    both = rush + np.stack([tone, np.roll(tone, 37)], axis=1)
    return Effect((both * ramp(n, 0.02, 0.008)[:, None]).astype(np.float32), n)


def swell(rng: np.random.Generator, seconds: float = 2.2, pitches: Sequence[int] = (60, 64, 67)) -> Effect:
    """A piano chord played backwards: it grows out of nothing and arrives on the cut."""
    n = frames(seconds)
    y = np.zeros((n, 2), np.float32)
    for midi in pitches:
        place(y, play("felt", midi, 5.0, 0.8, 0, rng), 0)
    y = (y + np.float32(0.25) * reverberate(y, hall(2.4, 0.6, 0.6))) * decay(n, 0.33 * seconds)[:, None]
    return Effect(np.ascontiguousarray(y[::-1]) * ramp(n, min(0.3, 0.3 * seconds), 0.012)[:, None], n)


def shimmer(rng: np.random.Generator, seconds: float = 1.8, pitches: Sequence[int] = (84, 88, 91, 95)) -> Effect:
    """A handful of glass, thickest at first, spread wide; in chord."""
    n = frames(seconds + 2)
    y = np.zeros((n, 2), np.float32)
    for k in range(22):
        start = frames(seconds * (k / 22) ** 1.3 + (rng.uniform(0, 0.03) if k else 0.0))
        velocity = 0.3 + 0.4 * rng.random() if k else 0.95  # the first grain is the one on the cut
        grain = play("glass", int(rng.choice(pitches)) + 12 * int(rng.integers(0, 2)), 1.5, velocity, 0, rng)
        place(y, grain, start, 1 - 0.6 * k / 22, float(rng.uniform(-0.9, 0.9)) if k else 0.0)
    wet = reverberate(y, hall(2.2, 0.8, 0.5))
    return Effect((y + np.float32(0.12) * wet) * ramp(n, 0, 0.3)[:, None], 0)


def ping(rng: np.random.Generator, pitch: int = 84) -> Effect:
    """One clear glass note and its room."""
    n = frames(3.6)
    y = np.zeros((n, 2), np.float32)
    place(y, play("glass", pitch, 2.0, 0.85, 0, rng), 0)
    y[:, 1] = np.roll(y[:, 1], 23)
    return Effect((y + np.float32(0.15) * reverberate(y, hall(1.8, 0.8, 0.4))) * ramp(n, 0, 0.4)[:, None], 0)


def click(rng: np.random.Generator) -> Effect:
    """A small, dry switch."""
    n = frames(0.06)
    y = modal([2100, 3400, 5200], [0.8, 0.4, 0.24], [0.03, 0.02, 0.012], n)
    y = y + mono(noise_band(n, [4000, 3000], 0.5, rng)) * decay(n, 0.002) * np.float32(2)
    return Effect(np.repeat((y * ramp(n, 0.0005, 0.01))[:, None], 2, axis=1), 0)


def pop(rng: np.random.Generator) -> Effect:
    """Two wooden taps, a little apart: cheerful and out of the way."""
    y = np.zeros((frames(0.3), 2), np.float32)
    place(y, stroke("wood", 0), 0, pan=-0.2)
    place(y, stroke("wood", 1), frames(0.07), 0.55, pan=0.3)
    return Effect(y * ramp(len(y), 0, 0.05)[:, None], 0)


def _travel(y: Sound, path: Sequence[float]) -> Sound:
    """Move a stereo sound through pan positions without losing its width."""
    angle = (np.interp(np.linspace(0, 1, len(y)), np.linspace(0, 1, len(path)), path) + 1) * np.pi / 4
    middle = 1.1 * mono(y)
    left = (0.75 * middle + 0.35 * y[:, 0]) * np.cos(angle)
    right = (0.75 * middle + 0.35 * y[:, 1]) * np.sin(angle)
    return (1.3 * np.stack([left, right], axis=1)).astype(np.float32)


EFFECTS: dict[str, Callable[..., Effect]] = {
    "whoosh": whoosh,
    "impact": impact,
    "riser": riser,
    "swell": swell,
    "shimmer": shimmer,
    "ping": ping,
    "click": click,
    "pop": pop,
}
