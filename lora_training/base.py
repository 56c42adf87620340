"""The base model a LoRA is trained for: SDXL's parts from a folder on disk, and what that folder is known by."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from lora_training.errors import TrainingError
from lora_training.words import Words
from models.weights import hash_of

VAE_FILES = "*.safetensors"


@dataclass
class Base:
    """name: its row in the catalogue, or its folder. schedule: the noise schedule it was trained with (DDPM)."""

    name: str
    folder: Path
    unet: Any
    vae: Any
    words: Words
    schedule: Any
    parts: dict[str, Any]

    def pipeline(self) -> Any:
        """A text-to-image pipeline of these very parts, for previews."""
        from diffusers import StableDiffusionXLPipeline

        made: Any = StableDiffusionXLPipeline(**self.parts)
        made.set_progress_bar_config(disable=True)
        return made


def identity(folder: Path) -> str:
    """What tells this base model from another: the hashes of what the caches are computed with."""
    found = [hash_of(path) for part in ("vae", "text_encoder", "text_encoder_2") for path in sorted((folder / part).glob(VAE_FILES))]
    return " ".join(found)


def load(name: str, folder: Path, precision: torch.dtype) -> Base:
    """Everything on the processor, frozen, in evaluation mode. precision: of the image network and the text encoders; the VAE is fp32.

    Raises TrainingError when the folder holds no SDXL, or cannot be read.
    """
    from diffusers import AutoencoderKL, DDPMScheduler, EulerDiscreteScheduler, UNet2DConditionModel
    from transformers import CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

    def of(cls: Any, part: str, **more: Any) -> Any:
        return cls.from_pretrained(str(folder), subfolder=part, local_files_only=True, **more)

    def frozen(cls: Any, part: str, dtype: torch.dtype) -> Any:
        only_half = not any((folder / part).glob("*model.safetensors*")) and any((folder / part).glob("*.fp16.safetensors"))
        more = {"variant": "fp16"} if only_half else {}
        return of(cls, part, torch_dtype=dtype, **more).requires_grad_(False).eval()

    try:
        unet = frozen(UNet2DConditionModel, "unet", precision)
        if unet.config.addition_embed_type != "text_time":
            raise TrainingError(f"{folder} is not an SDXL; LoRAs are trained for SDXL only.")
        parts = {
            "unet": unet,
            "vae": frozen(AutoencoderKL, "vae", torch.float32),
            "text_encoder": frozen(CLIPTextModel, "text_encoder", precision),
            "text_encoder_2": frozen(CLIPTextModelWithProjection, "text_encoder_2", precision),
            "tokenizer": of(CLIPTokenizer, "tokenizer"),
            "tokenizer_2": of(CLIPTokenizer, "tokenizer_2"),
            "scheduler": of(EulerDiscreteScheduler, "scheduler"),
        }
        schedule = of(DDPMScheduler, "scheduler")
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise TrainingError(f"The base model in {folder} cannot be loaded ({error}); run `python -m models verify`.") from error
    words = Words((parts["tokenizer"], parts["tokenizer_2"]), (parts["text_encoder"], parts["text_encoder_2"]))
    return Base(name, folder, unet, parts["vae"], words, schedule, parts)
