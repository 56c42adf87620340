"""What lies in LORAS_DIR, read from the files themselves; who made them does not matter."""

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from models.backends import BackendConfig
from models.errors import AskRefused
from models.loras import listed, lora_file, unreadable
from studio.services.choices import loras


@pytest.fixture
def config(tmp_path: Path) -> BackendConfig:
    (tmp_path / "loras").mkdir()
    return BackendConfig(tmp_path / "cache", weights_dir=tmp_path / "weights", loras_dir=tmp_path / "loras")


def tensors(width: int, rank: int = 4, alpha: float | None = None) -> dict[str, np.ndarray]:
    name = "lora_unet_input_blocks_4_1_transformer_blocks_0_attn2_to_k"
    found = {f"{name}.lora_down.weight": np.ones((rank, width), np.float32), f"{name}.lora_up.weight": np.ones((8, rank), np.float32)}
    return found | ({f"{name}.alpha": np.array(alpha, np.float16)} if alpha is not None else {})


def test_files_of_every_make_are_listed(config: BackendConfig) -> None:
    here = config.loras_dir
    save_file(tensors(2048, alpha=2.0), here / "loose.safetensors")
    save_file(tensors(768), here / "old.safetensors", metadata={"ss_network_alpha": "8"})
    (here / "trained").mkdir()
    said = {"lora_adapter_metadata": json.dumps({"unet.lora_alpha": 3, "unet.r": 4}), "modelspec.trigger_phrase": "zrx watch"}
    said |= {"modelspec.architecture": "stable-diffusion-xl-v1-base/lora", "modelspec.date": "2026-01-02T03:04:05+00:00"}
    save_file(tensors(64), here / "trained" / "trained.safetensors", metadata=said | {"studio.subject": "zrx watch"})
    cards = {card.name: card for card in listed(config)}
    assert {name: (card.base, card.rank, card.alpha) for name, card in cards.items()} == {
        "loose": ("sdxl", 4, 2.0),
        "old": ("sd-1.5", 4, 8.0),
        "trained": ("sdxl", 4, 3.0),
    }
    assert cards["trained"].trigger == "zrx watch"
    assert cards["trained"].created == "2026-01-02T03:04:05+00:00"
    assert lora_file("trained", config) == here / "trained" / "trained.safetensors"


def test_what_is_no_lora_is_left_out_and_named(config: BackendConfig) -> None:
    here = config.loras_dir
    save_file({"x": np.ones(3, np.float32)}, here / "checkpoint.safetensors")
    (here / "words.safetensors").write_text("not one")
    save_file(tensors(2048), here / "cut.safetensors")
    (here / "cut.safetensors").write_bytes((here / "cut.safetensors").read_bytes()[:-5])
    (here / "pickled.pt").write_bytes(b"\x80\x04")
    assert listed(config) == ()
    assert unreadable(config) == ("checkpoint", "cut", "words")


@pytest.mark.parametrize("name", ["none", "../loose", "/etc/passwd", ""])
def test_a_name_that_is_not_there_is_refused_with_those_that_are(name: str, config: BackendConfig) -> None:
    save_file(tensors(2048), config.loras_dir / "loose.safetensors")
    with pytest.raises(AskRefused, match="there are loose"):
        lora_file(name, config)


def test_the_studio_says_whether_it_can_use_one(config: BackendConfig) -> None:
    from models.runtime import Runtime

    save_file(tensors(2048), config.loras_dir / "new.safetensors", metadata={"modelspec.trigger_phrase": "zrx watch"})
    save_file(tensors(768), config.loras_dir / "old.safetensors")
    runtime = Runtime(config)
    new, old = loras(runtime)
    runtime.close()
    assert new["hint"] == "Write “zrx watch” into the prompt."
    assert not new["ready"]
    assert "takes a LoRA" in new["why_not"]
    assert old["why_not"] == "It was trained for sd-1.5, not for SDXL."
