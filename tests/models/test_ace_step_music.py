"""Local music: ACE-Step's real classes at a tiny size, loaded by the product's own code from a folder as a pull leaves it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models import catalog
from models.asks import Sound, SoundAsk
from models.backends import BackendConfig
from models.backends.ace_step_music import MOODS, AceStepMusic
from models.backends.sound_studio.moods import MOODS as STUDIO_MOODS
from models.context import JobContext
from models.errors import AskRefused, Cancelled
from models.media.audio_file import read_audio
from models.media.loudness import RATE, integrated_lufs
from models.runtime import Runtime
from models.weights import folder_of
from tests.models.tiny_music import tiny_ace_step

ROW = catalog.row("ACE-Step/acestep-v15-xl-turbo-diffusers")
ASK = SoundAsk("tech", 3.37, cuts_s=(1.5,), hero_s=1.5, seed=3)


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> BackendConfig:
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)
    made = BackendConfig(tmp_path_factory.mktemp("cache"), weights_dir=tmp_path_factory.mktemp("weights"), device="cpu")
    tiny_ace_step(folder_of(ROW, made))
    (folder_of(ROW, made) / "tokenizer" / "merges.txt").write_text("")
    return made


@pytest.fixture(scope="module")
def backend(config: BackendConfig) -> Iterator[AceStepMusic]:
    made = AceStepMusic(config)
    yield made
    made.close()


def play(backend: AceStepMusic, folder: Path, ask: SoundAsk = ASK) -> Sound:
    folder.mkdir(exist_ok=True)
    result = backend.answer(ask, ROW, JobContext(folder))
    assert isinstance(result, Sound)
    return result


def test_music_of_exactly_the_asked_length_with_the_studio_s_effects(backend: AceStepMusic, tmp_path: Path) -> None:
    assert backend.available(ROW) == ""
    sound = play(backend, tmp_path / "one")
    music = read_audio(sound.music)
    assert len(music) == round(3.37 * RATE)
    assert sound.duration_s == pytest.approx(3.37, abs=1e-4)
    assert integrated_lufs(music) == pytest.approx(-14, abs=0.3)
    assert sound.effects is not None
    effects = read_audio(sound.effects)
    assert np.abs(effects[round(1.4 * RATE) : round(1.7 * RATE)]).max() > 0.01  # on the cut
    assert sound.cues
    assert "does not know the cuts" in sound.made.notes[0]
    same, other = play(backend, tmp_path / "two"), play(backend, tmp_path / "three", replace(ASK, seed=4, effects=False))
    assert same.music.read_bytes() == sound.music.read_bytes()
    assert other.music.read_bytes() != sound.music.read_bytes()
    assert (other.effects, other.cues) == (None, ())


def test_a_cancelled_job_is_let_go_and_the_model_is_whole_after_it(backend: AceStepMusic, tmp_path: Path) -> None:
    calls = 0

    def check() -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise Cancelled("Cancelled.")

    with pytest.raises(Cancelled):
        backend.answer(ASK, ROW, JobContext(tmp_path, check=check))
    assert play(backend, tmp_path / "after").music.read_bytes() == play(backend, tmp_path / "again").music.read_bytes()


def test_it_is_never_the_default_and_knows_every_mood(backend: AceStepMusic, config: BackendConfig, tmp_path: Path) -> None:
    assert set(MOODS) == set(STUDIO_MOODS)
    default = Runtime(config).default_model("sound")
    assert default is not None
    assert default.id == "sound-studio/v1"
    with pytest.raises(AskRefused):
        play(backend, tmp_path, replace(ASK, mood="gloomy"))
    assert f"python -m models pull {ROW.id}" in AceStepMusic(replace(config, weights_dir=tmp_path)).available(ROW)
