"""What would cost at most that this process makes itself, with no order and no account: `python -m studio make` and its like."""

from collections.abc import Sequence
from decimal import Decimal

from models.asks import VideoAsk
from models.runtime import Runtime
from pipelines.brief import Brief
from pipelines.hero import HeroBrief
from pipelines.hero.cinematographer import most_asked
from pipelines.hints import read_hints
from pipelines.voice_over import speaker
from studio.services.choices import models_of
from studio.services.direct_till import check_cap
from studio.services.generations import DEFAULT_DURATION_S
from studio.services.prices import Prices, Quote, of_stand_ins
from studio.services.set_quotes import quote_of_clips, quote_of_pictures
from studio.services.variant_asked import Cell
from studio.services.variant_plans import plan_set
from studio.store.money import dollars_at_most


def quote_of(brief: Brief, runtime: Runtime) -> Quote:
    """As `Generations.estimate` has it, of models that can be used or not: whoever cannot will say so. Raises UnknownPrice."""
    prices = Prices(runtime.catalog)
    models = {**models_of(runtime), **brief.models}
    models.pop("voice", None)
    speaking, _ = speaker(brief.voice, brief.models.get("voice"), runtime)
    if speaking:
        models["voice"] = speaking
    duration = brief.duration or read_hints(brief.prompt).duration or DEFAULT_DURATION_S
    return prices.quote_of_ad(duration, models)


def quote_of_hero(brief: HeroBrief, model: str, direct: bool, runtime: Runtime) -> Quote:
    """As `HeroOrders.estimate` has it. Raises UnknownPrice."""
    writer = runtime.default_model("text") if direct else None
    return quote_of_pictures(Prices(runtime.catalog), model, brief.count, writer.id if writer else "", most_asked(brief) if writer else ())


def quote_of_takes(asks: Sequence[VideoAsk], model: str, runtime: Runtime) -> Quote:
    """As `Takes.estimate` has it. Raises UnknownPrice, AskRefused for a model that there is not."""
    return quote_of_clips(Prices(runtime.catalog), asks, model, runtime.capabilities("video", model))


def quotes_of_variants(cells: Sequence[Cell], runtime: Runtime) -> list[Quote]:
    """As `Variants.estimate` has them, one for each ad. Raises UnknownPrice."""
    models = dict(models_of(runtime))
    models.pop("voice", None)
    planned = plan_set(cells, models, Prices(runtime.catalog), runtime.capabilities, lambda brand, product: 1)
    return [cell.quote for cell in planned.cells]


def notice(quotes: Sequence[Quote], cap: Decimal, what: str = "This ad", one: str = "") -> str:
    """What is to be read before the first call is paid; "" where nothing is to be paid. cap: US dollars, the most for each of `quotes`.
    what: they are all together, as a sentence begins; one: the same of one of several. Raises OverCap."""
    total = sum((quote.total for quote in quotes), Decimal(0))
    if not total:
        return ""
    for quote in quotes:
        check_cap(quote.total, cap, one or what)
    paid = ", ".join(dict.fromkeys(use.model for quote in quotes for use, price in quote.lines if price))
    said = (f"{what} may cost up to {dollars_at_most(total)} ({paid}).", of_stand_ins(quotes, cap))
    return " ".join(filter(None, (*said, "Ctrl-C stops it; what was made until then is paid.")))
