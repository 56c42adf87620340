"""What may be asked for hero frames, on the wire. Every rule about the picture is pipelines/hero's."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from pipelines.aspect import Aspect
from pipelines.hero import HeroBrief, read_hero_brief
from pipelines.hero.hero_brief import COUNTS, NEGATIVE_CHARS, PROMPT_CHARS, WORDS_CHARS
from pipelines.hero.terms import TERMS
from pipelines.hero.variations import VARIED
from studio.services.hero_briefs import Pictures
from studio.services.hero_orders import HeroAsked
from studio.services.plain_text import plain_text

A_PICTURE = "A steel watch on wet black stone"
MOST_CHARACTERS = 10_000
"""Of a text with its markup."""

ASPECT: dict[str, Any] = {"enum": [*(aspect.value for aspect in Aspect), None]}
CHOICES: Any = Field(
    {},
    description=f"By matter ({', '.join(TERMS)}): the id of a term of /hero-frames/options, or words of one's own, at most {WORDS_CHARS}.",
    examples=[{"light": "rim", "lens": "85"}],
)


class AskedDirection(BaseModel):
    """A prompt to be completed as a cinematographer would."""

    model_config = ConfigDict(extra="forbid", strict=True)

    prompt: str = Field(
        max_length=MOST_CHARACTERS,
        description=f"What is to be seen: {PROMPT_CHARS[0]} to {PROMPT_CHARS[1]} characters, with a product in it.",
        examples=[A_PICTURE],
    )
    choices: dict[str, str] = CHOICES
    aspect_ratio: str | None = Field(None, description=f"One of {', '.join(Aspect)}.", json_schema_extra=ASPECT)

    def brief(self) -> HeroBrief:
        """The checked brief. Raises BriefError."""
        return read_hero_brief(plain_text(self.prompt), choices=self.choices, aspect=self.aspect_ratio)


class AskedHero(BaseModel):
    """One picture in words, seen in four to eight ways. What is left out (or null) is read from the prompt, or chosen."""

    model_config = ConfigDict(extra="forbid", strict=True)

    prompt: str = Field(
        max_length=MOST_CHARACTERS,
        description=f"What is to be seen: {PROMPT_CHARS[0]} to {PROMPT_CHARS[1]} characters, with a product in it.",
        examples=[A_PICTURE],
    )
    enhance_with_llm: bool = Field(False, description="Complete the prompt first, by a language model where one is at hand.")
    count: int = Field(
        COUNTS[0], description="How many candidates.", json_schema_extra={"minimum": COUNTS[0], "maximum": COUNTS[1]}, examples=[4]
    )
    aspect_ratio: str | None = Field(None, description=f"One of {', '.join(Aspect)}.", json_schema_extra=ASPECT)
    choices: dict[str, str] = CHOICES
    negative_prompt: str | None = Field(
        None, max_length=MOST_CHARACTERS, description=f"What must not be seen: at most {NEGATIVE_CHARS} characters."
    )
    product_image_id: str | None = Field(None, description="One of your uploads: the product as it looks.")
    reference_image_id: str | None = Field(None, description="One of your uploads: what the picture takes after, for models that can.")
    control_image_id: str | None = Field(None, description="One of your uploads: whose layout is kept, for models that can.")
    brand: str | None = Field(None, description="The name on the product: at most 40 characters.", examples=["Aurelia"])
    brand_colors: list[str] = Field([], description="Ground first, then accent: #RRGGBB, at most 5.", examples=[["#0A192F", "#D4AF37"]])
    model: str | None = Field(None, description="Of /hero-frames/options; null: its default.")
    seed: int | None = Field(
        None,
        description="The same prompt and seed make the same pictures; null: any. 0 to 4294967295.",
        json_schema_extra={"minimum": 0, "maximum": 2**32 - 1},
    )
    original_prompt: str | None = Field(
        None, max_length=MOST_CHARACTERS, description="The prompt before it was completed (by /hero-frames/direct, say)."
    )
    team: str | None = Field(None, description="One of your teams: the frames belong to it, and count for your quota there.")

    def hero(self) -> HeroAsked:
        """What is asked, checked. Raises BriefError."""
        brief = read_hero_brief(
            plain_text(self.prompt),
            choices=self.choices,
            negative_prompt=plain_text(self.negative_prompt or ""),
            count=self.count,
            aspect=self.aspect_ratio,
            brand=self.brand or "",
            colors=tuple(self.brand_colors),
            seed=0 if self.seed is None else self.seed,
        )
        return HeroAsked(
            brief=brief,
            pictures=Pictures(self.product_image_id or "", self.reference_image_id or "", self.control_image_id or ""),
            model=self.model or None,
            seeded=self.seed is not None,
            direct=self.enhance_with_llm,
            original=" ".join(plain_text(self.original_prompt or "").split()),
            team=self.team or "",
        )


class AskedAgain(BaseModel):
    """Nothing: the same once more."""

    model_config = ConfigDict(extra="forbid", strict=True)


class AskedVariation(BaseModel):
    """What is to be different."""

    model_config = ConfigDict(extra="forbid", strict=True)

    choices: dict[str, str] = Field({}, description=f"By matter: {', '.join(VARIED)}.", examples=[{"light": "golden"}])
    words: str | None = Field(
        None,
        max_length=MOST_CHARACTERS,
        description=f"Whatever else, added to the prompt: at most {WORDS_CHARS} characters.",
        examples=["a single water drop on the glass"],
    )
