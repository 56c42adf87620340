"""The mix: its length, its balance before mastering, its loudness after, stepping back for speech."""

import numpy as np
import pytest

from models.errors import MediaError
from models.media.audio_file import write_wav
from models.media.loudness import RATE, integrated_lufs, true_peak_dbtp
from pipelines.soundtrack import ducking, mix


def tone(hz: float, seconds: float, amplitude: float = 0.2) -> np.ndarray:
    t = np.arange(round(seconds * RATE)) / RATE
    return np.repeat((amplitude * np.sin(2 * np.pi * hz * t))[:, None], 2, axis=1).astype(np.float32)


def level(x: np.ndarray, hz: float, start: float = 0.5, end: float = 1.5) -> float:
    """Amplitude of one frequency between two times."""
    piece = x[round(start * RATE) : round(end * RATE), 0]
    t = np.arange(len(piece)) / RATE
    return 2 * abs(np.mean(piece * np.exp(-2j * np.pi * hz * t)))


@pytest.fixture
def stems(tmp_path):
    return write_wav(tmp_path / "music.wav", tone(400, 3)), write_wav(tmp_path / "effects.wav", tone(1000, 3))


@pytest.mark.parametrize("seconds", [0.5, 2.0, 3.0, 361 / 96, 5.0])
def test_length_is_exact_and_both_ends_are_silent(stems, seconds):
    y = mix(*stems, seconds)
    assert y.shape == (round(seconds * RATE), 2)
    assert y.dtype == np.float32
    assert not y[0].any()
    assert not y[-1].any()


def test_loudness_and_peak_are_what_the_platforms_play(stems):
    y = mix(*stems, 3.0)
    assert integrated_lufs(y) == pytest.approx(-14.0, abs=0.1)
    assert true_peak_dbtp(y) <= -1.0


def test_thirty_and_fifty_percent_are_amplitudes_before_mastering(stems):
    y = mix(*stems, 3.0)
    assert level(y, 1000) / level(y, 400) == pytest.approx(50 / 30, rel=0.02)
    y = mix(*stems, 3.0, music_gain=0.6, effects_gain=0.2)
    assert level(y, 1000) / level(y, 400) == pytest.approx(1 / 3, rel=0.02)


def test_either_stem_may_be_missing(stems):
    assert level(mix(stems[0], None, 3.0), 1000) < 1e-3
    assert level(mix(None, stems[1], 3.0), 400) < 1e-3
    assert level(mix(*stems, 3.0, music_gain=0.0), 400) < 1e-3
    assert not mix(None, None, 1.0).any()


def test_music_steps_back_for_speech_and_effects_do_not(stems):
    y = mix(*stems, 3.0, speech=((1.0, 2.0),))
    before, during = (level(y, 400, a, b) for a, b in ((0.2, 0.8), (1.1, 1.9)))
    assert 20 * np.log10(during / before) == pytest.approx(-9, abs=0.3)
    assert level(y, 1000, 1.1, 1.9) == pytest.approx(level(y, 1000, 0.2, 0.8), rel=0.02)


def test_ducking_is_smooth_deepest_over_overlapping_speech_and_gone_afterwards():
    curve = ducking(4 * RATE, ((1.0, 2.0), (1.8, 2.5)))
    assert np.abs(np.diff(curve)).max() < 1e-3
    assert curve[round(1.9 * RATE)] == pytest.approx(10 ** (-9 / 20), rel=1e-3)
    assert curve[round(0.8 * RATE)] == curve[round(3.0 * RATE)] == 1.0


def test_fades_are_as_long_as_asked(stems):
    y = mix(stems[0], None, 3.0, fade_in_s=1.0, fade_out_s=1.0)
    full = level(y, 400, 1.2, 1.8)
    assert level(y, 400, 0.45, 0.55) == pytest.approx(0.5 * full, rel=0.05)
    assert level(y, 400, 2.45, 2.55) == pytest.approx(0.5 * full, rel=0.05)


def test_longer_music_is_cut_without_a_click(stems):
    y = mix(stems[0], None, 1.0, fade_out_s=0.0)
    assert np.abs(np.diff(y[-2400:, 0])).max() <= 1.2 * np.abs(np.diff(y[12_000:36_000, 0])).max()
    assert np.abs(y[-1]).max() < 1e-3


def test_a_broken_file_is_a_media_error(tmp_path, stems):
    (tmp_path / "broken.wav").write_bytes(b"nothing")
    with pytest.raises(MediaError, match=r"broken\.wav"):
        mix(tmp_path / "broken.wav", stems[1], 2.0)
