"""Pictures a second and memory: Diffusers as its documentation shows it, against the product's own backend on the same weights.

Equal steps, equal guidance, equal words, equal beginnings; the product's time includes its checks and its quantised picture on disk.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import torch

from benchmarks.gpu.measure import Meter, Row, free
from benchmarks.gpu.weights import Scale
from models.asks import ImageAsk
from models.backends import BackendConfig
from models.backends.diffusers_image.backend import DiffusersImage
from models.catalog import row
from models.catalog.image_addons import SDXL
from models.context import JobContext
from models.devices import choose
from models.diffusion.precision import computing
from models.diffusion.replaying import Replayed
from models.media.image_file import read_image

PROMPT, AVOID = "a watch on dark stone, soft light from the left", "text, people"
STOCK, OURS, COMPILED, FAST = "stock, one at a time", "ours, one at a time", "ours, compiled", "ours, fast profile"
TOLERANCE = 2 / 255
"""Mean difference from the stock picture up to which two pictures are the same but for rounding (half precision against bfloat16)."""


def compare(meter: Meter, folder: Path, config: BackendConfig, scale: Scale, work: Path) -> np.ndarray:
    """Stock Diffusers against ours, one at a time and a few together, and the labelled profiles; stock's picture."""
    ask = asked(scale)
    reference = _stock(meter, folder, ask, scale.batches[0])
    free(meter.device)
    ours = DiffusersImage(config)
    sdxl = replace(row(SDXL), vram_gb=0)

    few = scale.batches[0]

    def draw(one: ImageAsk, n: int) -> Callable[[], Any]:
        return lambda: ours.several(one, tuple(range(n)), sdxl, JobContext(work))

    def apart(one: ImageAsk) -> float:
        return float(np.abs(read_image(draw(one, 1)()[0].path) / 255.0 - reference).mean())

    try:
        meter.measure(OURS, "pictures", draw(ask, 1), 1, apart=apart(ask))
        meter.measure(f"ours, {few} together", "pictures", draw(ask, few), few, repeat=2)
        fast = replace(ask, fast=True, steps=None, guidance_scale=None, negative_prompt="")
        note = "changes pictures: a few-step LoRA, no guidance"
        meter.measure(FAST, "pictures", draw(fast, 1), 1, note=note)
        meter.measure(f"{FAST}, {few} together", "pictures", draw(fast, few), few, repeat=2, note=note)
        cut = replace(ask, quality="preview", steps=None)
        meter.measure("ours, preview (fewer steps, guided in the first part)", "pictures", draw(cut, 1), 1, note="changes pictures")
    finally:
        ours.close()
        free(meter.device)
    return reference


def compare_many(meter: Meter, config: BackendConfig, scale: Scale, work: Path) -> None:
    """What nothing is held against: steps that are not played back, and larger batches."""
    ours, ask, sdxl = DiffusersImage(config), asked(scale), replace(row(SDXL), vram_gb=0)

    def draw(n: int) -> Callable[[], Any]:
        return lambda: ours.several(ask, tuple(range(n)), sdxl, JobContext(work))

    try:
        with patch.object(Replayed, "__call__", lambda self, *args, **told: self.forward(*args, **told)):
            meter.measure("ours, steps not played back", "pictures", draw(1), 1, repeat=2)
        for n in scale.batches[1:]:
            meter.measure(f"ours, {n} together", "pictures", draw(n), n, repeat=1, needs_s=60)
    finally:
        ours.close()
        free(meter.device)


def compare_compiled(meter: Meter, config: BackendConfig, scale: Scale, work: Path, reference: np.ndarray, n: int, needs_s: float) -> None:
    """`n` together with COMPILE_MODELS, whose first call takes a minute or two."""
    name = compiled_name(n)
    if meter.device.type != "cuda":
        meter.add(Row(name, "pictures", note="left out: needs a card"))
        return
    ours, made = DiffusersImage(replace(config, compile_models=True)), list[Any]()
    ask, sdxl = asked(scale), replace(row(SDXL), vram_gb=0)

    def draw() -> None:
        made[:] = ours.several(ask, tuple(range(n)), sdxl, JobContext(work))

    try:
        found = meter.measure(name, "pictures", draw, n, repeat=2, needs_s=needs_s, note="COMPILE_MODELS; the first call compiles")
        if found.per_s:
            meter.mend(found, apart=float(np.abs(read_image(made[0].path) / 255.0 - reference).mean()))
    finally:
        ours.close()
        free(meter.device)


def asked(scale: Scale) -> ImageAsk:
    """What every row draws that changes no pictures."""
    return ImageAsk(PROMPT, scale.side, scale.side, negative_prompt=AVOID, steps=scale.steps, guidance_scale=6.0)


def compiled_name(n: int) -> str:
    """A row's name."""
    return COMPILED if n == 1 else f"{COMPILED}, {n} together"


def _stock(meter: Meter, folder: Path, ask: ImageAsk, batch: int) -> np.ndarray:
    """Half precision, otherwise as it comes; the picture that others are held against."""
    from diffusers import StableDiffusionXLPipeline

    half = torch.float16 if meter.device.type == "cuda" else torch.float32
    pipe = StableDiffusionXLPipeline.from_pretrained(str(folder), dtype=half, variant="fp16", local_files_only=True).to(meter.device)
    pipe.set_progress_bar_config(disable=True)
    side = ask.width // pipe.vae_scale_factor
    numbers = computing(choose(BackendConfig(Path("."), device=str(meter.device)))).dtype

    def beginning(seed: int) -> torch.Tensor:
        """As the product draws it: on the processor, in its own numbers."""
        return torch.randn((1, 4, side, side), generator=torch.Generator("cpu").manual_seed(seed), dtype=numbers).to(meter.device, half)

    def draw(n: int) -> Any:
        return pipe(
            ask.prompt,
            negative_prompt=ask.negative_prompt,
            num_inference_steps=ask.steps,
            guidance_scale=ask.guidance_scale,
            width=ask.width,
            height=ask.height,
            num_images_per_prompt=n,
            latents=torch.cat([beginning(seed) for seed in range(n)]),
            output_type="np",
        ).images

    reference = np.asarray(draw(1)[0])
    meter.measure(STOCK, "pictures", lambda: draw(1), 1, note="half precision, decoder in full precision")
    meter.measure(f"stock, {batch} together", "pictures", lambda: draw(batch), batch, repeat=2)
    return reference
