"""A quote covers the worst that the writer of the story may do: its real instructions, asked as often as it may ask."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from models.asks import TextAsk
from models.catalog import CATALOG, row
from models.pricing import price_of, tokens_at_most, use_of
from pipelines.brief import Brief, read_brief
from pipelines.hints import read_hints
from pipelines.spec import AdSpec
from pipelines.spec_prompt import SYSTEM, user_prompt
from pipelines.spec_schema import strict_schema
from studio.services.prices import WRITER_TOKENS_IN, WRITER_TOKENS_OUT, Prices, uses_of_ad

WRITER = row("openai/gpt-4o")
ASKS = 3


def asks_of(brief: Brief) -> list[TextAsk]:
    """The first ask, and then repairs of answers as long as a repair quotes them, with the most problems it lists."""
    told, schema = user_prompt(brief, read_hints(brief.prompt)), strict_schema(AdSpec)
    problems = "\n".join("- scenes.3.text_overlay.animation: Input should be 'fade', 'rise', 'wipe' or 'typewriter'" for _ in range(12))
    again = f"{told}\n\nYour last answer:\n{'x' * 6000}\n\nMend this:\n{problems}"
    return [TextAsk(SYSTEM, told, schema), *(TextAsk(SYSTEM, again, schema) for _ in range(ASKS - 1))]


@settings(max_examples=20, deadline=None)
@given(st.text("abcdefghij klmnop", max_size=440))
def test_the_writer_stays_within_its_quote(rest: str) -> None:
    asks = asks_of(read_brief(f"Create a luxury watch ad for Instagram. {rest}".strip(), brand="A" * 40, colors="navy, gold"))
    assert sum(tokens_at_most(ask) for ask in asks) <= WRITER_TOKENS_IN
    assert sum(ask.max_tokens for ask in asks) <= WRITER_TOKENS_OUT
    quoted = Prices().quote(uses_of_ad(15, {"text": WRITER.id})).total
    assert sum((price_of(WRITER, use_of(ask, WRITER.id)) for ask in asks), Decimal(0)) <= quoted


def test_the_built_in_writer_costs_nothing() -> None:
    assert Prices(CATALOG).quote(uses_of_ad(60, {"text": "built-in"})).lines == ()
