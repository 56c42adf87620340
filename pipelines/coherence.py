"""What holds the shots of one ad together, and may be let go: chosen with the brief. Values and their words for people only."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict


class Coherence(BaseModel):
    """seed_control: every shot is drawn from the ad's one seed, on one set in one light; off, each draws its own, and the
    pictures vary more. color_matching: before the grade each clip's colour and exposure is drawn towards the hero shot's, except
    where the story wants it grey.

    For models that draw from words: reference: pictures take after the product photo, or the main shot. layout_control: the product
    stands where the plan wants it, by the product studio's draft of the shot.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    seed_control: bool = True
    color_matching: bool = True
    reference: bool = True
    layout_control: bool = True


@dataclass(frozen=True)
class Choice:
    """One switch, as people read it. needs: what a picture model must be able to take for it to matter; "" where any will do."""

    title: str
    hint: str
    needs: str = ""


COHERENCE: Mapping[str, Choice] = {
    "seed_control": Choice(
        "One seed for every shot",
        "The same set, stone for stone, in every shot. Off: each shot draws its own, and the pictures vary more.",
    ),
    "color_matching": Choice(
        "Match colours between shots", "Draws each clip's colour and brightness towards the main shot's. Grey “before” scenes stay grey."
    ),
    "reference": Choice(
        "Take after the product",
        "Models that draw from words are shown your product photo, or the main shot, with every picture.",
        "references",
    ),
    "layout_control": Choice(
        "Keep the layout",
        "Models that draw from words follow the product studio's draft of each shot: the product stands where the plan wants it.",
        "controls",
    ),
}
