"""Pictures of what the student can do by now: the same prompts and seeds every time, so that they differ by what was learnt alone."""

from collections.abc import Sequence
from typing import Any

import torch

from lora_training.base import Base
from lora_training.batches import seed_of
from lora_training.machine import Machine
from lora_training.recipe import Recipe

PROMPTS = (
    "a photo of {subject}",
    "{subject} on a marble table, soft window light",
    "{subject} outdoors at golden hour",
    "a close-up of {subject}, studio lighting",
)
GUIDANCE = 5.0


def prompts_for(subject: str, own: Sequence[str] = ()) -> tuple[str, ...]:
    """The prompts of the previews; {subject} stands for the subject."""
    return tuple(prompt.replace("{subject}", subject) for prompt in (own or PROMPTS))


@torch.no_grad()
def render(
    base: Base,
    prompts: Sequence[str],
    texts: Any,
    recipe: Recipe,
    machine: Machine,
    steps: int,
    seeds: Sequence[int] | None = None,
    side: int | None = None,
) -> list[Any]:
    """One PIL picture for each prompt. texts: prompt -> (states, pooled) on the processor, or None: the encoders, which must lie on the
    device, are asked. The VAE is on the device only while it decodes. side: pixels, the recipe's resolution by default."""
    pipe = base.pipeline()
    base.unet.eval()
    seeds = seeds if seeds is not None else [seed_of(recipe.seed, "preview", number) for number in range(len(prompts))]
    side = (side or recipe.resolution) // 8 * 8
    pictures = []
    for prompt, seed in zip(prompts, seeds, strict=True):
        if texts is None:
            states, pooled = base.words.encode([prompt])
        else:
            states, pooled = (part[None] for part in texts[prompt])
        states, pooled = states.to(machine.device, machine.precision), pooled.to(machine.device, machine.precision)
        with machine.casting():
            latents = _denoised(pipe, states, pooled, side, steps, seed, machine)
        base.vae.to(machine.device)
        decoded = base.vae.decode(latents.float() / base.vae.config.scaling_factor, return_dict=False)[0]
        pictures += pipe.image_processor.postprocess(decoded, output_type="pil")
        base.vae.to("cpu")
    return pictures


def _denoised(pipe: Any, states: torch.Tensor, pooled: torch.Tensor, side: int, steps: int, seed: int, machine: Machine) -> torch.Tensor:
    """Latents. A loop of our own over the pipeline's scheduler: its call decodes, and wants all parts on one device."""
    scheduler = type(pipe.scheduler).from_config(pipe.scheduler.config)
    scheduler.set_timesteps(steps, device=machine.device)
    ids = torch.tensor([[side, side, 0, 0, side, side]] * 2, device=machine.device, dtype=pooled.dtype)
    both = torch.cat([torch.zeros_like(states), states])
    told = {"text_embeds": torch.cat([torch.zeros_like(pooled), pooled]), "time_ids": ids}
    channels, factor = pipe.unet.config.in_channels, pipe.vae_scale_factor
    latents = torch.randn((1, channels, side // factor, side // factor), generator=torch.Generator().manual_seed(seed)).to(machine.device)
    latents = latents * scheduler.init_noise_sigma
    for at in scheduler.timesteps:
        seen = scheduler.scale_model_input(torch.cat([latents] * 2), at).to(machine.precision)
        without, following = pipe.unet(seen, at, both, added_cond_kwargs=told, return_dict=False)[0].float().chunk(2)
        latents = scheduler.step(without + GUIDANCE * (following - without), at, latents, return_dict=False)[0]
    return latents
