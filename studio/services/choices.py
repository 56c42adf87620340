"""What may be chosen for an ad on this installation: models of each kind, styles, and what holds its shots together.

Works on the runtime's catalogue and the tables of `pipelines`. It knows no page and no HTTP.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from models.capabilities import Kind
from models.catalog import ModelRow
from models.loras import listed
from models.runtime import Runtime, Standing
from models.voices import voices_of
from pipelines.brief import BUILT_IN_WRITER
from pipelines.coherence import COHERENCE, Choice
from pipelines.presets import STYLES
from studio.services.capability_card import KINDS

FREE, UNKNOWN = "free", "paid, price not known"


def models_of(runtime: Runtime) -> Mapping[Kind, str]:
    """Who would make what, by kind; kinds that nobody can make are left out."""
    return {kind: row.id for kind, _ in KINDS if (row := runtime.default_model(kind)) is not None}


def choices(runtime: Runtime) -> dict[str, Any]:
    """Plain JSON: `models` by kind ({id, title, ready, why_not, price}), `styles` and `coherence` ({name, title, hint}), and `loras`.

    Probes every model. The first that is ready is what an ad gets when nothing is chosen.
    """
    models: dict[str, list[dict[str, Any]]] = {}
    for kind, _ in KINDS:
        models[kind] = [
            {"id": s.row.id, "title": s.row.title, "ready": not s.why_not, "why_not": s.why_not, "price": price_of(s.row)}
            for s in runtime.standings(kind)
        ]
    models["text"].append({"id": BUILT_IN_WRITER, "title": "Built-in copywriter", "ready": True, "why_not": "", "price": FREE})
    return {
        "models": models,
        "voices": voices(runtime),
        "styles": [{"name": name, "title": preset.title, "hint": preset.hint} for name, preset in STYLES.items()],
        "coherence": [
            {"name": name, "title": choice.title, "hint": choice.hint, "ready": not why_not, "why_not": why_not}
            for name, choice in COHERENCE.items()
            for why_not in [why_idle(choice, runtime)]
        ],
        "loras": loras(runtime),
    }


def why_idle(choice: Choice, runtime: Runtime) -> str:
    """Why a switch has nothing to hold together here: no picture model that is ready can do what it needs; "" when one can."""
    if not choice.needs or any(s.can and getattr(s.can, choice.needs) for s in runtime.standings("image")):
        return ""
    return "For models that draw from words: none that is ready here can. The product studio needs no help to keep the product."


def loras(runtime: Runtime) -> list[dict[str, Any]]:
    """Every LoRA in LORAS_DIR, whether pictures can use it, and how: studio.api.rest.shapes.studio.LoraReply."""
    cards = listed(runtime.config)
    takes = bool(cards) and any(s.can and s.can.loras for s in runtime.standings("image"))
    nobody = "" if takes else "No picture model that is ready here takes a LoRA; python -m models list says what is missing."
    return [
        {
            "name": card.name,
            "title": card.subject or card.name,
            "hint": f"Write “{card.trigger}” into the prompt." if card.trigger else "",
            "trigger": card.trigger,
            "base": card.base,
            "rank": card.rank,
            "alpha": card.alpha,
            "created": card.created,
            "ready": not (why_not := nobody if card.base in ("sdxl", "") else f"It was trained for {card.base}, not for SDXL."),
            "why_not": why_not,
        }
        for card in cards
    ]


def voices(runtime: Runtime) -> list[dict[str, Any]]:
    """Who may speak: whoever is at hand, then each voice by name, of the first model that has it and can run here."""
    standings = sorted(runtime.standings("voice"), key=lambda s: bool(s.why_not))
    found = {"auto": _voice("auto", "Automatic", standings)}
    for name in dict.fromkeys(name for s in standings for name in voices_of(s.row)):
        found[name] = _voice(name, name.replace("_", " ").capitalize(), [s for s in standings if name in voices_of(s.row)])
    return list(found.values())


def _voice(name: str, title: str, standings: list[Standing]) -> dict[str, Any]:
    """standings: of the models that have it, those that can run here first."""
    first = standings[0]
    why_not = "; or: ".join(dict.fromkeys(s.why_not.rstrip(".") for s in standings)) if first.why_not else ""
    price = price_of(first.row)
    return {"name": name, "title": title, "model": first.row.id, "ready": not why_not, "why_not": why_not and f"{why_not}.", "price": price}


def price_of(row: ModelRow) -> str:
    """ "$0.05 a second, $0.03 a picture", "free", or that it is not known."""
    if not row.price_known:
        return UNKNOWN
    prices = (
        (row.price_per_second, "a second"),
        (row.price_per_image, "a picture"),
        (row.price_per_million_in, "per million tokens read"),
        (row.price_per_million_out, "per million tokens written"),
    )
    return ", ".join(f"${_exactly(price)} {unit}" for price, unit in prices if price) or FREE


def _exactly(price: Decimal) -> str:
    """At least cents, and what is below them where there is something: 0.03, 0.026."""
    return f"{price:.2f}" if price == round(price, 2) else f"{price.normalize():f}"
