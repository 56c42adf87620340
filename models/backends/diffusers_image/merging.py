"""A LoRA added to a denoiser's own weights for good.

Worn beside them it costs four more kernels at each of six hundred layers, which doubles a step of one unguided picture; added, nothing. A
denoiser it was added to is kept apart from the plain one, for it cannot be taken off again without rounding twice.
"""

from pathlib import Path
from typing import Any

from models.backends.diffusers_image.kit import Bench, Change
from models.errors import ModelUnavailable, first_line


def merging(file: Path, weight: float, model: str) -> Change:
    """The change that adds `file`, counted `weight` times, to SDXL's denoiser. Raises ModelUnavailable, when it is made, for a file that
    does not fit or that is meant for the text encoders as well."""

    def merge(unet: Any, bench: Bench) -> None:
        from diffusers import StableDiffusionXLPipeline as Sdxl

        try:
            layers, alphas, told = Sdxl.lora_state_dict(
                str(file.parent), weight_name=file.name, local_files_only=True, unet_config=unet.config, return_lora_metadata=True
            )
            if stray := next((name for name in layers if not name.startswith("unet.")), ""):
                raise ValueError(f"{stray} is no part of the denoiser")
            Sdxl.load_lora_into_unet(layers, alphas, unet, adapter_name="merged", metadata=told)
        except (ValueError, RuntimeError, KeyError, IndexError, OSError) as error:
            raise ModelUnavailable(
                f"The LoRA of the fast profile does not fit {model} ({first_line(error)}); pull it again, or do without.", model=model
            ) from error
        unet.fuse_lora(weight)
        unet.unload_lora()

    return Change(f"with {file.stem} of {file.stat().st_mtime_ns} at {weight:g}", merge)
