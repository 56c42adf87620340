"""Asks a language model for a better prompt, and believes nothing of its answer that cannot be checked."""

from typing import get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from models.asks import Text, TextAsk
from pipelines.brief import PROMPT_CHARS, Brief
from pipelines.copywriter.honesty import unfounded
from pipelines.enhance.built_in import missing
from pipelines.enhance.effects import content_words, lost, pictures, with_prompt
from pipelines.enhance.improved import Change, Kind
from pipelines.enhance.words import LIGHT_PHRASES, PLACE_PHRASES, VIEW_PHRASES
from pipelines.errors import BriefError
from pipelines.hints import read_hints
from pipelines.spec_schema import strict_schema

READ_EVERYWHERE = ("duration", "aspect", "offer", "palette")
KEPT = (*READ_EVERYWHERE, "asked_seconds", "platform", "framework", "brand", "urgency", "season", "product_id")

SYSTEM = f"""You are the creative director of a small, very good advertising studio. You get the one sentence with which a customer
orders a short video ad, and give back the sentence you wish they had written: what they said, made clear, specific and visible.

- Keep every word that carries meaning, and above all the product, the names, the offer, the platform and the length. Rearrange and
  complete; never replace what they sell.
- Add only how it is to be seen: one place, one light, one view of the camera, one detail to come close to, a manner of two words.
- Never invent facts: no material, ingredient, number, price, certificate, origin, award or customer that the sentence does not give.
- Write plain, warm sentences as a director speaks on set; no lists of keywords, no "stunning", no "8k", no exclamation marks.
- No people, hands, animals, streets or interiors. The studio has these places: {"; ".join(p[0] for p in PLACE_PHRASES.values())}.
  And these lights: {"; ".join(p[0] for p in LIGHT_PHRASES.values())}. And these views:
  {"; ".join(p[0].format(it="it", they="it stands") for p in VIEW_PHRASES.values())}. Use such words, so that the studio understands.
- Write in the language of the sentence. {PROMPT_CHARS[1]} characters at most, all told.
- changes: each thing you changed. kind: {", ".join(get_args(Kind))}. before: the words of the original it replaces, "" for an addition.
  after: the words as they stand in your text, exactly. reason: one plain sentence a shop owner understands, saying what it does for
  the ad."""


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    kind: Kind
    before: str
    after: str
    reason: str


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    improved: str
    changes: list[_Row]


def asked(brief: Brief) -> TextAsk:
    """What the model is asked."""
    gaps = ", ".join(missing(brief, read_hints(brief.prompt)))
    fixed = {
        "Brand": brief.brand,
        "Colours": ", ".join(brief.colors),
        "Style": brief.style or "",
        "Product photo": "given; the product is shown as it is in the photo" if brief.product_image else "",
    }
    lines = "\n".join(f"{name}: {value}" for name, value in fixed.items() if value)
    prompt = f"The sentence: {brief.prompt}\n\nMissing so far: {gaps}\n{lines}".rstrip()
    return TextAsk(SYSTEM, prompt, strict_schema(_Answer), "improved_prompt", max_tokens=900, seed=brief.seed)


def checked(answer: Text, brief: Brief, english: bool) -> tuple[str, tuple[Change, ...]]:
    """The improved prompt and its changes. Raises ValueError saying what is wrong with the answer."""
    try:
        given = _Answer.model_validate(answer.data)
    except ValidationError as error:
        raise ValueError("The answer is not one JSON object that fits the schema.") from error
    try:
        changed = with_prompt(brief, given.improved)
    except BriefError as error:
        raise ValueError(str(error)) from error
    _same_order(brief, changed, KEPT if english else READ_EVERYWHERE)
    if english and pictures(changed) == pictures(brief):
        raise ValueError("The studio would make the same pictures; name a place, a light, a view or a detail from the lists.")
    changes = [Change(row.kind, row.before if row.before in brief.prompt else "", row.after, row.reason) for row in given.changes]
    changes = [c for c in changes if c.after and c.reason and c.after in changed.prompt and c.after not in brief.prompt]
    if not changes:
        raise ValueError("Name at least one change, with its words exactly as they stand in your text.")
    return changed.prompt, tuple(changes)


def _same_order(brief: Brief, changed: Brief, kept: tuple[str, ...]) -> None:
    """Raise ValueError where the person's words, what was read of them, or the truth got lost."""
    gone = sorted(content_words(brief.prompt) - content_words(changed.prompt))
    if gone:
        raise ValueError(f"These words of the sentence are gone; bring them back: {', '.join(gone)}.")
    other = lost(read_hints(brief.prompt), read_hints(changed.prompt), kept)
    if other:
        raise ValueError(f"It no longer says the same {', '.join(other)}; keep those words as they were.")
    invented = unfounded([changed.prompt], f"{brief.prompt} {brief.brand}")
    if invented:
        raise ValueError(f"These facts are not in the sentence; take them out: {', '.join(invented)}.")
