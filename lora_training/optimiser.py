"""The optimiser, and the learning rate of each step as a pure function of its number."""

import math
from importlib.util import find_spec
from typing import Any

import torch

from lora_training.errors import TrainingError
from lora_training.recipe import Recipe


def why_not_8bit() -> str:
    """ "" when the 8-bit optimiser can be used here, else why not."""
    if not torch.cuda.is_available():
        return "it needs an NVIDIA card"
    if not find_spec("bitsandbytes"):
        return "the bitsandbytes package is missing; pip install it"
    return ""


def make(groups: list[dict[str, Any]], recipe: Recipe, device: torch.device) -> Any:
    """AdamW over `groups`, or its 8-bit sister. Raises TrainingError when that cannot be used here."""
    if recipe.optimiser == "adamw8bit":
        if why_not := why_not_8bit():
            raise TrainingError(f"--optimiser adamw8bit cannot be used: {why_not}.")
        from bitsandbytes.optim import AdamW8bit

        return AdamW8bit(groups, weight_decay=recipe.weight_decay)
    return torch.optim.AdamW(groups, weight_decay=recipe.weight_decay, fused=device.type == "cuda")


def rate_factor(step: int, recipe: Recipe) -> float:
    """What the learning rate is multiplied with at step 0, 1, 2, ...: a linear rise, then constant or half a cosine down to 0."""
    rise = min(1.0, (step + 1) / recipe.warmup) if recipe.warmup else 1.0
    if recipe.schedule == "constant" or step < recipe.warmup:
        return rise
    gone = (step - recipe.warmup) / max(1, recipe.steps - recipe.warmup)
    return 0.5 * (1 + math.cos(math.pi * min(1.0, gone)))
