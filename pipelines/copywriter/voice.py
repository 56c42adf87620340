"""How a mood speaks and moves: typeface, animation, pacing and transitions. One row per mood of the music."""

from dataclasses import dataclass, replace

from pipelines.copywriter.product import Tone
from pipelines.hints import Hints
from pipelines.presets import STYLES, Style
from pipelines.spec import FontStyle, MusicStyle, Pacing, TextAnimation, TransitionName


@dataclass(frozen=True)
class Voice:
    """fonts: the first is the default. headline, closing: animations of scene lines and of the end card. reveal: the
    transition into the scene where the light comes on; cut: between the other scenes. sound: of the cuts."""

    fonts: tuple[FontStyle, ...]
    pacing: Pacing
    tone: Tone
    keywords: str
    mood: str
    headline: TextAnimation
    closing: TextAnimation
    reveal: TransitionName
    cut: TransitionName
    sound: str


VOICES: dict[MusicStyle, Voice] = {
    "luxury": Voice(
        ("engraved_caps", "luxury_serif"),
        "slow_cinematic",
        "quiet",
        "elegant, restrained, precise, cinematic light",
        "aspirational, confident, composed",
        "blur_in",
        "tracking_in",
        "light_sweep",
        "crossfade",
        "soft whoosh",
    ),
    "tech": Voice(
        ("modern_grotesk", "technical_mono"),
        "steady",
        "bold",
        "modern, exact, clean geometry, crisp edges",
        "curious, clear, forward",
        "mask_reveal",
        "rise",
        "light_sweep",
        "soft_wipe",
        "whoosh",
    ),
    "eco": Voice(
        ("geometric_sans", "luxury_serif"),
        "steady",
        "warm",
        "natural, honest materials, clear light, fresh air",
        "hopeful, gentle, grounded",
        "rise",
        "rise",
        "dip_to_white",
        "crossfade",
        "soft whoosh",
    ),
    "energetic": Voice(
        ("bold_display", "modern_grotesk"),
        "quick",
        "bold",
        "bold, high contrast, graphic, full of movement",
        "energetic, driven, bright",
        "word_by_word",
        "scale",
        "zoom_through",
        "push",
        "impact",
    ),
    "playful": Voice(
        ("friendly_rounded", "geometric_sans"),
        "quick",
        "bold",
        "playful, colourful, graphic shadows, tidy",
        "cheerful, light, curious",
        "split_lines",
        "scale",
        "dip_to_white",
        "push",
        "pop",
    ),
    "calm": Voice(
        ("luxury_serif", "geometric_sans"),
        "slow_cinematic",
        "quiet",
        "minimal, soft clear light, generous space",
        "calm, tender, clear",
        "fade",
        "fade",
        "dip_to_white",
        "crossfade",
        "soft whoosh",
    ),
    "cinematic": Voice(
        ("engraved_caps", "bold_display"),
        "slow_cinematic",
        "quiet",
        "cinematic, wide, warm highlights, long shadows",
        "epic, warm, longing",
        "tracking_in",
        "tracking_in",
        "light_sweep",
        "dip_to_black",
        "deep boom",
    ),
    "corporate": Voice(
        ("modern_grotesk", "geometric_sans"),
        "steady",
        "warm",
        "clear, friendly, well ordered, bright",
        "trustworthy, calm, capable",
        "underline",
        "rise",
        "light_sweep",
        "soft_wipe",
        "whoosh",
    ),
}

STYLE_MOODS: dict[str, MusicStyle] = {
    "luxury": "luxury",
    "minimalist": "calm",
    "eco-friendly": "eco",
    "energetic": "energetic",
    "playful": "playful",
    "modern": "tech",
    "calm": "calm",
    "vintage": "cinematic",
    "cinematic": "cinematic",
    "corporate": "corporate",
}


def voice_for(style: Style | None, music: MusicStyle) -> Voice:
    """The voice of a chosen style, in its own type and words whatever music plays; without one, the voice of the music."""
    if style is None:
        return VOICES[music]
    preset = STYLES[style]
    return replace(VOICES[preset.mood], fonts=preset.fonts, keywords=preset.keywords)


def in_this_manner(voice: Voice, hints: Hints) -> Voice:
    """The voice with the person's own style words in front of its keywords, but for a mood's own name, which it stands for."""
    words = [word for word in hints.manner if word not in {*STYLE_MOODS, *VOICES} and word not in voice.keywords]
    return replace(voice, keywords=", ".join([*words, voice.keywords])[:200])
