"""The shot grammar: which picture a beat asks for, as size, lens, angle and move. A table of recipes; it knows no frames.

Within one ad no recipe is used twice before all are spent, so neighbouring shots always differ in scale and angle.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from models.asks import Framing, Move, Room, ShotSize
from pipelines.directions import View
from pipelines.frameworks import Beat

Kind = Literal["absent", "blurred", "hook", "reveal", "close_reveal", "lit", "end"]


@dataclass(frozen=True)
class Recipe:
    """One way to take a picture. words: what the photographer is told; detail: the lens looks for the product's detail."""

    kind: Kind
    size: ShotSize
    lens_mm: float
    azimuth_deg: float
    elevation_deg: float
    move: Move
    words: str
    detail: bool = False
    focus_blur: float = 0.0

    def framing(self, room: Room, mirrored: bool, calm: float = 0.0) -> Framing:
        """As the camera takes it; `mirrored` looks from the other side. calm: how far type reaches into the frame from `room`."""
        azimuth = -self.azimuth_deg if mirrored else self.azimuth_deg
        return Framing(self.size, self.lens_mm, azimuth, self.elevation_deg, room, self.focus_blur, calm)


_MIRROR: dict[Move, Move] = {
    "slide_left": "slide_right",
    "slide_right": "slide_left",
    "orbit_left": "orbit_right",
    "orbit_right": "orbit_left",
}

RECIPES: tuple[Recipe, ...] = (
    Recipe("absent", "wide", 35, 0, 5, "push_in", "wide shot of the empty set, a large calm horizon"),
    Recipe("absent", "medium", 85, -26, 24, "slide_right", "closer view of the bare ground, its texture in raking grey light"),
    Recipe("absent", "full", 50, 18, 12, "pull_out", "the empty set from the side, one faint shadow crossing it"),
    Recipe("absent", "wide", 28, -12, 30, "slide_left", "the empty set from above, quiet geometry"),
    Recipe("blurred", "wide", 70, -12, 8, "push_in", "one small soft shape far behind, waiting, a large calm horizon", focus_blur=1.0),
    Recipe("blurred", "close", 100, 16, 6, "slide_right", "a soft, unreadable glimmer of the product fills the frame", focus_blur=1.0),
    Recipe("blurred", "medium", 85, -18, 10, "slide_left", "the product as a soft, unreadable shape", focus_blur=1.0),
    Recipe("blurred", "full", 70, 34, 18, "slide_right", "the product far behind, only a soft shape on the horizon", focus_blur=1.0),
    Recipe("hook", "close", 85, 38, 32, "push_in", "a steep graphic close view from above, bold shadow", detail=True),
    Recipe("hook", "macro", 120, 12, 40, "rise", "extreme macro looking down, shallow focus, abstract", detail=True),
    Recipe("hook", "full", 28, -44, -2, "rise", "a low wide-angle view, heroic scale"),
    Recipe("reveal", "full", 70, 6, 8, "light_reveal", "hero shot, the light comes on and finds the product"),
    Recipe("lit", "macro", 100, -26, 18, "rack_focus", "macro detail, shallow focus", detail=True),
    Recipe("lit", "close", 85, 30, 14, "push_in", "three-quarter close shot, crisp edges", detail=True),
    Recipe("lit", "wide", 40, -8, 5, "push_in", "wide shot, the product small and certain in its set"),
    Recipe("lit", "medium", 85, 34, 22, "orbit_left", "three-quarter view from above"),
    Recipe("lit", "macro", 120, 22, 30, "rise", "macro from above, texture and light", detail=True),
    Recipe("lit", "full", 50, -36, 6, "slide_left", "profile view, a long shadow"),
    Recipe("lit", "close", 100, -12, 4, "pull_out", "low close shot against the light, a glowing rim"),
    Recipe("lit", "medium", 60, -28, 12, "rise", "three-quarter view, the light a little warmer"),
    Recipe("lit", "wide", 35, 26, 16, "slide_right", "wide shot from the side, the whole set in order"),
    Recipe("lit", "macro", 90, 2, 10, "push_in", "macro, straight on, exact", detail=True),
    Recipe("end", "medium", 70, -20, 8, "push_in", "clean closing packshot, calm space for type"),
)


# Where the light comes on, seen as the person asked.
REVEALS: Mapping[View, Recipe] = {
    "close": Recipe("reveal", "close", 85, 22, 10, "light_reveal", "close hero shot, the light comes on and runs along it", detail=True),
    "above": Recipe("reveal", "full", 70, 12, 30, "light_reveal", "hero shot from above, the light comes on and finds the product"),
    "low": Recipe("reveal", "full", 40, -14, -1, "light_reveal", "hero shot from low down, the product stands tall as the light comes on"),
    "wide": Recipe("reveal", "wide", 90, -6, 6, "light_reveal", "wide hero shot, the light comes on, the product small and certain"),
}


def _seen(recipe: Recipe, view: View) -> bool:
    """Whether a recipe is taken from where the view asks."""
    return {
        "close": recipe.size in ("macro", "close"),
        "above": recipe.elevation_deg >= 20,
        "low": recipe.elevation_deg <= 5,
        "wide": recipe.size in ("wide", "full"),
    }[view]


