"""What the photographer and the camera operator are told: the words of a shot, from its recipe and the scene's own picture."""

import re
from collections.abc import Sequence

from models.asks import Move, Subject
from pipelines.colors import nearest_name
from pipelines.copywriter.product import Air
from pipelines.copywriter.staging import SHADOW_BLUR, SHADOW_LIGHT
from pipelines.shots import Recipe
from pipelines.spec import Pacing

MOTION: dict[Move, str] = {
    "static": "locked camera, only the light breathes",
    "push_in": "slow steady push-in",
    "pull_out": "slow pull-out",
    "slide_left": "slow slide to the left, gentle parallax",
    "slide_right": "slow slide to the right, gentle parallax",
    "pan_left": "slow pan to the left, the camera turns on the spot",
    "pan_right": "slow pan to the right, the camera turns on the spot",
    "handheld": "handheld camera, a light natural sway",
    "rise": "camera rises slowly",
    "orbit_left": "slow small orbit to the left",
    "orbit_right": "slow small orbit to the right",
    "rack_focus": "focus racks onto the product",
    "light_reveal": "the light comes on and sweeps over the product while the camera pushes in slowly",
}
NEGATIVE = "text, letters, watermark, logo, people, hands, faces, clutter, deformed, duplicate product, low quality, jpeg artifacts"
AIR: dict[Air, str] = {
    "petals": "a few petals drift down at the sides",
    "drops": "drops of water fall slowly at the sides",
    "ice": "clear ice cubes tumble slowly down at the sides",
}
ON_ICE = r"\b(?:iced|ice[\s-]cold|on ice|over ice|chilled|frosty|lemonade|cocktail|tonic|cola)\b"
"""What is drunk with ice, in the words of a product or its traits."""
PACE: dict[Pacing, str] = {"slow_cinematic": "unhurried", "steady": "even", "quick": "brisk"}


def still_prompt(recipe: Recipe, picture: str, detail: str, keywords: str) -> str:
    """The still in words: how it is seen, what is seen, the lens. picture: the scene's visual prompt; detail: what the lens
    comes close to, if it does.

    A shadow scene keeps its grey light; with the product far out of focus its set is no longer called empty.
    """
    blurred, shadow = recipe.kind == "blurred", recipe.kind in ("absent", "blurred")
    parts = (
        recipe.words,
        detail,
        picture.replace(SHADOW_LIGHT, SHADOW_BLUR) if blurred else picture,
        f"{recipe.lens_mm:g} mm lens",
        "" if shadow or keywords in picture else keywords,
        "photorealistic, fine gradation" if shadow else "product photography, photorealistic, fine detail",
    )
    return ", ".join(filter(None, parts))


def sentence(prompt: str, subject: Subject | None, palette: Sequence[str]) -> str:
    """A shot's words for models that know nothing but words: what is seen, what it is and looks like, and in which colours.

    subject None: the set alone. Lettering is left out: what such models write cannot be read, and titles are set later.
    """
    parts = [prompt.strip().rstrip(".")]
    if subject is not None:
        look = subject.description.strip().rstrip(".")
        known = look.lower() in prompt.lower() if look else True
        named = subject.kind.lower() in (look or prompt).lower()
        thing = look if named else ", ".join(filter(None, (subject.kind, look)))
        parts += [] if known and subject.kind.lower() in prompt.lower() else [f"The one product in the picture is {_article(thing)}{thing}"]
        if subject.colors:
            parts.append(f"It is {' and '.join(dict.fromkeys(nearest_name(color) for color in subject.colors[:2]))}")
    if palette:
        parts.append(f"Colours of the scene: {', '.join(dict.fromkeys(nearest_name(color) for color in palette[:3]))}")
    return ". ".join(part[:1].upper() + part[1:] for part in parts) + "."


def _article(thing: str) -> str:
    first = thing.split()[0].lower() if thing else ""
    return "" if first in ("a", "an", "the", "one", "two", "your") else "an " if first[:1] in "aeiou" else "a "


def motion_prompt(move: Move, pacing: Pacing, mood: str, air: Air = "") -> str:
    """The motion in words, for video models. air: what drifts through the picture."""
    drifts = f"; {AIR[air]}" if air else ""
    return f"{MOTION[move]}, {PACE[pacing]}, {mood}{drifts}; nothing in the picture changes shape"


def air_of(recipe: Recipe, air: Air) -> Air:
    """What drifts through a picture of a product that has `air`: only where the light is on and there is room around it."""
    return air if recipe.kind in ("reveal", "lit") and recipe.size in ("full", "wide", "medium") else ""


def air_around(air: Air, thing: str) -> Air:
    """What drifts around a product whose category has `air`: a cold drink that is called iced has ice for drops."""
    return "ice" if air == "drops" and re.search(ON_ICE, thing, re.I) else air


def negative_prompt(recipe: Recipe, noun: str) -> str:
    """What must not be seen; on an empty set that is the product too."""
    return f"{noun}, {NEGATIVE}" if recipe.kind == "absent" else NEGATIVE
