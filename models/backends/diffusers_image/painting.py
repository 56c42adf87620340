"""One run: a pipeline dressed for an ask, its steps told, its picture looked at. What it changes it puts back, however it ends."""

import inspect
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np

from models.asks import ImageAsk
from models.backends.diffusers_image import controls, noise, prompts
from models.backends.diffusers_image.adapters import loras_on, worn_by
from models.backends.diffusers_image.how import How
from models.backends.diffusers_image.kit import NARROWED, Bench, Change, parts_of
from models.backends.diffusers_image.merging import merging
from models.backends.diffusers_image.pipeline import denoiser_of, in_place, put_together, speaking
from models.backends.diffusers_image.references import EmbeddingCache, worn
from models.backends.diffusers_image.sizes import Canvas, canvas_for, fitted
from models.catalog import ModelRow
from models.catalog import row as row_of
from models.context import JobContext
from models.diffusion.compiling import as_written
from models.diffusion.replaying import replayed
from models.diffusion.watching import watched
from models.errors import ModelFailed
from models.media.image_file import Picture, read_image
from models.weights import folder_of

LOADED, DRAWN = 0.08, 0.97  # of a job's progress


def paint(
    ask: ImageAsk, seeds: tuple[int, ...], how: How, row: ModelRow, bench: Bench, cache: EmbeddingCache, job: JobContext
) -> tuple[list[Picture], tuple[str, ...]]:
    """One picture a seed, at the size asked; each is what its seed gives alone; and notes for the result. Call it with the device in hand.

    Raises the errors of models/errors.py; torch's own when memory runs out (models/diffusion/ladder.py).
    """
    sdxl = row.defaults.get("family") == "sdxl"
    job.progress(0.0, "Loading the model")
    fast = _fast_lora(how, bench)
    merged = fast if bench.profile.roomy else None
    cls, parts = parts_of(row, bench, merging(*merged, row.id) if merged else _narrowed(ask, how, bench))
    with ExitStack() as held:
        held.enter_context(bench.residency.pin(*bench.residency.keys))
        nets = controls.nets_of(ask.controls, row, bench)
        held.enter_context(bench.residency.pin(*bench.residency.keys))
        pipe = put_together(cls, parts, sdxl, ask.init_image is not None, nets, how.scheduler, row.id)
        canvas = canvas_for(ask.width, ask.height, _native_area(pipe, row), _multiple(pipe, row))
        size = (canvas.width, canvas.height)
        maps = controls.maps_of(ask.controls, size, bench, row.id)
        if sdxl:
            held.enter_context(loras_on(pipe, ask.loras, None if merged else fast, bench, row.id))
        told: dict[str, Any] = {}
        if ask.references:
            adapter = row_of(row.defaults["ip_adapter"])
            told |= held.enter_context(worn(pipe, ask.references, adapter, bench, cache, size, how.guided))
        held.enter_context(in_place(pipe, nets, bench, size))
        job.check()
        told |= controls.told(ask.controls, maps, ask.init_image is not None)
        told |= _words(pipe, ask, how, bench, sdxl) | _beginning(pipe, ask, seeds, how, canvas, bench)
        told |= {"num_inference_steps": how.steps, "guidance_scale": how.guidance, "output_type": "pt", "num_images_per_prompt": len(seeds)}
        takes = inspect.signature(pipe.__call__).parameters
        if "callback_on_step_end" in takes:
            told |= _each_step(how, job)
        job.progress(LOADED, "Drawing")
        asked = [denoiser_of(pipe), *dict.fromkeys(nets)]
        dressed = bool(ask.loras or ask.references or nets)
        # References are put on anew for every job, and with them a network's attention; LoRAs' tensors are their network's.
        keep = (worn_by(asked[0]), *(lora.weight for lora in ask.loras)) if bench.profile.keeps and not ask.references else None
        with (
            as_written(bench.compiles and dressed),
            watched(asked, job.check, blocks=not bench.plays),
            replayed(asked, bench.device.name, bench.plays, keep) as recorders,
        ):
            drawn = pipe(**{name: value for name, value in told.items() if name in takes}).images
    why_not = next((recorder.why_not for recorder in recorders if recorder.why_not), "")
    job.progress(DRAWN, "Drawn")
    notes = (canvas.note, f"Steps could not be recorded and were computed one by one, which takes longer ({why_not})." if why_not else "")
    return [fitted(_picture(one, row), ask.width, ask.height) for one in drawn], notes


