"""Models that make voices, and music. Prices as the provider's page had them in November 2026.

MUSIC stands behind the embedded sound studio, which alone puts its beats on the cuts: other music is for those who choose it.
"""

from decimal import Decimal

from models.catalog.row import ModelRow, Weights

BARK_VOICES = tuple(f"en_speaker_{n}" for n in (6, 9, 0, 1, 2, 3, 4, 5, 7, 8))
OPENAI_VOICES = ("coral", "alloy", "ash", "ballad", "echo", "fable", "nova", "onyx", "sage", "shimmer", "verse", "marin", "cedar")
OPENAI_TERMS = "listeners must be told that the voice is made by AI"

SOUNDS: tuple[ModelRow, ...] = (
    ModelRow(
        id="suno/bark",
        kinds=("voice",),
        backend="bark_voice",
        title="Bark, ten English voices on this machine",
        licence="MIT",
        licence_url="https://github.com/suno-ai/bark/blob/main/LICENSE",
        weights=Weights(
            repo="suno/bark",
            revision="70a8a7d34168586dc5d028fa9666aceade177992",
            files=("pytorch_model.bin", "*.json", "vocab.txt", "speaker_embeddings/v2/en_speaker_*"),
            gigabytes=4.6,
        ),
        vram_gb=6.0,
        defaults={"voices": BARK_VOICES},
    ),
    ModelRow(
        id="suno/bark-small",
        kinds=("voice",),
        backend="bark_voice",
        title="Bark small, ten English voices on this machine",
        licence="MIT",
        licence_url="https://github.com/suno-ai/bark/blob/main/LICENSE",
        weights=Weights(
            repo="suno/bark-small",
            revision="1dbd7a128513b8ae4a4e2130fed57b7ac9da5bcd",
            files=("pytorch_model.bin", "*.json", "vocab.txt", "speaker_embeddings/v2/en_speaker_*"),
            gigabytes=1.8,
        ),
        vram_gb=3.0,
        defaults={"voices": BARK_VOICES},
    ),
    ModelRow(
        id="openai/gpt-4o-mini-tts",
        kinds=("voice",),
        backend="openai_voice",
        title="OpenAI speech (or the model named by TTS_MODEL at an OpenAI-compatible address)",
        licence="provider terms",
        terms=OPENAI_TERMS,
        # $0.60 a million tokens read, $12 a million tokens of sound: about $0.015 a minute by the provider's own estimate, at most 0.018.
        price_per_second=Decimal("0.0003"),
        price_per_million_in=Decimal("0.60"),
        defaults={"model": "gpt-4o-mini-tts", "provider": "openai_voice", "voices": OPENAI_VOICES, "styled": True},
    ),
)

MUSIC: tuple[ModelRow, ...] = (
    ModelRow(
        id="ACE-Step/acestep-v15-xl-turbo-diffusers",
        kinds=("sound",),
        backend="ace_step_music",
        title="ACE-Step 1.5 XL, music on this machine",
        licence="MIT",
        licence_url="https://huggingface.co/ACE-Step/acestep-v15-xl-turbo-diffusers",
        terms="its makers allow commercial use of what it plays",
        weights=Weights(
            repo="ACE-Step/acestep-v15-xl-turbo-diffusers",
            revision="200ba991ae448051e14b0183157e35c2d27c9fb0",
            files=("model_index.json", "*.safetensors", "*.json", "*.txt"),
            gigabytes=11.1,
        ),
        vram_gb=16.0,
    ),
)
