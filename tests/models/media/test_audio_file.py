"""Sound in and out of files: exact WAVs, any format in, clear refusals, and AAC whose decoded peak is what it says."""

import io
import wave

import av
import numpy as np
import pytest

from models.errors import DiskFull, MediaError
from models.media import audio_file
from models.media.audio_file import aac_safe, coded_aac, read_audio, write_wav
from models.media.loudness import RATE, integrated_lufs, normalise, true_peak_dbtp


def chirp(seconds: float = 1.0) -> np.ndarray:
    t = np.arange(round(seconds * RATE)) / RATE
    return np.stack([0.5 * np.sin(2 * np.pi * (200 + 300 * t) * t), 0.4 * np.sin(2 * np.pi * 331 * t)], axis=1).astype(np.float32)


def punchy(seconds: float = 4.0) -> np.ndarray:
    """Bright, spiky and limited hard: what makes a lossy codec overshoot."""
    rng = np.random.default_rng(3)
    n = round(seconds * RATE)
    x = np.zeros((n, 2), np.float32)
    for at in range(0, n - 4000, 6000):
        x[at : at + 4000] += rng.standard_normal((4000, 2)).astype(np.float32) * np.exp(-np.arange(4000) / 400)[:, None]
    x += 0.2 * np.sign(np.sin(2 * np.pi * 110 * np.arange(n) / RATE))[:, None].astype(np.float32)
    return normalise(x, -9.0, -1.0)


def heard(coded: bytes) -> np.ndarray:
    """What a listener's decoder makes of it."""
    return audio_file._decode(io.BytesIO(coded), "sound")


def test_float_wav_comes_back_bit_for_bit_even_above_full_scale(tmp_path):
    x = 3 * chirp()
    np.testing.assert_array_equal(read_audio(write_wav(tmp_path / "a.wav", x)), x)


def test_24_bit_wav_is_half_a_step_off_at_most_and_readable_by_others(tmp_path):
    x = chirp()
    path = write_wav(tmp_path / "a.wav", x, bits=24)
    assert np.abs(read_audio(path) - x).max() <= 0.5001 * 2**-23
    with wave.open(str(path)) as other:
        assert (other.getnchannels(), other.getsampwidth(), other.getframerate(), other.getnframes()) == (2, 3, RATE, RATE)


def test_the_same_samples_give_the_same_bytes(tmp_path):
    assert write_wav(tmp_path / "a.wav", chirp()).read_bytes() == write_wav(tmp_path / "b.wav", chirp()).read_bytes()


@pytest.mark.parametrize(("rate", "channels"), [(44_100, 1), (22_050, 2), (96_000, 2)])
def test_other_rates_and_mono_are_brought_to_48k_stereo(tmp_path, rate, channels):
    t = np.arange(rate) / rate
    pcm = (0.5 * np.sin(2 * np.pi * 440 * t) * 32767).astype("<i2")
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setparams((channels, 2, rate, 0, "NONE", ""))
        file.writeframes(np.repeat(pcm[:, None], channels, axis=1).tobytes())
    x = read_audio(tmp_path / "a.wav")
    assert x.shape[1] == 2
    assert x.dtype == np.float32
    assert len(x) == pytest.approx(RATE, abs=64)
    np.testing.assert_array_equal(x[:, 0], x[:, 1])
    middle = x[8000:40000, 0]
    assert np.sqrt(2) * np.sqrt(np.mean(middle**2)) == pytest.approx(0.5, rel=0.02)
    assert np.argmax(np.abs(np.fft.rfft(middle))) * RATE / len(middle) == pytest.approx(440, abs=2)


@pytest.mark.parametrize("content", [b"", b"not a sound at all" * 400, b"RIFF\x00\x00\x00\x00WAVEfmt ", bytes(range(256)) * 64])
def test_rubbish_is_a_media_error_that_names_the_file(tmp_path, content):
    (tmp_path / "holiday.mp3").write_bytes(content)
    with pytest.raises(MediaError, match=r"holiday\.mp3"):
        read_audio(tmp_path / "holiday.mp3")


def test_a_missing_file_and_a_silent_video_are_media_errors(tmp_path):
    with pytest.raises(MediaError, match="no sound file"):
        read_audio(tmp_path / "nowhere.wav")
    with av.open(str(tmp_path / "mute.mp4"), "w") as container:
        stream = container.add_stream("mpeg4", rate=24)
        stream.width = stream.height = 64
        container.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8))))
        container.mux(stream.encode(None))
    with pytest.raises(MediaError, match="no sound in it"):
        read_audio(tmp_path / "mute.mp4")


def test_sound_that_is_not_numbers_or_too_long_is_refused(tmp_path, monkeypatch):
    x = chirp(0.2)
    x[100] = np.nan
    with pytest.raises(MediaError, match="not sound"):
        read_audio(write_wav(tmp_path / "nan.wav", x))
    monkeypatch.setattr(audio_file, "MAX_DURATION_S", 60)
    with pytest.raises(MediaError, match="longer than 1 minutes"):
        read_audio(write_wav(tmp_path / "long.wav", np.zeros((61 * RATE, 2), np.float32), bits=24))


def test_writing_where_nothing_can_be_written_says_so(tmp_path):
    with pytest.raises(MediaError, match="could not be written"):
        write_wav(tmp_path / "no such folder" / "a.wav", chirp(0.1))
    full = tmp_path / "full.wav"
    full.symlink_to("/dev/full")  # a link, so that nothing can happen to the device itself
    with pytest.raises(DiskFull, match="disk is full"):
        write_wav(full, chirp(0.1))


def test_encoded_aac_is_in_time_with_what_went_in():
    x = np.zeros((RATE, 2), np.float32)
    x[24_000:24_480] = 0.5 * np.hanning(480)[:, None]
    with av.open(io.BytesIO(coded_aac(x))) as container:
        assert float(container.streams.audio[0].duration * container.streams.audio[0].time_base) == pytest.approx(1.0, abs=0.025)
    decoded = heard(coded_aac(x))
    assert int(np.argmax(np.abs(decoded[:, 0]))) == pytest.approx(24_240, abs=24)


def test_the_decoded_aac_keeps_under_the_ceiling_and_near_its_loudness():
    x = punchy()
    before = true_peak_dbtp(heard(coded_aac(x)))
    assert before > -1.0, "the test needs a sound that the codec lifts over the ceiling"
    safe = aac_safe(x)
    assert safe.true_peak_dbtp <= -1.0
    assert true_peak_dbtp(heard(safe.coded)) == safe.true_peak_dbtp
    assert integrated_lufs(heard(safe.coded)) == safe.lufs == pytest.approx(integrated_lufs(x), abs=1.0)


def test_a_poor_bit_rate_and_silence_end_under_the_ceiling_too():
    assert aac_safe(punchy(), bit_rate=48_000).true_peak_dbtp <= -1.0
    silent = np.zeros((RATE // 2, 2), np.float32)
    safe = aac_safe(silent)
    np.testing.assert_array_equal(safe.samples, silent)
    assert safe.true_peak_dbtp < -100
    assert safe.lufs < -70
