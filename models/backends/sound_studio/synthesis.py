"""Four ways to make a tone from nothing: damped partials, ensembles, plucked strings, moving bands of noise.

Each is vectorised; none loops over samples. They know no instruments and no music.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import fft, signal

from models.backends.sound_studio.signals import RATE, Sound, frames, mono

_TO_60_DB = 6.9078  # ln(1000): a decay by 60 dB
_BLOCK = 1024


def modal(hz: ArrayLike, amplitudes: ArrayLike, t60_s: ArrayLike, n: int, phases: ArrayLike = 0.0) -> Sound:
    """A sum of damped sines, (n,), as one matrix product: with sample i*B + j, p^(iB + j) = p^(iB) * p^j."""
    f, a, t, phase = (np.atleast_1d(v) for v in np.broadcast_arrays(*(np.asarray(v, float) for v in (hz, amplitudes, t60_s, phases))))
    audible = (f < 0.45 * RATE) & (np.abs(a) > 1e-5)
    f, a, t, phase = f[audible], a[audible], t[audible], phase[audible]
    if not f.size:
        return np.zeros(n, np.float32)
    log_pole = (-_TO_60_DB / t + 2j * np.pi * f) / RATE
    rows = -(-n // _BLOCK)
    coarse = np.exp(np.outer(np.arange(rows) * _BLOCK, log_pole) + 1j * phase) * a
    fine = np.exp(np.outer(log_pole, np.arange(_BLOCK)))
    left = np.hstack([coarse.imag, coarse.real]).astype(np.float32)
    return (left @ np.vstack([fine.real, fine.imag]).astype(np.float32)).ravel()[:n]


def ensemble(
    hz: float, harmonics: NDArray[np.float64], cents: float, spread: float, rng: np.random.Generator, size: int = 1 << 17
) -> Sound:
    """A loop, (size, 2), of many players on one note (PADsynth, Nasca 2005).

    Every harmonic is a Gaussian band `cents` wide, growing with its number to the power of `spread`, with random
    phases that differ between the sides. It repeats without a seam.
    """
    bins = np.arange(size // 2 + 1)
    spectrum = np.zeros((2, len(bins)))
    for number, amplitude in enumerate(harmonics, 1):
        if number * hz > 0.42 * RATE:
            break
        width = max((2 ** (cents / 1200) - 1) * hz * number**spread, 0.25) * size / RATE
        centre = number * hz * size / RATE
        low, high = max(1, int(centre - 4 * width)), min(size // 2, int(centre + 4 * width) + 2)
        spectrum[:, low:high] += amplitude * np.exp(-(((bins[low:high] - centre) / width) ** 2)) / np.sqrt(width)
    turned = spectrum * np.exp(1j * rng.uniform(0, 2 * np.pi, spectrum.shape))
    loop = fft.irfft(turned.astype(np.complex64), axis=1).T
    return np.ascontiguousarray(0.2 * loop / (np.sqrt(np.mean(loop**2)) + 1e-9), np.float32)


def plucked_string(hz: float, n: int, brightness: float, sustain_s: float, position: float, rng: np.random.Generator) -> Sound:
    """A plucked string, (n,), one period per step (Karplus and Strong 1983; Jaffe and Smith on tuning).

    brightness 0..1; position: where along the string it is plucked, 0..0.5. A third-order Lagrange fractional delay
    keeps it in tune, a three-tap filter loses the highs first.
    """
    delay = RATE / hz - 1.0  # the loss filter delays by one sample
    whole = int(delay) - 1
    d = delay - whole  # 1 <= d < 2, where the interpolator is best
    lagrange = np.array(
        [-(d - 1) * (d - 2) * (d - 3) / 6, d * (d - 2) * (d - 3) / 2, -d * (d - 1) * (d - 3) / 2, d * (d - 1) * (d - 2) / 6]
    )
    loss = 0.25 * (1 - brightness)
    taps = np.convolve(lagrange, [loss, 1 - 2 * loss, loss]) * 10 ** (-3 / (hz * sustain_s))
    period = int(RATE / hz) + 1
    pluck = signal.lfilter([1], [1, -(0.9 - 0.75 * brightness)], rng.uniform(-1, 1, period))
    pluck -= np.roll(pluck, max(1, int(position * period)))
    pluck -= pluck.mean()
    lead = whole + len(taps)
    y = np.zeros(lead + n + period)
    y[lead : lead + period] = pluck / np.abs(pluck).max()
    for at in range(lead, lead + n, whole):
        step = min(whole, lead + n - at)
        past = y[at - whole - len(taps) + 1 : at - whole + step]
        y[at : at + step] += np.convolve(past, taps, "valid")[:step]
    return y[lead : lead + n].astype(np.float32)


def noise_band(n: int, centre_hz: Sequence[float], octaves: float, rng: np.random.Generator, *, steady: bool = False) -> Sound:
    """Stereo noise, (n, 2), in a band that moves through the centres, `octaves` wide (sigma).

    Random spectra under a Gaussian mask, overlapped. steady: iron out the noise's own swells, so that an envelope
    put on it peaks exactly where it says.
    """
    window, hop = _BLOCK, _BLOCK // 4
    count = n // hop + 5
    hz = np.maximum(np.arange(window // 2 + 1) * RATE / window, 20)
    centres = np.interp(np.linspace(0, 1, count), np.linspace(0, 1, len(centre_hz)), np.log2(centre_hz))
    mask = np.exp(-0.5 * ((np.log2(hz)[None] - centres[:, None]) / octaves) ** 2)
    mask /= np.sqrt(np.sum(mask**2, axis=1, keepdims=True))
    out = np.stack([overlapped_noise(mask, rng) for _ in range(2)], axis=1)[window // 2 : window // 2 + n]
    if steady:
        level = np.sqrt(np.maximum(signal.oaconvolve(mono(out * out), np.full(960, 1 / 960), "same"), 0))
        out = out / (level + 1e-9 + 0.05 * level.max())[:, None]
    return (0.2 * out / (np.sqrt(np.mean(out**2)) + 1e-9)).astype(np.float32)


def overlapped_noise(mask: NDArray[np.float64], rng: np.random.Generator) -> Sound:
    """Noise, mono, whose spectrum over time is `mask` (n_frames, 513), frames a quarter window apart."""
    window, hop = _BLOCK, _BLOCK // 4
    spectra = (rng.standard_normal(mask.shape) + 1j * rng.standard_normal(mask.shape)) * mask
    pieces = (fft.irfft(spectra.astype(np.complex64), axis=1) * (window * np.hanning(window + 1)[:-1])).astype(np.float32)
    out = np.zeros(len(mask) * hop + window, np.float32)
    for phase in range(4):  # every fourth window follows seamlessly on the last
        rows = pieces[phase::4].reshape(-1)
        out[phase * hop : phase * hop + len(rows)] += rows
    return out


def swept_sine(n: int, from_hz: float, to_hz: float, sweep_s: float, decay_s: float, drive: float) -> Sound:
    """The body of a drum, (n,): a sine that falls in pitch and fades, driven into saturation."""
    t = np.arange(n) / RATE
    phase = 2 * np.pi * np.cumsum(to_hz + (from_hz - to_hz) * np.exp(-t / sweep_s)) / RATE
    body = np.tanh(drive * np.sin(phase) * np.exp(-t / decay_s)) / np.tanh(drive)
    fade = min(n, frames(0.03))
    body[:29] *= np.linspace(0, 1, 29)
    body[n - fade :] *= np.linspace(1, 0, fade)
    return body.astype(np.float32)
