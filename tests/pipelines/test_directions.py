"""What a prompt says of place, light, camera, detail and manner is read, reaches the pictures, and takes no product's words away."""

from itertools import product
from typing import Any

import pytest

from models.backends.product_studio import lexicon
from models.backends.product_studio.spec import SceneSpec
from pipelines.brief import read_brief
from pipelines.colors import luminance
from pipelines.copywriter.staging import LIGHTS, PLACES, STAGED
from pipelines.hints import read_hints
from pipelines.planner import plan_scenes
from pipelines.scene_plan import ScenePlan
from pipelines.spec import AdSpec
from pipelines.spec_prompt import user_prompt
from pipelines.spec_writer import write_spec
from pipelines.stills import ask_for_still


def made(prompt: str, **fields: Any) -> tuple[AdSpec, ScenePlan]:
    brief = read_brief(prompt, **fields)
    draft = write_spec(brief, read_hints(brief.prompt))
    return draft.spec, plan_scenes(draft, brief)


def hero(plan: ScenePlan) -> SceneSpec:
    """The hero shot as the product studio takes it."""
    shot = next(shot for shot in plan.shots if shot.start >= plan.hero_frame)
    return lexicon.read(ask_for_still(plan, shot))[0]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("a watch ad on still, dark water", {"place": "dark water"}),
        ("A watch ad. Stand it on a rough travertine block in late-afternoon sun.", {"place": "travertine", "light": "palm"}),
        ("perfume at sunset on raked sand for TikTok", {"place": "sand", "light": "golden", "platform": "TikTok"}),
        ("serum ad on a marble slab in morning light", {"place": "marble", "light": "window", "product_id": "skincare"}),
        ("speaker ad on black marble", {"place": "black marble", "product_id": "speaker"}),
        ("tea ad in dappled sunlight", {"light": "branch", "styles": ()}),
        ("candle ad with sun through half-open blinds", {"light": "blinds"}),
        ("coffee ad, soft studio light", {"light": "softbox", "styles": ()}),
        ("coffee ad, soft and cosy", {"light": "", "styles": ("calm",)}),
        ("headphones ad, dramatic lighting, low-angle", {"light": "rim", "views": ("low",)}),
        ("lipstick ad, flat lay, then a macro", {"views": ("above", "close")}),
        ("a bag ad. Come in close on the stitching and the buckle.", {"views": ("close",), "detail": "the stitching and the buckle"}),
        ("a car ad with plenty of empty space", {"views": ("wide",)}),
        ("a ring ad, refined and quiet", {"type": "luxury_serif", "manner": ("refined", "quiet")}),
    ],
)
def test_directions_are_read(prompt: str, expected: dict[str, Any]) -> None:
    hints = read_hints(prompt)
    assert {name: getattr(hints, name) for name in expected} == expected
    assert all(found.words in prompt for found in hints.found if found.field != "product")


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("marble table ad for Instagram", {"product_id": "furniture", "traits": "marble"}),
        ("an ad for a marble table", {"product_id": "furniture"}),
        ("stone-baked pizza ad", {"product_id": "restaurant", "place": "", "light": ""}),
        ("Make a 30-second water bottle ad", {"product_id": "water_bottle", "place": ""}),
        ("sparkling water ad for Still Water", {"place": ""}),
        ("palm oil free soap", {"product_id": "soap", "light": ""}),
        ("rock climbing gym", {"product_id": "fitness_app", "place": ""}),
        ("coloured pencils for close friends", {"views": (), "detail": ""}),
        ("ring light ad", {"light": "", "noun": "ring light"}),
        ("black podium ad", {"noun": "black podium"}),
        ("saddle ad. Set it on a marble slab in quiet light from a window. Keep it refined and unhurried.", {"noun": "saddle"}),
        ("Table ad. Stand it on raked sand. Come in close on the grain of the oak.", {"product_id": "furniture", "brand": ""}),
    ],
)
def test_the_words_of_a_product_are_no_direction(prompt: str, expected: dict[str, Any]) -> None:
    hints = read_hints(prompt)
    assert {name: getattr(hints, name) for name in expected} == expected


SETS = {"dark podium": "podium", "wall podium": "podium", "arch": "podium", "mossy stone": "stone", "travertine": "stone"} | {
    "black marble": "marble",
    "dark water": "dark_water",
    "plaster room": "plaster_room",
    "living room": "living_room",
}
RIGS = {"rim": "noir", "water rim": "noir", "softbox": "softbox", "neon": "neon", "dusk": "dusk"}
SLIDES = {"palm": "palm", "branch": "branch", "blinds": "blinds", "window": "window", "graphic": "window"}
SAID = {
    "dark water": "on dark water",
    "dark podium": "on a low podium in a dark room",
    "mossy stone": "on a stone slab with a little moss",
    "travertine": "on a travertine block",
    "black marble": "on black marble",
    "marble": "on a slab of marble",
    "sand": "on raked sand",
    "silk": "on poured silk",
    "plaster room": "in a plaster room",
    "kitchen": "in a bright kitchen",
    "living room": "in a bright living room",
    "arch": "under a round arch",
    "wall podium": "in front of a plain coloured wall",
    "podium": "on a plain podium",
}
LIT = {
    "rim": "with a thin rim light",
    "blinds": "in sun through half-open blinds",
    "palm": "in shadows of palm leaves",
    "branch": "in dappled sunlight",
    "graphic": "in hard light",
    "window": "in daylight",
    "golden": "in low golden sun",
    "softbox": "in soft studio light",
    "neon": "in neon light",
    "dusk": "in the blue hour",
}


