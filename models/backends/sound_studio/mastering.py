"""What a mastering engineer does to finished stems: spectrum, air, glue. It knows neither notes nor moods."""

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from models.backends.sound_studio.seeds import dice
from models.backends.sound_studio.signals import RATE, Sound, band_pass, high_pass, low_pass, mono
from models.media.loudness import gain

_STEP = 48  # samples per step of slow gains
_AIR_HZ = 8000


def matching_filter(mix: Sound, slope_db: float, amount: float = 0.6, limit_db: float = 6.0) -> NDArray[np.float32]:
    """A linear-phase FIR, (4097,), that pulls the long-term spectrum towards `slope_db` per octave, by `amount` of the way.

    The aim is flat below 90 Hz and falls 2 dB per octave more above 5 kHz. It never lifts what is not there.
    """
    f, power = signal.welch(mono(mix), RATE, nperseg=min(8192, len(mix)))
    centres = 40 * 2 ** np.arange(0, 8.6, 1 / 3)
    bands = [power[(f > c / 2**0.5) & (f < c * 2**0.5)] for c in centres]
    level = np.array([10 * np.log10(band.mean() + 1e-15) if band.size else -150.0 for band in bands])
    octaves = np.log2(centres)
    aim = (
        slope_db * np.maximum(octaves - np.log2(90), 0)
        - 2.0 * np.maximum(octaves - np.log2(5000), 0)
        - 6 * np.maximum(np.log2(55) - octaves, 0)
    )
    weight = np.exp(-(((octaves - np.log2(700)) / 3) ** 2))
    miss = aim - level
    miss -= np.sum(miss * weight) / weight.sum()
    window = np.hanning(7)[1:-1]
    db = np.clip(amount * np.convolve(np.pad(miss, 2, "edge"), window / window.sum(), "valid"), -limit_db, limit_db)
    absent = level < level.max() - 75
    db[absent] = np.minimum(db[absent], 0)
    hz = np.concatenate([[0, 22], centres, [RATE / 2]])
    return signal.firwin2(4097, hz / (RATE / 2), 10 ** (np.concatenate([[-30, -18], db, [db[-1]]]) / 20)).astype(np.float32)


def filtered(x: Sound, fir: NDArray[np.float32]) -> Sound:
    """x through a linear-phase FIR, in time with itself."""
    return signal.oaconvolve(x, fir[:, None], "same", axes=0).astype(np.float32)


def air(mix: Sound, share_db: float) -> Sound:
    """What is missing above 8 kHz, to be added to the mix: at least `share_db` of all power shall lie there.

    No equaliser can lift what a soft instrument never played, so the octave below is carried up: its own octave
    partials (the band squared, its level taken out again) and breath that follows its envelope, both stereo. It never
    comes closer than 5 dB to the band it stems from, so the spectrum keeps falling. Zeros when there is air enough.
    """
    f, power = signal.welch(mix, RATE, nperseg=min(8192, len(mix)), axis=0)
    above, total = power[f > _AIR_HZ].sum(), power.sum()
    missing = total * 10 ** (share_db / 10) - above
    source = band_pass(mix, 3500, 7500)
    envelope = np.maximum(low_pass(mono(np.abs(source)), 30, 1), 0) + 1e-6
    partials = source * source / envelope[:, None]
    breath = dice("air").standard_normal(mix.shape, dtype=np.float32) * envelope[:, None]
    sheen = low_pass(high_pass((partials + breath).astype(np.float32), _AIR_HZ, 4), 15500, 1)
    have = signal.welch(sheen, RATE, nperseg=min(8192, len(mix)), axis=0)[1].sum()
    if missing <= 0 or have <= 0:
        return np.zeros_like(mix)
    level = np.sqrt(missing / have)
    most = gain(-5) * np.sqrt(np.mean(source**2) / (np.mean(sheen**2) + 1e-20))
    return (sheen * min(level, most)).astype(np.float32)


def glue(x: Sound, threshold_db: float = -20, ratio: float = 1.8, attack_s: float = 0.025, release_s: float = 0.18) -> Sound:
    """The gain, (n,), of a gentle bus compressor that does not hear the bass; knee 6 dB."""
    knee = 6.0
    steps = -(-len(x) // _STEP)
    heard = mono(high_pass(x, 90, 1) ** 2)
    level = 10 * np.log10(np.pad(heard, (0, steps * _STEP - len(x))).reshape(steps, _STEP).mean(axis=1) + 1e-12)
    over = np.clip(level - threshold_db, -knee / 2, None)
    reduction = np.where(over < knee / 2, (over + knee / 2) ** 2 / (2 * knee), over) * (1 / ratio - 1)
    attack, release, now, followed = np.exp(-1e-3 / attack_s), np.exp(-1e-3 / release_s), 0.0, []
    for wanted in reduction.tolist():
        now = wanted + (attack if wanted < now else release) * (now - wanted)
        followed.append(now)
    db = np.interp(np.arange(len(x)), np.arange(steps) * _STEP + _STEP / 2, followed)
    return (10 ** (db / 20)).astype(np.float32)


def saturated(x: Sound, drive: float) -> Sound:
    """Soft clipping at twice the rate, so that its harmonics do not fold back."""
    dense = np.tanh(signal.resample_poly(x, 2, 1, axis=0) * drive) / np.tanh(drive)
    return signal.resample_poly(dense, 1, 2, axis=0)[: len(x)].astype(np.float32)


def ducking(n: int, times_s: list[float], depth: float, release_s: float) -> Sound:
    """The gain, (n,), of a part that makes room for each kick: 6 ms down, a smooth recovery. depth 0..1."""
    curve = np.ones(n, np.float32)
    down, up = round(0.006 * RATE), round(release_s * RATE)
    shape = 1 - depth * np.concatenate([np.linspace(0, 1, down), 0.5 + 0.5 * np.cos(np.pi * np.linspace(0, 1, up))])
    for time in times_s:
        start = round((time - 0.004) * RATE)
        first, last = max(start, 0), min(start + len(shape), n)
        if last > first:
            curve[first:last] = np.minimum(curve[first:last], shape[first - start : last - start])
    return curve
