"""Image features of OpenAI's CLIP (Radford et al., ICML 2021; MIT), through transformers, in float32.

Three forms of the weights are read: OpenAI's own archive (ViT-B-32.pt, ViT-L-14.pt), and model.safetensors or pytorch_model.bin
of the hub beside their config.json. OpenAI's archive holds a program as well as tensors, and reading it means trusting it: that is done
only when its hash is the one that OpenAI publishes.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.known_weights import recognised
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
    from eval.adapters import only_file, sha256

    weights = only_file(folder, ".pt", ".safetensors", ".bin")
    digest = sha256(weights)
    model = _published(weights, digest) if weights.suffix == ".pt" else _converted(folder, weights)
    model = model.eval().to(device)
    c = model.config
    shape = (c.hidden_size, c.num_hidden_layers, c.patch_size, c.image_size, c.projection_dim)
    openai = shape in _SHAPES and c.hidden_act == "quick_gelu"  # OpenCLIP's own trainings use gelu
    name = _SHAPES[shape] if openai else f"clip-{shape[0]}x{shape[1]}-patch{shape[2]}-{c.hidden_act}"

    def features(images: "Tensor") -> "Tensor":
        found: Tensor = model(pixel_values=images.to(device)).image_embeds
        return found.cpu()

    return Network(features, name, digest, "MIT")


def _published(weights: Path, digest: str) -> Any:
    """From OpenAI's archive."""
    import torch
    from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

    from eval.adapters.originals import clip_shape, clip_tensors

    if not any(recognised(model, digest) for model in _SHAPES.values()):
        raise ValueError(f"{weights.name} is not the file that OpenAI publishes, and it holds a program: it is not opened")
    state = torch.jit.load(str(weights), map_location="cpu").state_dict()
    model: Any = CLIPVisionModelWithProjection(CLIPVisionConfig(**clip_shape(state), hidden_act="quick_gelu"))
    model.load_state_dict(clip_tensors(state))
    return model


def _converted(folder: Path, weights: Path) -> Any:
    """From a folder of the hub."""
    import torch
    from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

    if weights.suffix == ".safetensors":
        return CLIPVisionModelWithProjection.from_pretrained(folder, dtype=torch.float32, local_files_only=True)
    state = torch.load(weights, map_location="cpu", weights_only=True)
    model: Any = CLIPVisionModelWithProjection(CLIPVisionConfig.from_pretrained(folder, local_files_only=True))
    model.load_state_dict({name: state[name].float() for name in model.state_dict()})
    return model
