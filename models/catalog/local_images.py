"""Picture models on this machine. revision "main": see image_addons.py."""

from models.catalog.image_addons import RAIL, RAIL_TERMS, SDXL
from models.catalog.row import ModelRow, Weights

STUDIO = "product-studio/v1"

LOCAL_IMAGES: tuple[ModelRow, ...] = (
    ModelRow(
        id=SDXL,
        kinds=("image",),
        backend="diffusers_image",
        title="Stable Diffusion XL",
        licence=RAIL,
        licence_url="https://huggingface.co/stabilityai/stable-diffusion-xl-base-1.0/blob/main/LICENSE.md",
        terms=RAIL_TERMS,
        weights=Weights(
            "stabilityai/stable-diffusion-xl-base-1.0",
            "main",
            (
                "model_index.json",
                "scheduler/*",
                "tokenizer/*",
                "tokenizer_2/*",
                "text_encoder/config.json",
                "text_encoder/model.fp16.safetensors",
                "text_encoder_2/config.json",
                "text_encoder_2/model.fp16.safetensors",
                "unet/config.json",
                "unet/diffusion_pytorch_model.fp16.safetensors",
                "vae/config.json",
                "vae/diffusion_pytorch_model.fp16.safetensors",
            ),
            7.0,
        ),
        vram_gb=6,
        fallback=(STUDIO,),
        defaults={
            "family": "sdxl",
            "steps": 30,
            "preview_steps": 20,
            "guidance": 6.0,
            "vae": "sdxl/vae-fp16-fix",
            "ip_adapter": "sdxl/ip-adapter",
            "controls": {"depth": "sdxl/controlnet-depth", "canny": "sdxl/controlnet-canny", "pose": "sdxl/controlnet-pose"},
            "fast": "sdxl/lightning",
            "shows": ("whatever words describe", "a look taken from reference pictures", "a trained LoRA's subject"),
            "never": ("readable lettering", "your own photo, unchanged"),
        },
    ),
    ModelRow(
        id="flux/schnell",
        kinds=("image",),
        backend="diffusers_image",
        title="FLUX.1 schnell",
        licence="Apache-2.0",
        licence_url="https://huggingface.co/black-forest-labs/FLUX.1-schnell",
        weights=Weights(
            "black-forest-labs/FLUX.1-schnell",
            "main",
            (
                "model_index.json",
                "scheduler/*",
                "tokenizer/*",
                "tokenizer_2/*",
                "text_encoder/*",
                "text_encoder_2/*",
                "transformer/*",
                "vae/*",
            ),
            33.7,
        ),
        vram_gb=40,
        fallback=(SDXL, STUDIO),
        defaults={
            "steps": 4,
            "guidance": 0.0,
            "negative": False,
            "side": 1024,
            "multiple": 16,
            "shows": ("whatever words describe", "short lettering"),
            "never": ("your own photo, unchanged",),
        },
    ),
)
