"""What a change of the prompt does to the ad: whether the pictures change, and whether all that the person said still holds.

It writes and plans both ads with the built-in copywriter, which takes milliseconds; nothing is rendered.
"""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from models.asks import Framing
from pipelines.brief import Brief, read_brief
from pipelines.copywriter import writer
from pipelines.copywriter.honesty import unfounded
from pipelines.errors import BriefError
from pipelines.hint_words import COMMAND_WORDS
from pipelines.hints import Hints, read_hints
from pipelines.planner import plan
from pipelines.spec import AdSpec

# What a direction is there to give; everything else must be read the same after a change as before it.
GIVEN = ("place", "light", "views", "detail", "type", "manner", "styles")
SAID = tuple(field.name for field in fields(Hints) if field.name not in (*GIVEN, "found"))


def with_prompt(brief: Brief, prompt: str) -> Brief:
    """The same order with another prompt. Raises BriefError when the prompt cannot be used."""
    return brief.model_copy(update={"prompt": read_brief(prompt).prompt})


def pictures(brief: Brief) -> tuple[Any, ...]:
    """Everything of the ad that can be seen, but for its words and their timing."""
    spec = writer.write(brief, read_hints(brief.prompt))
    made = plan(spec, brief)
    shots = tuple((shot.still_prompt, shot.framing, shot.move, shot.palette) for shot in made.shots)
    return shots, made.palette, made.grade, spec.brand_guidelines.font_style


def framings(brief: Brief) -> tuple[Framing, ...]:
    """Where the camera stands, shot by shot."""
    return tuple(shot.framing for shot in plan(writer.write(brief, read_hints(brief.prompt)), brief).shots)


def story(spec: AdSpec) -> tuple[Any, ...]:
    """What the ad says, and to what music."""
    lines = tuple(scene.text_overlay.text if scene.text_overlay else "" for scene in spec.scenes)
    ad = spec.ad_specifications
    return ad.framework, lines, ad.call_to_action_text, ad.music_style


def lost(before: Hints, after: Hints, names: Iterable[str] = SAID) -> tuple[str, ...]:
    """What was read of the person's words before, and is read otherwise after."""
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def holds(brief: Brief, changed: Brief) -> bool:
    """Whether an addition leaves the product, the offer, the story and its lines as they were, and states no new fact."""
    before, after = read_hints(brief.prompt), read_hints(changed.prompt)
    if lost(before, after) or unfounded([changed.prompt], brief.prompt):
        return False
    return story(writer.write(brief, before)) == story(writer.write(changed, after))


def usable(brief: Brief, prompt: str) -> Brief | None:
    """`with_prompt`, or None."""
    try:
        return with_prompt(brief, prompt)
    except BriefError:
        return None


def content_words(text: str) -> frozenset[str]:
    """The words that carry meaning, in lower case."""
    words = "".join(c if c.isalnum() or c in "-%'’" else " " for c in text.lower()).split()
    return frozenset(word for word in words if len(word) > 3 and word not in COMMAND_WORDS)
