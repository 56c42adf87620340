"""Loudness against an independent meter and against tones whose values the standard itself states."""

import numpy as np
import pyloudnorm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import signal

from models.media.loudness import (
    RATE,
    SILENCE_LUFS,
    integrated_lufs,
    k_weighted,
    limit,
    loudness_range,
    normalise,
    normalising_gain,
    true_peak_dbtp,
)


def tone(hz: float, dbfs: float, seconds: float = 3.0, phase: float = 0.0) -> np.ndarray:
    t = np.arange(round(seconds * RATE)) / RATE
    return np.repeat((10 ** (dbfs / 20) * np.sin(2 * np.pi * hz * t + phase))[:, None], 2, axis=1).astype(np.float32)


def noise_with_pauses(seed: int, seconds: float = 6.0) -> np.ndarray:
    """Pink-like, stereo, loud and soft and silent by turns, with spikes that need limiting."""
    rng = np.random.default_rng(seed)
    n = round(seconds * RATE)
    x = np.cumsum(rng.standard_normal((n, 2)), axis=0)
    x = np.diff(x - 0.9 * np.roll(x, 1, axis=0), axis=0, prepend=0)
    level = np.repeat(rng.choice([0.0, 0.003, 0.05, 0.2], round(seconds * 2)), RATE // 2)[:n]
    x = x * np.resize(level, n)[:, None]
    x[rng.integers(0, n, 12)] *= 6
    return x.astype(np.float32)


def test_the_standards_own_tone():
    assert integrated_lufs(tone(997, -23)) == pytest.approx(-23.0, abs=0.1)


@given(st.integers(0, 10_000))
@settings(max_examples=10, deadline=None)
def test_agrees_with_another_meter(seed):
    x = noise_with_pauses(seed)
    theirs = pyloudnorm.Meter(RATE).integrated_loudness(x)
    if np.isfinite(theirs):
        assert integrated_lufs(x) == pytest.approx(theirs, abs=0.1)


def test_weighting_and_peaks_agree_with_textbook_filters():
    """The same recursion and the same interpolation as scipy's, in another order."""
    x = noise_with_pauses(1, 2.0)
    shelf = [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585]
    curve = [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621]
    for length in (1, 999, len(x)):
        weighted = signal.sosfilt([shelf, curve], x[:length], axis=0)
        np.testing.assert_allclose(k_weighted(x[:length]), weighted, atol=1e-10)
        np.testing.assert_allclose(k_weighted(x[:length, 0]), weighted[:, 0], atol=1e-10)
    peak = np.abs(signal.resample_poly(x, 4, 1, axis=0)).max()
    assert true_peak_dbtp(x) == pytest.approx(20 * np.log10(peak), abs=0.01)


def test_true_peak_finds_what_lies_between_samples():
    x = tone(RATE / 4, -6, phase=np.pi / 4)  # every sample misses the crest by 3 dB
    assert 20 * np.log10(np.abs(x).max()) == pytest.approx(-9.0, abs=0.1)
    assert true_peak_dbtp(x[1000:-1000]) == pytest.approx(-6.0, abs=0.25)


def test_loudness_range_of_two_levels_is_their_distance():
    x = np.concatenate([tone(1000, -30, 12), tone(1000, -20, 12)])
    assert loudness_range(x) == pytest.approx(10, abs=0.5)
    assert loudness_range(np.zeros((RATE, 2), np.float32)) == 0


@given(st.integers(0, 10_000), st.sampled_from([-23.0, -16.0, -14.0]))
@settings(max_examples=10, deadline=None)
def test_normalised_sound_is_as_loud_as_asked_and_under_the_ceiling(seed, target):
    x = noise_with_pauses(seed)
    x[:RATE] += tone(440, -20, 1.0)
    y = normalise(x, target, -1.0)
    assert y.dtype == np.float32
    assert y.shape == x.shape
    peak, loudness = true_peak_dbtp(y), integrated_lufs(y)
    assert peak <= -1.0 + 1e-3
    assert loudness <= target + 0.1
    assert loudness >= target - 0.1 or peak > -1.11, "short of it only where the ceiling holds it back"
    np.testing.assert_allclose(x * normalising_gain(x, target, -1.0)[:, None], y, atol=1e-6)


def test_the_ceiling_wins_over_loudness():
    clicks = np.zeros((2 * RATE, 2), np.float32)
    clicks[::9600] = 0.9
    y = normalise(clicks, -6.0, -1.0)
    assert true_peak_dbtp(y) <= -1.0 + 1e-3
    assert integrated_lufs(y) < -6.5


def test_limiting_leaves_quiet_sound_alone_and_bends_loud_sound_smoothly():
    quiet = tone(300, -12)
    np.testing.assert_array_equal(limit(quiet, -1.0), quiet)
    loud = np.concatenate([tone(300, -12, 1), tone(300, 6, 1), tone(300, -12, 1)])
    y = limit(loud, -1.0)
    assert true_peak_dbtp(y) <= -1.0 + 1e-3
    np.testing.assert_allclose(y[: RATE // 2], loud[: RATE // 2], atol=1e-6)
    gain = np.abs(y).max(axis=1).reshape(-1, 480).max(axis=1) / np.abs(loud).max(axis=1).reshape(-1, 480).max(axis=1)
    assert np.abs(np.diff(gain)).max() < 0.6  # no 10 ms step from open to shut


@pytest.mark.parametrize("n", [0, 1, 100, 5000])
def test_silence_and_scraps_pass_unharmed(n):
    assert integrated_lufs(np.zeros((max(n, 1), 2))) == SILENCE_LUFS
    np.testing.assert_array_equal(normalise(np.zeros((max(n, 1), 2), np.float32)), np.zeros((max(n, 1), 2)))
    assert np.isfinite(normalise(np.full((max(n, 1), 2), 0.1, np.float32))).all()
