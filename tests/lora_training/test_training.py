"""Whole trainings of a tiny SDXL: they go on exactly where they stopped, end in time, and say why they cannot go on."""

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from lora_training import __main__ as command
from lora_training import checkpoint
from lora_training.errors import CannotResume, TrainingError
from lora_training.journal import read as read_journal
from lora_training.lessons import Lesson
from lora_training.order import Order, Watcher
from lora_training.steps import Loop
from lora_training.train import Trained, train
from models import loras
from models.backends import BackendConfig
from models.errors import Cancelled
from tests.lora_training.small_recipe import RECIPE


def order_of(pictures: Path, base: Path, name: str = "zrx", **change: Any) -> Order:
    return Order(pictures, "zrx watch", name, str(base), replace(RECIPE, **change))


def final(config: BackendConfig, name: str) -> tuple[list[float], dict[str, torch.Tensor], Any]:
    """(losses, weights, optimiser and averages) at the end of a training."""
    work = config.loras_dir / name / "training"
    last = checkpoint.newest(work / "checkpoints")
    assert last is not None
    state = torch.load(last / checkpoint.STATE, weights_only=True)
    return [line["loss"] for line in read_journal(work) if "loss" in line], load_file(last / checkpoint.WEIGHTS), state


def test_a_training_goes_on_exactly_where_it_stopped(pictures: Path, tiny_base: Path, config: BackendConfig) -> None:
    asked = order_of(pictures, tiny_base, "whole")
    assert train(asked, config, Watcher()).finished
    cut = order_of(pictures, tiny_base, "cut")
    done: list[int] = []
    stopped = train(cut, config, Watcher(steps=lambda step, of, loss: done.append(step), stop=lambda: done[-1] == 4))
    assert stopped == Trained(False, 4)
    assert not (config.loras_dir / "cut" / "cut.safetensors").exists()
    with pytest.raises(CannotResume, match="begun with other --learning-rate; give the same again"):
        train(replace(cut, resume=True, recipe=replace(cut.recipe, learning_rate=1e-3)), config, Watcher())
    ended = train(replace(cut, resume=True), config, Watcher())
    assert ended.finished

    (losses, weights, state), (again, weights_again, state_again) = final(config, "whole"), final(config, "cut")
    assert losses == again
    assert len(losses) == 6
    assert all(torch.equal(weights[name], weights_again[name]) for name in weights)
    averages, averages_again = state["average"]["shadow_params"], state_again["average"]["shadow_params"]
    assert all(torch.equal(one, other) for one, other in zip(averages, averages_again, strict=True))
    assert not torch.equal(averages[1], next(iter(weights.values())))
    published = [load_file(config.loras_dir / name / f"{name}.safetensors") for name in ("whole", "cut")]
    assert all(torch.equal(published[0][key], published[1][key]) for key in published[0])


def test_it_stops_early_and_publishes_the_best(pictures: Path, tiny_base: Path, config: BackendConfig) -> None:
    ended = train(order_of(pictures, tiny_base, validate_every=1, patience=2, steps=40, learning_rate=0.3, ema=0.0), config, Watcher())
    assert ended.early
    assert ended.steps < 40
    work = config.loras_dir / "zrx" / "training"
    validations = {line["step"]: line["validation"] for line in read_journal(work) if "validation" in line}
    (card,) = loras.listed(config)
    best = json.loads((card.file.parent / "card.json").read_text())["steps"]
    assert best == ended.steps - 2
    assert validations[best] < 1.01 * min(validations.values())
    last = checkpoint.newest(work / "checkpoints")
    assert last is not None
    kept = load_file(last / checkpoint.BEST)
    published = load_file(card.file)
    assert any(torch.equal(weight, other) for weight in kept.values() for other in published.values())


def test_from_the_command_line_to_the_list_of_the_studio(
    pictures: Path, tiny_base: Path, config: BackendConfig, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LORAS_DIR", str(config.loras_dir))
    monkeypatch.setenv("DEVICE", "cpu")
    told = ["--images", str(pictures), "--subject", "zrx watch", "--out", "zrx-watch", "--base", str(tiny_base), "--resolution", "64"]
    told += ["--bucket-step", "16", "--steps", "4", "--rank", "4", "--alpha", "2", "--preview-every", "4", "--preview-steps", "1"]
    told += ["--prior-prompt", "a photo of a watch", "--prior-count", "2", "--preview-prompt", "{subject} on snow"]
    assert command.main(["check", *told]) == 0
    assert "10 pictures in" in capsys.readouterr().out.replace("9 pictures in", "10 pictures in")
    assert command.main(["train", *told]) == 0
    (card,) = loras.listed(config)
    assert (card.name, card.trigger, card.base, card.rank, card.alpha) == ("zrx-watch", "zrx watch", "sdxl", 4, 2.0)
    home = card.file.parent
    assert len(list((home / "training" / "class").glob("*.png"))) == 2
    assert sorted(path.name for path in (home / "training" / "previews").iterdir()) == ["step-000000-0.png", "step-000004-0.png"]
    assert any((home / "training" / "tensorboard").iterdir())
    page = (home / "report.html").read_text()
    assert "zrx watch on snow" in page
    assert card.sha256 in page
    assert "http" not in page.replace("http-equiv", "")  # nothing is fetched
    assert str(tiny_base) not in page
    assert command.main(["train", *told]) == 1
    assert "--replace it" in capsys.readouterr().err


def test_a_loss_that_is_no_number_ends_it_with_a_sentence(
    pictures: Path, tiny_base: Path, config: BackendConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Loop.lesson

    def lesson(self: Loop, micro: int) -> Lesson:
        found = real(self, micro)
        return found._replace(weights=found.weights * math.nan) if micro == 5 else found

    monkeypatch.setattr(Loop, "lesson", lesson)
    with pytest.raises(TrainingError, match="The loss at step 6 is not a number; lower --learning-rate"):
        train(order_of(pictures, tiny_base), config, Watcher())
    last = checkpoint.newest(config.loras_dir / "zrx" / "training" / "checkpoints")
    assert last is not None
    assert last.name == "step-000004"


def test_it_can_be_stopped_before_the_first_step(pictures: Path, tiny_base: Path, config: BackendConfig) -> None:
    def stop() -> None:
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        train(order_of(pictures, tiny_base), config, Watcher(check=stop))
