"""What a set of pictures or of clips may cost at most, whoever orders it: the studio's services, or a command line without an account.

Like the quote of an ad, with what those add that stand in for a model that fails. Knows no people and no caps.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from models.asks import TextAsk, VideoAsk
from models.capabilities import Capabilities, Kind
from models.pricing import Use, tokens_at_most
from pipelines.clips import lengths_of
from studio.services.prices import Prices, Quote


def quote_of_pictures(prices: Prices, model: str, count: int, writer: str = "", asks: Sequence[TextAsk] = ()) -> Quote:
    """`count` pictures of `model`, directed by `writer` with `asks` at most; "" for nobody who is paid. Raises UnknownPrice."""

    def uses(made_by: Mapping[Kind, str]) -> list[Use]:
        found = [Use(made_by["image"], images=count)] if count and "image" in made_by else []
        if "text" in made_by:
            tokens_out = sum(ask.max_tokens for ask in asks)
            found.append(Use(made_by["text"], tokens_in=sum(map(tokens_at_most, asks)), tokens_out=tokens_out))
        return found

    models: dict[Kind, str] = {"image": model}
    return prices.quote_of(models | ({"text": writer} if writer else {}), uses)


def quote_of_clips(prices: Prices, asks: Sequence[VideoAsk], model: str, can: Capabilities | None, image_model: str = "") -> Quote:
    """A clip of `model` for each of `asks`. can: what it can do; what is longer than it makes is ordered in pieces, and whoever stands in
    makes the same pieces. image_model: who draws one picture for them, "" for nobody. Raises UnknownPrice."""
    pieces = [[Decimal(n) / ask.fps for n in lengths_of(ask, can)] for ask in asks]

    def uses(made_by: Mapping[Kind, str]) -> list[Use]:
        drawn = [Use(made_by["image"], images=1)] if "image" in made_by else []
        if "video" not in made_by:
            return drawn
        return [*drawn, *(prices.filmed(made_by["video"], clip) for clip in pieces)]

    models: dict[Kind, str] = {"image": image_model} if image_model else {}
    return prices.quote_of(models | {"video": model}, uses)
