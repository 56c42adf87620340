"""Loudness of (n, 2) float32 samples at 48 kHz, as ITU-R BS.1770-4 and EBU Tech 3342 define it, and a limiter.

Works on arrays only: no files, no codecs. Levels are LUFS (programme loudness), LU (differences), dBTP (true peak). Plain numpy:
importing scipy takes longer than measuring a whole ad.
"""

from functools import cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

RATE = 48_000
SILENCE_LUFS = -120.0

# BS.1770-4, tables 1 and 2, for 48 kHz: the head's high shelf, then the revised low-frequency B curve. (numerator, denominator) in z^-1.
_K_WEIGHTING = (
    ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585)),
    ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621)),
)
_BLOCK, _RINGING = 32_768, 8_192  # samples filtered at once; after so many the filter's response has fallen under 1e-14
_CONTROL = 48  # samples per step of slow gains: 1 kHz is finer than anything audible and keeps Python loops short
_LOOK_AHEAD = 5  # control steps, so 5 ms
_ABSOLUTE_GATE = -70.0
_SPREAD = 10  # samples to either side that tell what lies between two of them


def _interpolation() -> list[NDArray[np.float32]]:
    """What takes samples to a quarter, half and three quarters of the way to the next: a windowed sinc, 20 taps each."""
    at = np.arange(-4 * _SPREAD, 4 * _SPREAD + 1)
    taps = np.sinc(at / 4) * np.kaiser(len(at), 5.0)
    taps *= 4 / taps.sum()
    return [taps[i::4].astype(np.float32) for i in (1, 2, 3)]


_BETWEEN = _interpolation()

Samples = NDArray[np.floating]


def gain(db: float) -> float:
    """Decibels to an amplitude factor."""
    return float(10.0 ** (db / 20))


def decibels(amplitude: float) -> float:
    """An amplitude factor to decibels; silence is -240 dB."""
    return float(20 * np.log10(max(amplitude, 1e-12)))


def k_weighted(samples: Samples) -> Samples:
    """The samples as loudness sees them; same shape, float64. By overlapping Fourier transforms."""
    flat, response = samples.reshape(len(samples), -1).T.astype(float), _k_response()
    hop, out = _BLOCK - _RINGING, np.empty(flat.shape)
    padded = np.pad(flat, ((0, 0), (_RINGING, -flat.shape[1] % hop)))
    for start in range(0, flat.shape[1], hop):
        block = np.fft.irfft(np.fft.rfft(padded[:, start : start + _BLOCK]) * response, _BLOCK)[:, _RINGING:]
        out[:, start : start + hop] = block[:, : flat.shape[1] - start]
    return out.T.reshape(samples.shape)


def integrated_lufs(samples: Samples) -> float:
    """Gated programme loudness of (n,) or (n, channels) samples; `SILENCE_LUFS` when nothing passes the gates.

    Sound shorter than one 400 ms block is measured as one block.
    """
    return _gated(_block_power(samples, 0.4, 0.1))


def momentary_lufs(samples: Samples) -> float:
    """The loudest 400 ms, in LUFS; what to call the loudness of a short sound."""
    return float(_lufs(_block_power(samples, 0.4, 0.1).max()))


def loudness_range(samples: Samples) -> float:
    """LRA in LU (EBU Tech 3342): the spread of 3 s loudness between its 10th and 95th percentile; 0 for silence."""
    levels = _lufs(_block_power(samples, 3.0, 0.1))
    levels = levels[levels > _ABSOLUTE_GATE]
    if not levels.size:
        return 0.0
    gate = _lufs(np.mean(10 ** ((levels + 0.691) / 10))) - 20
    low, high = np.percentile(levels[levels > gate], [10, 95])
    return float(high - low)


def true_peak_dbtp(samples: Samples) -> float:
    """The highest inter-sample peak of any channel at 4x oversampling, in dBTP."""
    return decibels(float(_true_peaks(samples, floor=0.5 * float(np.abs(samples).max(initial=0.0))).max(initial=0.0)))


def limit(samples: Samples, ceiling_dbtp: float = -1.0) -> NDArray[np.float32]:
    """Hold the true peak at or under the ceiling: 5 ms look-ahead, 90 ms release, both channels together."""
    ceiling = gain(ceiling_dbtp)
    slow = _limiter_gain(_control(_true_peaks(samples, floor=0.35 * ceiling)).max(axis=1), ceiling * gain(-0.1))
    curve = _per_sample(slow, len(samples))
    limited = (samples * curve[:, None]).astype(np.float32)
    return limited * np.float32(_trim(limited, ceiling_dbtp))


def normalise(samples: Samples, target_lufs: float = -14.0, ceiling_dbtp: float = -1.0) -> NDArray[np.float32]:
    """Bring the programme to `target_lufs` with no true peak over `ceiling_dbtp`; the ceiling wins where both cannot be.

    Silence comes back as it is.
    """
    return samples.astype(np.float32) * normalising_gain(samples, target_lufs, ceiling_dbtp)[:, None]


