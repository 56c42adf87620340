"""What an ad would cost at most that this process makes itself, with no order and no account: `python -m studio make`."""

from decimal import Decimal

from models.runtime import Runtime
from pipelines.brief import Brief
from pipelines.hints import read_hints
from pipelines.voice_over import speaker
from studio.services.choices import models_of
from studio.services.direct_till import check_cap
from studio.services.generations import DEFAULT_DURATION_S
from studio.services.prices import Prices, Quote


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


def notice(quote: Quote, cap: Decimal) -> str:
    """What is to be read before the first call is paid; "" where nothing is to be paid. cap: US dollars, the most for one ad. Raises
    OverCap."""
    if not quote.total:
        return ""
    check_cap(quote.total, cap)
    paid = ", ".join(dict.fromkeys(use.model for use, price in quote.lines if price))
    said = (f"This ad may cost up to ${quote.total:.2f} ({paid}).", quote.of_stand_ins(cap))
    return " ".join(filter(None, (*said, "Ctrl-C stops it; what was made until then is paid.")))
