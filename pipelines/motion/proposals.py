"""What could be asked differently next time: one field with its new value, a reason before it and a sentence behind it.

    an edit       what to add, to avoid, to turn up or down, whatever the brief says now
    a proposal    the same on one brief: field, before, after – nothing where the brief has it already

Works on motion briefs; it measures nothing and asks no model.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.motion.changes import Field, Value, fields_of
from pipelines.motion.motion_brief import SECONDS, WORDS_CHARS, MotionBrief
from pipelines.motion.motion_terms import Speed

PACES: tuple[Speed, ...] = ("slow_motion", "real_time", "brisk")
LEAST, MOST = 0.1, 1.0
"""Intensities that a proposal stays within: at zero nothing would move."""


@dataclass(frozen=True)
class Edit:
    """sentence: what it does, for people. add: words for the motion prompt; avoid: for the negative one. intensity, seconds: by how much
    more or less. pace: steps along PACES. camera: another movement. instead_of: only where the camera does one of these, () for any.
    turn: to the other side.
    """

    sentence: str
    add: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    intensity: float = 0.0
    pace: int = 0
    camera: str = ""
    instead_of: tuple[str, ...] = ()
    turn: bool = False
    seconds: float = 0.0


@dataclass(frozen=True)
class Proposal:
    """because: what calls for it, as a sentence. before, after: the whole value of `field`."""

    because: str
    sentence: str
    field: Field
    before: Value
    after: Value


def proposals(brief: MotionBrief, because: str, edit: Edit) -> tuple[Proposal, ...]:
    """What `edit` comes to on `brief`; () where there is nothing left to change."""
    now = fields_of(brief)
    wanted: dict[Field, Value] = {}
    if edit.add:
        wanted["motion_prompt"] = joined(brief.words, edit.add)
    if edit.avoid:
        wanted["negative_prompt"] = joined(brief.negative_prompt, edit.avoid)
    if edit.camera and (not edit.instead_of or brief.movement in edit.instead_of):
        wanted["camera"] = edit.camera
    if edit.turn and brief.movement in ("dolly", "pan", "orbit"):
        wanted["direction"] = "right" if brief.direction == "left" else "left"
    if edit.pace:
        wanted["speed"] = PACES[min(max(PACES.index(brief.speed) + edit.pace, 0), len(PACES) - 1)]
    if edit.intensity:
        wanted["intensity"] = round(min(max(brief.intensity + edit.intensity, LEAST), MOST), 2)
    if edit.seconds:
        wanted["duration"] = min(max(brief.seconds + edit.seconds, SECONDS[0]), SECONDS[1])
    return tuple(Proposal(because, edit.sentence, field, now[field], after) for field, after in wanted.items() if after != now[field])


def distinct(found: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """At most one proposal of a field: the first keeps its word, but words that others add to a prompt are added to it."""
    by_field: dict[Field, Proposal] = {}
    for row in found:
        first = by_field.setdefault(row.field, row)
        if first is not row and row.field in ("motion_prompt", "negative_prompt"):
            more = [part for part in _parts(str(row.after)) if part not in _parts(str(row.before or ""))]
            sentence = first.sentence if row.sentence in first.sentence else f"{first.sentence} {row.sentence}"
            because = first.because if row.because in first.because else f"{first.because} {row.because}"
            by_field[row.field] = Proposal(because, sentence, first.field, first.before, joined(str(first.after), more))
    return tuple(by_field.values())


def joined(text: str, words: Iterable[str]) -> str:
    """The text with the words behind it that it does not say already, as far as there is room."""
    said = text.strip().rstrip(",.;")
    for word in words:
        longer = f"{said}, {word}" if said else word
        if word.casefold() not in said.casefold() and len(longer) <= WORDS_CHARS:
            said = longer
    return said or text


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
