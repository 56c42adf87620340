"""Language models. Local ones first; prices as the provider's page had them in November 2026."""

from decimal import Decimal

from models.catalog.row import ModelRow

WORDS: tuple[ModelRow, ...] = (
    ModelRow(
        id="openai/gpt-4o",
        kinds=("text",),
        backend="openai_text",
        title="GPT-4o (or the model named by LLM_MODEL at an OpenAI-compatible address)",
        licence="provider terms",
        price_per_million_in=Decimal("2.50"),
        price_per_million_out=Decimal("10.00"),
        defaults={"model": "gpt-4o", "provider": "openai"},
    ),
)
