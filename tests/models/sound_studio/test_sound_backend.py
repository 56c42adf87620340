"""The backend as the runtime meets it, and its music measured: length, level, spectrum, width, ending."""

from dataclasses import replace

import mido
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import signal

from models.asks import SoundAsk
from models.backends import BackendConfig, load
from models.backends.sound_studio.arrange import plan
from models.backends.sound_studio.moods import MOODS
from models.backends.sound_studio.signals import remembered
from models.backends.sound_studio.studio import record
from models.capabilities import check
from models.catalog import row
from models.context import JobContext
from models.errors import AskRefused, Cancelled
from models.media.audio_file import read_audio
from models.media.loudness import RATE, integrated_lufs, true_peak_dbtp

ROW = row("sound-studio/v1")
ASK = SoundAsk("luxury", 8, (2.0, 4.0, 6.0), 4.0, 6.0, 5)


def quiet(fraction: float, text: str) -> None:
    return None


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    backend = load("sound_studio", BackendConfig(tmp_path_factory.mktemp("cache")))
    assert backend.available(row("sound-studio/v1")) == ""
    yield backend
    backend.close()


@pytest.fixture(scope="module")
def sound(studio, tmp_path_factory):
    return studio.answer(ASK, ROW, JobContext(tmp_path_factory.mktemp("sound")))


def test_the_answer_is_complete_and_true(sound):
    music, effects = read_audio(sound.music), read_audio(sound.effects)
    assert len(music) == len(effects) == 8 * RATE
    assert sound.duration_s == 8
    assert set(sound.stems) == {"drums", "bass", "harmony", "lead"}
    np.testing.assert_allclose(sum(read_audio(path) for path in sound.stems.values()), music, atol=1e-5)
    assert {time for time, _ in sound.cues} == set(ASK.cuts_s)
    assert all(any(abs(beat - cut) < 1e-3 for beat in sound.beats_s) for cut in ASK.cuts_s)
    assert sound.made.model == ROW.id
    assert sound.made.seed == 5
    assert sound.made.elapsed_s > 0


def test_the_midi_file_holds_the_notes_and_lasts_as_long(sound):
    file = mido.MidiFile(str(sound.midi))
    result = plan(ASK)
    struck = [message for track in file.tracks for message in track if message.type == "note_on"]
    assert len(struck) == len(result.notes) + len(result.hits)
    assert {m.text for track in file.tracks for m in track if m.type == "marker"} == {s.section for s in result.scenes}
    assert 6 < file.length <= 8.05


@pytest.mark.parametrize("mood", sorted(MOODS))
def test_music_is_mastered_wide_and_ends(mood):
    result = plan(replace(ASK, mood=mood))
    music = record(result, quiet)
    x = music.samples
    assert x.shape == (8 * RATE, 2)
    assert integrated_lufs(x) == pytest.approx(-14.0, abs=0.15)
    assert true_peak_dbtp(x) <= -0.99
    assert np.abs(x.mean(axis=0)).max() < 1e-3
    assert not x[0].any()
    assert not x[-1].any()
    assert 0.3 < np.corrcoef(x.T)[0, 1] < 0.95
    low = signal.sosfilt(signal.butter(4, 90, "low", fs=RATE, output="sos"), x, axis=0)
    assert np.corrcoef(low.T)[0, 1] > 0.9, "bass belongs in the middle"

    hz, power = signal.welch(x.mean(axis=1), RATE, nperseg=8192)
    bands = 100 * 2 ** np.arange(0, 6.5)
    level = [10 * np.log10(power[(hz > c / 2**0.5) & (hz < c * 2**0.5)].mean()) for c in bands]
    assert -8 < np.polyfit(np.log2(bands), level, 1)[0] < -2.5
    assert power[hz > 8000].sum() / power.sum() > 0.001, "there is air"

    def loud(start: float, end: float) -> float:
        return 20 * np.log10(np.sqrt(np.mean(x[round(start * RATE) : round(end * RATE)] ** 2)) + 1e-9)

    assert loud(4, 6) > loud(0, 2) + 1, "the hero opens up"
    assert loud(7.9, 8) < loud(6, 6.5) - 35, "the last chord has died away, not been cut"
    assert loud(7.0, 7.2) > loud(6, 6.5) - 30, "and it has rung until shortly before"


