"""The optimiser, and the learning rate of each step as a pure function of its number."""

import math
from typing import Any

import torch

from lora_training.errors import TrainingError
from lora_training.recipe import Recipe, why_not_8bit


def make(groups: list[dict[str, Any]], recipe: Recipe, device: torch.device) -> Any:
    """AdamW over `groups`, or its 8-bit sister. Raises TrainingError when that cannot be used here."""
    if recipe.optimiser == "adamw8bit":
        if why_not := why_not_8bit(device.type):
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
