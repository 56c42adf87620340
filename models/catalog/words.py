"""Language models. Local ones first; prices as the provider's page had them in November 2026."""

from decimal import Decimal

from models.catalog.row import ModelRow, Weights

WORDS: tuple[ModelRow, ...] = (
    ModelRow(
        id="Qwen/Qwen3-4B-Instruct-2507",
        kinds=("text",),
        backend="transformers_text",
        title="Qwen3 4B Instruct, on this machine",
        licence="Apache-2.0",
        licence_url="https://huggingface.co/Qwen/Qwen3-4B-Instruct-2507/blob/main/LICENSE",
        weights=Weights(
            repo="Qwen/Qwen3-4B-Instruct-2507",
            revision="cdbee75f17c01a7cc42f958dc650907174af0554",
            files=("*.safetensors", "*.json", "merges.txt"),
            gigabytes=8.1,
        ),
        vram_gb=10.0,
    ),
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
