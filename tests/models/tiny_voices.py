"""A Bark of the real classes, tiny and with random weights, saved as its hub repository is laid out."""

import json
from pathlib import Path
from typing import Any

import numpy as np


def tiny_bark(folder: Path, voices: tuple[str, ...], words: int = 24) -> None:
    """Write it to `folder`. words: semantic tokens it draws, about 1/50 s each."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BarkConfig, BarkModel, BarkProcessor, EncodecConfig, PreTrainedTokenizerFast
    from transformers.models.bark.configuration_bark import BarkCoarseConfig, BarkFineConfig, BarkSemanticConfig
    from transformers.models.bark.generation_configuration_bark import (
        BarkCoarseGenerationConfig,
        BarkFineGenerationConfig,
        BarkGenerationConfig,
        BarkSemanticGenerationConfig,
    )

    torch.manual_seed(3)
    small: dict[str, Any] = {"num_layers": 1, "num_heads": 2, "hidden_size": 16}
    codec = EncodecConfig(
        num_filters=4,
        num_residual_layers=1,
        num_lstm_layers=1,
        upsampling_ratios=[8, 5, 4, 2],
        hidden_size=16,
        codebook_size=1024,
        codebook_dim=16,
    )
    config = BarkConfig(
        semantic_config=BarkSemanticConfig(input_vocab_size=129_600, output_vocab_size=10_048, **small).to_dict(),
        coarse_acoustics_config=BarkCoarseConfig(input_vocab_size=12_096, output_vocab_size=12_096, **small).to_dict(),
        fine_acoustics_config=BarkFineConfig(input_vocab_size=1056, output_vocab_size=1056, **small).to_dict(),
        codec_config=codec.to_dict(),
    )
    model = BarkModel(config)
    for layer in model.codec_model.quantizer.layers:
        layer.codebook.embed.normal_()  # zeros before training: every code would sound alike
    generation = BarkGenerationConfig.from_sub_model_configs(
        BarkSemanticGenerationConfig(max_new_tokens=words, eos_token_id=10_000),
        BarkCoarseGenerationConfig(),
        BarkFineGenerationConfig(max_fine_history_length=32, max_fine_input_length=64),
    )
    vocabulary = {"[PAD]": 0, "[UNK]": 1, **{chr(97 + n): n + 2 for n in range(26)}}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    dice, presets = np.random.default_rng(0), {"repo_or_path": "suno/bark"}
    for voice in voices:
        paths = {}
        for part, values in (
            ("semantic_prompt", dice.integers(0, 10_000, 40)),
            ("coarse_prompt", dice.integers(0, 1024, (2, 60))),
            ("fine_prompt", dice.integers(0, 1024, (8, 60))),
        ):
            path = f"speaker_embeddings/v2/{voice}_{part}.npy"
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            np.save(folder / path, values)
            paths[part] = path
        presets[f"v2/{voice}"] = paths  # type: ignore[assignment]
    BarkProcessor(PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]")).save_pretrained(folder)
    (folder / "speaker_embeddings_path.json").write_text(json.dumps(presets))
    model.save_pretrained(folder)
    (folder / "model.safetensors").unlink()
    torch.save(model.state_dict(), folder / "pytorch_model.bin")  # the only form the hub has it in
    (folder / "generation_config.json").write_text(json.dumps(generation.to_dict()))  # this transformers cannot save it by itself
