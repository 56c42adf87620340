"""SDXL's own sizes (and tiny ones), filled with random numbers and saved where the catalogue's rows look for their weights.

Weights are N(0, 0.02) and rounded to bfloat16, which half precision holds exactly as well: both sides of a comparison load the same ones.
"""

import json
import string
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from models.catalog import row
from models.catalog.image_addons import SDXL
from models.weights import MANIFEST

VAE, FAST = "sdxl/vae-fp16-fix", "sdxl/lightning"


@dataclass(frozen=True)
class Scale:
    """channels, depth, heads: of the UNet's three levels. text: (width, layers, heads, inner width) of both encoders. side: pixels of a
    picture. rank: of the few-step LoRA."""

    channels: tuple[int, int, int]
    depth: tuple[int, int, int]
    heads: tuple[int, int, int]
    layers: int
    groups: int
    vae: tuple[int, int, int, int]
    text: tuple[tuple[int, int, int, int], tuple[int, int, int, int]]
    time: int
    side: int
    steps: int
    batches: tuple[int, ...]
    rank: int


FULL = Scale(
    (320, 640, 1280),
    (1, 2, 10),
    (5, 10, 20),
    2,
    32,
    (128, 256, 512, 512),
    ((768, 12, 12, 3072), (1280, 32, 20, 5120)),
    256,
    1024,
    30,
    (4, 8),
    64,
)
TINY = Scale((32, 64, 64), (1, 1, 1), (2, 4, 4), 1, 4, (16, 16, 32, 32), ((32, 2, 4, 64), (32, 2, 4, 64)), 8, 64, 4, (2,), 4)


def write(root: Path, scale: Scale, device: torch.device) -> Path:
    """Save SDXL, its half-precision decoder and a few-step LoRA (that changes nothing yet) under `root`; SDXL's folder."""
    from diffusers import EulerDiscreteScheduler, StableDiffusionXLPipeline

    folder = _of(root, SDXL)
    unet, vae = _unet(scale, device), _vae(scale, device)
    scheduler = EulerDiscreteScheduler(
        beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", steps_offset=1, timestep_spacing="leading"
    )
    tokens, encoders = _tokenizer(root / "tokens"), _encoders(scale, device)
    pipe = StableDiffusionXLPipeline(vae, *encoders, tokens, tokens, unet, scheduler, add_watermarker=False)
    pipe.save_pretrained(folder, variant="fp16", max_shard_size="20GB")
    vae.register_to_config(force_upcast=False)
    vae.save_pretrained(_of(root, VAE))
    _lora(unet, scale, _of(root, FAST))
    for name in (SDXL, VAE, FAST):
        _signed(root, name)
    return folder


def _of(root: Path, name: str) -> Path:
    return root / name.replace("/", "--")


def _signed(root: Path, name: str) -> None:
    """The manifest that a pull would have left."""
    folder, weights = _of(root, name), row(name).weights
    assert weights is not None
    files = {
        path.relative_to(folder).as_posix(): {"size": path.stat().st_size, "sha256": ""} for path in folder.rglob("*") if path.is_file()
    }
    note = {"row": name, "repo": weights.repo, "revision": "random weights", "files": files}
    (folder / MANIFEST).write_text(json.dumps(note), encoding="utf-8")


def _filled(model: Any, device: torch.device) -> Any:
    """A model from the meta device, with numbers, in bfloat16 on the processor."""
    model = model.to(torch.bfloat16).to_empty(device=device)
    draw = torch.Generator(device).manual_seed(0)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if weight.ndim == 1:
                weight.fill_(1.0 if name.endswith("weight") else 0.0)
            else:
                weight.normal_(0, 0.02, generator=draw)
        for name, buffer in model.named_buffers():
            if name.endswith("position_ids"):
                buffer.copy_(torch.arange(buffer.shape[-1], device=device).expand(buffer.shape))
    return model.to("cpu").eval()


def _unet(scale: Scale, device: torch.device) -> Any:
    from diffusers import UNet2DConditionModel

    width, pooled = scale.text[0][0] + scale.text[1][0], scale.text[1][0]
    with torch.device("meta"):
        made = UNet2DConditionModel(
            sample_size=scale.side // 8,
            in_channels=4,
            out_channels=4,
            block_out_channels=scale.channels,
            layers_per_block=scale.layers,
            norm_num_groups=scale.groups,
            down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
            up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
            attention_head_dim=scale.heads,
            use_linear_projection=True,
            addition_embed_type="text_time",
            addition_time_embed_dim=scale.time,
            transformer_layers_per_block=scale.depth,
            projection_class_embeddings_input_dim=pooled + 6 * scale.time,
            cross_attention_dim=width,
        )
    return _filled(made, device)


def _vae(scale: Scale, device: torch.device) -> Any:
    from diffusers import AutoencoderKL

    with torch.device("meta"):
        made = AutoencoderKL(
            block_out_channels=scale.vae,
            layers_per_block=min(2, scale.layers),
            down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4,
            latent_channels=4,
            norm_num_groups=scale.groups,
            sample_size=scale.side,
            scaling_factor=0.13025,
            force_upcast=True,
        )
    return _filled(made, device)


def _tokenizer(folder: Path) -> Any:
    """Letters for words: what is measured does not depend on what was said."""
    from transformers import CLIPTokenizer

    folder.mkdir(parents=True)
    letters = string.ascii_lowercase + string.digits + " ,.-()"
    words = [*letters, *(letter + "</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({word: number for number, word in enumerate(words)}))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    return CLIPTokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"), model_max_length=77)


def _encoders(scale: Scale, device: torch.device) -> tuple[Any, Any]:
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

    made = []
    for cls, (width, layers, heads, inner) in zip((CLIPTextModel, CLIPTextModelWithProjection), scale.text, strict=True):
        told = {"hidden_size": width, "num_hidden_layers": layers, "num_attention_heads": heads, "intermediate_size": inner}
        config = CLIPTextConfig(vocab_size=49408, max_position_embeddings=77, hidden_act="gelu", projection_dim=width, **told)
        with torch.device("meta"):
            empty = cls(config)
        made.append(_filled(empty, device))
    return made[0], made[1]


def _lora(unet: Any, scale: Scale, folder: Path) -> None:
    from diffusers import StableDiffusionXLPipeline
    from diffusers.utils import convert_state_dict_to_diffusers
    from peft import LoraConfig
    from peft.utils import get_peft_model_state_dict

    config = LoraConfig(r=scale.rank, lora_alpha=scale.rank, target_modules=["to_k", "to_q", "to_v", "to_out.0"])
    unet.add_adapter(config, adapter_name="fast")
    layers = convert_state_dict_to_diffusers(get_peft_model_state_dict(unet, adapter_name="fast"))
    folder.mkdir(parents=True)
    StableDiffusionXLPipeline.save_lora_weights(folder, unet_lora_layers=layers, weight_name=row(FAST).defaults["file"])
    unet.delete_adapters("fast")
