"""A plain sentence completed as a cinematographer would complete it (FR-037): camera and lens, light, composition, film, mood and format.

The person's words stay as they are; what they do not speak of is added after them, each addition with one reason. By a language model
where one is at hand, else from the tables of terms.py; which of their rows suit each other is the look of a mood.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from models.asks import Made
from pipelines.asking import Ask, ask_with_repair
from pipelines.copywriter import writer
from pipelines.copywriter.choices import category, choose_mood
from pipelines.enhance.improve import is_english
from pipelines.hero.hero_brief import PROMPT_CHARS, HeroBrief
from pipelines.hero.language_model import asked, checked
from pipelines.hero.terms import SAID, TERMS, TITLES, Matter
from pipelines.hints import read_hints
from pipelines.spec import MusicStyle

BUILT_IN = writer.NAME
ECHO = 3000

NOTHING = "Nothing to add: the prompt already speaks of camera, lens, light, composition, film and mood."


@dataclass(frozen=True)
class Look:
    """Rows of terms.py that belong together; two lenses and two compositions, so that seeds differ."""

    camera: str
    lens: tuple[str, str]
    light: tuple[str, str]
    composition: tuple[str, str]
    film_stock: str
    mood: str


LOOKS: Mapping[MusicStyle, Look] = {
    "luxury": Look("medium_format", ("100", "85"), ("rim", "softbox"), ("three_quarter", "negative_space"), "neutral", "luxury"),
    "tech": Look("full_frame", ("85", "50"), ("softbox", "rim"), ("low", "three_quarter"), "neutral", "technical"),
    "eco": Look("full_frame", ("50", "85"), ("dappled", "window"), ("thirds_left", "centred"), "portra", "fresh"),
    "energetic": Look("cinema", ("28", "50"), ("hard", "blinds"), ("low", "above"), "ektar", "playful"),
    "playful": Look("full_frame", ("50", "28"), ("hard", "palm"), ("above", "centred"), "ektar", "playful"),
    "calm": Look("medium_format", ("85", "135"), ("window", "dappled"), ("negative_space", "thirds_right"), "portra", "calm"),
    "cinematic": Look("cinema", ("50", "135"), ("golden", "blinds"), ("thirds_left", "low"), "vision3", "dramatic"),
    "corporate": Look("view_camera", ("85", "50"), ("softbox", "window"), ("centred", "thirds_right"), "neutral", "technical"),
}

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


def missing(brief: HeroBrief) -> tuple[Matter, ...]:
    """The matters that neither the prompt nor a choice speaks of."""
    return tuple(matter for matter in TERMS if matter not in brief.choices and not re.search(SAID[matter], brief.prompt, re.I))


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
