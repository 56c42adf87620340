"""What can be chosen for takes: moves, paces, templates, what to keep out, and the models with what they cost and can. Knows no people."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from models.runtime import Runtime, Standing
from pipelines.motion.motion_brief import RATES, SECONDS, TAKES
from pipelines.motion.motion_terms import ARTIFACTS, INTENSITIES, MOVEMENTS, SPEEDS, STABLE, TEMPLATES

DEFAULT_SECONDS = 5.0

SPEED_WORDS = {
    "real_time": "As long as it takes.",
    "slow_motion": "Time is stretched; details are seen.",
    "brisk": "Quick and sure, for short films.",
}
INTENSITY_TITLES = ("Barely", "Gently", "Clearly", "Strongly")
DIRECTIONS = (("left", "To the left"), ("right", "To the right"))


def take_options(runtime: Runtime, attempts: int) -> dict[str, Any]:
    """As plain JSON. attempts: how many takes are made where nothing is chosen."""
    default = runtime.default_model("video")
    return {
        "cameras": [{"id": id, "title": row.title, "what": row.hint, "directed": len(row.moves) > 1} for id, row in MOVEMENTS.items()],
        "speeds": [{"id": id, "title": row[0], "what": SPEED_WORDS[id]} for id, row in SPEEDS.items()],
        "fps": list(RATES),
        "intensities": [
            {"id": most, "title": title, "what": words} for (most, words), title in zip(INTENSITIES, INTENSITY_TITLES, strict=True)
        ],
        "directions": [{"id": id, "title": title} for id, title in DIRECTIONS],
        "templates": [_template(id) for id in TEMPLATES],
        "negatives": list(dict.fromkeys(word.strip() for word in f"{ARTIFACTS}, {STABLE}".split(","))),
        "attempts": {"default": attempts, "min": TAKES[0], "max": TAKES[1]},
        "models": [_model(standing) for standing in runtime.standings("video")],
        "default_model": default.id if default else None,
    }


def _template(id: str) -> dict[str, Any]:
    row = TEMPLATES[id]
    motion = {
        "camera": row.movement,
        "speed": row.speed,
        "slow_motion": row.speed == "slow_motion",
        "intensity": row.intensity,
        "motion_prompt": row.words,
        "negative_prompt": row.negative,
    }
    return {"id": id, "title": row.title, "what": row.hint, "motion": motion}


def _model(standing: Standing) -> dict[str, Any]:
    row, can = standing.row, standing.can
    priced: Mapping[str, Decimal] = {"a second": row.price_per_second}
    per, price = next(((per, price) for per, price in priced.items() if price), ("", Decimal(0)))
    return {
        "id": row.id,
        "title": row.title,
        "price_usd": float(price),
        "per": per,
        "why_not": standing.why_not,
        "can": _abilities(standing),
        "seconds": list(SECONDS),
        "needs_still": bool(can and not can.from_text),
    }


def _abilities(standing: Standing) -> list[str]:
    row, can = standing.row, standing.can
    told = []
    if row.durations_s:
        lengths = " or ".join(map(str, row.durations_s)) if len(row.durations_s) < 4 else f"{row.durations_s[0]} to {row.durations_s[-1]}"
        told.append(f"bills clips of {lengths} s")
    if can is None:
        return told
    if can.max_duration_s:
        told.append(f"up to {can.max_duration_s:g} s in one piece")
    if can.negative_prompt:
        told.append("keeps out what you name")
    if can.last_still:
        told.append("can arrive at a picture")
    return [*told, *can.shows]