@pytest.mark.parametrize(("place", "light"), product(SAID, LIT))
def test_every_place_in_every_light_becomes_that_picture(place: str, light: str) -> None:
    assert set(SAID) == set(PLACES)
    assert set(LIT) == set(LIGHTS) - {"water rim", "golden sky"}
    for name in ("perfume", "phone app", "plumber"):
        for seed in range(2):
            spec, plan = made(f"A {name} ad {SAID[place]}, {LIT[light]}", framework="AIDA", seed=seed)
            photo = hero(plan)
            dark_room = place == "podium" and luminance(plan.palette[0]) < 0.18
            assert PLACES["dark podium" if dark_room else place].words in spec.scenes[1].visual_prompt
            assert photo.set == SETS.get(place, place)
            assert photo.rig == RIGS.get(light, "gobo")
            assert light not in SLIDES or photo.options.slide == SLIDES[light]
            assert photo.options.arch == (place == "arch")
            stone = photo.set in ("marble", "stone", "living_room") and luminance(plan.palette[0]) < 0.12
            assert photo.options.black == (place == "black marble" or stone)


@pytest.mark.parametrize("place", sorted(PLACES))
def test_a_place_alone_comes_with_its_own_light_and_a_ground_that_suits(place: str) -> None:
    for name in ("perfume", "toy", "watch", "tea"):
        spec, plan = made(f"A {name} ad {SAID[place]}", framework="AIDA")
        if place != "podium":
            assert PLACES[place].words in spec.scenes[1].visual_prompt
            assert LIGHTS[PLACES[place].home].light in spec.scenes[1].visual_prompt
        if PLACES[place].dark:
            assert luminance(plan.palette[0]) < 0.18


def test_a_rim_light_alone_goes_into_a_dark_room() -> None:
    for name in ("tea", "toy", "watch"):
        spec, plan = made(f"A {name} ad with dramatic lighting", framework="AIDA")
        assert hero(plan).rig == "noir"
        assert luminance(plan.palette[0]) < 0.18
        assert any(PLACES[place].words in spec.scenes[1].visual_prompt for place in ("dark water", "dark podium"))


def test_own_colours_stay_wherever_the_pictures_are_taken() -> None:
    spec, _ = made("A tea ad on raked sand at sunset", colors="navy,gold")
    assert spec.brand_guidelines.brand_colors[:2] == ["#0A192F", "#D4AF37"]
    assert PLACES["sand"].words in spec.scenes[-1].visual_prompt


@pytest.mark.parametrize("framework", ["PAS", "BAB", "AIDA"])
@pytest.mark.parametrize(
    ("view", "words"), [("close", "stay close"), ("above", "from above"), ("low", "from a low angle"), ("wide", "open wide")]
)
def test_views_move_the_camera(framework: str, view: str, words: str) -> None:
    plain, asked = (made(f"A perfume ad{words}", framework=framework)[1] for words in ("", f", {words}"))
    before, after = (next(shot for shot in plan.shots if shot.start >= plan.hero_frame) for plan in (plain, asked))
    if (framework, view) != ("PAS", "close"):  # there the light comes on close by as it is
        assert after.framing != before.framing
        assert after.still_prompt != before.still_prompt
    sharp = [shot.framing for shot in asked.shots if shot.framing.focus_blur == 0 and shot.shows_product]
    tests = {
        "close": any(f.size in ("macro", "close") for f in sharp[:1]),
        "above": sharp[0].elevation_deg >= 20,
        "low": after.framing.elevation_deg <= 0,
        "wide": after.framing.size == "wide",
    }
    assert tests[view]
    assert asked.shots[-1] == plain.shots[-1]  # the end card is the end card


def test_the_detail_asked_for_is_what_the_lens_comes_close_to() -> None:
    plan = made("A bag ad, AIDA. Shoot it from low down, then come in close on the hand-cut edge.")[1]
    near = [shot for shot in plan.shots if shot.framing.size in ("macro", "close")]
    assert near
    assert all("the hand-cut edge" in shot.still_prompt for shot in near)
    assert "the hand-cut edge" in next(s for s in plan.shots if s.start >= plan.hero_frame).still_prompt


def test_the_manner_sets_type_and_words_but_only_a_type_of_the_voice() -> None:
    spec, plan = made("A ring ad, refined and unhurried")
    assert spec.brand_guidelines.font_style == "luxury_serif"
    assert spec.brand_guidelines.visual_style_keywords.startswith("refined, ")
    assert all("refined, " in shot.still_prompt for shot in plan.shots if shot.look == "none")
    assert made("A luxury ring ad, bold")[0].brand_guidelines.font_style != "bold_display"
    assert made("A ring ad, refined", font_style="technical_mono")[0].brand_guidelines.font_style == "technical_mono"


def test_a_language_model_is_told_of_the_directions() -> None:
    brief = read_brief("A tea ad on raked sand, from above, close on the curled leaves")
    told = user_prompt(brief, read_hints(brief.prompt))
    assert f"Set: {PLACES['sand'].words}" in told
    assert "Camera: above, close" in told
    assert "Seen close: the curled leaves" in told


def test_every_row_of_the_looks_is_a_place_in_a_light() -> None:
    assert all(place in PLACES and light in LIGHTS for place, light in STAGED.values())
    assert all(row.home in LIGHTS for row in PLACES.values())
    assert all(row.home in PLACES for row in LIGHTS.values())