def _words(pipe: Any, ask: ImageAsk, how: How, bench: Bench, sdxl: bool) -> dict[str, Any]:
    if not sdxl:
        return {"prompt": ask.prompt, "negative_prompt": ask.negative_prompt if how.guided else None}
    with speaking(pipe, bench):
        return prompts.embedded(pipe, ask.prompt, ask.negative_prompt, how.guided, bench.device.name)


def _beginning(pipe: Any, ask: ImageAsk, seeds: tuple[int, ...], how: How, canvas: Canvas, bench: Bench) -> dict[str, Any]:
    own = noise.generators(seeds)
    if ask.init_image is not None:
        from PIL import Image

        first = Image.fromarray(fitted(read_image(ask.init_image), canvas.width, canvas.height))
        return {"image": first, "strength": how.strength, "generator": own, "height": canvas.height, "width": canvas.width}
    told: dict[str, Any] = {"generator": own, "height": canvas.height, "width": canvas.width}
    if ask.kin_seed is not None:
        told["latents"] = noise.akin(pipe, canvas.width, canvas.height, own, ask.kin_seed, ask.kin_change, bench.device.name)
    return told


def _each_step(how: How, job: JobContext) -> dict[str, Any]:
    """The callback that tells of every step, and lets go of the guidance where the profile says so."""
    halved = ("prompt_embeds", "add_text_embeds", "add_time_ids")
    at = 0

    def step(pipe: Any, index: int, timestep: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        nonlocal at
        at += 1
        steps = max(pipe.num_timesteps, at)
        job.progress(LOADED + (DRAWN - LOADED) * at / steps, f"Step {at} of {steps}")
        if how.cut < 1 and at == round(steps * how.cut):
            pipe._guidance_scale = 1.0
            return {name: tensors[name].chunk(2)[-1] for name in halved}
        return {}

    return {"callback_on_step_end": step} | ({"callback_on_step_end_tensor_inputs": list(halved)} if how.cut < 1 else {})


def _narrowed(ask: ImageAsk, how: How, bench: Bench) -> Change | None:
    """In 8 bit where that is what fits; LoRAs cannot be worn over it."""
    return NARROWED if bench.profile.narrow and not (ask.loras or how.fast) else None


def _fast_lora(how: How, bench: Bench) -> tuple[Path, float] | None:
    if not how.fast:
        return None
    row = row_of(how.fast)
    return folder_of(row, bench.config) / row.defaults["file"], row.defaults.get("weight", 1.0)


def _native_area(pipe: Any, row: ModelRow) -> int:
    side = row.defaults.get("side") or denoiser_of(pipe).config.sample_size * pipe.vae_scale_factor
    return int(side) ** 2


def _multiple(pipe: Any, row: ModelRow) -> int:
    # The denoiser halves the latents on its way down; a side that it cannot halve evenly costs it a detour.
    return int(row.defaults.get("multiple", 8))


def _picture(drawn: Any, row: ModelRow) -> Picture:
    """drawn: (3, H, W) or (1, H, W) of 0..1, on any device. Rounded there: a quarter of the bytes has to come over."""
    if not bool(drawn.isfinite().all()):
        raise ModelFailed(f"{row.id} computed no picture but overflowing numbers; pull its VAE for half precision.", model=row.id)
    levels = drawn.float().clamp(0, 1).mul(255).round().byte().permute(1, 2, 0).cpu().numpy()
    picture: Picture = np.ascontiguousarray(levels if levels.shape[2] == 3 else np.repeat(levels, 3, 2))
    return picture
