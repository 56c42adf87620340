"""An ACE-Step of the real classes, tiny and with random weights, saved in diffusers' layout."""

from pathlib import Path

WORDS = ("#", "Instruction", "Caption", "Metas", "-", "bpm:", "keyscale:", "duration:", "instrumental", "[Instrumental]", "Lyric")


def tiny_ace_step(folder: Path) -> None:
    """Write it to `folder`."""
    import torch
    from diffusers import AceStepPipeline, AceStepTransformer1DModel, AutoencoderOobleck, FlowMatchEulerDiscreteScheduler
    from diffusers.pipelines.ace_step.modeling_ace_step import AceStepConditionEncoder
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast, Qwen3Config, Qwen3Model

    torch.manual_seed(0)
    inner = Tokenizer(models.WordLevel({word: n for n, word in enumerate(["<pad>", "<unk>", *WORDS])}, unk_token="<unk>"))
    inner.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    heads = {"num_attention_heads": 2, "num_key_value_heads": 1, "head_dim": 8}
    encoder = Qwen3Config(vocab_size=32, hidden_size=16, intermediate_size=32, num_hidden_layers=1, max_position_embeddings=4096, **heads)
    pipe = AceStepPipeline(
        vae=AutoencoderOobleck(
            encoder_hidden_size=8,
            downsampling_ratios=[8, 8, 30],
            channel_multiples=[1, 1, 1],
            decoder_channels=8,
            decoder_input_channels=8,
            sampling_rate=48_000,
        ),
        text_encoder=Qwen3Model(encoder),
        tokenizer=PreTrainedTokenizerFast(tokenizer_object=inner, pad_token="<pad>", unk_token="<unk>"),
        transformer=AceStepTransformer1DModel(
            hidden_size=16,
            intermediate_size=32,
            num_hidden_layers=2,
            in_channels=24,
            audio_acoustic_hidden_dim=8,
            is_turbo=True,
            model_version="turbo",
            **heads,
        ),
        condition_encoder=AceStepConditionEncoder(
            hidden_size=16,
            intermediate_size=32,
            text_hidden_dim=16,
            timbre_hidden_dim=8,
            num_lyric_encoder_hidden_layers=1,
            num_timbre_encoder_hidden_layers=1,
            **heads,
        ),
        scheduler=FlowMatchEulerDiscreteScheduler(num_train_timesteps=1, shift=1.0),
    )
    pipe.save_pretrained(folder)
