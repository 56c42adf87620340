"""`accelerate launch` with two processes on a processor: together they learn what one learns from two batches added up."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

pytestmark = [
    pytest.mark.extras,
    pytest.mark.skipif(find_spec("torchvision") is None, reason="three more processes with torch; run by make test-gpu-extras"),
]


def test_two_processes_learn_what_one_learns_from_twice_as_much(tmp_path: Path) -> None:
    from PIL import Image

    from lora_training.journal import read
    from tests.lora_training.tiny_sdxl import build

    pictures, base = tmp_path / "pictures", build(tmp_path / "base")
    pictures.mkdir()
    draw = np.random.default_rng(0)
    for n in range(5):
        Image.fromarray(np.kron(draw.integers(0, 255, (4, 4, 3)), np.ones((16, 16, 1))).astype(np.uint8)).save(pictures / f"{n}.png")
    told = ["--images", str(pictures), "--subject", "zrx watch", "--base", str(base), "--resolution", "64", "--bucket-step", "16"]
    told += ["--steps", "3", "--rank", "4", "--alpha", "4", "--preview-every", "0", "--warmup", "0", "--learning-rate", "1e-3"]
    here = {**os.environ, "LORAS_DIR": str(tmp_path / "loras"), "DEVICE": "cpu", "OMP_NUM_THREADS": "1"}
    launch = ["-m", "accelerate.commands.launch", "--multi_gpu", "--num_processes", "2", "--num_machines", "1", "--mixed_precision", "no"]
    for name, how in (("two", [*launch, "--dynamo_backend", "no", "-m"]), ("one", ["-m"])):
        more = [] if name == "two" else ["--accumulate", "2"]
        said = subprocess.run(
            [sys.executable, *how, "lora_training", "train", *told, "--out", name, *more],
            env=here,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert said.returncode == 0, said.stderr[-2000:]
    losses = {name: [line["loss"] for line in read(tmp_path / "loras" / name / "training") if "loss" in line] for name in ("one", "two")}
    assert len(losses["two"]) == 3  # one process writes the journal
    assert losses["two"] == pytest.approx(losses["one"], abs=1e-6)
    assert (tmp_path / "loras/two/two.safetensors").exists()
