"""What goes on top of SDXL: a decoder for half precision, reference pictures, layout control, few steps, depth and pose maps.

They make nothing by themselves (no kinds): rows of pictures name them, and can do what they add once their weights are here.
revision "main": the commit could not be looked up where this was written; a pull records what it fetched.
"""

from typing import Any

from models.catalog.row import ModelRow, Weights

HUB = "https://huggingface.co"
RAIL = "CreativeML Open RAIL++-M"
RAIL_TERMS = "commercial use allowed; its list of forbidden uses binds you and your users"
SDXL = "sdxl/base-1.0"


def _addon(
    id: str,
    title: str,
    licence: str,
    repo: str,
    revision: str,
    files: tuple[str, ...],
    gigabytes: float,
    base: str = SDXL,
    commercial: bool = True,
    terms: str = "",
    **defaults: Any,
) -> ModelRow:
    return ModelRow(
        id=id,
        kinds=(),
        backend="diffusers_image",
        title=title,
        licence=licence,
        licence_url=f"{HUB}/{repo}",
        commercial=commercial,
        terms=terms or (RAIL_TERMS if licence == RAIL else ""),
        weights=Weights(repo, revision, files, gigabytes, base),
        defaults=defaults,
    )


NET = ("config.json", "diffusion_pytorch_model.fp16.safetensors")

IMAGE_ADDONS: tuple[ModelRow, ...] = (
    _addon(
        "sdxl/vae-fp16-fix",
        "SDXL's decoder, mended for half precision",
        "MIT",
        "madebyollin/sdxl-vae-fp16-fix",
        "main",
        ("config.json", "diffusion_pytorch_model.safetensors"),
        0.34,
    ),
    _addon(
        "sdxl/ip-adapter",
        "IP-Adapter for SDXL: pictures as references",
        "Apache-2.0",
        "h94/IP-Adapter",
        "main",
        ("models/image_encoder/config.json", "models/image_encoder/model.safetensors", "sdxl_models/ip-adapter_sdxl_vit-h.safetensors"),
        3.2,
        file="sdxl_models/ip-adapter_sdxl_vit-h.safetensors",
        encoder="models/image_encoder",
    ),
    _addon(
        "sdxl/controlnet-depth",
        "ControlNet for SDXL: layout by depth",
        RAIL,
        "diffusers/controlnet-depth-sdxl-1.0",
        "26144a77791daea774e4761cb6e5bf19d11c822f",
        NET,
        2.5,
    ),
    _addon(
        "sdxl/controlnet-canny",
        "ControlNet for SDXL: layout by edges",
        RAIL,
        "diffusers/controlnet-canny-sdxl-1.0",
        "main",
        NET,
        2.5,
    ),
    _addon(
        "sdxl/controlnet-pose",
        "ControlNet for SDXL: people's poses",
        "Apache-2.0",
        "xinsir/controlnet-openpose-sdxl-1.0",
        "main",
        ("config.json", "diffusion_pytorch_model.safetensors"),
        2.5,
    ),
    _addon(
        "sdxl/lightning",
        "SDXL-Lightning",
        RAIL,
        "ByteDance/SDXL-Lightning",
        "c9a24f48e1c025556787b0c58dd67a091ece2e44",
        ("sdxl_lightning_8step_lora.safetensors",),
        0.39,
        file="sdxl_lightning_8step_lora.safetensors",
        steps=8,
        guidance=1.0,
        scheduler="euler-trailing",
    ),
    _addon(
        "sdxl/lcm",
        "LCM-LoRA for SDXL",
        RAIL,
        "latent-consistency/lcm-lora-sdxl",
        "main",
        ("pytorch_lora_weights.safetensors",),
        0.39,
        file="pytorch_lora_weights.safetensors",
        steps=6,
        guidance=1.0,
        scheduler="lcm",
    ),
    _addon(
        "control/depth-anything-v2-small",
        "Depth Anything V2, small: depth maps of pictures",
        "Apache-2.0",
        "depth-anything/Depth-Anything-V2-Small-hf",
        "main",
        ("config.json", "model.safetensors"),
        0.1,
        base="",
    ),
    _addon(
        "control/openpose",
        "OpenPose's networks for controlnet-aux: pose maps of pictures",
        "OpenPose's academic licence",
        "lllyasviel/Annotators",
        "main",
        ("body_pose_model.pth", "hand_pose_model.pth", "facenet.pth"),
        0.5,
        base="",
        commercial=False,
        terms="non-commercial research only",
    ),
)
