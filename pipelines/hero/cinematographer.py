"""A plain sentence completed as a cinematographer would complete it (FR-037): camera and lens, light, composition, film, mood and format.

The person's words stay as they are; what they do not speak of is added after them, each addition with one reason. By a language model
where one is at hand, else from the tables of terms.py; which of their rows suit each other is the look of a mood.
"""

from dataclasses import dataclass, replace
from typing import Literal

from models.asks import Made, TextAsk
from pipelines.asking import Ask, ask_with_repair
from pipelines.copywriter import writer
from pipelines.copywriter.choices import category, choose_mood
from pipelines.enhance.improve import is_english
from pipelines.hero.hero_brief import PROMPT_CHARS, HeroBrief
from pipelines.hero.language_model import asked, checked
from pipelines.hero.looks import LOOKS, Look
from pipelines.hero.readings import missing
from pipelines.hero.terms import TERMS, TITLES, Matter
from pipelines.hints import read_hints

BUILT_IN = writer.NAME
ECHO = 3000
PROBLEMS = 4000
"""Characters of what is wrong with an answer, and of what is said around it, at most."""

NOTHING = "Nothing to add: the prompt already speaks of camera, lens, light, composition, film and mood."


FORMATS = {
    "9:16": ("vertical 9:16 frame with room above and below", "An upright frame fills a phone; the room is for type."),
    "16:9": ("wide 16:9 frame", "A wide frame gives the product a world beside it."),
    "1:1": ("square frame", "A square sits in any feed."),
}


@dataclass(frozen=True)
class FrameChange:
    """One change. matter: what of the picture it is about; "format" for shape and stylisation. before: words of the original that it
    replaces, "" for an addition; after: words of the new prompt, exactly as they stand there. reason: one sentence for the person."""

    matter: Matter | Literal["format", "wording"]
    before: str
    after: str
    reason: str


@dataclass(frozen=True)
class Directed:
    """directed equals original, with a note why, where there was nothing to add. writer: "built-in copywriter" or a model's id. made: what
    a model's asks cost, even when its answer was not used."""

    original: str
    directed: str
    changes: tuple[FrameChange, ...]
    writer: str
    made: Made | None = None
    notes: tuple[str, ...] = ()


def direct_frame(brief: HeroBrief, text: Ask | None = None) -> Directed:
    """The prompt of `brief` as a cinematographer would give it. text: asks a language model; None for the built-in tables, which are
    deterministic by seed. Raises Cancelled, and ModelUnavailable where a model was set up and cannot be used."""
    if not missing(brief):
        return Directed(brief.prompt, brief.prompt, (), BUILT_IN, notes=(NOTHING,))
    if text is None:
        return _built_in(brief, (), None)
    answered = ask_with_repair(
        text,
        asked(brief.prompt, missing(brief), str(brief.aspect), brief.order.seed),
        lambda answer, _: checked(answer, brief.prompt),
        what="prompt",
        echo=ECHO,
    )
    if answered.value is None:
        return _built_in(brief, (f"The built-in copywriter directed this frame, because {answered.why}.",), answered.made)
    directed, rows = answered.value
    changes = tuple(FrameChange(row.matter, row.before, row.after, row.reason) for row in rows)
    return Directed(brief.prompt, directed, changes, answered.model, answered.made, answered.made.notes if answered.made else ())


def most_asked(brief: HeroBrief) -> tuple[TextAsk, ...]:
    """What a language model may be asked to direct `brief` at most: once, and once more with its answer and what was wrong with it."""
    if not missing(brief):
        return ()
    ask = asked(brief.prompt, missing(brief), str(brief.aspect), brief.order.seed)
    return ask, replace(ask, prompt=ask.prompt + " " * (ECHO + PROBLEMS))


def _built_in(brief: HeroBrief, notes: tuple[str, ...], made: Made | None) -> Directed:
    if not is_english(brief.prompt):
        note = "The built-in copywriter writes English and left this prompt as it is; a language model directs it in its own language."
        return Directed(brief.prompt, brief.prompt, (), BUILT_IN, made, (*notes, note))
    hints = read_hints(brief.order.prompt)
    look = LOOKS[choose_mood(brief.order, hints, category(hints))]
    changes, left_out = [], []
    text = brief.prompt.rstrip(" .,;")
    for matter in missing(brief):
        term = TERMS[matter][_row(look, matter, brief.order.seed)]
        if len(text) + len(term.words) + 2 > PROMPT_CHARS[1]:
            left_out.append(TITLES[matter].lower())
            continue
        text += f", {term.words}"
        changes.append(FrameChange(matter, "", term.words, term.why))
    words, why = FORMATS[str(brief.aspect)]
    if changes and str(brief.aspect) not in text and len(text) + len(words) + 2 <= PROMPT_CHARS[1]:
        text += f", {words}"
        changes.append(FrameChange("format", "", words, why))
    if left_out:
        notes = (*notes, f"The prompt has {len(brief.prompt)} of {PROMPT_CHARS[1]} characters; no room was left for {', '.join(left_out)}.")
    return Directed(brief.prompt, text if changes else brief.prompt, tuple(changes), BUILT_IN, made, notes)


def _row(look: Look, matter: Matter, seed: int) -> str:
    rows: str | tuple[str, str] = getattr(look, matter)
    return rows if isinstance(rows, str) else rows[seed % len(rows)]