SIZES: tuple[ShotSize, ...] = ("wide", "full", "medium", "close", "macro")
DARK: tuple[Kind, ...] = ("absent", "blurred")


def resembles(a: tuple[Recipe, bool], b: tuple[Recipe, bool]) -> bool:
    """Whether two recipes, each from its side or mirrored, give pictures that a viewer takes for one: neighbouring sizes from about
    one side and height, or one pose a little further away."""
    (one, turned), (other, turned_too) = a, b
    sizes = abs(SIZES.index(one.size) - SIZES.index(other.size))
    around = abs(one.azimuth_deg * (-1 if turned else 1) - other.azimuth_deg * (-1 if turned_too else 1))
    up = abs(one.elevation_deg - other.elevation_deg)
    return (sizes < 2 and around < 20 and up < 12) or (sizes < 3 and around < 14 and up < 6)


class ShotList:
    """Deals recipes: each of a kind once before any repeats (then from the other side), and where there is a choice none of the
    size of the two shots before, and none that looks like a lit shot before or the packshot to come. views: asked for by the person;
    the first is the hero shot's, and recipes seen from the last come before others."""

    def __init__(self, mirrored: bool, views: Sequence[View] = ()) -> None:
        self.mirrored, self.views = mirrored, views
        self._left: dict[Kind, list[Recipe]] = {}
        self._rounds: dict[Kind, int] = {}
        self._recent: list[ShotSize] = []
        self._dealt: list[tuple[Recipe, bool]] = []

    def next(self, kind: Kind, without: Sequence[ShotSize] = ()) -> tuple[Recipe, bool]:
        """The next recipe of `kind`, and whether to look from the other side. without: sizes that will not do, where there are others."""
        if not self._left.get(kind):
            self._left[kind] = self._of(kind)
            self._rounds[kind] = self._rounds.get(kind, -1) + 1
        left = self._left[kind]
        fit = [r for r in left if r.size not in without] or left
        mirrored = self.mirrored != bool(self._rounds[kind] % 2)
        fresh = [r for r in fit if not any(resembles((r, mirrored), other) for other in self._seen_so_far(kind))] or fit
        recipe = next((r for r in fresh if r.size not in self._recent[-2:]), fresh[0])
        left.remove(recipe)
        self._recent.append(recipe.size)
        self._dealt.append((recipe, mirrored))
        return (replace(recipe, move=_MIRROR.get(recipe.move, recipe.move)) if mirrored else recipe), mirrored

    def _seen_so_far(self, kind: Kind) -> list[tuple[Recipe, bool]]:
        """The lit pictures of the product before this one, and the one that every ad closes with; none beside a shadow."""
        closing = next(recipe for recipe in RECIPES if recipe.kind == "end")
        return [] if kind in DARK or kind == "end" else [*(one for one in self._dealt if one[0].kind not in DARK), (closing, self.mirrored)]

    def _of(self, kind: Kind) -> list[Recipe]:
        """The recipes of a kind, those that were asked for first."""
        if kind == "reveal" and self.views:
            return [REVEALS[self.views[0]]]
        if kind == "close_reveal":
            return [REVEALS["close"]] if not self.views else self._of("reveal")
        found = [recipe for recipe in RECIPES if recipe.kind == kind]
        return sorted(found, key=lambda r: not _seen(r, self.views[-1])) if self.views and kind in ("hook", "lit") else found


def another(recipe: Recipe, mirrored: bool, n: int) -> tuple[Recipe, bool]:
    """The n-th other way (from 1) to take a picture of the same kind: the kind's other recipes in turn, then all from the other side."""
    others = [other for other in RECIPES if other.kind == recipe.kind and other.words != recipe.words]
    found = (others or [recipe])[(n - 1) % max(1, len(others))]
    mirrored = mirrored != (n > len(others))
    return (replace(found, move=_MIRROR.get(found.move, found.move)) if mirrored else found), mirrored


def kinds_for(beat: Beat, count: int) -> list[Kind]:
    """What each of `count` shots of a beat is. Shadows never show the product clearly; the last shot of the ad is the end card.

    A Before of one or two shots keeps the product as a soft shape, far away and then near: a promise, not an empty stage. Where a Solve
    of one shot is all that is lit before the end card, the light comes on close by, so that no ad goes without a detail.
    """
    lit: list[Kind] = ["lit"] * (count - 1)
    dark: list[Kind] = ["blurred", "absent"] * count
    if beat.final:
        return [*lit, "end"]
    if beat.reveal and beat.name == "Solve" and count == 1:
        return ["close_reveal"]
    if beat.reveal:
        return ["reveal", *lit]
    if beat.name == "Before" and count == 2:
        return ["blurred", "blurred"]
    if beat.shadow:
        return dark[1 : count + 1] if beat.name == "Problem" else dark[:count]
    return ["hook"] * count if beat.name == "Attention" else [*lit, "lit"]
