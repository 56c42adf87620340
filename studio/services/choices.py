"""What may be chosen for an ad on this installation: models of each kind, styles, and what holds its shots together.

Works on the runtime's catalogue and the tables of `pipelines`. It knows no page and no HTTP.
"""

from typing import Any

from models.catalog import ModelRow
from models.loras import listed
from models.runtime import Runtime
from pipelines.brief import BUILT_IN_WRITER
from pipelines.coherence import COHERENCE
from pipelines.presets import STYLES
from studio.services.capability_card import KINDS

FREE, UNKNOWN = "free", "paid, price not known"


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
        "styles": [{"name": name, "title": preset.title, "hint": preset.hint} for name, preset in STYLES.items()],
        "coherence": [
            {"name": name, "title": choice.title, "hint": choice.hint, "ready": True, "why_not": ""} for name, choice in COHERENCE.items()
        ],
        "loras": loras(runtime),
    }


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
    return ", ".join(f"${price:.2f} {unit}" for price, unit in prices if price) or FREE
