"""The ad spec: what the ad says and how it should feel, in the shape of PRD 22.7. Written by a language model or by the
built-in copywriter; validated here, and turned into shots by `scene_plan.py`. It knows no models and no frames.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from pipelines.frameworks import FRAMEWORKS, Framework, SceneType
from pipelines.word_captions.styles import CaptionStyle

Hex = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
Short = Annotated[str, Field(min_length=1, max_length=200)]
FontStyle = Literal[
    "luxury_serif", "engraved_caps", "modern_grotesk", "geometric_sans", "friendly_rounded", "technical_mono", "bold_display"
]
TextAnimation = Literal[
    "fade",
    "rise",
    "scale",
    "mask_reveal",
    "word_by_word",
    "typewriter",
    "blur_in",
    "tracking_in",
    "split_lines",
    "underline",
    "counter",
]
TransitionName = Literal["cut", "crossfade", "dip_to_black", "dip_to_white", "soft_wipe", "push", "zoom_through", "light_sweep"]
Pacing = Literal["slow_cinematic", "steady", "quick"]
MusicStyle = Literal["luxury", "tech", "eco", "energetic", "playful", "calm", "cinematic", "corporate"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Analysis(_Part):
    """What is sold to whom, and why this framework. product_type: the plain noun ("wrist watch")."""

    product_type: Short
    target_audience: Short
    pain_point: Short
    best_framework: Framework
    rationale: Annotated[str, Field(min_length=1, max_length=400)]


class BrandGuidelines(_Part):
    """brand_colors: background or ground colour first, then accent, then the colour of type."""

    brand_name: Annotated[str, Field(max_length=40)]
    brand_colors: Annotated[list[Hex], Field(min_length=2, max_length=5)]
    visual_style_keywords: Short
    mood: Short
    font_style: FontStyle


class AdSpecifications(_Part):
    """music_style is one of the moods of FR-012 and its neighbours. captions: how the scenes' spoken lines are shown as words."""

    ad_duration_seconds: Literal[15, 30, 60]
    aspect_ratio: Literal["9:16", "16:9", "1:1"]
    framework: Framework
    call_to_action_text: Annotated[str, Field(min_length=2, max_length=28)]
    music_style: MusicStyle
    pacing: Pacing = "steady"
    captions: CaptionStyle = "off"


class TextOverlay(_Part):
    """text: lines divided by newlines. In a scene of several shots each line gets a shot of its own; on the last scene the brand
    name and what follows it stand together on the end card."""

    text: Annotated[str, Field(min_length=1, max_length=120)]
    position: Literal["top", "center", "bottom"] = "center"
    animation: TextAnimation = "fade"


class SceneSpec(_Part):
    """One beat of the story. scene_type: the framework's own name for it ("Problem", "After", "Desire"). spoken: what a voice says in
    it, or captions do where nobody speaks; "" for nothing."""

    scene_number: Annotated[int, Field(ge=1, le=5)]
    scene_type: SceneType
    duration_seconds: Annotated[float, Field(ge=3, le=20)]
    narrative_purpose: Short
    visual_prompt: Annotated[str, Field(min_length=10, max_length=600)]
    text_overlay: TextOverlay | None
    spoken: Annotated[str, Field(max_length=300)] = ""
    transition_out: TransitionName = "crossfade"


class SoundEffect(_Part):
    """scene: the scene at whose start it sounds."""

    scene: Annotated[int, Field(ge=1, le=5)]
    type: Short


class AudioLayer(_Part):
    """volume 0..1 are FR-012's gains."""

    style: Short
    mood: Short
    music_volume: Annotated[float, Field(ge=0, le=1)] = 0.3
    effects_volume: Annotated[float, Field(ge=0, le=1)] = 0.5
    sound_effects: list[SoundEffect] = []


class AdSpec(_Part):
    """The whole. Scene types follow the framework, in order; durations add up to the ad's."""

    analysis: Analysis
    product_description: Annotated[str, Field(min_length=10, max_length=600)]
    brand_guidelines: BrandGuidelines
    ad_specifications: AdSpecifications
    scenes: Annotated[list[SceneSpec], Field(min_length=3, max_length=5)]
    audio_layer: AudioLayer

    @field_validator("scenes")
    @classmethod
    def _numbered_in_order(cls, scenes: list[SceneSpec]) -> list[SceneSpec]:
        if [s.scene_number for s in scenes] != list(range(1, len(scenes) + 1)):
            raise ValueError("scene_number must count 1, 2, 3, … in order")
        return scenes

    @model_validator(mode="after")
    def _story_holds(self) -> "AdSpec":
        story = FRAMEWORKS[self.ad_specifications.framework]
        if [s.scene_type for s in self.scenes] != [beat.name for beat in story.beats]:
            raise ValueError(f"{story.name} needs the scenes {', '.join(b.name for b in story.beats)}, in this order")
        total = sum(s.duration_seconds for s in self.scenes)
        if abs(total - self.ad_specifications.ad_duration_seconds) > 0.01:
            raise ValueError(f"scene durations add up to {total:g} s, not {self.ad_specifications.ad_duration_seconds} s")
        return self
