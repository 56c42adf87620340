"""Local models whose files are there and not what they should be: one sentence with the command that finds out, no library's error."""

from pathlib import Path

import pytest

from models.asks import Ask, SoundAsk, TextAsk, VoiceAsk
from models.backends import BackendConfig
from models.context import JobContext
from models.errors import ModelUnavailable
from models.runtime import Runtime

BARK = {
    "pytorch_model.bin": "no pickle",
    "config.json": '{"model_type": "bark"}',
    "vocab.txt": "a",
    "speaker_embeddings/v2/en_speaker_6_x.npy": "",
}


@pytest.mark.parametrize(
    ("id", "ask", "files"),
    [
        ("suno/bark-small", VoiceAsk("Time, well kept."), BARK),
        ("Qwen/Qwen3-4B-Instruct-2507", TextAsk("Be brief.", "Say a."), {"x.safetensors": "", "config.json": "{", "merges.txt": ""}),
        (
            "ACE-Step/acestep-v15-xl-turbo-diffusers",
            SoundAsk("luxury", 3.0),
            {"model_index.json": '{"_class_name": "X"}', "x.safetensors": "", "x.json": "{}", "x.txt": ""},
        ),
    ],
    ids=["voice", "words", "music"],
)
def test_damaged_weights_are_told_with_the_command_that_finds_out(id: str, ask: Ask, files: dict[str, str], tmp_path: Path) -> None:
    pytest.importorskip("torch")
    folder = tmp_path / id.replace("/", "--")
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    runtime = Runtime(BackendConfig(tmp_path / "cache", weights_dir=tmp_path, device="cpu"))
    with pytest.raises(ModelUnavailable, match=rf"cannot be loaded as {id} \(.+\); run `python -m models verify {id}`\."):
        runtime.answer(ask, JobContext(tmp_path), id)
    runtime.close()
