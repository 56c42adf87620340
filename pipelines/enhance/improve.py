"""A better prompt, with one reason for every change (FR-032): by a language model where one is at hand, else by the built-in copywriter."""

import re

from models.asks import Made, Text
from models.errors import Cancelled, ModelError, ModelUnavailable
from pipelines.brief import Brief
from pipelines.copywriter import writer
from pipelines.enhance.built_in import MOST, direct, missing
from pipelines.enhance.improved import Improved
from pipelines.enhance.language_model import Ask, asked, checked, repair, together
from pipelines.enhance.words import ENGLISH, FOREIGN
from pipelines.hints import Hints

BUILT_IN = writer.NAME
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
        return _built_in(brief, (), [])
    ask, made, why = asked(brief), list[Made](), ""
    for attempt in (1, 2):
        try:
            answer: Text = text(ask)
        except (Cancelled, ModelUnavailable):
            raise  # a refused key is for its owner to mend, not to paper over
        except ModelError as error:
            why = f"the text model could not be used ({str(error).rstrip('.')})"
            break
        made.append(answer.made)
        try:
            improved, changes = checked(answer, brief, is_english(brief.prompt))
        except ValueError as error:
            why = f"{answer.made.model} twice gave a prompt that does not hold"
            ask = repair(ask, brief, answer, str(error)) if attempt == 1 else ask
            continue
        total = together(made)
        return Improved(brief.prompt, improved, changes, answer.made.model, total, total.notes if total else ())
    return _built_in(brief, (f"The built-in copywriter improved this prompt, because {why}.",), made)


def is_english(text: str) -> bool:
    """Whether the built-in copywriter's English would fit beside it: in Latin letters, and no more foreign small words than English."""
    letters = [c for c in text if c.isalpha()]
    if sum(c.isascii() or c in "éèêàâäöüñçåøß’" for c in letters) < 0.7 * len(letters):
        return False
    words = re.findall(r"[^\W\d_]+", text.lower())
    return sum(word in FOREIGN for word in words) <= max(1, sum(word in ENGLISH for word in words))


def _built_in(brief: Brief, notes: tuple[str, ...], made: list[Made]) -> Improved:
    if not is_english(brief.prompt):
        note = "The built-in copywriter writes English and left this prompt as it is; a language model improves it in its own language."
        return Improved(brief.prompt, brief.prompt, (), BUILT_IN, together(made), (*notes, note))
    direction = direct(brief)
    if direction.left_out:
        room = f"The prompt has {len(brief.prompt)} of {MOST} characters"
        notes = (*notes, f"{room}; there was no room left for {_listed(direction.left_out)}.")
    elif not direction.changes:
        notes = (*notes, NO_WAY)
    return Improved(brief.prompt, direction.brief.prompt, tuple(direction.changes), BUILT_IN, together(made), notes)


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"
