"""The local voice: Bark's real classes at a tiny size, loaded by the product's own code from a folder as a pull leaves it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models import catalog
from models.asks import Voice, VoiceAsk
from models.backends import BackendConfig
from models.backends.bark_voice import BarkVoice
from models.context import JobContext
from models.devices import choose
from models.errors import AskRefused, Cancelled, ModelFailed
from models.media.loudness import RATE
from models.media.speech import read_speech
from models.runtime import Runtime
from models.voices import voices_of
from models.weights import folder_of
from tests.models.tiny_voices import tiny_bark

BARK = catalog.row("suno/bark-small")
ROW = replace(BARK, defaults={**BARK.defaults, "fastest": 1e9})  # random weights stop when they like
ASK = VoiceAsk("Time, well kept.", seed=4)


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> BackendConfig:
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)
    made = BackendConfig(tmp_path_factory.mktemp("cache"), weights_dir=tmp_path_factory.mktemp("weights"), device="cpu")
    tiny_bark(folder_of(ROW, made), voices_of(ROW)[:2])
    (folder_of(ROW, made) / "vocab.txt").write_text("")
    return made


@pytest.fixture(scope="module")
def backend(config: BackendConfig) -> Iterator[BarkVoice]:
    made = BarkVoice(config)
    yield made
    made.close()


def speak(backend: BarkVoice, tmp_path: Path, ask: VoiceAsk = ASK) -> Voice:
    result = backend.answer(ask, ROW, JobContext(tmp_path))
    assert isinstance(result, Voice)
    return result


def test_a_line_is_spoken_and_its_seed_and_voice_are_heard(backend: BarkVoice, config: BackendConfig, tmp_path: Path) -> None:
    assert backend.available(ROW) == ""
    voice = speak(backend, tmp_path)
    samples = read_speech(voice.path)
    assert len(samples) == round(voice.duration_s * RATE)
    assert 0.3 < voice.duration_s < 0.6  # 24 semantic tokens, about 1/50 s each
    assert np.abs(samples).max() > 0.01
    assert any("made by AI" in note for note in voice.made.notes)
    same, other_seed = speak(backend, tmp_path), speak(backend, tmp_path, replace(ASK, seed=5))
    other_voice = speak(backend, tmp_path, replace(ASK, voice=voices_of(ROW)[1]))
    assert same.path.read_bytes() == voice.path.read_bytes()
    assert other_seed.path.read_bytes() != voice.path.read_bytes() != other_voice.path.read_bytes()
    assert speak(backend, tmp_path, replace(ASK, speed=1.15)).duration_s == pytest.approx(voice.duration_s / 1.15, abs=0.01)
    assert Runtime(config).default_model("voice") == BARK


def test_what_was_said_too_fast_to_be_true_is_drawn_again_and_then_given_up(backend: BarkVoice, tmp_path: Path) -> None:
    long = replace(ASK, text="Time, well kept, for everybody who counts the hours between two trains.")
    with pytest.raises(ModelFailed, match="in 3 tries") as caught:
        backend.answer(long, BARK, JobContext(tmp_path))
    assert "characters took" in str(caught.value)
    assert not list(tmp_path.glob("voice-*"))


def test_a_cancelled_job_is_let_go_and_the_model_is_whole_after_it(backend: BarkVoice, tmp_path: Path) -> None:
    before = speak(backend, tmp_path)
    calls = 0

    def check() -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise Cancelled("Cancelled.")

    with pytest.raises(Cancelled):
        backend.answer(ASK, ROW, JobContext(tmp_path, check=check))
    assert speak(backend, tmp_path).path.read_bytes() == before.path.read_bytes()


def test_what_it_cannot_say(backend: BarkVoice, config: BackendConfig, tmp_path: Path) -> None:
    for ask in (replace(ASK, text="word " * 60), replace(ASK, language="de"), replace(ASK, voice="sage")):
        with pytest.raises(AskRefused):
            speak(backend, tmp_path, ask)
    with pytest.raises(ModelFailed, match="python -m models pull"):  # a voice whose files are not there
        speak(backend, tmp_path, replace(ASK, voice=voices_of(ROW)[5]))
    assert f"python -m models pull {ROW.id}" in BarkVoice(replace(config, weights_dir=tmp_path)).available(ROW)
    if not choose(replace(config, device="")).name:
        assert "DEVICE=cpu" in BarkVoice(replace(config, device="")).available(ROW)
