"""Pictures a second and memory: Diffusers as its documentation shows it, against the product's own backend on the same weights.

Equal steps, equal guidance, equal words, equal beginnings; the product's time includes its checks and its quantised picture on disk.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

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
from models.media.image_file import read_image
from models.residency import residency_of

PROMPT, AVOID = "a watch on dark stone, soft light from the left", "text, people"
STOCK, OURS, COMPILED, FAST = "stock, one at a time", "ours, one at a time", "ours, blocks compiled", "ours, fast profile"
TOLERANCE = 2 / 255
"""Mean difference from the stock picture up to which two pictures are the same but for rounding (half precision against bfloat16)."""


def compare(meter: Meter, folder: Path, config: BackendConfig, scale: Scale, work: Path) -> None:
    """Every row about pictures."""
    ask = ImageAsk(PROMPT, scale.side, scale.side, negative_prompt=AVOID, steps=scale.steps, guidance_scale=6.0)
    reference = _stock(meter, folder, ask, scale.batches[0])
    free(meter.device)
    ours = DiffusersImage(config)
    sdxl = replace(row(SDXL), vram_gb=0)

    def draw(asked: ImageAsk, n: int) -> Callable[[], Any]:
        return lambda: ours.several(asked, tuple(range(n)), sdxl, JobContext(work))

    def apart(asked: ImageAsk) -> float:
        return float(np.abs(read_image(draw(asked, 1)()[0].path) / 255.0 - reference).mean())

    try:
        meter.measure(OURS, "pictures", draw(ask, 1), 1, apart=apart(ask))
        for n in scale.batches:
            meter.measure(f"ours, {n} together", "pictures", draw(ask, n), n, needs_s=40)
        cut = replace(ask, quality="preview", steps=None)
        meter.measure("ours, preview (fewer steps, guided in the first part)", "pictures", draw(cut, 1), 1, note="changes pictures")
        fast = replace(ask, fast=True, steps=None, guidance_scale=None, negative_prompt="")
        note = "changes pictures: a few-step LoRA, no guidance"
        meter.measure(FAST, "pictures", draw(fast, 1), 1, note=note)
        meter.measure(f"{FAST}, {scale.batches[0]} together", "pictures", draw(fast, scale.batches[0]), scale.batches[0], note=note)
        _compiled(meter, config, lambda: draw(ask, 1)(), lambda: apart(ask))
    finally:
        ours.close()
        free(meter.device)


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
    meter.measure(f"stock, {batch} together", "pictures", lambda: draw(batch), batch, needs_s=40)
    return reference


def _compiled(meter: Meter, config: BackendConfig, draw: Callable[[], Any], apart: Callable[[], float]) -> None:
    """What compiling the UNet's repeated blocks would add; the product does not do it by itself, for its first call takes so long."""
    if meter.device.type != "cuda" or meter.left_s < 90:
        meter.add(Row(COMPILED, "pictures", note="left out: needs a card and 90 s"))
        return
    device = choose(config)
    residency = residency_of(device)
    key = next((key for key in residency.keys if key.startswith(f"{SDXL}/unet@")), "")
    if not key:
        meter.add(Row(COMPILED, "pictures", note="left out: the UNet is not resident"))
        return
    with residency.device_lock(lambda: None):
        unet: Any = residency.get(key, lambda: None, lambda value: 0)
    unet.compile_repeated_blocks(fullgraph=False)  # the hook that makes a job stoppable breaks the graph
    draw()
    meter.measure(COMPILED, "pictures", draw, 1, apart=apart(), note="not on by itself; the first call compiles")
    residency.drop(key)
