"""Steps a second of LoRA training: a loop as the well-known example scripts have it, against lora_training's own.

The stock loop encodes its pictures in every step (in full precision, as SDXL's decoder asks for), says one prompt, and uses AdamW as it
comes. Ours has latents and texts from its cache, min-SNR and averaged weights, as a training here has them. Both train the same layers at
the same rank, with the frozen network in bfloat16, once with recomputed activations and once with kept ones.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch

from benchmarks.gpu.measure import Meter, Row, free
from benchmarks.gpu.weights import Scale
from lora_training import cache, dataset
from lora_training.adapters import LAYERS, adopt
from lora_training.base import Base, load
from lora_training.buckets import buckets
from lora_training.machine import Machine
from lora_training.recipe import Recipe
from lora_training.steps import Loop
from models.media.image_file import write_image

WAYS = {True: "recomputed activations", False: "kept activations"}
SUBJECT = "zrx watch"
RANK = 16


def name_of(whose: str, checkpointing: bool, batch: int) -> str:
    """A row's name."""
    return f"{whose} training, {WAYS[checkpointing]}, {batch} a step"


def compare(meter: Meter, folder: Path, scale: Scale, work: Path) -> None:
    """Every row about training."""
    machine = Machine(str(meter.device), "auto")
    pictures = _pictures(work / "pictures", scale.side)
    rounds = 2 if scale.side < 512 else 6
    for checkpointing in WAYS:
        _stock(meter, folder, machine, pictures, scale, checkpointing, rounds)
        free(meter.device)
    for checkpointing, batch, record in ((False, 1, True), (True, 1, True), (False, scale.batches[0], True), (False, 1, False)):
        _ours(meter, folder, machine, work, scale, checkpointing, batch, record, rounds)
        free(meter.device)


def _pictures(folder: Path, side: int) -> Path:
    folder.mkdir(parents=True)
    draw = np.random.default_rng(0)
    for n in range(4):
        squares = draw.integers(0, 255, (side // 16, side // 16, 3)).astype(np.uint8)
        write_image(folder / f"{n}.png", np.kron(squares, np.ones((16, 16, 1), np.uint8)))
    return folder


def _stock(meter: Meter, folder: Path, machine: Machine, pictures: Path, scale: Scale, checkpointing: bool, rounds: int) -> None:
    from diffusers.training_utils import cast_training_params
    from peft import LoraConfig

    name = name_of("stock", checkpointing, 1)
    if meter.left_s < 30:
        meter.add(Row(name, "steps", note=f"left out: {meter.left_s:.0f} s were left"))
        return
    base = load("bench", folder, machine.precision)
    unet, vae = base.unet.to(machine.device), base.vae.to(machine.device)
    unet.add_adapter(LoraConfig(r=RANK, lora_alpha=RANK, init_lora_weights="gaussian", target_modules=list(LAYERS["attention"])))
    cast_training_params(unet, torch.float32)
    unet.train()
    if checkpointing:
        unet.enable_gradient_checkpointing()
    weights = [weight for weight in unet.parameters() if weight.requires_grad]
    optimiser = torch.optim.AdamW(weights, lr=1e-4, weight_decay=1e-2)
    with torch.no_grad():
        states, pooled = (part.to(machine.device, machine.precision) for part in base.words.encode([SUBJECT]))
    side = scale.side
    told = {
        "text_embeds": pooled,
        "time_ids": torch.tensor([[side, side, 0, 0, side, side]], device=machine.device, dtype=machine.precision),
    }
    pixels = [_pixels(path, machine) for path in sorted(pictures.glob("*.png"))]

    def step(number: int) -> None:
        with torch.no_grad():
            clean = vae.encode(pixels[number % len(pixels)]).latent_dist.sample() * vae.config.scaling_factor
        noise = torch.randn_like(clean)
        at = torch.randint(0, base.schedule.config.num_train_timesteps, (1,), device=machine.device)
        noisy = base.schedule.add_noise(clean, noise, at).to(machine.precision)
        with machine.casting():
            predicted = unet(noisy, at, states, added_cond_kwargs=told, return_dict=False)[0]
        torch.nn.functional.mse_loss(predicted.float(), noise.float()).backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)

    meter.measure(name, "steps", _rounds(step, rounds), rounds, note="pictures encoded in every step")


def _ours(
    meter: Meter, folder: Path, machine: Machine, work: Path, scale: Scale, checkpointing: bool, batch: int, record: bool, rounds: int
) -> None:
    name = name_of("our", checkpointing, batch) + ("" if record else ", steps not recorded")
    if meter.left_s < 30:
        meter.add(Row(name, "steps", note=f"left out: {meter.left_s:.0f} s were left"))
        return
    base = load("bench", folder, machine.precision)
    size = {"resolution": scale.side, "bucket_step": min(64, scale.side), "batch": batch}
    recipe = Recipe(rank=RANK, alpha=RANK, checkpointing=checkpointing, record=record, **size)
    loop = _loop(base, recipe, machine, work)
    note = "latents and texts from the cache" + (f"; {batch} pictures a step" if batch > 1 else "")
    row = meter.measure(name, "steps", _rounds(loop.step, rounds), rounds, note=note)
    if loop.gradients.why_not:
        meter.mend(row, note=f"{note}; {loop.gradients.why_not}")


def _loop(base: Base, recipe: Recipe, machine: Machine, work: Path) -> Loop:
    found = dataset.read(work / "pictures", SUBJECT, recipe.resolution, recipe.bucket_step)
    base.vae.to(machine.device)
    sizes = buckets(recipe.resolution, recipe.bucket_step)
    latents = cache.latents(found.pictures, sizes, recipe.flip, base.vae, "bench", work / "cache")
    base.vae.to("cpu")
    base.words.to(machine.device)
    texts = cache.texts(["", *(picture.caption for picture in found.pictures)], base.words, "bench", work / "cache")
    base.words.to("cpu")
    base.unet.to(machine.device)
    return Loop(adopt(base, recipe), base.schedule, base.vae.config.scaling_factor, latents, texts, base.words, recipe, machine)


def _pixels(path: Path, machine: Machine) -> torch.Tensor:
    from models.media.image_file import read_image

    return torch.from_numpy(read_image(path).copy()).permute(2, 0, 1)[None].to(machine.device).float() / 127.5 - 1


def _rounds(step: Callable[[int], Any], rounds: int) -> Callable[[], None]:
    """`rounds` steps a call, counted on."""
    done = 0

    def run() -> None:
        nonlocal done
        for _ in range(rounds):
            step(done)
            done += 1

    return run
