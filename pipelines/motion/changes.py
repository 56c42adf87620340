"""What tells one round of takes from the one before it, field by field. Works on what was asked; knows no results and no people."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from pipelines.motion.motion_brief import MotionBrief

Field = Literal[
    "hero_frame",
    "motion_prompt",
    "negative_prompt",
    "camera",
    "direction",
    "speed",
    "intensity",
    "fps",
    "duration",
    "auto_attempts",
    "model",
    "seed",
]
"""What can differ between two rounds, by the names it is asked under."""

FIELDS: tuple[Field, ...] = get_args(Field)
WORDS: frozenset[Field] = frozenset({"hero_frame", "motion_prompt", "negative_prompt"})
"""Fields that are prompts; the others are settings."""

Value = str | int | float | None


@dataclass(frozen=True)
class Change:
    """One field, as it was and as it is."""

    field: Field
    before: Value
    after: Value


def fields_of(brief: MotionBrief) -> dict[Field, Value]:
    """A motion brief by the names it is asked under."""
    return {
        "motion_prompt": brief.words,
        "negative_prompt": brief.negative_prompt,
        "camera": brief.movement,
        "direction": brief.direction,
        "speed": brief.speed,
        "intensity": brief.intensity,
        "fps": brief.fps,
        "duration": brief.seconds,
        "auto_attempts": brief.takes,
    }


def changes(before: Mapping[Field, Value], after: Mapping[Field, Value]) -> tuple[Change, ...]:
    """What differs, in the order of FIELDS; a field that only one side has is compared with None."""
    pairs = ((field, before.get(field), after.get(field)) for field in FIELDS)
    return tuple(Change(field, old, new) for field, old, new in pairs if old != new)
