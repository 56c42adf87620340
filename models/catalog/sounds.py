"""Models that make voices, and music. Prices as the provider's page had them in November 2026.

MUSIC stands behind the embedded sound studio, which alone puts its beats on the cuts: other music is for those who choose it.
"""

from decimal import Decimal

from models.catalog.row import ModelRow

BARK_VOICES = tuple(f"en_speaker_{n}" for n in range(10))
OPENAI_VOICES = ("coral", "alloy", "ash", "ballad", "echo", "fable", "nova", "onyx", "sage", "shimmer", "verse", "marin", "cedar")
OPENAI_TERMS = "listeners must be told that the voice is made by AI"

SOUNDS: tuple[ModelRow, ...] = (
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

MUSIC: tuple[ModelRow, ...] = ()
