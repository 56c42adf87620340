"""Style presets: one word that steers palette, set and light, type, music, pace and grade together. Values only.

A preset outweighs the style words of the prompt; whatever else the person sets (colours, music, type) outweighs the preset.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pipelines.spec import FontStyle, MusicStyle

Style = Literal["luxury", "minimal", "vibrant", "tech"]


@dataclass(frozen=True)
class Preset:
    """title, hint: for people. words: how people write it, as a pattern. mood: its music, voice, pace and transitions (VOICES).
    fonts: the first is the default. looks: palettes with the set and light they belong on (copywriter.looks). keywords: what the
    photographer is told. grade: a row of grade.LOOKS."""

    title: str
    hint: str
    words: str
    mood: MusicStyle
    fonts: tuple[FontStyle, ...]
    looks: tuple[str, ...]
    keywords: str
    grade: str


STYLES: Mapping[Style, Preset] = {
    "luxury": Preset(
        "Luxury",
        "Dark, precise and slow: rim light, engraved capitals, strings.",
        r"luxur(?:y|ious)|premium|elegant",
        "luxury",
        ("engraved_caps", "luxury_serif"),
        ("midnight gold", "bottle green", "graphite"),
        "elegant, restrained, precise, cinematic light",
        "luxury",
    ),
    "minimal": Preset(
        "Minimal",
        "Pale, quiet and spare: soft daylight, plain type, room to breathe.",
        r"minimal(?:ist|istic|ism)?|clean|simple",
        "calm",
        ("geometric_sans", "modern_grotesk"),
        ("porcelain", "fog", "oat"),
        "minimal, reduced to the essential, soft clear light, generous empty space",
        "calm",
    ),
    "vibrant": Preset(
        "Vibrant",
        "Saturated and quick: bold colour, hard graphic shadows, big type, a driving beat.",
        r"vibrant|vivid|bold|colou?rful|energetic",
        "energetic",
        ("bold_display", "friendly_rounded"),
        ("coral", "cobalt", "saffron", "tomato"),
        "vibrant, saturated colour, graphic shadows, full of movement",
        "energetic",
    ),
    "tech": Preset(
        "Tech",
        "Cool and exact: night blue and steel, crisp edges, technical type, synths.",
        r"tech(?:y|nology|nological)?|high[\s-]?tech|modern|futuristic",
        "tech",
        ("modern_grotesk", "technical_mono"),
        ("electric night", "ink and steel", "fog"),
        "modern, exact, cool light, clean geometry, crisp edges",
        "tech",
    ),
}
