"""How well the student does on pictures it never trained on, and when that stops getting better.

The noise and the noise levels are the same every time, so that two validations differ by what was learnt in between alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import torch

from lora_training.batches import seed_of
from lora_training.cache import Latent
from lora_training.loss import loss_of
from lora_training.steps import Loop

LEVELS = (0.1, 0.3, 0.5, 0.7)
"""Shares of the noise schedule."""
LEAST_GAIN = 0.001
"""Share by which a loss must be better to count as better."""


@dataclass
class Course:
    """Where a training stands. step: steps done. best: the lowest validation loss, at `best_step`, with those weights (by name)."""

    step: int = 0
    best: float | None = None
    best_step: int = 0
    since_best: int = 0
    best_weights: dict[str, torch.Tensor] = field(default_factory=dict)

    def judge(self, loss: float, weights: Mapping[str, torch.Tensor]) -> bool:
        """Take in a validation at `step`; True when it is the best so far, whose weights are kept."""
        if self.best is not None and loss > self.best * (1 - LEAST_GAIN):
            self.since_best += 1
            return False
        self.best, self.best_step, self.since_best = loss, self.step, 0
        self.best_weights = {name: weight.detach().float().cpu().clone() for name, weight in weights.items()}
        return True


@torch.no_grad()
def validate(loop: Loop, held_out: Sequence[Latent]) -> float:
    """The mean loss over the held-out pictures at each of LEVELS. The caller chooses the weights (adapters.averaged)."""
    loop.student.train(False)
    device, total = loop.machine.device, torch.zeros((), device=loop.machine.device)
    highest = loop.schedule.config.num_train_timesteps
    for latent in held_out:
        clean = (latent.mean * loop.vae_scale)[None].to(device)
        for level in LEVELS:
            draw = torch.Generator().manual_seed(seed_of(loop.recipe.seed, "validation", latent.picture.sha256, level))
            noise = torch.randn(clean.shape, generator=draw).to(device)
            at = torch.tensor([int(level * highest)], device=device)
            noisy = loop.schedule.add_noise(clean, noise, at).to(loop.machine.precision)
            with loop.machine.casting():
                predicted = loop.predict(noisy, at, [latent.picture.caption], latent.time_ids[None].to(device))
            total += loss_of(predicted, clean, noise, at, loop.schedule, loop.recipe.min_snr)
    return loop.machine.mean(total / (len(held_out) * len(LEVELS)))
