"""What calls of models may use and cost, from their rows: what is known before a call is made. Knows no people and no caps.

Bounds, not estimates: an ask never uses more than `use_of` says, unless its provider counts in a way nobody foresaw.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from models.asks import Ask, ImageAsk, SoundAsk, TextAsk, VideoAsk, VoiceAsk
from models.catalog import ModelRow

if TYPE_CHECKING:
    from models.backends import BackendConfig

MILLION = Decimal(1_000_000)

ASCII_TO_A_TOKEN = 2
"""Characters of plain text or JSON that a tokenizer makes at least one token of; it really is three or four."""

SLOWEST_CHARACTERS_A_SECOND = 5
"""Characters of text that a voice speaks in a second at the very least; twelve to eighteen are usual."""

FRAME_TOKENS = 64
"""What a chat wraps around its messages."""


@dataclass(frozen=True)
class Use:
    """One use of a model: seconds of video or sound, pictures, and tokens read and written."""

    model: str
    seconds: Decimal = Decimal(0)
    images: int = 0
    tokens_in: int = 0
    tokens_out: int = 0


def use_of(ask: Ask, model: str, durations_s: Sequence[int] = ()) -> Use:
    """The most that `model` may use to answer `ask`. durations_s: the lengths it makes (ModelRow.durations_s)."""
    if isinstance(ask, ImageAsk):
        return Use(model, images=1)
    if isinstance(ask, VideoAsk):
        return Use(model, seconds=billed_seconds(Decimal(ask.n_frames) / ask.fps, durations_s))
    if isinstance(ask, SoundAsk):
        return Use(model, seconds=Decimal(str(ask.duration_s)))
    if isinstance(ask, VoiceAsk):
        return Use(model, tokens_in=len(ask.text + ask.style), seconds=Decimal(len(ask.text)) / SLOWEST_CHARACTERS_A_SECOND)
    return Use(model, tokens_in=tokens_at_most(ask), tokens_out=ask.max_tokens)


def billed_seconds(seconds: Decimal, durations_s: Sequence[int]) -> Decimal:
    """What a provider that makes clips of `durations_s` bills for `seconds` of one: the shortest that covers it, else the longest."""
    if not durations_s:
        return seconds
    return Decimal(next((length for length in durations_s if length >= seconds), durations_s[-1]))


def tokens_at_most(ask: TextAsk) -> int:
    """Tokens that `ask` is read as, at most. Outside ASCII a tokenizer may need one for every byte."""
    text = ask.system + ask.prompt + (json.dumps(ask.schema) if ask.schema is not None else "")
    plain = sum(character.isascii() for character in text)
    return FRAME_TOKENS + -(-plain // ASCII_TO_A_TOKEN) + len(text.encode(errors="replace")) - plain


def price_of(row: ModelRow, use: Use) -> Decimal:
    """US dollars for `use` of the model of `row`, not rounded; nothing where the price is not known."""
    return (
        row.price_per_second * use.seconds
        + row.price_per_image * use.images
        + row.price_per_million_in * use.tokens_in / MILLION
        + row.price_per_million_out * use.tokens_out / MILLION
    )


def as_billed(rows: Iterable[ModelRow], config: "BackendConfig") -> tuple[ModelRow, ...]:
    """The catalogue with the prices of this installation: another model at a row's address has not the row's price."""
    return tuple(_as_billed(row, config) for row in rows)


def _as_billed(row: ModelRow, config: "BackendConfig") -> ModelRow:
    provider = str(row.defaults.get("provider", ""))
    if provider in config.prices:
        read, written = config.prices[provider]
        return replace(row, price_per_million_in=read, price_per_million_out=written, price_per_second=Decimal(0))
    free = replace(row, price_per_million_in=Decimal(0), price_per_million_out=Decimal(0), price_per_second=Decimal(0))
    if provider in config.base_urls and not config.keys.get(provider):
        return free  # without a key there is no account that could be billed
    if provider in config.models and config.models[provider] != row.defaults.get("model"):
        return replace(free, price_known=False)
    return row


def not_counted(row: ModelRow, name: str = "") -> str:
    """The sentence to tell where a model is paid for and its price is not known. name: what the provider calls it."""
    called = name or row.id
    settings = "TTS_PRICE" if "voice" in row.kinds else "LLM_PRICE_IN and LLM_PRICE_OUT"
    return f'What "{called}" costs is not known here, so it is not counted; set {settings}.'
