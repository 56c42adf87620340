"""A pipeline put together from the parts for one job, and its parts moved as the memory profile says while it runs.

Built anew for each job, which costs nothing: the parts are shared, and what a job changes of a pipeline ends with it.
"""

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from models.backends.diffusers_image.kit import ENCODERS, Bench
from models.backends.diffusers_image.schedulers import scheduler_for

SDXL = {
    (False, False): "StableDiffusionXLPipeline",
    (True, False): "StableDiffusionXLImg2ImgPipeline",
    (False, True): "StableDiffusionXLControlNetPipeline",
    (True, True): "StableDiffusionXLControlNetImg2ImgPipeline",
}
"""By whether a picture comes first, and whether it is led."""


def put_together(
    cls: Any, parts: dict[str, Any], sdxl: bool, from_picture: bool, nets: list[Any], scheduler: str | None, model: str
) -> Any:
    """The pipeline for a job, with a scheduler of its own. nets: ControlNets, for SDXL."""
    import diffusers

    own = dict(parts, scheduler=scheduler_for(scheduler, parts["scheduler"], model))
    if sdxl:
        cls = getattr(diffusers, SDXL[from_picture, bool(nets)])
        own |= {"controlnet": nets if len(nets) > 1 else nets[0]} if nets else {}
        own["add_watermarker"] = False  # made media is marked by whoever publishes it, not in each still's pixels
    takes = inspect.signature(cls).parameters
    pipe: Any = cls(**{name: part for name, part in own.items() if name in takes})
    if from_picture and not sdxl:
        pipe = diffusers.AutoPipelineForImage2Image.from_pipe(pipe)
    pipe.set_progress_bar_config(disable=True)
    return pipe


def denoiser_of(pipe: Any) -> Any:
    """What is asked at every step."""
    return getattr(pipe, "unet", None) or pipe.transformer


@contextmanager
def in_place(pipe: Any, nets: list[Any], bench: Bench, size: tuple[int, int]) -> Iterator[None]:
    """Everything where the profile wants it while the job runs, decoding in tiles where it says so; put back after, however it went."""
    import torch

    offload, device = bench.profile.offload, bench.device.name
    layered = [denoiser_of(pipe), *nets] if offload == "group" else []
    tiles = bench.profile.tiles(*size) and hasattr(pipe.vae, "enable_tiling")
    xformers = bench.computing.attention == "xformers" and _plain_attention(pipe)
    try:
        if tiles:
            pipe.vae.enable_tiling()
        if xformers:
            pipe.enable_xformers_memory_efficient_attention()
        if offload == "model":
            pipe.enable_model_cpu_offload(device=device)
        for module in layered:
            module.enable_group_offload(torch.device(device), torch.device("cpu"), "leaf_level")
        if offload == "group":
            for name, part in pipe.components.items():
                if isinstance(part, torch.nn.Module) and name not in ENCODERS and part not in layered:
                    part.to(device)
        yield
    finally:
        if offload == "model":
            pipe.maybe_free_model_hooks()
            pipe.remove_all_hooks()
        for module in layered:
            _end_group_offload(module)
        if xformers:
            pipe.disable_xformers_memory_efficient_attention()
        if tiles:
            pipe.vae.disable_tiling()
        for name, part in pipe.components.items():
            if isinstance(part, torch.nn.Module):
                bench.settle(part, name)


@contextmanager
def speaking(pipe: Any, bench: Bench) -> Iterator[None]:
    """The text encoders on the device while a prompt is read, where they wait in main memory otherwise."""
    waiting = [part for name in ENCODERS if bench.profile.offload in ("text", "group") and (part := getattr(pipe, name, None)) is not None]
    try:
        for part in waiting:
            part.to(bench.device.name)
        yield
    finally:
        for part in waiting:
            part.to("cpu")


def _plain_attention(pipe: Any) -> bool:
    return getattr(getattr(pipe, "unet", None), "encoder_hid_proj", None) is None


def _end_group_offload(module: Any) -> None:
    from diffusers.hooks import HookRegistry

    HookRegistry.check_if_exists_or_initialize(module).reset_stateful_hooks()
    for name in ("group_offloading", "layer_execution_tracker", "lazy_prefetch_group_offloading"):
        HookRegistry.check_if_exists_or_initialize(module).remove_hook(name, recurse=True)
