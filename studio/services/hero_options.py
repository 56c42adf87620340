"""What can be chosen for hero frames on this installation, as plain JSON. Knows no HTTP; probes every picture model."""

from typing import Any

from models.capabilities import Capabilities
from models.runtime import Runtime, Standing
from pipelines.aspect import Aspect
from pipelines.hero.hero_brief import COUNTS
from pipelines.hero.terms import TERMS, TITLES
from pipelines.identity import STUDIO


def hero_options(runtime: Runtime) -> dict[str, Any]:
    """`matters` (what a photographer decides, and the terms of each), `counts` (fewest and most), `aspects`, `models`, `default_model`."""
    default = runtime.default_model("image")
    return {
        "matters": [
            {
                "id": matter,
                "title": TITLES[matter],
                "terms": [{"id": id, "title": term.title, "words": term.words, "why": term.why} for id, term in terms.items()],
            }
            for matter, terms in TERMS.items()
        ],
        "counts": list(COUNTS),
        "aspects": [aspect.value for aspect in Aspect],
        "models": [_model(runtime, standing) for standing in runtime.standings("image")],
        "default_model": default.id if default else "",
    }


def _model(runtime: Runtime, standing: Standing) -> dict[str, Any]:
    row = standing.row
    can = standing.can or runtime.capabilities("image", row.id)
    return {
        "id": row.id,
        "title": row.title,
        "price_usd": float(row.price_per_image) if row.price_known else None,
        "why_not": standing.why_not,
        "can": abilities(row.id, can) if can else [],
    }


def abilities(model: str, can: Capabilities) -> list[str]:
    """What a model can do for a hero frame, in words."""
    told = [
        ("exact framing and light", model == STUDIO),
        ("your product photo as it is", model == STUDIO),
        ("takes after a reference picture", bool(can.references)),
        ("keeps the layout of a picture", bool({"depth", "canny"} & can.controls)),
        ("anything in words", model != STUDIO),
    ]
    return [words for words, true in told if true]
