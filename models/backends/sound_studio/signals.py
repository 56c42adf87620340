"""The small change of sound: ramps, filters, placing one sound in another, and a cache bounded in bytes.

Sounds are float32 at 48 kHz, (n,) mono or (n, 2) stereo, unless a docstring says otherwise.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from threading import Lock
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import signal

RATE = 48_000
Sound = NDArray[np.float32]


def frames(seconds: float) -> int:
    """Seconds to samples."""
    return round(seconds * RATE)


def hertz(midi: float) -> float:
    """The frequency of a MIDI pitch, equal temperament on A = 440 Hz."""
    return 440.0 * 2.0 ** ((midi - 69) / 12)


def ramp(n: int, attack_s: float, release_s: float = 0.0) -> Sound:
    """(n,) gain that rises and falls as a raised cosine: no step, and no corner, at either end."""
    envelope = np.ones(n, np.float32)
    attack, release = min(frames(attack_s), n), min(frames(release_s), n)
    if attack:
        envelope[:attack] = 0.5 - 0.5 * np.cos(np.pi * np.arange(attack) / attack)
    if release:
        envelope[n - release :] *= 0.5 + 0.5 * np.cos(np.pi * (np.arange(release) + 1) / release)
    return envelope


def decay(n: int, time_constant_s: float) -> Sound:
    """(n,) exponential from 1."""
    return np.exp(-np.arange(n) / (time_constant_s * RATE)).astype(np.float32)


@lru_cache(maxsize=256)
def _butterworth(kind: str, hz: float | tuple[float, float], order: int) -> NDArray[np.float64]:
    return signal.butter(order, hz, kind, fs=RATE, output="sos")


def low_pass(x: Sound, hz: float, order: int = 2) -> Sound:
    return signal.sosfilt(_butterworth("low", hz, order), x, axis=0).astype(np.float32)


def high_pass(x: Sound, hz: float, order: int = 2) -> Sound:
    return signal.sosfilt(_butterworth("high", hz, order), x, axis=0).astype(np.float32)


def band_pass(x: Sound, low_hz: float, high_hz: float, order: int = 2) -> Sound:
    return signal.sosfilt(_butterworth("band", (low_hz, high_hz), order), x, axis=0).astype(np.float32)


def stereo(x: Sound) -> Sound:
    """Mono on both sides; stereo as it is."""
    return np.repeat(x[:, None], 2, axis=1) if x.ndim == 1 else x


def mono(x: Sound) -> Sound:
    """The mean of both sides, (n,). Written out, because numpy is slow to reduce along an axis of two."""
    return np.float32(0.5) * (x[:, 0] + x[:, 1])


def place(into: Sound, x: Sound, at: int, gain: float = 1.0, pan: float = 0.0) -> None:
    """Add x to the stereo buffer `into` from sample `at` on, whatever of it fits; pan -1..1 at equal power."""
    first, last = max(0, at), min(len(into), at + len(x))
    if last <= first:
        return
    piece = x[first - at : last - at]
    angle = (pan + 1) * np.pi / 4
    sides = np.array([np.cos(angle), np.sin(angle)], np.float32) * np.float32(np.sqrt(2) * gain)
    into[first:last] += (piece[:, None] if piece.ndim == 1 else piece) * sides


def placed(n: int, pieces: list[tuple[Sound, float]], kind: Literal["mono", "stereo"] = "stereo") -> Sound:
    """Pieces laid over each other in a new sound of n samples, each from its own second on."""
    out = np.zeros((n, 2) if kind == "stereo" else n, np.float32)
    for piece, start_s in pieces:
        at = frames(start_s)
        fits = max(0, min(len(piece), n - at))
        out[at : at + fits] += piece[:fits]
    return out


def remembered(max_mib: int) -> Callable[[Callable[..., Sound]], Callable[..., Sound]]:
    """Cache a function's sounds, least recently used out first, within a budget of bytes; safe between threads.

    Sounds differ in size a thousandfold, so a bound on their number would bound nothing. What comes back is read-only.
    """

    def wrap(make: Callable[..., Sound]) -> Callable[..., Sound]:
        kept: OrderedDict[Hashable, Sound] = OrderedDict()
        lock = Lock()
        held = 0

        @wraps(make)
        def recall(*key: Any) -> Sound:
            nonlocal held
            with lock:
                if key in kept:
                    kept.move_to_end(key)
                    return kept[key]
            sound = make(*key)  # outside the lock: two threads may make the same sound, which is the same
            sound.flags.writeable = False
            with lock:
                if key not in kept:
                    kept[key] = sound
                    held += sound.nbytes
                while held > max_mib * 2**20 and kept:
                    held -= kept.popitem(last=False)[1].nbytes
            return sound

        return recall

    return wrap
