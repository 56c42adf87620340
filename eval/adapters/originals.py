"""Checkpoints as their authors published them, read into transformers' classes: tensors are renamed and cut apart, never changed.

Their hashes are known; those of conversions often are not. Works on state dicts, knows no files.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

State = Mapping[str, "Tensor"]

_DINO = (
    ("attn.proj", "attention.o_proj"),
    ("norm1", "layernorm_before"),
    ("norm2", "layernorm_after"),
    ("mlp.fc1", "mlp.fc1"),
    ("mlp.fc2", "mlp.fc2"),
)
_CLIP = (
    ("attn.out_proj", "self_attn.out_proj"),
    ("ln_1", "layer_norm1"),
    ("ln_2", "layer_norm2"),
    ("mlp.c_fc", "mlp.fc1"),
    ("mlp.c_proj", "mlp.fc2"),
)


def dino_shape(state: State) -> dict[str, Any]:
    """What a ViTConfig is told: sizes read off facebookresearch/dino's tensors. Heads are 64 wide in all of its models."""
    width, patch = state["pos_embed"].shape[-1], state["patch_embed.proj.weight"].shape[-1]
    side = round((state["pos_embed"].shape[1] - 1) ** 0.5)
    return {
        "hidden_size": width,
        "num_hidden_layers": _layers(state, "blocks."),
        "num_attention_heads": max(1, width // 64),
        "intermediate_size": state["blocks.0.mlp.fc1.weight"].shape[0],
        "patch_size": patch,
        "image_size": side * patch,
    }


def dino_tensors(state: State) -> dict[str, "Tensor"]:
    """facebookresearch/dino's names -> those of transformers' ViTModel without pooler."""
    found = {
        "embeddings.cls_token": state["cls_token"],
        "embeddings.position_embeddings": state["pos_embed"],
        "embeddings.patch_embeddings.projection.weight": state["patch_embed.proj.weight"],
        "embeddings.patch_embeddings.projection.bias": state["patch_embed.proj.bias"],
        "layernorm.weight": state["norm.weight"],
        "layernorm.bias": state["norm.bias"],
    }
    for i in range(_layers(state, "blocks.")):
        for part in ("weight", "bias"):
            into = f"layers.{i}.attention"
            for name, rows in zip("qkv", state[f"blocks.{i}.attn.qkv.{part}"].chunk(3), strict=True):
                found[f"{into}.{name}_proj.{part}"] = rows
            found |= {f"layers.{i}.{ours}.{part}": state[f"blocks.{i}.{theirs}.{part}"] for theirs, ours in _DINO}
    return found


def clip_shape(state: State) -> dict[str, Any]:
    """What a CLIPVisionConfig is told: sizes read off OpenAI's tensors. Heads are 64 wide in all of its models."""
    width, patch = state["visual.conv1.weight"].shape[0], state["visual.conv1.weight"].shape[-1]
    side = round((state["visual.positional_embedding"].shape[0] - 1) ** 0.5)
    return {
        "hidden_size": width,
        "num_hidden_layers": _layers(state, "visual.transformer.resblocks."),
        "num_attention_heads": max(1, width // 64),
        "intermediate_size": 4 * width,
        "patch_size": patch,
        "image_size": side * patch,
        "projection_dim": state["visual.proj"].shape[1],
    }


def clip_tensors(state: State) -> dict[str, "Tensor"]:
    """OpenAI's names of the image side -> those of transformers' CLIPVisionModelWithProjection, in float32."""
    into = "vision_model"
    found = {
        f"{into}.embeddings.class_embedding": state["visual.class_embedding"],
        f"{into}.embeddings.patch_embedding.weight": state["visual.conv1.weight"],
        f"{into}.embeddings.position_embedding.weight": state["visual.positional_embedding"],
        "visual_projection.weight": state["visual.proj"].T,
    }
    for theirs, ours in (("ln_pre", "pre_layrnorm"), ("ln_post", "post_layernorm")):
        found |= {f"{into}.{ours}.{part}": state[f"visual.{theirs}.{part}"] for part in ("weight", "bias")}
    for i in range(_layers(state, "visual.transformer.resblocks.")):
        block, layer = f"visual.transformer.resblocks.{i}", f"{into}.encoder.layers.{i}"
        for part in ("weight", "bias"):
            for name, rows in zip("qkv", state[f"{block}.attn.in_proj_{part}"].chunk(3), strict=True):
                found[f"{layer}.self_attn.{name}_proj.{part}"] = rows
            found |= {f"{layer}.{ours}.{part}": state[f"{block}.{theirs}.{part}"] for theirs, ours in _CLIP}
    return {name: tensor.float() for name, tensor in found.items()}


def _layers(state: State, prefix: str) -> int:
    return len({name.removeprefix(prefix).split(".")[0] for name in state if name.startswith(prefix)})
