"""A better prompt, with one reason for every change (FR-032): by a language model where one is at hand, else by the built-in copywriter."""

import re

from models.asks import Made
from pipelines.asking import Ask, ask_with_repair
from pipelines.brief import Brief
from pipelines.copywriter import writer
from pipelines.enhance.built_in import MOST, direct, missing
from pipelines.enhance.improved import Improved
from pipelines.enhance.language_model import asked, checked
from pipelines.enhance.words import ENGLISH, FOREIGN
from pipelines.hints import Hints

BUILT_IN = writer.NAME
ECHO = 3000
"""Characters of an answer that did not hold which the model is shown again."""

NOTHING = "Nothing to add: the prompt already says where, in what light, from how close and in what manner."

NO_WAY = "Nothing was added: every addition would have changed what the prompt says."


def improve_prompt(brief: Brief, hints: Hints, text: Ask | None = None) -> Improved:
    """The prompt of `brief`, completed so that more of it can be seen; its own words all stay.

    hints: of the brief's prompt. text: asks a language model; None for the built-in copywriter, which is deterministic by seed. A
    prompt that lacks nothing comes back as it is, and no model is asked. Raises Cancelled, and ModelUnavailable when the model was
    set up but cannot be used; after any other failure the built-in copywriter goes on, and a note says so.
    """
    if not missing(brief, hints):
        return Improved(brief.prompt, brief.prompt, (), BUILT_IN, notes=(NOTHING,))
    if text is None:
        return _built_in(brief, (), None)
    english = is_english(brief.prompt)
    answered = ask_with_repair(text, asked(brief), lambda answer, _: checked(answer, brief, english), what="prompt", echo=ECHO)
    made = answered.made
    if answered.value is not None:
        improved, changes = answered.value
        return Improved(brief.prompt, improved, changes, answered.model, made, made.notes if made else ())
    return _built_in(brief, (f"The built-in copywriter improved this prompt, because {answered.why}.",), made)


def is_english(text: str) -> bool:
    """Whether the built-in copywriter's English would fit beside it: in Latin letters, and no more foreign small words than English."""
    letters = [c for c in text if c.isalpha()]
    if sum(c.isascii() or c in "éèêàâäöüñçåøß’" for c in letters) < 0.7 * len(letters):
        return False
    words = re.findall(r"[^\W\d_]+", text.lower())
    return sum(word in FOREIGN for word in words) <= max(1, sum(word in ENGLISH for word in words))


def _built_in(brief: Brief, notes: tuple[str, ...], made: Made | None) -> Improved:
    if not is_english(brief.prompt):
        note = "The built-in copywriter writes English and left this prompt as it is; a language model improves it in its own language."
        return Improved(brief.prompt, brief.prompt, (), BUILT_IN, made, (*notes, note))
    direction = direct(brief)
    if direction.left_out:
        room = f"The prompt has {len(brief.prompt)} of {MOST} characters"
        notes = (*notes, f"{room}; there was no room left for {_listed(direction.left_out)}.")
    elif not direction.changes:
        notes = (*notes, NO_WAY)
    return Improved(brief.prompt, direction.brief.prompt, tuple(direction.changes), BUILT_IN, made, notes)


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"
