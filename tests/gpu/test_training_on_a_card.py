"""A real training of a tiny SDXL on a card: bfloat16 frozen, the adapter in full precision, the loss falls, neither
recomputing nor recording changes anything."""

from pathlib import Path
from typing import Any

import pytest

from lora_training.recipe import Recipe

RECIPE = Recipe(resolution=64, bucket_step=16, rank=8, alpha=8.0, learning_rate=5e-3, warmup=0, caption_dropout=0.0, ema=0.5)


@pytest.fixture(scope="module")
def lessons(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """(a tiny SDXL, a folder of four pictures of two sizes)."""
    import numpy as np

    from models.media.image_file import write_image
    from tests.lora_training.tiny_sdxl import build

    root = tmp_path_factory.mktemp("lessons")
    (root / "pictures").mkdir()
    draw = np.random.default_rng(0)
    for n in range(4):
        coarse = draw.integers(0, 255, (4, 4 + 2 * (n % 2), 3)).astype(np.uint8)
        write_image(root / f"pictures/{n}.png", np.kron(coarse, np.ones((16, 16, 1), np.uint8)))
    return build(root / "base"), root / "pictures"


def losses(lessons: tuple[Path, Path], work: Path, steps: int, **change: Any) -> tuple[list[float], Any]:
    """Of `steps` steps, and the loop."""
    loop = loop_of(lessons, work, **change)
    return [loop.step(n).loss for n in range(steps)], loop


def loop_of(lessons: tuple[Path, Path], work: Path, **change: Any) -> Any:
    """Where the card is large enough, its steps are recorded."""
    from dataclasses import replace

    from lora_training import cache, dataset
    from lora_training.adapters import adopt
    from lora_training.base import load
    from lora_training.buckets import buckets
    from lora_training.machine import Machine
    from lora_training.steps import Loop

    recipe, machine = replace(RECIPE, **change), Machine("cuda", "auto")
    base = load("tiny", lessons[0], machine.precision)
    found = dataset.read(lessons[1], "zrx watch", recipe.resolution, recipe.bucket_step)
    base.vae.to(machine.device)
    latents = cache.latents(found.pictures, buckets(64, 16), False, base.vae, "tiny", work)
    base.words.to(machine.device)
    texts = cache.texts(["", *(picture.caption for picture in found.pictures)], base.words, "tiny", work)
    base.unet.to(machine.device)
    return Loop(adopt(base, recipe), base.schedule, base.vae.config.scaling_factor, latents, texts, base.words, recipe, machine)


def test_a_step_learns_in_full_precision_beside_a_frozen_bfloat16(lessons: tuple[Path, Path], tmp_path: Path) -> None:
    import torch

    _, loop = losses(lessons, tmp_path, 1)
    frozen = {weight.dtype for weight in loop.unet.parameters() if not weight.requires_grad}
    assert frozen == {torch.bfloat16}
    assert {weight.dtype for weight in loop.student.parameters} == {torch.float32}
    assert all(weight.is_cuda for weight in loop.student.parameters)
    assert any(float(weight.detach().abs().max()) > 0 for name, weight in loop.student.weights.items() if "lora_B" in name)


def test_the_loss_falls(lessons: tuple[Path, Path], tmp_path: Path) -> None:
    found, _ = losses(lessons, tmp_path, 60, batch=4)
    assert sum(found[-10:]) < sum(found[:10])


def test_recomputing_activations_changes_nothing(lessons: tuple[Path, Path], tmp_path: Path) -> None:
    kept, _ = losses(lessons, tmp_path, 3, checkpointing=False)
    again, _ = losses(lessons, tmp_path, 3, checkpointing=True)
    assert kept == pytest.approx(again, rel=2e-2)


@pytest.mark.parametrize("change", [{}, {"checkpointing": False, "batch": 2, "accumulate": 2}], ids=["one", "two batches of two"])
def test_recorded_steps_are_the_computed_ones(lessons: tuple[Path, Path], tmp_path: Path, change: dict[str, Any]) -> None:
    """Over two sizes in turn, with previews' weights put on and off in between, and the recordings thrown away once."""
    import torch

    from lora_training.adapters import averaged
    from lora_training.gradients import LEAST_GB, Recorded

    taped, plain = loop_of(lessons, tmp_path, **change), loop_of(lessons, tmp_path, record=False, **change)
    if taped.machine.memory_gb() < LEAST_GB:
        pytest.skip("needs a card of 24 GB")
    assert isinstance(taped.gradients, Recorded)
    for number in range(8):
        one, other = taped.step(number), plain.step(number)
        assert taped.gradients.why_not == ""
        assert one.loss == pytest.approx(other.loss, rel=2e-2)
        assert one.norm == pytest.approx(other.norm, rel=5e-2)
        if number == 3:
            with averaged(taped.student, taped.average), torch.no_grad():
                taped.student.train(False)
                lesson = taped.lesson(0)
                assert torch.isfinite(taped.loss(lesson))
            assert taped.gradients.forget()
    first = taped.student.parameters
    assert all(torch.isfinite(weight).all() for weight in first)


def test_played_back_steps_come_out_the_same_twice(lessons: tuple[Path, Path], tmp_path: Path) -> None:
    """What makes a training that goes on the one that never stopped."""
    one, _ = losses(lessons, tmp_path, 4, checkpointing=False)
    other, _ = losses(lessons, tmp_path, 4, checkpointing=False)
    assert one == pytest.approx(other, rel=1e-3)
