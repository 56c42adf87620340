"""Asks a language model what to change in a motion, and believes nothing of its answer that cannot be checked.

It may name fields and values; what is not a value of that field, changes nothing or says too much is sent back once and then left out.
"""

from collections.abc import Sequence
from typing import Any, Literal, cast

from pydantic import BaseModel, ConfigDict, ValidationError

from models.asks import Made, TextAsk
from pipelines.asking import Ask, ask_in_turn
from pipelines.errors import BriefError
from pipelines.motion.changes import Field, Value, fields_of
from pipelines.motion.motion_brief import MotionBrief, read_motion_brief
from pipelines.motion.motion_terms import MOVEMENTS, SPEEDS
from pipelines.motion.proposals import Proposal
from pipelines.spec_schema import strict_schema

ADVISED = ("motion_prompt", "negative_prompt", "camera", "direction", "speed", "intensity", "duration")
MOST = 5
SENTENCE_CHARS = 200

SYSTEM = f"""You are a camera operator who helps a customer to a better take of one product shot made by an image-to-video model. You get
what was asked, what was measured, and what the customer says of the result. Give back at most {MOST} changes, the most useful first.

- field: one of {", ".join(ADVISED)}. One change per field.
- after: the whole new value, as text. camera: {", ".join(MOVEMENTS)}. direction: left or right. speed: {", ".join(SPEEDS)}. intensity: 0.1
  to 1. duration: seconds, 2 to 10. motion_prompt: what moves and how, at most 500 characters, never what the product is or bears.
- Keep the words of the prompts that are not in question.
- sentence: what the change does to the picture, one plain sentence without praise."""


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    field: Literal["motion_prompt", "negative_prompt", "camera", "direction", "speed", "intensity", "duration"]
    after: str
    sentence: str


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    changes: list[_Row]


def advised(brief: MotionBrief, words: str, measured: Sequence[str], *writers: Ask) -> tuple[tuple[Proposal, ...], Made | None]:
    """What language models propose, and what asking took; () when none of them gave an answer that holds. Raises Cancelled, and
    ModelUnavailable when the first was set up but cannot be used."""
    now = "\n".join(f"{field}: {value}" for field, value in fields_of(brief).items())
    said = f"The customer says: {' '.join(words.split())}" if words else "The customer says nothing."
    ask = TextAsk(
        SYSTEM,
        f"Asked:\n{now}\n\nMeasured:\n{chr(10).join(measured) or 'nothing weak'}\n\n{said}",
        strict_schema(_Answer),
        "better_motion",
        900,
    )
    answered = ask_in_turn(writers, ask, lambda answer, _: _checked(answer.data, brief, words), what="list of changes", echo=2000)
    return answered.value or (), answered.made


def _checked(data: Any, brief: MotionBrief, words: str) -> tuple[Proposal, ...]:
    """Raises ValueError naming what is wrong."""
    try:
        rows = _Answer.model_validate(data).changes
    except ValidationError as error:
        raise ValueError("The answer is not one JSON object that fits the schema.") from error
    now, found = fields_of(brief), list[Proposal]()
    because = f"You said: “{words}”." if words else "A language model read what was measured."
    for row in rows:
        field = cast(Field, row.field)
        if any(other.field == field for other in found):
            raise ValueError(f"{field} is changed twice; give it once.")
        if not row.sentence or len(row.sentence) > SENTENCE_CHARS:
            raise ValueError(f"Say what the change of {field} does in one sentence of {SENTENCE_CHARS} characters at most.")
        after = _value(field, row.after)
        if after != now[field]:
            found.append(Proposal(because, row.sentence, field, now[field], after))
    if not found:
        raise ValueError("Nothing is changed; name at least one change.")
    return tuple(found[:MOST])


def _value(field: Field, text: str) -> Value:
    """The value as the brief takes it. Raises ValueError."""
    names = {"motion_prompt": "words", "camera": "movement", "duration": "seconds"}
    try:
        read = read_motion_brief(**{names.get(field, field): text})
    except BriefError as error:
        raise ValueError(str(error)) from error
    return fields_of(read)[field]
