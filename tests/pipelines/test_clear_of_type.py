"""Type keeps clear of the product in the twelve films of the showcase: measured on the plan, the set type and the shapes, unrendered.

The camera of each shot that carries type is put where the studio would put it, and moved as it would move.
"""

from functools import cache
from typing import Any

import numpy as np
import pytest

from models.backends.product_studio import lexicon
from models.backends.product_studio.archetypes import ARCHETYPES
from models.backends.product_studio.archetypes.look import look_for
from models.backends.product_studio.paths import path
from models.backends.product_studio.sets import SETS
from models.backends.product_studio.spec import SceneSpec
from models.backends.product_studio.stage import Options, Palette
from models.backends.product_studio.staging import Placed, aimed, placed
from models.backends.sound_studio.tempo import suggest_cuts
from pipelines.brief import read_brief
from pipelines.captions.layout import layout
from pipelines.clear_of_type import calm_for
from pipelines.edl import Title, TitleLine
from pipelines.hints import read_hints
from pipelines.planner import plan_scenes
from pipelines.scene_plan import ScenePlan, Shot
from pipelines.spec_writer import write_spec
from pipelines.stills import ask_for_still
from pipelines.timing import FPS, reading_seconds
from pipelines.titling import ShotText
from tests.showcase import BRIEFS

LEAST_GAP = 0.012  # of the frame's height: what still looks like a gap
DETAIL_FROM_TYPE = 0.08
FULL_CARD: dict[str, Any] = {"rating": "4.8 from 2,300 reviews", "features": ("Sapphire glass", "Swiss movement", "Ten year warranty")}


@cache
def floor_of(name: str) -> float:
    black = Palette((0.1, 0.1, 0.1), (0.5, 0.5, 0.5))
    return SETS[name](black, Options(), np.random.default_rng(1)).floor


@cache
def product_of(archetype: str, floor: float) -> Placed:
    """The shape alone: it is the same in every colour, and a label changes no outline."""
    return placed(ARCHETYPES[archetype].build(look_for(archetype, "Name", archetype=archetype), np.random.default_rng(1)), floor)


def standing(spec: SceneSpec) -> tuple[Placed, float]:
    assert spec.look is not None
    floor = floor_of(spec.set)
    return product_of(spec.look.archetype, floor), floor


def planned(prompt: str, aspect: str = "9:16", **fields: Any) -> ScenePlan:
    brief = read_brief(prompt, duration=15, aspect=aspect, short_side=360, **fields)
    return plan_scenes(write_spec(brief, read_hints(prompt)), brief, suggest=suggest_cuts)


def under_type(made: ScenePlan) -> list[tuple[Title, Shot]]:
    """Every title with every shot of the product that it is seen on."""
    return [
        (title, shot)
        for title in made.titles
        for shot in made.shots
        if shot.shows_product and min(title.start + title.n_frames, shot.start + shot.n_frames) - max(title.start, shot.start) > 3
    ]


def gap(made: ScenePlan, title: Title, shot: Shot) -> tuple[float, float]:
    """(free height between type and product, and between type and what the shot looks at), shares of the frame's height, at the
    nearest moment of the move; below zero they overlap."""
    spec, _ = lexicon.read(ask_for_still(made, shot))
    product, floor = standing(spec)
    assert spec.look is not None
    camera = aimed(spec, product, floor)
    camera_at = path(camera, shot.move, 0.6, ARCHETYPES[spec.look.archetype].convex, lambda camera: True)
    _, top, _, bottom = (side / made.height for side in layout(title, made.width, made.height, made.safe).box)
    free, beside = 1.0, 1.0
    for t in (0.0, 0.5, 1.0):
        seen = camera_at(t).project(product.points)[:, 1]
        detail = float(camera_at(t).project(np.asarray(product.detail)[None])[0, 1])
        free = min(free, float(seen.min()) - bottom if title.position == "top" else top - float(seen.max()))
        beside = min(beside, detail - bottom if title.position == "top" else top - detail)
    return free, beside


@pytest.mark.parametrize("name", sorted(BRIEFS))
def test_type_keeps_clear_of_the_product(name: str) -> None:
    made = planned(BRIEFS[name])
    checked = under_type(made)
    assert checked
    for title, shot in checked:
        free, beside = gap(made, title, shot)
        if shot.framing.size == "macro":  # the product is all there is: the lines stand beside what is looked at
            assert free > LEAST_GAP or beside > DETAIL_FROM_TYPE, (shot.id, free, beside)
        else:
            assert free > LEAST_GAP, (shot.id, shot.framing, free)


@pytest.mark.parametrize("aspect", ["9:16", "1:1", "16:9"])
def test_a_full_end_card_keeps_clear_in_every_shape(aspect: str) -> None:
    made = planned(BRIEFS["watch"] + ", 20% off this week", aspect, **FULL_CARD)
    title, shot = under_type(made)[-1]
    assert {line.role for line in title.lines} >= {"brand", "badge", "cta"}
    assert gap(made, title, shot)[0] > LEAST_GAP
    plain = planned(BRIEFS["watch"], aspect)
    assert shot.framing.calm > plain.shots[-1].framing.calm, "the card with more on it asks for more room"


def test_what_is_asked_for_is_what_the_tallest_wording_needs() -> None:
    short, tall = (ShotText((TitleLine(words),)) for words in ("Look.", "Nobody remembers an ordinary Tuesday at all, ever"))
    safe = (0.075, 0.125, 0.075, 0.2)
    alone, both = (calm_for(texts, "top", "modern_grotesk", (360, 640), safe) for texts in ((short,), (short, tall)))
    assert 0.125 < alone < both
    assert both == calm_for((tall,), "top", "modern_grotesk", (360, 640), safe)
    assert calm_for((tall,), "center", "modern_grotesk", (360, 640), safe) == 0.0
    assert calm_for((ShotText(),), "top", "modern_grotesk", (360, 640), safe) == 0.0


def test_type_leaves_before_a_picture_that_is_all_product_once_it_is_read() -> None:
    made = planned(BRIEFS["watch"], framework="BAB")
    near = next(shot for shot in made.shots if shot.framing.size == "macro")
    assert (near.framing.room, near.framing.calm) == ("none", 0.0)
    before = next(title for title in made.titles if title.start < near.start < title.start + title.n_frames + FPS)
    assert before.start + before.n_frames <= near.start
    assert before.n_frames / FPS >= reading_seconds(sum(len(line.text.split()) for line in before.lines)) - 1e-9


def test_no_line_stands_on_what_is_busy_seen_from_near() -> None:
    for trade in ("fitness app", "budgeting app", "yuzu soda", "sunglasses"):
        made = planned(f"An energetic {trade} ad for “Pulse”", framework="AIDA")
        assert not [shot for title, shot in under_type(made) if shot.framing.size == "macro"]


@pytest.mark.parametrize(
    ("prompt", "air"), [("A perfume ad", "petals"), ("A yuzu soda ad", "drops"), ("An iced tea ad", "ice"), ("A watch ad", "")]
)
def test_petals_drops_and_ice_drift_where_they_belong(prompt: str, air: str) -> None:
    made = planned(prompt, framework="BAB")
    seen = {shot.id: lexicon.air(shot.motion_prompt) for shot in made.shots}
    reveal = next(shot for shot in made.shots if shot.move == "light_reveal")
    assert seen[reveal.id] == air
    others = [
        seen[shot.id] for shot in made.shots if shot.framing.size in ("macro", "close") or shot.look != "none" or shot is made.shots[-1]
    ]
    assert set(others) == {""}
