"""Room around a sound: halls, chorus, echoes in tempo. Stereo in, stereo out."""

import numpy as np
from scipy import signal

from models.backends.sound_studio.seeds import dice
from models.backends.sound_studio.signals import RATE, Sound, frames, high_pass, low_pass, mono, ramp, remembered
from models.backends.sound_studio.synthesis import overlapped_noise


@remembered(max_mib=32)
def hall(seconds: float, brightness: float, size: float) -> Sound:
    """A hall's impulse response, (n, 2), of unit energy per side: early taps, then noise whose highs die sooner.

    seconds: reverberation time; brightness and size 0..1.
    """
    rng, n = dice("hall", seconds, size), frames(seconds * 1.15)
    hop = 256
    count = n // hop + 5
    hz = np.arange(513) * RATE / 1024
    t60 = seconds / (1 + (hz / (2200 + 6000 * brightness)) ** 1.1)
    t = np.arange(count)[:, None] * hop / RATE
    mask = np.exp(-6.9078 * t / t60) / (1 + (hz / (5000 + 9000 * brightness)) ** 2) * (hz > 90)
    tail = np.stack([overlapped_noise(mask, rng) for _ in range(2)], axis=1)[512 : 512 + n].astype(float)
    tail *= np.minimum(1, np.arange(n) / frames(0.012 + 0.03 * size))[:, None]
    for side in range(2):
        for k in range(9):
            at = frames((0.004 + 0.05 * rng.random()) * (0.6 + size))
            tail[at, side] += 0.75**k * 25 * tail.std() * rng.choice([-1, 1])
    response = np.vstack([np.zeros((frames(0.008 + 0.022 * size), 2)), tail])
    response *= ramp(len(response), 0, seconds * 0.2)[:, None]
    return (response / np.sqrt(np.sum(response**2) / 2)).astype(np.float32)


def reverberate(x: Sound, response: Sound) -> Sound:
    """The wet sound only, as long as x."""
    return signal.oaconvolve(x, response, axes=0)[: len(x)].astype(np.float32)


def chorus(x: Sound, depth_s: float = 0.0028, rate_hz: float = 0.55, mix: float = 0.5) -> Sound:
    """A slowly wavering double on each side."""
    n = len(x)
    t = np.arange(n)
    out = x.copy()
    for side, phase in ((0, 0.0), (1, np.pi / 2)):
        at = t - RATE * (0.011 + depth_s * np.sin(2 * np.pi * rate_hz * t / RATE + phase))
        whole = np.floor(at).astype(np.int64)
        part = (at - whole).astype(np.float32)
        whole = np.clip(whole, 0, max(n - 2, 0))
        wet = x[whole, side] * (1 - part) + x[np.minimum(whole + 1, n - 1), side] * part
        out[:, side] = x[:, side] * (1 - 0.35 * mix) + wet * mix
    return out


def echo(x: Sound, step_s: float, feedback: float = 0.45, repeats: int = 5) -> Sound:
    """Echoes only: they change sides, and get darker and softer each time."""
    out = np.zeros_like(x)
    voice, step = high_pass(low_pass(mono(x), 4200, 1), 260, 1), frames(step_s)
    for k in range(1, repeats + 1):
        if k * step >= len(x):
            break
        voice = low_pass(voice, 5200, 1)
        heard = voice[: len(x) - k * step] * np.float32(feedback**k)
        out[k * step :, k % 2] += heard
        out[k * step :, 1 - k % 2] += 0.25 * heard
    return out
