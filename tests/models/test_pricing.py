"""What a call may cost is known before it is made, and is never too little; prices are those of this installation."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.asks import ImageAsk, SoundAsk, TextAsk, VideoAsk
from models.backends import BackendConfig
from models.catalog import ModelRow, row
from models.pricing import Use, as_billed, not_counted, price_of, tokens_at_most, use_of

WRITER = row("openai/gpt-4o")
LOCAL = row("product-studio/v1")


@pytest.mark.parametrize(
    ("ask", "use"),
    [
        (ImageAsk("a cube", 64, 64), Use("m", images=1)),
        (VideoAsk("slowly", 64, 64, n_frames=84, fps=24), Use("m", seconds=Decimal("3.5"))),
        (SoundAsk("calm", 15.5), Use("m", seconds=Decimal("15.5"))),
        (TextAsk("", "ab" * 50, max_tokens=200), Use("m", tokens_in=114, tokens_out=200)),
        (TextAsk("é", "時計", max_tokens=1), Use("m", tokens_in=72, tokens_out=1)),
    ],
)
def test_an_ask_is_bounded(ask: object, use: Use) -> None:
    assert use_of(ask, "m") == use  # type: ignore[arg-type]


@given(st.text(max_size=200), st.text(max_size=200))
def test_more_text_is_never_less(system: str, prompt: str) -> None:
    schema = {"type": "object"}
    bare, full = TextAsk(system, prompt), TextAsk(system, prompt + "x", schema)
    assert 64 <= tokens_at_most(bare) < tokens_at_most(full)
    assert tokens_at_most(full) <= 66 + len((system + prompt + json.dumps(schema)).encode(errors="replace"))


def test_rows_cost_what_they_say() -> None:
    paid = ModelRow("v", ("video",), "b", "V", "terms", price_per_second=Decimal("0.05"), price_per_image=Decimal("0.003"))
    assert price_of(paid, Use("v", seconds=Decimal("3.5"), images=2)) == Decimal("0.181")
    assert price_of(WRITER, Use("w", tokens_in=1000, tokens_out=200)) == Decimal("0.0045")
    assert price_of(LOCAL, Use("l", seconds=Decimal(60), images=9)) == 0
    assert (paid.paid, WRITER.paid, LOCAL.paid) == (True, True, False)


def test_prices_are_those_of_this_installation(tmp_path: Path) -> None:
    def billed(**config: object) -> ModelRow:
        there, here = as_billed((WRITER, LOCAL), BackendConfig(tmp_path, **config))  # type: ignore[arg-type]
        assert here == LOCAL
        return there

    key, address, other = {"keys": {"openai": "k"}}, {"base_urls": {"openai": "http://x"}}, {"models": {"openai": "qwen3"}}
    assert billed() == billed(**key) == billed(**key, **address) == WRITER
    assert billed(**key, models={"openai": "gpt-4o"}) == WRITER
    assert (billed(**address, **other).paid, billed(**address, **other).price_known) == (False, True)
    for unknown in (billed(**key, **other), billed(**key, **address, **other)):
        assert (unknown.paid, unknown.price_known) == (False, False)
    known = billed(**key, **other, prices={"openai": (Decimal(1), Decimal(3))})
    assert (known.price_per_million_in, known.price_per_million_out, known.price_known) == (1, 3, True)
    assert "qwen3" in not_counted(WRITER, "qwen3")
