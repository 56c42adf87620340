"""How a lesson becomes gradients: computed as it comes, or recorded once for each form and played back.

A step of SDXL is tens of thousands of small kernels, and a fast card is done with each before Python has asked for the next: at one
picture a step it waits most of the time. A recording asks for all of them at once; what is computed is the same. It reads and writes the
same places of the card's memory for ever, so a lesson is copied to where the recorded one lay, and gradients are added up in tensors that
stay.
Clipping, the optimiser and the averages are not recorded: they are few kernels, and their state stays as a checkpoint keeps it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import torch

from lora_training.lessons import Lesson
from lora_training.machine import Machine
from lora_training.recipe import Recipe
from models.diffusion.capturing import captured
from models.errors import first_line

Loss = Callable[[Lesson], torch.Tensor]
LEAST_GB = 22.0
"""Of a card's memory: a recording holds all that a step computes in between, and previews want room beside it."""
WARM_UPS = 2


class Gradients(Protocol):
    """Gradients of the weights, in their `grad`."""

    why_not: str
    """What kept steps from being recorded, one sentence; "" where nothing did."""

    def clear(self) -> None:
        """Begin a step with none."""

    def add(self, lesson: Lesson, parts: int) -> torch.Tensor:
        """Those of a lesson that is one of `parts` of its step are added; its loss divided by `parts`, without a graph."""

    def forget(self) -> bool:
        """Hand back memory that only saves time; False when there was none."""


class Tape(Protocol):
    """Something recorded: torch.cuda.CUDAGraph, or what stands in for it in a test."""

    def replay(self) -> None:
        """Compute all of it again, from what lies at the same places now."""

    def reset(self) -> None:
        """Hand back its memory; it cannot be played any more."""


Record = Callable[[Callable[[], None], Tape | None], Tape]
"""(what to record, a tape whose memory it may share) -> the tape. What is recorded may run any number of times before; RuntimeError where
it cannot be recorded."""


class Plain:
    """Computed as it comes."""

    def __init__(self, loss: Loss, weights: Sequence[torch.nn.Parameter], why_not: str = "") -> None:
        self.loss, self.weights, self.why_not = loss, weights, why_not

    def clear(self) -> None:
        for weight in self.weights:
            weight.grad = None

    def add(self, lesson: Lesson, parts: int) -> torch.Tensor:
        loss = self.loss(lesson) / parts
        loss.backward()
        return loss.detach()

    def forget(self) -> bool:
        return False


@dataclass(frozen=True)
class Recording:
    """places: where it finds its lesson. loss: where it leaves its loss."""

    tape: Tape
    places: Lesson
    loss: torch.Tensor


class Recorded:
    """Every step is played back, the first of a form too, so that a training that goes on computes as one that never stopped.

    Where recording fails every further lesson is computed as it comes, and `why_not` says so.
    """

    def __init__(self, loss: Loss, weights: Sequence[torch.nn.Parameter], record: Record) -> None:
        self.loss, self.weights, self.record, self.why_not = loss, list(weights), record, ""
        self.sums = [torch.zeros_like(weight) for weight in self.weights]
        self._plain = Plain(loss, weights)
        self._recordings: dict[Any, Recording] = {}

    def clear(self) -> None:
        torch._foreach_zero_(self.sums)
        for weight, its_sum in zip(self.weights, self.sums, strict=True):
            weight.grad = its_sum

    def add(self, lesson: Lesson, parts: int) -> torch.Tensor:
        kind = (parts, lesson.form)
        if not self.why_not and kind not in self._recordings:
            self._make(kind, lesson, parts)
        if self.why_not:
            return self._plain.add(lesson, parts)
        recording = self._recordings[kind]
        for place, part in zip(recording.places, lesson, strict=True):
            place.copy_(part, non_blocking=True)
        recording.tape.replay()
        return recording.loss.clone()

    def forget(self) -> bool:
        had = bool(self._recordings)
        for recording in self._recordings.values():
            recording.tape.reset()
        self._recordings.clear()
        return had

    def _make(self, kind: Any, lesson: Lesson, parts: int) -> None:
        places = Lesson(*(part.detach().clone() for part in lesson))
        left = torch.zeros((), device=places.noisy.device)

        def run() -> None:
            loss = self.loss(places) / parts
            torch._foreach_add_(self.sums, torch.autograd.grad(loss, self.weights))
            left.copy_(loss.detach())

        so_far = [its_sum.clone() for its_sum in self.sums]
        beside = next((recording.tape for recording in self._recordings.values()), None)
        try:
            self._recordings[kind] = Recording(self.record(run, beside), places, left)
        except RuntimeError as error:  # out of memory too: computed as it comes it takes less
            self.forget()
            self.why_not = f"Steps could not be recorded and are computed one by one, which takes longer ({first_line(error)})."
        torch._foreach_copy_(self.sums, so_far)  # warming up has added to them


def gradients_of(loss: Loss, weights: Sequence[torch.nn.Parameter], recipe: Recipe, machine: Machine) -> Gradients:
    """Recorded where that is asked for and can be, else plain, with the reason."""
    if not recipe.record or machine.device.type != "cuda":
        return Plain(loss, weights)
    if why_not := _why_not(recipe, machine):
        return Plain(loss, weights, f"Steps are computed one by one, not recorded and played back: {why_not}.")
    return Recorded(loss, weights, on_card(machine.device))


def _why_not(recipe: Recipe, machine: Machine) -> str:
    if machine.processes > 1:
        return "several graphics cards train together"
    if recipe.text_learning_rate:
        return "the text encoders learn too"
    if (there := machine.memory_gb()) < LEAST_GB:
        return f"the card has {there:.0f} GB, and a recording wants {LEAST_GB:.0f}"
    return ""


def on_card(device: torch.device) -> Record:
    """Recording as CUDA graphs, which may share their memory: all that a lesson leaves lies outside of it."""

    def record(run: Callable[[], None], beside: Tape | None) -> Tape:
        tape: Tape = captured(run, device, WARM_UPS, beside)[0]
        return tape

    return record
