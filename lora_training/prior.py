"""Pictures of the class (a watch, not this watch) made by the base model itself, so that the LoRA does not unlearn the class."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from lora_training.base import Base
from lora_training.batches import seed_of
from lora_training.machine import Machine
from lora_training.previews import render
from lora_training.recipe import Recipe


def make(
    base: Base,
    prompt: str,
    count: int,
    folder: Path,
    recipe: Recipe,
    machine: Machine,
    on_item: Callable[[int, int], None] = lambda done, of: None,
    check: Callable[[], None] = lambda: None,
) -> None:
    """Fill `folder` up to `count` pictures of `prompt`; those that are there stay. Before the adapter is put in; all on the device."""
    folder.mkdir(parents=True, exist_ok=True)
    words: Any = None
    for number in range(count):
        check()
        path = folder / f"class-{number:04d}.png"
        if not path.exists():
            if words is None:
                states, pooled = base.words.encode([prompt])
                words = {prompt: (states[0].detach(), pooled[0].detach())}
            seeds = [seed_of(recipe.seed, "class", number)]
            (picture,) = render(base, [prompt], words, recipe, machine, recipe.preview_steps, seeds)
            part = path.with_suffix(".part")
            picture.save(part, format="PNG")
            part.replace(path)
        on_item(number + 1, count)
