"""The brief of a hero frame: what a person asked for, checked here and nowhere else. Knows no models."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, cast

from pydantic import BaseModel, ConfigDict, Field

from pipelines import checked
from pipelines.aspect import Aspect
from pipelines.brief import Brief, read_brief
from pipelines.errors import BriefError
from pipelines.hero.terms import SAID, TERMS, TITLES, Matter
from pipelines.hints import read_hints

PROMPT_CHARS = (10, 1000)
WORDS_CHARS = 120
NEGATIVE_CHARS = 400
COUNTS = (4, 8)


class HeroBrief(BaseModel):
    """One picture in words, and whatever of the camera department was chosen.

    choices: by matter, a key of its table (terms.TERMS) or words of one's own. order: the product side of the order – prompt, aspect,
    brand, colours, photo, seed and the image model – as for an ad. count: candidates. reference: a picture whose subject or look is
    taken over. control: a picture whose layout is kept.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt: str
    order: Brief
    choices: Mapping[Matter, str] = Field(default_factory=dict)
    negative_prompt: str = ""
    count: Annotated[int, Field(ge=COUNTS[0], le=COUNTS[1])] = 4
    reference: Path | None = None
    control: Path | None = None

    @property
    def aspect(self) -> Aspect:
        """As chosen, else as the prompt says, else upright."""
        return self.order.aspect or read_hints(self.order.prompt).aspect or Aspect.VERTICAL


def read_hero_brief(
    prompt: Any,
    *,
    choices: Mapping[str, Any] | None = None,
    negative_prompt: Any = "",
    count: Any = 4,
    reference: str | Path | None = None,
    control: str | Path | None = None,
    **order: Any,
) -> HeroBrief:
    """A checked HeroBrief. order: aspect, brand, colors, product_image, seed, style, models, short_side, as
    pipelines.brief.read_brief takes them. Raises BriefError with one sentence and `field`."""
    text = checked.line(prompt, "prompt", "The prompt", PROMPT_CHARS[1])
    if len(text) < PROMPT_CHARS[0]:
        raise BriefError(
            f'The prompt has {len(text)} characters; use at least {PROMPT_CHARS[0]}, for example "A steel watch on wet black stone".'
        )
    return HeroBrief(
        prompt=text,
        order=read_brief(what_it_shows(text), **order),
        choices=_choices(choices or {}),
        negative_prompt=checked.line(negative_prompt or "", "negative_prompt", "What must not be seen", NEGATIVE_CHARS),
        count=_count(count),
        reference=_picture(reference, "reference"),
        control=_picture(control, "control"),
    )


def what_it_shows(prompt: str) -> str:
    """The prompt without its talk of cameras, in which a film stock could pass for the thing that is sold; short enough for a brief."""
    kept = [part for part in re.split(r"(?<=[.;])\s+|,\s+", prompt) if not _technical(part)] or [prompt]
    text = ", ".join(part.strip(" ,;.") for part in kept)
    while len(text) > 500 and ", " in text:
        text = text.rpartition(", ")[0]
    return text[:500] if len(text) >= PROMPT_CHARS[0] else prompt[:500]


def _technical(part: str) -> bool:
    matters: tuple[Matter, ...] = ("camera", "lens", "film_stock")
    return any(re.search(SAID[matter], part, re.I) for matter in matters) and not read_hints(part).product_id.strip("product")


def _choices(given: Mapping[str, Any]) -> dict[Matter, str]:
    if not isinstance(given, Mapping):
        raise BriefError("The choices are pairs of a matter and words, for example lens: 85.", field="choices")
    chosen: dict[Matter, str] = {}
    for name, value in given.items():
        if name not in TERMS:
            raise BriefError(f"There is nothing to choose by the name {str(name)[:40]!r}; there are {', '.join(TERMS)}.", field="choices")
        matter = cast(Matter, name)
        words = checked.line(value or "", f"choices.{matter}", TITLES[matter], WORDS_CHARS)
        if words:
            chosen[matter] = words
    return chosen


def _count(value: Any) -> int:
    count = checked.whole(value, *COUNTS)
    if count is None:
        raise BriefError(f"Hero frames come in sets of {COUNTS[0]} to {COUNTS[1]}, not {str(value)[:20]}.", field="count")
    return count


def _picture(value: str | Path | None, field: str) -> Path | None:
    if value in (None, ""):
        return None
    path = Path(value)
    if not path.is_file():
        raise BriefError(f"There is no picture at {path.name!r}; send it again.", field=field)
    return path
