"""One optimiser step after another. Everything a step draws is a function of the seed and the step's number: no state to lose."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import torch

from lora_training import optimiser
from lora_training.adapters import Student
from lora_training.batches import Batches, seed_of
from lora_training.cache import Latent
from lora_training.gradients import gradients_of
from lora_training.lessons import Lesson
from lora_training.loss import error_of, target_of, weights_of
from lora_training.machine import Machine
from lora_training.recipe import Recipe
from lora_training.words import Words

Texts = Mapping[str, tuple[torch.Tensor, torch.Tensor]]


@dataclass(frozen=True)
class Step:
    """What a step did. norm: of the gradient before it was clipped. rate: of the image network."""

    loss: float
    norm: float
    rate: float


class Loop:
    """texts: caption -> what the encoders make of it, or None when the encoders learn too and `words` is asked every time.

    vae_scale: latents are multiplied with it. All of the student lies on the machine's device.
    """

    def __init__(
        self,
        student: Student,
        schedule: Any,
        vae_scale: float,
        latents: Sequence[Latent],
        texts: Texts | None,
        words: Words,
        recipe: Recipe,
        machine: Machine,
    ) -> None:
        self.student, self.schedule, self.vae_scale = student, schedule, vae_scale
        self.latents, self.texts, self.recipe, self.machine = latents, texts, recipe, machine
        sizes = [(latent.crop.height, latent.crop.width) for latent in latents]
        self.batches = Batches(sizes, [latent.picture.prior for latent in latents], recipe.batch, recipe.seed)
        self.optimiser = optimiser.make(student.groups(recipe), recipe, machine.device)
        self.rates = [group["lr"] for group in self.optimiser.param_groups]
        self.average = _average(student, recipe)
        if machine.precision == torch.bfloat16:
            student.take_as_given()
        shared = {part: machine.shared(module) for part, module in student.modules.items()}
        self.unet = shared["unet"]
        encoders = [shared.get(part, encoder) for part, encoder in zip(("text_encoder", "text_encoder_2"), words.encoders, strict=True)]
        self.words = Words(words.tokenizers, encoders)
        self.gradients = gradients_of(self.loss, student.parameters, recipe, machine)

    def step(self, number: int) -> Step:
        """Step `number` = 0, 1, 2, ...: draw, predict, learn."""
        self.student.train(True)
        factor = optimiser.rate_factor(number, self.recipe)
        for group, rate in zip(self.optimiser.param_groups, self.rates, strict=True):
            group["lr"] = rate * factor
        total = torch.zeros((), device=self.machine.device)
        self.gradients.clear()
        for part in range(self.recipe.accumulate):
            last = part == self.recipe.accumulate - 1
            alone = nullcontext() if last or self.machine.processes == 1 else self.machine.accelerator.no_sync(self.unet)
            with alone:
                micro = (number * self.recipe.accumulate + part) * self.machine.processes + self.machine.index
                total += self.gradients.add(self.lesson(micro), self.recipe.accumulate)
        norm = torch.nn.utils.clip_grad_norm_(self.student.parameters, self.recipe.clip)
        self.optimiser.step()
        if self.average is not None:
            self.average.step(self.student.parameters)
        return Step(self.machine.mean(total), float(norm), float(self.optimiser.param_groups[0]["lr"]))

    def predict(self, noisy: torch.Tensor, timesteps: torch.Tensor, captions: Sequence[str], time_ids: torch.Tensor) -> torch.Tensor:
        """The image network's answer; all on the device."""
        states, pooled = self._encoded(captions)
        answer: torch.Tensor = self.unet(
            noisy, timesteps, states, added_cond_kwargs={"text_embeds": pooled, "time_ids": time_ids.to(pooled.dtype)}, return_dict=False
        )[0]
        return answer

    def lesson(self, micro: int) -> Lesson:
        """What batch `micro` = 0, 1, 2, ... teaches: pictures, noise, noise levels and captions, drawn for it."""
        recipe, device = self.recipe, self.machine.device
        some = [self.latents[i] for i in self.batches.at(micro)]
        draw = torch.Generator().manual_seed(seed_of(recipe.seed, "step", micro))
        mean, std = torch.stack([latent.mean for latent in some]), torch.stack([latent.std for latent in some])
        clean = (mean + std * torch.randn(mean.shape, generator=draw)) * self.vae_scale
        noise = torch.randn(clean.shape, generator=draw)
        if recipe.noise_offset:
            noise = noise + recipe.noise_offset * torch.randn((*clean.shape[:2], 1, 1), generator=draw)
        timesteps = torch.randint(0, self.schedule.config.num_train_timesteps, (len(some),), generator=draw)
        dropped = torch.rand(len(some), generator=draw) < recipe.caption_dropout
        captions = ["" if drop else latent.picture.caption for latent, drop in zip(some, dropped.tolist(), strict=True)]
        counts = torch.tensor([recipe.prior_weight if latent.picture.prior else 1.0 for latent in some])
        clean, noise, timesteps = clean.to(device), noise.to(device), timesteps.to(device)
        noisy = self.schedule.add_noise(clean, noise, timesteps).to(self.machine.precision)
        with self.machine.casting():
            states, pooled = self._encoded(captions)
        time_ids = torch.stack([latent.time_ids for latent in some]).to(device, pooled.dtype)
        weights = weights_of(timesteps, self.schedule, recipe.min_snr) * counts.to(device)
        return Lesson(noisy, timesteps, states, pooled, time_ids, target_of(clean, noise, timesteps, self.schedule), weights)

    def loss(self, lesson: Lesson) -> torch.Tensor:
        """One number, with a graph. Nothing here is drawn, asked of the card or decided by what tensors hold: a recording needs that."""
        with self.machine.casting():
            predicted = self.unet(lesson.noisy, lesson.timesteps, lesson.states, added_cond_kwargs=lesson.told, return_dict=False)[0]
        return error_of(predicted, lesson.target, lesson.weights)

    def _encoded(self, captions: Sequence[str]) -> tuple[torch.Tensor, torch.Tensor]:
        if self.texts is None:
            states, pooled = self.words.encode(captions)
        else:
            states = torch.stack([self.texts[caption][0] for caption in captions]).to(self.machine.device)
            pooled = torch.stack([self.texts[caption][1] for caption in captions]).to(self.machine.device)
        return states.to(self.machine.precision), pooled.to(self.machine.precision)


def _average(student: Student, recipe: Recipe) -> Any | None:
    from diffusers.training_utils import EMAModel

    return EMAModel(student.parameters, decay=recipe.ema, use_ema_warmup=True, foreach=True) if recipe.ema else None
