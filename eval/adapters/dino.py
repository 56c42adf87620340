"""DINO ViT-B/16 on frames that are not square, as the original does it (Caron et al., ICCV 2021; Apache-2.0).

transformers' ViT stretches the position embeddings by another rule, which moves features by 5e-3. Here: the frame loses what does
not fill a patch at its right and bottom, and the embeddings are stretched bicubically by scale (n + 0.1) / 14.

Two forms of the weights are read: the authors' dino_vitbase16_pretrain.pth, whose hash is known, and model.safetensors of the hub
beside its config.json, whose hash is not.
"""

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.networks import Network

if TYPE_CHECKING:
    from torch import Tensor

_VITB16 = (768, 12, 12, 16, 224)


def load(folder: Path, device: str) -> Network:
    """From a folder with one of the two forms."""
    import torch

    from eval.adapters import only_file, sha256

    weights = only_file(folder, ".pth", ".safetensors")
    model = (_published(weights) if weights.suffix == ".pth" else _converted(folder)).eval().to(device)
    for module in model.modules():
        if isinstance(module, torch.nn.LayerNorm):
            module.eps = 1e-6  # DINO's; some converted configurations say 1e-12
    c = model.config
    shape = (c.hidden_size, c.num_hidden_layers, c.num_attention_heads, c.patch_size, c.image_size)
    name = "dino_vitb16" if shape == _VITB16 else f"vit-{shape[0]}x{shape[1]}-patch{shape[3]}"
    return Network(lambda images: class_tokens(model, images.to(device)).cpu(), name, sha256(weights), "Apache-2.0")


def _published(weights: Path) -> Any:
    """From the authors' state dict."""
    import torch
    from transformers import ViTConfig, ViTModel

    from eval.adapters.originals import dino_shape, dino_tensors

    state = torch.load(weights, map_location="cpu", weights_only=True)
    model: Any = ViTModel(ViTConfig(**(dino_shape(state) | {"attn_implementation": "eager"})), add_pooling_layer=False)
    model.load_state_dict(dino_tensors(state))
    return model


def _converted(folder: Path) -> Any:
    """From a folder of the hub."""
    import torch
    from transformers import ViTModel

    return ViTModel.from_pretrained(
        folder, add_pooling_layer=False, dtype=torch.float32, attn_implementation="eager", local_files_only=True
    )


def class_tokens(model: Any, images: "Tensor") -> "Tensor":
    """(B, 3, h, w) -> (B, D): the class token after the last norm."""
    import torch

    patch, square = model.config.patch_size, images.shape[-2] == images.shape[-1]
    rows, columns = images.shape[-2] // patch, images.shape[-1] // patch
    images = images[..., : rows * patch, : columns * patch]
    embeddings = model.embeddings
    patches = embeddings.patch_embeddings.projection(images).flatten(2).transpose(1, 2)
    tokens = torch.cat((embeddings.cls_token.expand(len(images), -1, -1), patches), dim=1)
    tokens = tokens + stretched(embeddings.position_embeddings, rows, columns, square)
    for layer in _layers(model):
        tokens = layer(tokens)
        tokens = tokens[0] if isinstance(tokens, tuple) else tokens
    normed: Tensor = model.layernorm(tokens)
    return normed[:, 0]


def stretched(positions: "Tensor", rows: int, columns: int, square: bool) -> "Tensor":
    """(1, 1 + n², D) position embeddings of a square picture -> (1, 1 + rows x columns, D), by DINO's rule.

    square: the picture has equal sides. Only then are embeddings of a fitting grid left alone.
    """
    import torch
    from torch.nn.functional import interpolate

    side = math.isqrt(positions.shape[1] - 1)
    if square and rows == columns == side:
        return positions
    grid = positions[:, 1:].reshape(1, side, side, -1).permute(0, 3, 1, 2)
    scale = ((rows + 0.1) / side, (columns + 0.1) / side)
    grid = interpolate(grid, scale_factor=scale, mode="bicubic")
    return torch.cat((positions[:, :1], grid.permute(0, 2, 3, 1).flatten(1, 2)), dim=1)


def _layers(model: Any) -> Any:
    return model.encoder.layer if hasattr(model, "encoder") else model.layers