def normalising_gain(samples: Samples, target_lufs: float = -14.0, ceiling_dbtp: float = -1.0) -> NDArray[np.float32]:
    """The gain of `normalise` per sample, (n,): put it on each of several stems and their sum is normalised.

    Loudness and limiting settle together: the limiter lowers the loudness a little, so the gain before it rises.
    """
    loudness = integrated_lufs(samples)
    if loudness <= _ABSOLUTE_GATE:
        return np.ones(len(samples), np.float32)
    ceiling, drive = gain(ceiling_dbtp), gain(target_lufs - loudness)
    peaks = _control(_true_peaks(samples, floor=0.35 * ceiling / drive)).max(axis=1)
    power = _control(_power(k_weighted(samples))).mean(axis=1)  # the limiter moves slowly: weight once, scale after
    for _ in range(8):
        slow = _limiter_gain(peaks * drive, ceiling * gain(-0.1)) * drive
        miss = target_lufs - _gated(_windows(power * slow**2, 400, 100))
        if abs(miss) < 0.02:
            break
        drive *= gain(min(1.15 * miss, 3.0))
    curve = _per_sample(slow, len(samples))
    return curve * np.float32(_trim(samples * curve[:, None], ceiling_dbtp))


@cache
def _k_response() -> NDArray[np.complexfloating]:
    """K-weighting of the frequencies of one block, (_BLOCK / 2 + 1,)."""
    z = np.exp(-2j * np.pi * np.arange(_BLOCK // 2 + 1) / _BLOCK)
    return np.prod([np.polyval(above[::-1], z) / np.polyval(below[::-1], z) for above, below in _K_WEIGHTING], axis=0)


def _lufs(power: float | np.floating | Samples) -> Samples:
    return -0.691 + 10 * np.log10(np.maximum(power, 1e-13))


def _gated(power: Samples) -> float:
    """Loudness of overlapping blocks after both gates of BS.1770-4."""
    loud = power[_lufs(power) > _ABSOLUTE_GATE]
    if not loud.size:
        return SILENCE_LUFS
    loud = loud[_lufs(loud) > _lufs(loud.mean()) - 10]
    return float(_lufs(loud.mean()))


def _block_power(samples: Samples, window_s: float, hop_s: float) -> Samples:
    """K-weighted power of overlapping blocks, (n_blocks,)."""
    return _windows(_power(k_weighted(samples)), round(window_s * RATE), round(hop_s * RATE))


def _power(weighted: Samples) -> Samples:
    """Summed over channels, (n,)."""
    return np.einsum("ij,ij->i", weighted, weighted, dtype=float) if weighted.ndim == 2 else np.square(weighted, dtype=float)


def _windows(power: Samples, window: int, hop: int) -> Samples:
    """Means over windows, one every `hop`; a single shorter one where there is no whole window."""
    total = np.concatenate([[0.0], np.cumsum(power)])
    window = max(1, min(window, len(power)))
    starts = np.arange(0, max(len(power) - window, 0) + 1, hop)
    return (total[np.minimum(starts + window, len(power))] - total[starts]) / window


def _true_peaks(samples: Samples, floor: float) -> Samples:
    """Magnitude per sample, (n,), oversampled wherever the neighbourhood is louder than `floor`."""
    peaks = _tallest(np.abs(samples))
    if not len(peaks):
        return peaks
    hot = _nearby(_control(peaks).max(axis=1), 25).max(axis=1) > floor
    edges = np.flatnonzero(np.diff(np.concatenate([[0], hot.astype(int), [0]])))
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        a, b = max(0, first * _CONTROL - 64), min(len(samples), last * _CONTROL + 64)
        for channel in samples[a:b].T:
            for taps in _BETWEEN:
                np.maximum(peaks[a:b], np.abs(np.convolve(channel, taps)[_SPREAD : _SPREAD + b - a]), out=peaks[a:b])
    return peaks


def _nearby(x: Samples, n: int) -> Samples:
    """Each value with its neighbours, n in all, (len(x), n)."""
    return sliding_window_view(np.pad(x, n // 2, "edge"), n)


def _tallest(magnitudes: Samples) -> Samples:
    """The larger channel, (n,). Column by column: numpy is slow to reduce along an axis of two."""
    return np.maximum.reduce(list(magnitudes.T)) if magnitudes.shape[1] > 1 else magnitudes[:, 0].copy()


def _control(x: Samples) -> Samples:
    """(n,) as rows of one control step each, (n_steps, 48)."""
    steps = -(-len(x) // _CONTROL)
    return np.pad(x, (0, steps * _CONTROL - len(x))).reshape(steps, _CONTROL)


def _limiter_gain(peaks: Samples, ceiling: float, release_s: float = 0.09) -> Samples:
    """Gain per control step, (n_steps,): the least reduction of the next and last 5 ms, let go slowly, smoothed."""
    needed = np.minimum(1.0, ceiling / (peaks + 1e-9))
    needed = _nearby(needed, 2 * _LOOK_AHEAD + 1).min(axis=1)
    keep, level, held = float(np.exp(-1e-3 / release_s)), 1.0, []
    for value in needed.tolist():
        level = min(value, 1 + keep * (level - 1))
        held.append(level)
    window = np.hanning(2 * _LOOK_AHEAD + 1)
    return np.convolve(np.pad(held, _LOOK_AHEAD, "edge"), window / window.sum(), "valid")


def _per_sample(slow: Samples, n: int) -> NDArray[np.float32]:
    """A slow gain for each of n samples."""
    return np.interp(np.arange(n), np.arange(len(slow)) * _CONTROL + _CONTROL / 2, slow).astype(np.float32)


def _trim(samples: Samples, ceiling_dbtp: float) -> float:
    """The factor that takes away the last hundredths of a decibel a smoothed limiter may leave; 1 mostly."""
    over = true_peak_dbtp(samples) - ceiling_dbtp
    return gain(-over - 0.005) if over > -0.005 else 1.0
