"""Asks a language model to direct a hero frame, and believes nothing of its answer that cannot be checked."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from models.asks import Text, TextAsk
from pipelines.copywriter.honesty import unfounded
from pipelines.enhance.effects import content_words
from pipelines.hero.hero_brief import PROMPT_CHARS, what_it_shows
from pipelines.hero.terms import TERMS, TITLES, Matter
from pipelines.hints import read_hints
from pipelines.spec_schema import strict_schema

SYSTEM = f"""You are the director of photography of a small, very good advertising studio. You get what a customer wants to see in one still
picture of their product, and give back the prompt from which an image model makes that picture.

- Keep every word that carries meaning; never replace the product, its names or its colours.
- Add what is missing of: camera body and lens; direction and quality of the light; composition (framing, depth, thirds); film stock or
  colour science; mood and atmosphere; aspect ratio and stylisation. One choice for each, and such as suit each other.
- Name no material, ingredient, number, price, award or person that the customer does not give.
- No "stunning", no "8k", no "masterpiece". {PROMPT_CHARS[1]} characters at most, in the customer's language.
- changes: each thing you added or changed. matter: one of {", ".join([*TERMS, "format", "wording"])}. before: the customer's
  words that it replaces, "" for an addition. after: the words as they stand in your prompt, exactly. reason: one plain sentence, what
  it does for the picture."""


class ChangeRow(BaseModel):
    """One change as the model tells it."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    matter: Matter | Literal["format", "wording"]
    before: str
    after: str
    reason: str


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    prompt: str
    changes: list[ChangeRow]


def asked(prompt: str, missing: tuple[Matter, ...], aspect: str, seed: int) -> TextAsk:
    """What the model is asked."""
    gaps = ", ".join(TITLES[matter].lower() for matter in missing)
    return TextAsk(
        SYSTEM,
        f"The picture: {prompt}\n\nMissing so far: {gaps}\nAspect ratio: {aspect}",
        strict_schema(_Answer),
        "directed_frame",
        900,
        seed=seed,
    )


def checked(answer: Text, prompt: str) -> tuple[str, tuple[ChangeRow, ...]]:
    """The directed prompt and its changes. Raises ValueError saying what is wrong with the answer."""
    try:
        given = _Answer.model_validate(answer.data)
    except ValidationError as error:
        raise ValueError("The answer is not one JSON object that fits the schema.") from error
    directed = " ".join(given.prompt.split())
    if len(directed) > PROMPT_CHARS[1]:
        raise ValueError(f"The prompt has {len(directed)} characters; {PROMPT_CHARS[1]} are allowed.")
    gone = sorted(content_words(prompt) - content_words(directed))
    if gone:
        raise ValueError(f"These words are gone; bring them back: {', '.join(gone)}.")
    if read_hints(what_it_shows(prompt)).product_id not in ("", "product", read_hints(what_it_shows(directed)).product_id):
        raise ValueError("It no longer shows the same product; keep the customer's words for it.")
    invented = unfounded([what_it_shows(directed)], prompt)
    if invented:
        raise ValueError(f"These facts are not the customer's; take them out: {', '.join(invented)}.")
    rows = [row.model_copy(update={"before": row.before if row.before in prompt else ""}) for row in given.changes]
    rows = [row for row in rows if row.after and row.reason and row.after in directed and row.after not in prompt]
    if not rows:
        raise ValueError("Name at least one change, with its words exactly as they stand in your prompt.")
    return directed, tuple(rows)
