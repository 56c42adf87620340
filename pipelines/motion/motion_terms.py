"""The words of a camera operator: moves, speeds and templates, and what a motion prompt should keep out. Tables only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from models.asks import Move

Speed = Literal["real_time", "slow_motion", "brisk"]
Direction = Literal["", "left", "right"]


@dataclass(frozen=True)
class Movement:
    """One camera movement. moves: by direction, "" where it has none or none was chosen. words: for a model, {direction} filled in."""

    title: str
    hint: str
    moves: Mapping[Direction, Move]
    words: str


MOVEMENTS: Mapping[str, Movement] = {
    "static": Movement("Static", "The camera rests; light and breath do the rest.", {"": "static"}, "locked-off static camera"),
    "push_in": Movement("Push-in", "Slowly nearer: attention grows.", {"": "push_in"}, "push-in towards the product"),
    "pull_out": Movement("Pull-out", "Slowly back: the product finds its place.", {"": "pull_out"}, "pull-out, revealing the space"),
    "dolly": Movement(
        "Dolly",
        "Sideways on rails: layers slide past each other.",
        {"": "slide_right", "left": "slide_left", "right": "slide_right"},
        "dolly {direction}",
    ),
    "pan": Movement(
        "Pan",
        "The camera turns on the spot.",
        {"": "pan_right", "left": "pan_left", "right": "pan_right"},
        "pan {direction}, camera turning on the spot",
    ),
    "orbit": Movement(
        "Orbit",
        "Around the product: its form is felt.",
        {"": "orbit_right", "left": "orbit_left", "right": "orbit_right"},
        "small orbit {direction} around the product",
    ),
    "rise": Movement("Rise", "Upwards: a curtain that opens.", {"": "rise"}, "camera rising, as on a crane"),
    "handheld": Movement("Handheld", "A light sway: somebody is there.", {"": "handheld"}, "handheld camera with a light natural sway"),
    "rack_focus": Movement("Rack focus", "Sharpness travels to the product.", {"": "rack_focus"}, "rack focus onto the product"),
    "light_reveal": Movement(
        "Light reveal", "The lights come up and find it.", {"": "light_reveal"}, "the light comes on and finds the product"
    ),
}

SPEEDS: Mapping[Speed, tuple[str, str, float]] = {  # title, words, share of the strength
    "real_time": ("Real time", "even pace, real time", 1.0),
    "slow_motion": ("Slow motion", "slow motion", 0.55),
    "brisk": ("Brisk", "brisk, confident pace", 1.35),
}

INTENSITIES: tuple[tuple[float, str], ...] = (
    (0.25, "barely perceptible movement"),
    (0.5, "gentle movement"),
    (0.75, "clear movement"),
    (1.0, "strong movement"),
)

ARTIFACTS = "fast movements, disfigurements, low quality, dust particles, distortions"
"""FR-039's own list: what image-to-video models are known to add."""

STABLE = "flicker, morphing, changing label, melting edges, extra objects, text, watermark"


@dataclass(frozen=True)
class Template:
    """A motion that works, ready to be changed. negative: recommended for it."""

    title: str
    hint: str
    movement: str
    intensity: float
    speed: Speed
    words: str
    negative: str


TEMPLATES: Mapping[str, Template] = {
    "hero_push": Template(
        "Hero push-in",
        "The safe opening of a product film.",
        "push_in",
        0.5,
        "real_time",
        "light glides along the edges",
        f"{ARTIFACTS}, {STABLE}",
    ),
    "jewel_orbit": Template(
        "Jewel orbit",
        "For glass, metal and facets.",
        "orbit",
        0.4,
        "slow_motion",
        "highlights travel over the surface",
        f"{ARTIFACTS}, {STABLE}, spinning product",
    ),
    "still_life": Template(
        "Still life",
        "Only light and air move.",
        "static",
        0.2,
        "slow_motion",
        "shadows of leaves drift over the wall",
        f"{ARTIFACTS}, {STABLE}, camera movement",
    ),
    "reveal": Template(
        "Light reveal",
        "Out of the dark, for a launch.",
        "light_reveal",
        0.5,
        "real_time",
        "darkness gives way to a warm rim light",
        f"{ARTIFACTS}, {STABLE}, overexposure",
    ),
    "lookbook": Template(
        "Lookbook dolly",
        "Past the product, as in a shop window.",
        "dolly",
        0.55,
        "real_time",
        "the background slides behind it",
        f"{ARTIFACTS}, {STABLE}",
    ),
    "documentary": Template(
        "Documentary",
        "Close and honest.",
        "handheld",
        0.45,
        "real_time",
        "as if somebody had just put it down",
        f"{ARTIFACTS}, {STABLE}, shaking, motion blur",
    ),
}
