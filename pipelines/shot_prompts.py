"""What the photographer and the camera operator are told: the words of a shot, from its recipe and the scene's own picture."""

from models.asks import Move
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


def motion_prompt(move: Move, pacing: Pacing, mood: str) -> str:
    """The motion in words, for video models."""
    return f"{MOTION[move]}, {PACE[pacing]}, {mood}; nothing in the picture changes shape"


def negative_prompt(recipe: Recipe, noun: str) -> str:
    """What must not be seen; on an empty set that is the product too."""
    return f"{noun}, {NEGATIVE}" if recipe.kind == "absent" else NEGATIVE
