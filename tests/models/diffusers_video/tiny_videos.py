"""Tiny, randomly initialised builds of the real video classes, saved as a hub repository lays them out. Needs no network."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from models.backends.diffusers_video.families.ltx import LTX
from models.backends.diffusers_video.families.ltx2 import LTX2
from models.backends.diffusers_video.families.wan import WAN_5B, WAN_A14B
from models.backends.diffusers_video.family import Family
from models.catalog import ModelRow, Weights

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789 ,."
WAN: dict[str, Any] = {
    "patch_size": (1, 2, 2),
    "num_attention_heads": 2,
    "attention_head_dim": 12,
    "text_dim": 32,
    "freq_dim": 32,
    "ffn_dim": 32,
    "num_layers": 2,
    "cross_attn_norm": True,
    "qk_norm": "rms_norm_across_heads",
    "rope_max_seq_len": 64,
}


def tiny(family: Family) -> Family:
    """`family` for pictures of a few thousand pixels, in two steps."""
    return replace(family, least_pixels=64 * 64, most_pixels=96 * 96, steps=2)


def row_of(name: str, family: Family, **changes: Any) -> ModelRow:
    """A row of the catalogue for the build `name`."""
    weights = Weights("tiny/none", "main", ("model_index.json", "transformer/*"))
    row = ModelRow(f"tiny/{name}", ("video",), "diffusers_video", name, "test", weights=weights, defaults={"family": tiny(family)})
    return replace(row, **changes)


def save(name: str, weights_dir: Path) -> None:
    """Build `name` and save it where the row `tiny/<name>` has its weights."""
    import torch

    torch.manual_seed(0)
    BUILDS[name]().save_pretrained(weights_dir / f"tiny--{name}")


def _tokenizer() -> Any:
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    words = {word: i for i, word in enumerate(("<pad>", "</s>", "<unk>", *LETTERS))}
    made = Tokenizer(models.WordLevel(words, unk_token="<unk>"))
    made.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    made.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    return PreTrainedTokenizerFast(tokenizer_object=made, pad_token="<pad>", eos_token="</s>", unk_token="<unk>", model_max_length=512)


def _text(cls: str) -> Any:
    import transformers

    config = getattr(transformers, cls.replace("EncoderModel", "Config"))
    small = config(vocab_size=64, d_model=32, d_kv=8, d_ff=37, num_layers=2, num_heads=4, decoder_start_token_id=0)
    return getattr(transformers, cls)(small).eval()


def _wan(**parts: Any) -> dict[str, Any]:
    from diffusers import UniPCMultistepScheduler

    scheduler = UniPCMultistepScheduler(flow_shift=3.0, use_flow_sigmas=True, prediction_type="flow_prediction")
    return {"tokenizer": _tokenizer(), "text_encoder": _text("UMT5EncoderModel"), "scheduler": scheduler, **parts}


def _wan_vae(**small: Any) -> Any:
    from diffusers import AutoencoderKLWan

    fixed = {"base_dim": 8, "dim_mult": [1, 1, 1, 1], "num_res_blocks": 1, "temperal_downsample": [False, True, True]}
    return AutoencoderKLWan(**fixed, **{"z_dim": 16, **small})


def wan_5b() -> Any:
    """The one that takes pictures and words: 48 latent channels, sides compressed by 16, timesteps of their own for every token."""
    from diffusers import WanPipeline, WanTransformer3DModel

    vae = _wan_vae(
        z_dim=48,
        in_channels=12,
        out_channels=12,
        is_residual=True,
        patch_size=2,
        latents_mean=[0.0] * 48,
        latents_std=[1.0] * 48,
        scale_factor_spatial=16,
        scale_factor_temporal=4,
    )
    transformer = WanTransformer3DModel(in_channels=48, out_channels=48, **WAN)
    return WanPipeline(**_wan(vae=vae, transformer=transformer), expand_timesteps=True)


def wan_a14b() -> Any:
    """The pair: a coarse and a fine transformer that also take the pictures, first and last."""
    from diffusers import WanImageToVideoPipeline, WanTransformer3DModel

    pair = {name: WanTransformer3DModel(in_channels=36, out_channels=16, **WAN) for name in ("transformer", "transformer_2")}
    return WanImageToVideoPipeline(**_wan(vae=_wan_vae(), **pair), boundary_ratio=0.9)


def ltx() -> Any:
    """LTX-Video with conditions at frames."""
    from diffusers import AutoencoderKLLTXVideo, FlowMatchEulerDiscreteScheduler, LTXConditionPipeline, LTXVideoTransformer3DModel

    vae = AutoencoderKLLTXVideo(
        in_channels=3,
        out_channels=3,
        latent_channels=8,
        block_out_channels=(8, 8, 8, 8),
        decoder_block_out_channels=(8, 8, 8, 8),
        layers_per_block=(1,) * 5,
        decoder_layers_per_block=(1,) * 5,
        spatio_temporal_scaling=(True, True, True, False),
        decoder_spatio_temporal_scaling=(True, True, True, False),
        decoder_inject_noise=(False,) * 5,
        upsample_residual=(False,) * 4,
        upsample_factor=(1,) * 4,
        timestep_conditioning=False,
        patch_size=1,
        patch_size_t=1,
        encoder_causal=True,
        decoder_causal=False,
    )
    vae.use_framewise_encoding = vae.use_framewise_decoding = False
    transformer = LTXVideoTransformer3DModel(
        in_channels=8,
        out_channels=8,
        patch_size=1,
        patch_size_t=1,
        num_attention_heads=4,
        attention_head_dim=8,
        cross_attention_dim=32,
        num_layers=2,
        caption_channels=32,
    )
    text = {"text_encoder": _text("T5EncoderModel"), "tokenizer": _tokenizer()}
    return LTXConditionPipeline(scheduler=FlowMatchEulerDiscreteScheduler(), vae=vae, transformer=transformer, **text)


def ltx_2() -> Any:
    """LTX-2: picture and sound, with a language model that listens."""
    import transformers
    from diffusers import (
        AutoencoderKLLTX2Audio,
        AutoencoderKLLTX2Video,
        FlowMatchEulerDiscreteScheduler,
        LTX2ConditionPipeline,
        LTX2VideoTransformer3DModel,
    )
    from diffusers.pipelines.ltx2 import LTX2TextConnectors
    from diffusers.pipelines.ltx2.vocoder import LTX2Vocoder

    words = {
        "vocab_size": 64,
        "hidden_size": 32,
        "intermediate_size": 16,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "num_key_value_heads": 1,
        "head_dim": 16,
        "max_position_embeddings": 64,
    }
    sight = {
        "hidden_size": 16,
        "intermediate_size": 16,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "image_size": 32,
        "patch_size": 16,
    }
    tokens = {"mm_tokens_per_image": 4, "boi_token_index": 60, "eoi_token_index": 61, "image_token_index": 62}
    listens = transformers.Gemma3ForConditionalGeneration(transformers.Gemma3Config(text_config=words, vision_config=sight, **tokens))
    sound = {
        "audio_in_channels": 4,
        "audio_out_channels": 4,
        "audio_num_attention_heads": 2,
        "audio_attention_head_dim": 4,
        "audio_cross_attention_dim": 8,
    }
    rope: dict[str, Any] = {"rope_double_precision": False, "rope_type": "split"}
    transformer = LTX2VideoTransformer3DModel(
        in_channels=4,
        out_channels=4,
        num_attention_heads=2,
        attention_head_dim=8,
        cross_attention_dim=16,
        num_layers=2,
        caption_channels=32,
        **sound,
        **rope,
    )
    sides = {
        f"{side}_connector_{name}": value
        for side in ("video", "audio")
        for name, value in (("num_attention_heads", 4), ("attention_head_dim", 8), ("num_layers", 1), ("num_learnable_registers", None))
    }
    connectors = LTX2TextConnectors(caption_channels=32, text_proj_in_factor=3, connector_rope_base_seq_len=32, **sides, **rope)
    vae = AutoencoderKLLTX2Video(
        latent_channels=4,
        block_out_channels=(8,),
        decoder_block_out_channels=(8,),
        layers_per_block=(1,),
        decoder_layers_per_block=(1, 1),
        spatio_temporal_scaling=(True,),
        decoder_spatio_temporal_scaling=(True,),
        decoder_inject_noise=(False, False),
        downsample_type=("spatial",),
        upsample_residual=(False,),
        upsample_factor=(1,),
        patch_size=8,
        patch_size_t=1,
        encoder_causal=True,
        decoder_causal=False,
    )
    vae.use_framewise_encoding = vae.use_framewise_decoding = False
    hears = AutoencoderKLLTX2Audio(base_channels=4, ch_mult=(1,), num_res_blocks=1, resolution=32, latent_channels=2, mel_bins=8)
    speaks = LTX2Vocoder(
        in_channels=16,
        hidden_channels=32,
        out_channels=2,
        upsample_kernel_sizes=[4, 4],
        upsample_factors=[2, 2],
        resnet_kernel_sizes=[3],
        resnet_dilations=[[1, 3, 5]],
        output_sampling_rate=16000,
    )
    return LTX2ConditionPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=vae,
        audio_vae=hears,
        text_encoder=listens.eval(),
        tokenizer=_tokenizer(),
        connectors=connectors,
        transformer=transformer,
        vocoder=speaks,
    )


BUILDS: dict[str, Callable[[], Any]] = {"wan-5b": wan_5b, "wan-a14b": wan_a14b, "ltx": ltx, "ltx-2": ltx_2}
FAMILIES: dict[str, Family] = {"wan-5b": WAN_5B, "wan-a14b": WAN_A14B, "ltx": LTX, "ltx-2": LTX2}
