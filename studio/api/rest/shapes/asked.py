"""What may be asked for an ad, on the wire. Every rule about it is pipelines.brief's."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from pipelines.aspect import Aspect
from pipelines.brief import Brief, read_brief
from pipelines.coherence import COHERENCE
from pipelines.frameworks import Framework
from pipelines.grades import GRADES
from pipelines.presets import STYLES
from pipelines.word_captions.styles import NAMES as CAPTION_STYLES
from studio.api.rest.shapes.examples import A_PROMPT
from studio.services.plain_text import plain_text

MOST_CHARACTERS = 10_000
"""Of a prompt with its markup; what is left without has at most 500."""


def _choices(*values: Any) -> dict[str, Any]:
    """What the document says may be chosen; what else comes is refused by the brief, in a sentence."""
    return {"enum": [*values, None]}


class Asked(BaseModel):
    """One sentence, and whatever else matters. What is left out (or null, or "") is read from the prompt, or chosen."""

    model_config = ConfigDict(extra="forbid", strict=True)

    prompt: str = Field(
        max_length=MOST_CHARACTERS,
        description="What to advertise: 10 to 500 characters once markup is removed, with a product in it.",
        examples=[A_PROMPT],
    )
    duration: int | None = Field(None, description="Seconds: 15, 30 or 60.", json_schema_extra=_choices(15, 30, 60))
    aspect_ratio: str | None = Field(
        None, description=f"One of {', '.join(Aspect)}.", json_schema_extra=_choices(*(a.value for a in Aspect))
    )
    framework: str | None = Field(
        None, description=f"The shape of the story: {', '.join(Framework)}.", json_schema_extra=_choices(*(f.value for f in Framework))
    )
    style: str | None = Field(
        None, description=f"One word for palette, type, music and pace: {', '.join(STYLES)}.", json_schema_extra=_choices(*STYLES)
    )
    grade: str | None = Field(
        None, description=f"The whole film's colours: {', '.join(GRADES)}; null for the style's own.", json_schema_extra=_choices(*GRADES)
    )
    brand: str = Field("", description="The brand's name as it should be read: at most 40 characters.", examples=["Aurelia"])
    brand_colors: list[str] = Field([], description="Ground first, then accent: #RRGGBB, at most 5.", examples=[["#0A192F", "#D4AF37"]])
    seed: int = Field(0, description="The same prompt and seed make the same ad. 0 to 4294967295.")
    voice: str | None = Field(
        None, description="Who speaks the ad's lines: off (or null), auto, or a voice that /capabilities lists.", examples=["auto"]
    )
    captions: str | None = Field(
        None,
        description="What is said as words on the picture, each at its time; without a voice, a script to read. Null for off.",
        json_schema_extra=_choices(*CAPTION_STYLES),
    )
    models: dict[str, str] = Field(
        {}, description="Kind of model (text, image, video, sound, voice) → id, as /capabilities lists them; what is left out is chosen."
    )
    coherence: dict[str, bool] = Field({}, description=f"Switches that hold the shots together: {', '.join(COHERENCE)}.")
    lora: str | None = Field(None, description="A LoRA that /capabilities lists, for picture models that take one.")
    lora_weight: float = Field(1.0, description="How strongly it counts: 0 to 2, 1 as it was trained.")
    product_image_id: str | None = Field(None, description="One of your uploads: the product as it looks.")
    rating: str = Field("", description="Stars on the end card as they should read, 0 to 5 first.", examples=["4.8 from 2,300 reviews"])
    features: list[str] = Field(
        [], description="What the film points at: up to 3, of 36 characters each.", examples=[["Carbon plate", "198 g"]]
    )
    kit: str | None = Field(None, description="One of your brand kits: it fills in what is left open here, and brings its own fonts.")

    team: str | None = Field(None, description="One of your teams: the ad belongs to it, and counts for your quota there.")

    def brief(self) -> Brief:
        """The checked brief. Raises BriefError."""
        return read_brief(
            plain_text(self.prompt),
            duration=self.duration,
            aspect=self.aspect_ratio,
            framework=self.framework,
            style=self.style,
            grade=self.grade,
            brand=self.brand,
            colors=tuple(self.brand_colors),
            seed=self.seed,
            models=self.models,
            voice=self.voice,
            captions=self.captions,
            coherence=self.coherence,
            lora=self.lora,
            lora_weight=self.lora_weight,
            rating=self.rating,
            features=self.features,
        )
