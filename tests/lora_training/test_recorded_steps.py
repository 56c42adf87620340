"""Recorded steps, with a tape that computes everything anew from the recorded places: what a card would play back, on the processor."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from lora_training import cache, dataset, gradients, train
from lora_training.adapters import adopt
from lora_training.base import identity, load
from lora_training.buckets import buckets
from lora_training.gradients import Gradients, Plain, Recorded, Tape
from lora_training.machine import Machine
from lora_training.order import Order, Watcher
from lora_training.recipe import Recipe
from lora_training.steps import Loop
from models.backends import BackendConfig
from tests.lora_training.small_recipe import RECIPE


class Again:
    """A tape. beside: the tape whose memory it was given."""

    def __init__(self, run: Callable[[], None], beside: Tape | None) -> None:
        self.replay, self.beside, self.whole = run, beside, True

    def reset(self) -> None:
        self.whole = False


class Recorder:
    """Warms up as a card must, which adds to the gradients, then hands out tapes. breaks: the error of the `breaks`-th recording."""

    def __init__(self, breaks: int = 0) -> None:
        self.tapes: list[Again] = []
        self.left = breaks

    def __call__(self, run: Callable[[], None], beside: Tape | None) -> Tape:
        run()
        run()
        self.left -= 1
        if self.left == 0:
            raise RuntimeError("operation not permitted when stream is capturing\nand more of it")
        self.tapes.append(Again(run, beside))
        return self.tapes[-1]


@pytest.fixture(scope="module")
def school(tiny_base: Path, pictures: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Loop]:
    """A loop over the pictures that a training would take, of four sizes."""
    machine, folder = Machine("cpu", "auto"), tmp_path_factory.mktemp("school")
    first = load("tiny", tiny_base, torch.float32)
    found = dataset.read(pictures, "zrx watch", 64, 16, (), RECIPE.hold_out, RECIPE.seed)
    latents = cache.latents(found.pictures, buckets(64, 16), False, first.vae, identity(tiny_base), folder)
    texts = cache.texts(["", *(p.caption for p in found.pictures)], first.words, identity(tiny_base), folder)

    def made(**change: Any) -> Loop:
        base, recipe = load("tiny", tiny_base, torch.float32), replace(RECIPE, **change)
        return Loop(adopt(base, recipe), base.schedule, base.vae.config.scaling_factor, latents, texts, base.words, recipe, machine)

    return made


def recorded(loop: Loop, recorder: Recorder) -> Loop:
    loop.gradients = Recorded(loop.loss, loop.student.parameters, recorder)
    return loop


def same_course(one: Loop, other: Loop, steps: int) -> None:
    """Both do the same, to the last bit."""
    assert [one.step(n) for n in range(steps)] == [other.step(n) for n in range(steps)]
    for weight, its_twin in zip(one.student.parameters, other.student.parameters, strict=True):
        assert torch.equal(weight, its_twin)


def test_played_back_steps_are_the_computed_ones(school: Callable[..., Loop]) -> None:
    """Two batches of two a step, sizes in turn."""
    change, recorder = {"accumulate": 2, "batch": 2}, Recorder()
    by_tape = recorded(school(**change), recorder)
    same_course(by_tape, school(**change), 2)
    assert by_tape.gradients.why_not == ""
    forms = {by_tape.lesson(n).form for n in range(4)}
    assert len(recorder.tapes) == len(forms) > 1  # one a size, whatever was drawn
    assert recorder.tapes[0].beside is None
    assert all(tape.beside in recorder.tapes for tape in recorder.tapes[1:])


def test_what_cannot_be_recorded_is_computed_and_said(school: Callable[..., Loop]) -> None:
    """The second size breaks, in the middle of a step."""
    recorder = Recorder(breaks=2)
    by_tape = recorded(school(accumulate=2, checkpointing=False), recorder)
    same_course(by_tape, school(accumulate=2, checkpointing=False), 2)
    assert by_tape.gradients.why_not == (
        "Steps could not be recorded and are computed one by one, which takes longer (operation not permitted when stream is capturing)."
    )
    assert [tape.whole for tape in recorder.tapes] == [False]


def test_memory_is_handed_back_and_recorded_anew(school: Callable[..., Loop]) -> None:
    recorder = Recorder()
    by_tape, plain = recorded(school(), recorder), school()
    assert not by_tape.gradients.forget()
    assert by_tape.step(0) == plain.step(0)
    assert by_tape.gradients.forget()
    assert [tape.whole for tape in recorder.tapes] == [False]
    assert by_tape.step(0) == plain.step(0)
    assert recorder.tapes[-1].beside is None


def test_who_records(school: Callable[..., Loop], monkeypatch: pytest.MonkeyPatch) -> None:
    loop, machine = school(), Machine("cpu", "auto")

    def chosen(recipe: Recipe) -> Gradients:
        return gradients.gradients_of(loop.loss, loop.student.parameters, recipe, machine)

    assert isinstance(chosen(RECIPE), Plain)
    assert chosen(RECIPE).why_not == ""
    machine.device = torch.device("cuda:0")
    monkeypatch.setattr(machine, "memory_gb", lambda: 80.0)
    assert isinstance(chosen(RECIPE), Recorded)
    assert chosen(replace(RECIPE, record=False)).why_not == ""
    assert "the text encoders learn too" in chosen(replace(RECIPE, text_learning_rate=1e-6)).why_not
    monkeypatch.setattr(machine, "memory_gb", lambda: 12.0)
    assert "the card has 12 GB, and a recording wants 22" in chosen(RECIPE).why_not
    machine.processes = 2
    assert "several graphics cards train together" in chosen(RECIPE).why_not


def test_a_whole_training_is_the_same_resumed_and_makes_room_for_previews(
    school: Callable[..., Loop], pictures: Path, tiny_base: Path, config: BackendConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Recorded, stopped, gone on without recording: the losses of steps that did neither. Previews find no memory the first time."""
    recorder, said, losses = Recorder(), [], []
    recipe = replace(RECIPE, steps=3, validate_every=0, preview_every=2, preview_steps=1)
    order = Order(pictures, "zrx watch", "taped", str(tiny_base), recipe, preview_prompts=("{subject}",))

    def watcher(until: int = 99) -> Watcher:
        return Watcher(says=said.append, steps=lambda n, of, loss: losses.append(loss), stop=lambda: len(losses) >= until)

    real = train.previews.render

    def render(*args: Any) -> Any:
        if any(tape.whole for tape in recorder.tapes):
            raise torch.OutOfMemoryError("out of memory")
        return real(*args)

    monkeypatch.setattr(train.previews, "render", render)
    monkeypatch.setattr("lora_training.steps.gradients_of", lambda loss, weights, recipe, machine: Recorded(loss, weights, recorder))
    assert not train.train(order, config, watcher(until=2)).finished
    assert not any("no memory left" in text for text in said)
    assert (config.loras_dir / "taped/training/previews/step-000002-0.png").exists()
    monkeypatch.undo()
    assert train.train(replace(order, resume=True, recipe=replace(recipe, record=False)), config, watcher()).finished
    plain = school()
    assert losses == [plain.step(n).loss for n in range(3)]