def test_the_music_strikes_on_the_cut():
    for mood in ("tech", "energetic", "eco", "cinematic"):
        x = record(plan(replace(ASK, mood=mood, seed=2)), quiet).samples
        high = signal.sosfilt(signal.butter(2, 60, "high", fs=RATE, output="sos"), x.mean(axis=1))
        energy = np.convolve(high**2, np.ones(240) / 240, "same")
        for cut in ASK.cuts_s:
            at = round(cut * RATE)
            assert energy[at : at + 2400].max() > 1.5 * energy[at - 2400 : at - 240].mean()


@given(
    st.sampled_from(sorted(MOODS)),
    st.floats(0.2, 3.0),
    st.lists(st.floats(0.02, 0.98), max_size=4),
    st.integers(0, 2**32 - 1),
)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_short_brief_has_its_exact_length_and_clean_ends(mood, duration, shares, seed):
    ask = SoundAsk(mood, duration, tuple(share * duration for share in shares), seed=seed)
    x = record(plan(ask), quiet).samples
    assert x.shape == (round(duration * RATE), 2)
    assert np.isfinite(x).all()
    assert not x[0].any()
    assert not x[-1].any()
    assert true_peak_dbtp(x) <= -0.99


def test_the_same_ask_gives_the_same_files_and_another_seed_others(studio, sound, tmp_path):
    for name in ("again", "other"):
        (tmp_path / name).mkdir()
    again = studio.answer(ASK, ROW, JobContext(tmp_path / "again"))
    assert again.music.read_bytes() == sound.music.read_bytes()
    assert again.effects.read_bytes() == sound.effects.read_bytes()
    other = studio.answer(replace(ASK, seed=6, effects=False), replace(ROW, defaults={"stems": False}), JobContext(tmp_path / "other"))
    assert other.music.read_bytes() != sound.music.read_bytes()
    assert other.effects is None
    assert other.cues == ()
    assert other.stems == {}


@pytest.mark.parametrize(
    ("change", "words"),
    [({"mood": "grumpy"}, "grumpy"), ({"duration_s": 181.0}, "180"), ({"duration_s": 0.0}, "0 s"), ({"cuts_s": (9.0,)}, "inside")],
)
def test_impossible_asks_are_refused_before_anything_runs(studio, tmp_path, change, words):
    with pytest.raises(AskRefused, match=words):
        check(replace(ASK, **change), studio.capabilities(ROW), ROW.id)
    with pytest.raises(AskRefused, match=words):
        studio.answer(replace(ASK, **change), ROW, JobContext(tmp_path))
    assert not list(tmp_path.iterdir())


def test_it_reports_progress_and_stops_when_asked(studio, tmp_path):
    seen: list[float] = []
    calls = 0

    def stop_later() -> None:
        nonlocal calls
        calls += 1
        if calls > 20:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        studio.answer(ASK, ROW, JobContext(tmp_path, progress=lambda fraction, text: seen.append(fraction), check=stop_later))
    assert seen == sorted(seen)
    assert 0 < seen[-1] < 0.85
    assert not list(tmp_path.glob("*.wav"))


def test_remembered_sounds_stay_within_their_budget_and_cannot_be_changed():
    made: list[int] = []

    @remembered(max_mib=1)
    def silence(n: int) -> np.ndarray:
        made.append(n)
        return np.zeros(n, np.float32)

    size = 2**20 // 4 // 3  # a third of the budget
    for n in (size, size + 1, size):
        silence(n)
    assert made == [size, size + 1]
    silence(size + 2)  # one too many: the least recently used goes
    silence(size)
    silence(size + 1)
    assert made == [size, size + 1, size + 2, size + 1]
    with pytest.raises(ValueError, match="read-only"):
        silence(size)[0] = 1
