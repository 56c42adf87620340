"""What may be asked for takes, on the wire. Every rule about motion is pipelines/motion's."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from pipelines import checked
from pipelines.aspect import Aspect
from pipelines.errors import BriefError
from pipelines.frameworks import Framework
from pipelines.motion import MotionBrief, read_motion_brief
from pipelines.motion.motion_brief import RATES, SECONDS, TAKES, WORDS_CHARS
from pipelines.motion.motion_terms import MOVEMENTS, SPEEDS, TEMPLATES
from pipelines.presets import STYLES
from pipelines.word_captions.styles import NAMES as CAPTION_STYLES
from studio.services.plain_text import plain_text
from studio.services.take_options import DEFAULT_SECONDS
from studio.services.takes import Defaults, TakesAsked

A_FRAME = "3f1d9a52-7b56-4f0a-8a53-6f1f4b1f0c21"
A_GROUP = "b7f0a1de-52c4-4f7e-9f55-2f7f7c1f5a02"
AN_ATTEMPT = "c2a95c1e-0c0b-4a75-93f7-5a0a8a4c7d03"
MOST_CHARACTERS = 4000
"""Of a text with its markup; what is left without has at most 500."""


def _choices(*values: Any) -> dict[str, Any]:
    return {"enum": [*values, None]}


class MotionAsked(BaseModel):
    """What the camera does. What is left out comes from the template, else from the motion prompt, else is chosen."""

    model_config = ConfigDict(extra="forbid", strict=True)

    camera: str | None = Field(None, description=f"One of {', '.join(MOVEMENTS)}.", json_schema_extra=_choices(*MOVEMENTS))
    speed: str | None = Field(None, description=f"One of {', '.join(SPEEDS)}.", json_schema_extra=_choices(*SPEEDS))
    slow_motion: bool | None = Field(None, description="True: the speed is slow_motion.")
    fps: int | None = Field(None, description="Frames a second.", json_schema_extra=_choices(*RATES))
    intensity: float | None = Field(None, description="0 to 1.", json_schema_extra={"minimum": 0, "maximum": 1})
    direction: str | None = Field(None, description="left or right, for moves that have one.", json_schema_extra=_choices("left", "right"))
    template: str | None = Field(None, description=f"A motion that works: {', '.join(TEMPLATES)}.", json_schema_extra=_choices(*TEMPLATES))


class AskedTakes(BaseModel):
    """A hero frame set in motion, several times."""

    model_config = ConfigDict(extra="forbid", strict=True)

    hero_frame_id: str = Field(description="One of your hero frames, made.", examples=[A_FRAME])
    motion_prompt: str = Field("", max_length=MOST_CHARACTERS, description="What moves, and how: at most 500 characters.")
    negative_prompt: str | None = Field(
        None, max_length=MOST_CHARACTERS, description="What must not happen; null: what is recommended. At most 500 characters."
    )
    auto_attempts: int | None = Field(
        None, description="How many attempts; null: as this studio is set up.", json_schema_extra={"minimum": TAKES[0], "maximum": TAKES[1]}
    )
    duration: float = Field(
        DEFAULT_SECONDS, description="Seconds of each.", json_schema_extra={"minimum": SECONDS[0], "maximum": SECONDS[1]}
    )
    motion: MotionAsked = Field(default_factory=MotionAsked)
    model: str | None = Field(None, description="Of /image-to-video/options; null: its default.")
    seed: int | None = Field(
        None,
        description="The same seed and settings make the same attempts; null: ones that were not made yet. 0 to 4294967295.",
        json_schema_extra={"minimum": 0, "maximum": 2**32 - 1},
    )
    auto_select: bool | None = Field(None, description="Whether the best is marked; null: as the group has it, else as the studio.")
    group_id: str | None = Field(None, description="A further iteration of this group; null: a new group.")
    note: str = Field("", max_length=MOST_CHARACTERS, description="For yourself: why this iteration. At most 500 characters.")

    def takes(self, defaults: Defaults) -> TakesAsked:
        """What is asked, checked. Raises BriefError."""
        return TakesAsked(
            hero_frame_id=self.hero_frame_id,
            motion=self._motion(defaults),
            model=self.model or None,
            seed=_seed(self.seed),
            auto_select=self.auto_select,
            group_id=self.group_id or "",
            note=checked.line(plain_text(self.note), "note", "The note", WORDS_CHARS),
        )

    def _motion(self, defaults: Defaults) -> MotionBrief:
        motion = self.motion
        return read_motion_brief(
            plain_text(self.motion_prompt),
            template=motion.template,
            movement=motion.camera,
            direction=motion.direction,
            intensity=motion.intensity,
            speed="slow_motion" if motion.slow_motion else motion.speed,
            fps=motion.fps,
            seconds=self.duration,
            negative_prompt=None if self.negative_prompt is None else plain_text(self.negative_prompt),
            takes=defaults.attempts if self.auto_attempts is None else self.auto_attempts,
        )


class AskedSelection(BaseModel):
    """Which attempt is the version from now on."""

    model_config = ConfigDict(extra="forbid", strict=True)

    attempt_id: str = Field(examples=[AN_ATTEMPT])


class AskedMissing(BaseModel):
    """Which iteration lacks attempts."""

    model_config = ConfigDict(extra="forbid", strict=True)

    iteration: int = Field(description="Its number in the group.", ge=1, le=10_000, examples=[1])


class AskedAdvice(BaseModel):
    """What is to be better."""

    model_config = ConfigDict(extra="forbid", strict=True)

    attempt_id: str | None = Field(None, description="Whose measures count; null: of the version, else of the best.")
    words: str = Field("", max_length=MOST_CHARACTERS, description="In your own words: at most 500 characters.", examples=["too chaotic"])

    @property
    def said(self) -> str:
        """The words, checked. Raises BriefError."""
        return checked.line(plain_text(self.words), "words", "What you say", WORDS_CHARS)


class AskedGroup(BaseModel):
    """What is to change about a group; what is left out stays."""

    model_config = ConfigDict(extra="forbid", strict=True)

    title: str | None = Field(None, max_length=MOST_CHARACTERS, description="1 to 200 characters.")
    tag: str | None = Field(None, max_length=MOST_CHARACTERS, description="At most 60 characters; empty: none.", examples=["spring"])
    auto_select: bool | None = Field(None, description="Whether the best of coming iterations is marked.")


class AskedForAd(BaseModel):
    """The ad that a version becomes the main scene of. What is left out (or null) comes from the hero frame, or is chosen."""

    model_config = ConfigDict(extra="forbid", strict=True)

    prompt: str | None = Field(None, max_length=MOST_CHARACTERS, description="What to advertise; null: what the hero frame shows.")
    duration: int | None = Field(None, description="Seconds: 15, 30 or 60.", json_schema_extra=_choices(15, 30, 60))
    aspect_ratio: str | None = Field(
        None, description="The hero frame's; another is refused.", json_schema_extra=_choices(*(a.value for a in Aspect))
    )
    framework: str | None = Field(None, json_schema_extra=_choices(*(f.value for f in Framework)))
    style: str | None = Field(None, json_schema_extra=_choices(*STYLES))
    brand: str | None = Field(None, description="At most 40 characters.", examples=["Aurelia"])
    brand_colors: list[str] | None = Field(None, description="#RRGGBB, at most 5; null: the hero frame's.")
    voice: str | None = Field(None, description="off (or null), auto, or a voice that /capabilities lists.", examples=["auto"])
    captions: str | None = Field(
        None, description="What is said as words on the picture; null for off.", json_schema_extra=_choices(*CAPTION_STYLES)
    )
    models: dict[str, str] | None = Field(None, description="Kind of model → id; null: those that made the hero frame and its clip.")
    coherence: dict[str, bool] | None = Field(None, description="Switches that hold the shots together.")
    lora: str | None = Field(None, description="A LoRA that /capabilities lists.")
    lora_weight: float | None = Field(None, description="0 to 2.")

    def changes(self) -> dict[str, Any]:
        """What was said, by the names of pipelines.brief.read_brief."""
        names = {"aspect_ratio": "aspect", "brand_colors": "colors"}
        given = {names.get(name, name): value for name, value in self.model_dump().items() if value not in (None, "")}
        return given | ({"prompt": plain_text(given["prompt"])} if "prompt" in given else {})


def _seed(seed: int | None) -> int | None:
    if seed is not None and checked.whole(seed, 0, 2**32 - 1) is None:
        raise BriefError("The seed is a whole number from 0 to 4294967295.", field="seed")
    return seed
