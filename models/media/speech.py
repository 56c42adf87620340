"""Speech as samples: (n,) float32 at 48 kHz, one channel. Cut free of silence, spoken faster or slower at the same pitch, written.

It knows no models and no texts.
"""

from pathlib import Path

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from models.errors import MediaError
from models.media.audio_file import read_audio, write_wav
from models.media.loudness import RATE, gain

QUIET_DB = -42.0
"""Below the loudest moment; what is quieter at the ends is breath and room."""

_STEP = RATE // 100
_KEPT = RATE // 50  # silence that stays at each end, so that no consonant is clipped
_FRAME = RATE * 3 // 100
_SEEK = RATE // 100

Mono = NDArray[np.float32]


def read_speech(path: Path) -> Mono:
    """Decode any sound file to one channel. Raises MediaError."""
    return np.ascontiguousarray(read_audio(path).mean(axis=1), dtype=np.float32)


def write_speech(path: Path, samples: Mono) -> Path:
    """48 kHz mono float WAV. Raises DiskFull, MediaError."""
    return write_wav(path, samples[:, None])


def trimmed(samples: Mono) -> Mono:
    """Without the silence before and after, softly begun and ended. Raises MediaError when there is nothing but silence."""
    steps = -(-len(samples) // _STEP)
    levels = np.sqrt(np.mean(np.pad(samples, (0, steps * _STEP - len(samples))).reshape(steps, _STEP) ** 2, axis=1)) if steps else samples
    if not len(levels) or levels.max() < 1e-4:
        raise MediaError("The voice is silent; ask again or choose another voice.")
    loud = np.flatnonzero(levels > levels.max() * gain(QUIET_DB))
    start, end = max(0, loud[0] * _STEP - _KEPT), min(len(samples), (loud[-1] + 1) * _STEP + _KEPT)
    return _softly(samples[start:end].astype(np.float32))


def at_speed(samples: Mono, speed: float) -> Mono:
    """`speed` times as fast at the same pitch, 0.5..2, about len(samples) / speed long.

    Frames of 30 ms are laid over each other closer or wider than they were cut; each is taken from where it continues the one
    before it best (within 10 ms), so that voices keep their pitch periods.
    """
    if abs(speed - 1) < 1e-3 or len(samples) < 4 * _FRAME:
        return samples
    hop, window = _FRAME // 2, np.hanning(_FRAME + 1)[:_FRAME].astype(np.float32)
    count = max(1, int((len(samples) / speed - _FRAME) / hop) + 1)
    source = np.pad(samples, (_SEEK, _FRAME + 2 * _SEEK + hop))
    out, weight = np.zeros(count * hop + _FRAME, np.float32), np.zeros(count * hop + _FRAME, np.float32)
    follows = source[_SEEK : _SEEK + _FRAME]
    for i in range(count):
        at = min(round(i * hop * speed), len(samples))
        where = at + (_best(source[at : at + _FRAME + 2 * _SEEK], follows) if i else _SEEK)
        out[i * hop : i * hop + _FRAME] += source[where : where + _FRAME] * window
        weight[i * hop : i * hop + _FRAME] += window
        follows = source[where + hop : where + hop + _FRAME]
        if len(follows) < _FRAME:
            follows = np.pad(follows, (0, _FRAME - len(follows)))
    return _softly((out / np.maximum(weight, 1e-3))[: round(len(samples) / speed)].astype(np.float32))


def _softly(samples: Mono) -> Mono:
    """Begun and ended within 5 ms, in place."""
    ramp = np.linspace(0, 1, min(_KEPT // 4, len(samples) // 2), dtype=np.float32)
    if len(ramp):
        samples[: len(ramp)] *= ramp
        samples[-len(ramp) :] *= ramp[::-1]
    return samples


def _best(around: Mono, wanted: Mono) -> int:
    """Where in `around` the frame lies that is most like `wanted`, counted from its start."""
    spectrum = np.fft.rfft(around, 2 * len(around))
    likeness = np.fft.irfft(spectrum * np.conj(np.fft.rfft(wanted, 2 * len(around))))[: len(around) - len(wanted) + 1]
    energy = np.sqrt(sliding_window_view(around.astype(float) ** 2, len(wanted)).sum(axis=1)) if len(around) >= len(wanted) else likeness
    return int(np.argmax(likeness / (energy[: len(likeness)] + 1e-6)))
