"""SDXL and what goes on top of it as real classes at tiny sizes, with random weights, laid out on disk as the hub has them."""

import copy
import json
import string
from pathlib import Path

import torch
from diffusers import (
    AutoencoderKL,
    ControlNetModel,
    EulerDiscreteScheduler,
    StableDiffusionPipeline,
    StableDiffusionXLPipeline,
    UNet2DConditionModel,
)
from safetensors.torch import save_file
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPTokenizer,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
)

WIDTHS = (32, 64, 64)
SHAPE = {
    "block_out_channels": WIDTHS,
    "layers_per_block": 1,
    "in_channels": 4,
    "attention_head_dim": (2, 4, 4),
    "use_linear_projection": True,
    "addition_embed_type": "text_time",
    "addition_time_embed_dim": 8,
    "transformer_layers_per_block": (1, 1, 2),
    "projection_class_embeddings_input_dim": 80,
    "cross_attention_dim": 64,
    "norm_num_groups": 4,
    "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
}


def tokenizer(folder: Path) -> CLIPTokenizer:
    """One token a letter, which makes prompts long soon."""
    folder.mkdir(parents=True, exist_ok=True)
    letters = string.ascii_lowercase + string.digits + " ,.-()"
    words = [*letters, *(letter + "</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({word: n for n, word in enumerate(words)}))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    return CLIPTokenizer(f"{folder}/vocab.json", f"{folder}/merges.txt", model_max_length=77)


def text_config(words: int) -> CLIPTextConfig:
    return CLIPTextConfig(
        vocab_size=words,
        bos_token_id=words - 2,
        eos_token_id=words - 1,
        pad_token_id=1,
        hidden_size=32,
        intermediate_size=37,
        num_attention_heads=4,
        num_hidden_layers=3,
        hidden_act="gelu",
        projection_dim=32,
    )


def decoder(seed: int) -> AutoencoderKL:
    torch.manual_seed(seed)
    return AutoencoderKL(
        block_out_channels=[16, 32],
        norm_num_groups=4,
        down_block_types=["DownEncoderBlock2D"] * 2,
        up_block_types=["UpDecoderBlock2D"] * 2,
        latent_channels=4,
        sample_size=32,
        scaling_factor=0.13025,
    )


def scheduler() -> EulerDiscreteScheduler:
    return EulerDiscreteScheduler(
        beta_start=0.00085, beta_end=0.012, steps_offset=1, beta_schedule="scaled_linear", timestep_spacing="leading"
    )


def save_sdxl(folder: Path) -> UNet2DConditionModel:
    """The base model; returns its denoiser, whose shape the rest follows."""
    torch.manual_seed(0)
    words = tokenizer(folder / "words")
    config = text_config(len(words))
    unet = UNet2DConditionModel(
        **SHAPE, sample_size=32, out_channels=4, up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D")
    )
    StableDiffusionXLPipeline(
        vae=decoder(1),
        text_encoder=CLIPTextModel(config),
        text_encoder_2=CLIPTextModelWithProjection(config),
        tokenizer=words,
        tokenizer_2=words,
        unet=unet,
        scheduler=scheduler(),
    ).save_pretrained(folder, variant="fp16")  # as the hub names what is fetched; the numbers are 32 bit all the same
    return unet


def save_older(folder: Path) -> None:
    """A model of another family (Stable Diffusion 1), for the path that serves any."""
    torch.manual_seed(5)
    words = tokenizer(folder / "words")
    unet = UNet2DConditionModel(
        block_out_channels=(32, 64),
        layers_per_block=1,
        sample_size=32,
        attention_head_dim=2,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=32,
        norm_num_groups=4,
    )
    StableDiffusionPipeline(
        vae=decoder(6),
        text_encoder=CLIPTextModel(text_config(len(words))),
        tokenizer=words,
        unet=unet,
        scheduler=scheduler(),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    ).save_pretrained(folder)


def save_net(folder: Path, seed: int, variant: str | None = "fp16") -> None:
    """A ControlNet whose last layers are not zero, as they are in a new one: it has an effect."""
    torch.manual_seed(seed)
    net = ControlNetModel(**SHAPE, conditioning_embedding_out_channels=(2, 4))  # two steps: halves once, as the tiny decoder does
    for name, parameter in net.named_parameters():
        if name.startswith(("controlnet_down_blocks", "controlnet_mid_block")) or "conv_out" in name:
            torch.nn.init.normal_(parameter, std=0.05)
    net.save_pretrained(folder, variant=variant)


def save_ip_adapter(folder: Path, unet: UNet2DConditionModel, file: str, encoder: str) -> None:
    """The plain IP-Adapter in the one-file layout, and its encoder of pictures."""
    torch.manual_seed(3)
    vision = CLIPVisionConfig(
        hidden_size=32, projection_dim=32, num_hidden_layers=2, num_attention_heads=4, image_size=32, intermediate_size=37, patch_size=8
    )
    CLIPVisionModelWithProjection(vision).save_pretrained(folder / encoder)
    width, tensors, number = unet.config.cross_attention_dim, {}, 1
    for name in unet.attn_processors:
        if not name.endswith("attn1.processor"):
            inner = unet.get_submodule(name.rsplit(".", 1)[0]).to_q.out_features
            tensors[f"ip_adapter.{number}.to_k_ip.weight"] = torch.randn(inner, width) * 0.3
            tensors[f"ip_adapter.{number}.to_v_ip.weight"] = torch.randn(inner, width) * 0.3
            number += 2
    tensors["image_proj.proj.weight"] = torch.randn(4 * width, 32) * 0.2
    tensors["image_proj.proj.bias"] = torch.zeros(4 * width)
    tensors["image_proj.norm.weight"] = torch.ones(width)
    tensors["image_proj.norm.bias"] = torch.zeros(width)
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, folder / file)


def save_lora(path: Path, unet: UNet2DConditionModel, seed: int, rank: int = 4, alpha: float | None = None) -> None:
    """A LoRA as diffusers writes it; alpha: with metadata that says it, None: without any."""
    from peft import LoraConfig
    from peft.utils import get_peft_model_state_dict

    unet = copy.deepcopy(unet)
    torch.manual_seed(seed)
    config = LoraConfig(r=rank, lora_alpha=alpha or rank, init_lora_weights="gaussian", target_modules=["to_k", "to_q", "to_v", "to_out.0"])
    unet.add_adapter(config)
    for name, parameter in unet.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.2)
    told = {"unet_lora_adapter_metadata": unet.peft_config["default"].to_dict()} if alpha else {}
    path.parent.mkdir(parents=True, exist_ok=True)
    StableDiffusionXLPipeline.save_lora_weights(
        str(path.parent), weight_name=path.name, unet_lora_layers=get_peft_model_state_dict(unet), **told
    )
