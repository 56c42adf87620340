"""An SDXL of the real classes, randomly initialised and small enough to train on a processor in seconds, saved as a folder on disk."""

import json
import string
from pathlib import Path

UNET = {
    "block_out_channels": (16, 32, 32),
    "layers_per_block": 1,
    "sample_size": 32,
    "in_channels": 4,
    "out_channels": 4,
    "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
    "up_block_types": ("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
    "attention_head_dim": (2, 4, 4),
    "use_linear_projection": True,
    "addition_embed_type": "text_time",
    "addition_time_embed_dim": 8,
    "transformer_layers_per_block": (1, 1, 1),
    "projection_class_embeddings_input_dim": 80,
    "cross_attention_dim": 64,
    "norm_num_groups": 4,
}


def tokenizer(folder: Path) -> object:
    from transformers import CLIPTokenizer

    folder.mkdir(parents=True)
    letters = string.ascii_lowercase + string.digits + " ,.-()"
    words = [*letters, *(letter + "</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({word: number for number, word in enumerate(words)}))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    return CLIPTokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"), model_max_length=77)


def build(folder: Path, seed: int = 0) -> Path:
    """Write it to folder/pipe and return that."""
    import torch
    from diffusers import AutoencoderKL, EulerDiscreteScheduler, StableDiffusionXLPipeline, UNet2DConditionModel
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

    torch.manual_seed(seed)
    words = tokenizer(folder / "tokens")
    text = CLIPTextConfig(
        vocab_size=len(words),  # type: ignore[arg-type]
        bos_token_id=len(words) - 2,  # type: ignore[arg-type]
        eos_token_id=len(words) - 1,  # type: ignore[arg-type]
        pad_token_id=1,
        hidden_size=32,
        intermediate_size=37,
        num_attention_heads=4,
        num_hidden_layers=3,
        hidden_act="gelu",
        projection_dim=32,
    )
    vae = AutoencoderKL(
        block_out_channels=[16, 16],
        norm_num_groups=4,
        down_block_types=["DownEncoderBlock2D"] * 2,
        up_block_types=["UpDecoderBlock2D"] * 2,
        latent_channels=4,
        sample_size=64,
        scaling_factor=0.13025,
    )
    scheduler = EulerDiscreteScheduler(
        beta_start=0.00085, beta_end=0.012, steps_offset=1, beta_schedule="scaled_linear", timestep_spacing="leading"
    )
    made = StableDiffusionXLPipeline(
        vae=vae,
        text_encoder=CLIPTextModel(text),
        text_encoder_2=CLIPTextModelWithProjection(text),
        tokenizer=words,
        tokenizer_2=words,
        unet=UNet2DConditionModel(**UNET),
        scheduler=scheduler,
    )
    made.save_pretrained(folder / "pipe")
    return folder / "pipe"
