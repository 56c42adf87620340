"""Image features of OpenAI's CLIP (Radford et al., ICML 2021; MIT), through transformers, in float32."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.networks import Network

if TYPE_CHECKING:
    from torch import Tensor

_SHAPES = {(768, 12, 32, 224, 512): "clip_vitb32_openai", (1024, 24, 14, 224, 768): "clip_vitl14_openai"}


def load_b32(folder: Path, device: str) -> Network:
    """ViT-B/32."""
    return _load(folder, device)


def load_l14(folder: Path, device: str) -> Network:
    """ViT-L/14."""
    return _load(folder, device)


def _load(folder: Path, device: str) -> Network:
    import torch
    from transformers import CLIPVisionModelWithProjection

    from eval.adapters import only_file, sha256

    weights = only_file(folder, ".safetensors")
    model: Any = CLIPVisionModelWithProjection.from_pretrained(folder, dtype=torch.float32)
    model = model.eval().to(device)
    c = model.config
    shape = (c.hidden_size, c.num_hidden_layers, c.patch_size, c.image_size, c.projection_dim)
    openai = shape in _SHAPES and c.hidden_act == "quick_gelu"  # OpenCLIP's own trainings use gelu
    name = _SHAPES[shape] if openai else f"clip-{shape[0]}x{shape[1]}-patch{shape[2]}-{c.hidden_act}"

    def features(images: "Tensor") -> "Tensor":
        found: Tensor = model(pixel_values=images.to(device)).image_embeds
        return found.cpu()

    return Network(features, name, sha256(weights), "MIT")
