"""Asking language models for something that has to hold: each once, once more with what was wrong, and then the next.

Works on asks and on a check. It knows neither ad specs nor prompts; what happens when nothing held is the caller's to decide.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Generic, TypeVar

from pydantic import ValidationError

from models.asks import Made, Text, TextAsk
from models.errors import Cancelled, ModelError, ModelFailed, ModelRefused, ModelUnavailable

T = TypeVar("T")
Ask = Callable[[TextAsk], Text]
MOST_PROBLEMS = 12

QUOTED = 80
"""Characters of the instructions in a row that no honest answer has: fewer may be a place or a light that was offered in them."""


@dataclass(frozen=True)
class Answered(Generic[T]):
    """value: what held, None when nothing did; then `why` is the middle of a sentence that says so. model: who gave it.

    made: what all asks took together, also those whose answers were not used or never came; None when there was none. passed: why each
    writer before the one that held was passed over, in the same form as `why`.
    """

    value: T | None
    model: str
    made: Made | None
    why: str = ""
    passed: tuple[str, ...] = ()


def ask_with_repair(text: Ask, ask: TextAsk, check: Callable[[Text, int], T], *, what: str, echo: int) -> Answered[T]:
    """The first answer that `check(answer, attempt)` (attempt: 1 or 2) gives a value for; it raises ValueError for what is wrong.

    what: "plan", for the sentence. echo: how many characters of a wrong answer are shown to the model again. An answer that was
    refused or cut off is asked for once more as well. Raises Cancelled, and ModelUnavailable when the model was set up but cannot be
    used (a refused key): that is for its owner to mend.
    """
    made: list[Made] = []
    why, prompt = "", ask.prompt
    for attempt in (1, 2):
        try:
            answer = text(ask)
        except (Cancelled, ModelUnavailable):
            raise  # not to be papered over
        except ModelError as error:
            made += [Made(error.model, cost_usd=error.cost_usd)] if error.cost_usd else []
            why = f"the text model could not be used ({str(error).rstrip('.')})"
            if not isinstance(error, ModelRefused | ModelFailed):
                break
            ask = replace(ask, prompt=f"{prompt}\n\nThe last time there was no whole answer: {error} Keep to what was asked, and be brief.")
            continue
        made.append(answer.made)
        try:
            if quotes(ask.system, answer):
                raise ValueError("It quotes the instructions; write what was asked for instead.")
            return Answered(check(answer, attempt), answer.made.model, together(made))
        except ValueError as error:
            why = f"{answer.made.model} twice gave a {what} that does not hold"
            shown = "" if quotes(ask.system, answer) else answer.text[:echo]
            ask = replace(ask, prompt=f"{prompt}\n\nYour last answer:\n{shown}\n\nMend this:\n{problems(error)}")
    return Answered(None, "", together(made), why)


def ask_in_turn(writers: Sequence[Ask], ask: TextAsk, check: Callable[[Text, int], T], *, what: str, echo: int) -> Answered[T]:
    """`ask_with_repair` of each writer until one's answer holds; what all of them cost is counted together.

    The first must be usable (ModelUnavailable passes on); one that only stands in is passed over when it is not.
    """
    spent: list[Made] = []
    passed: list[str] = []
    for i, text in enumerate(writers):
        try:
            answered = ask_with_repair(text, ask, check, what=what, echo=echo)
        except ModelUnavailable as error:
            if not i:
                raise
            passed.append(f"the next text model could not be used ({str(error).rstrip('.')})")
            continue
        spent += [answered.made] if answered.made else []
        if answered.value is not None:
            return replace(answered, made=together(spent), passed=tuple(passed))
        passed.append(answered.why)
    return Answered(None, "", together(spent), " and ".join(passed), tuple(passed))


def quotes(system: str, answer: Text) -> bool:
    """Whether an answer gives away what the model was told beforehand, as a brief may have talked it into."""
    said = " ".join((json.dumps(answer.data, ensure_ascii=False) if answer.data is not None else answer.text).replace("\\n", " ").split())
    told = " ".join(system.split()).replace('"', '\\"' if answer.data is not None else '"')
    return any(told[at : at + QUOTED] in said for at in range(0, max(1, len(told) - QUOTED), QUOTED // 4) if len(told) >= QUOTED)


def problems(error: ValueError) -> str:
    """What is wrong, a line each (ValidationError is a ValueError with several)."""
    if not isinstance(error, ValidationError):
        return f"- {error}"
    return "\n".join(f"- {'.'.join(map(str, e['loc'])) or 'the whole'}: {e['msg']}" for e in error.errors()[:MOST_PROBLEMS])


def together(made: list[Made]) -> Made | None:
    """All asks as one: their cost and time together, their notes once each."""
    if not made:
        return None
    notes = tuple(dict.fromkeys(note for m in made for note in m.notes))
    return replace(made[-1], cost_usd=sum((m.cost_usd for m in made), Decimal(0)), elapsed_s=sum(m.elapsed_s for m in made), notes=notes)
