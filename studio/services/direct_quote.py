"""What an ad would cost at most that this process makes itself, with no order and no account: `python -m studio make`."""

from models.runtime import Runtime
from pipelines.brief import Brief
from pipelines.hints import read_hints
from pipelines.voice_over import speaker
from studio.services.choices import models_of
from studio.services.generations import DEFAULT_DURATION_S
from studio.services.prices import Prices, Quote, uses_of_ad


def quote_of(brief: Brief, runtime: Runtime) -> Quote:
    """As `Generations.estimate` has it, of models that can be used or not: whoever cannot will say so. Raises UnknownPrice."""
    prices = Prices(runtime.catalog)
    models = {**models_of(runtime), **brief.models}
    models.pop("voice", None)
    speaking, _ = speaker(brief.voice, brief.models.get("voice"), runtime)
    if speaking:
        models["voice"] = speaking
    duration = brief.duration or read_hints(brief.prompt).duration or DEFAULT_DURATION_S
    return prices.quote(uses_of_ad(duration, models, lengths=prices.lengths()))


def notice(quote: Quote) -> str:
    """A sentence to be read before the first call is paid; "" where nothing is to be paid."""
    if not quote.total:
        return ""
    paid = ", ".join(dict.fromkeys(use.model for use, price in quote.lines if price))
    return f"This ad may cost up to ${quote.total:.2f} ({paid}). Ctrl-C stops it; what was made until then is paid."
