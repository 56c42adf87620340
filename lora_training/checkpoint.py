"""All that a training needs to go on exactly where it stopped: written whole or not at all, the newest found again.

checkpoints/step-000200/   weights.safetensors   what learns, fp32, by name
                           best.safetensors      the same at the best validation, where there was one
                           state.pt              optimiser and averaged weights
                           course.json           steps done, validation, and what the training was begun with
"""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import torch

from lora_training.errors import CannotResume
from lora_training.steps import Loop
from lora_training.validation import Course

WEIGHTS, BEST, STATE, COURSE = "weights.safetensors", "best.safetensors", "state.pt", "course.json"


def save(loop: Loop, course: Course, binding: dict[str, Any], folder: Path, keep: int) -> Path:
    """Write a checkpoint; older ones beyond `keep` go. binding: what must be the same to go on."""
    from safetensors.torch import save_file

    final = folder / f"step-{course.step:06d}"
    part = folder / f"{final.name}.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    save_file({name: weight.detach().cpu().contiguous() for name, weight in loop.student.weights.items()}, part / WEIGHTS)
    if course.best_weights:
        save_file(course.best_weights, part / BEST)
    average = loop.average.state_dict() if loop.average is not None else None
    torch.save({"optimiser": loop.optimiser.state_dict(), "average": average}, part / STATE)
    said = {"step": course.step, "best": course.best, "best_step": course.best_step, "since_best": course.since_best, "binding": binding}
    (part / COURSE).write_text(json.dumps(said, indent=1, sort_keys=True), encoding="utf-8")
    for path in part.iterdir():
        with path.open("rb") as stream:
            os.fsync(stream.fileno())
    shutil.rmtree(final, ignore_errors=True)
    part.replace(final)
    for old in _found(folder)[:-keep]:
        shutil.rmtree(old, ignore_errors=True)
    return final


def newest(folder: Path) -> Path | None:
    """The checkpoint with the most steps; None when there is none."""
    found = _found(folder)
    return found[-1] if found else None


def load(loop: Loop, checkpoint: Path, binding: dict[str, Any]) -> Course:
    """Put the loop back to where `checkpoint` was written. Raises CannotResume when it was begun otherwise, or cannot be read."""
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        said = json.loads((checkpoint / COURSE).read_text(encoding="utf-8"))
        begun = said["binding"]
        if changed := sorted(key for key in begun.keys() | binding.keys() if begun.get(key) != binding.get(key)):
            raise CannotResume(
                f"The training in {checkpoint.parent} was begun with other {', '.join(changed)}; give the same again, or --replace it."
            )
        weights = load_file(checkpoint / WEIGHTS)
        state = torch.load(checkpoint / STATE, map_location="cpu", weights_only=True)
        with torch.no_grad():
            for name, weight in loop.student.weights.items():
                weight.copy_(weights[name])
        loop.optimiser.load_state_dict(state["optimiser"])
        if loop.average is not None:
            loop.average.load_state_dict(state["average"])
            loop.average.to(loop.machine.device)
        best = load_file(checkpoint / BEST) if (checkpoint / BEST).exists() else {}
        return Course(said["step"], said["best"], said["best_step"], said["since_best"], best)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
        raise CannotResume(f"{checkpoint} cannot be read ({error}); remove that folder to go on from the one before.") from error


def _found(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("step-*") if path.is_dir() and path.suffix != ".part")
