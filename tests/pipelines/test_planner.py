"""The scene plan: exact frames, honest handles, pictures that differ and type that can be read, for every story, shape and length."""

import json
from dataclasses import asdict
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

from models.asks import TempoPlan
from models.backends.product_studio import lexicon
from models.backends.sound_studio.tempo import suggest_cuts
from pipelines.aspect import Aspect
from pipelines.brief import read_brief
from pipelines.colors import contrast
from pipelines.copywriter.looks import LOOKS
from pipelines.copywriter.products import PRODUCTS
from pipelines.edl import Edl, Picture
from pipelines.frameworks import Framework
from pipelines.hints import read_hints
from pipelines.planner import plan, plan_scenes
from pipelines.scene_plan import ScenePlan, Shot
from pipelines.spec import AdSpec
from pipelines.spec_writer import write_spec
from pipelines.stills import ask_for_still
from pipelines.timing import FPS, MIN_SCENE_S, MIN_SHOT_S, reading_seconds
from tests.showcase import BRIEFS as TWELVE

GOLDEN = Path(__file__).parents[1] / "golden" / "plan_luxury_watch.json"
PROMPT = "Create a luxury watch ad for Instagram"


def planned(prompt: str = PROMPT, suggest: Any = suggest_cuts, **fields: Any) -> ScenePlan:
    brief = read_brief(prompt, **fields)
    return plan_scenes(write_spec(brief, read_hints(brief.prompt)), brief, suggest=suggest)


def check_laws(made: ScenePlan, total_s: int) -> None:
    """What holds for every plan."""
    shots = made.shots
    assert made.fps == FPS
    assert made.n_frames == total_s * FPS == sum(shot.n_frames for shot in shots)
    at = 0
    for scene in made.scenes:
        assert scene.start == at == scene.shots[0].start
        assert scene.n_frames >= MIN_SCENE_S * FPS
        for shot in scene.shots:
            assert (shot.scene, shot.start) == (scene.number, at)
            assert MIN_SHOT_S * FPS <= shot.n_frames <= 7.4 * FPS
            at += shot.n_frames
    assert (shots[0].head, shots[-1].tail, shots[0].transition_frames) == (0, 0, 0)
    for left, right in pairwise(shots):
        assert right.transition_frames % 2 == 0
        assert left.tail == right.head == right.transition_frames // 2
        assert (right.transition_in == "cut") == (right.transition_frames == 0)
        assert right.transition_frames in ((8, 12, 16) if left.scene != right.scene else (0, 8))
    pictures = [Picture("x.mp4", s.start, s.n_frames, s.head, s.transition_in, s.transition_frames, s.look) for s in shots]
    Edl(made.width, made.height, FPS, made.n_frames, tuple(pictures), made.titles).check()
    check_titles(made)
    assert made.hero_frame in [scene.start for scene in made.scenes]
    assert made.final_frame == shots[-1].start
    assert shots[-1].framing.room == made.titles[-1].position == "bottom"
    assert len({shot.id for shot in shots}) == len(shots)


def check_titles(made: ScenePlan) -> None:
    for left, right in pairwise(made.titles):
        assert left.start + left.n_frames <= right.start
    for title in made.titles:
        words = sum(len(line.text.split()) for line in title.lines if line.role != "mark")
        assert title.n_frames / FPS >= reading_seconds(words) - 1e-9, [line.text for line in title.lines]
        end = title.start + title.n_frames
        for shot in made.shots[1:]:  # clear of every transition between scenes
            half = shot.transition_frames // 2
            if shot.id.endswith("a"):
                assert end <= shot.start - half or title.start >= shot.start + half
        under = [
            s for s in made.shots if s.shows_product and s.framing.focus_blur == 0 and s.start < end and title.start < s.start + s.n_frames
        ]
        for shot in under:
            assert shot.framing.room == title.position
    assert made.titles[-1].start + made.titles[-1].n_frames == made.n_frames
    assert [line.role for line in made.titles[-1].lines][-1] == "cta"
    assert contrast(made.titles[0].color, made.palette[0]) >= 4.5


@pytest.mark.parametrize("framework", list(Framework))
@pytest.mark.parametrize("aspect", list(Aspect))
@pytest.mark.parametrize("total", [15, 30, 60])
@pytest.mark.parametrize("suggest", [None, suggest_cuts])
def test_every_story_shape_and_length(framework: Framework, aspect: Aspect, total: int, suggest: Any) -> None:
    for seed, prompt in enumerate(
        (PROMPT, "Energetic running shoes by Fjell, 20% off today only", "A calm tea ad", "corporate plumber ad")
    ):
        made = planned(prompt, suggest, framework=framework, aspect=aspect, duration=total, seed=seed, short_side=360)
        check_laws(made, total)
        assert (made.width, made.height) == aspect.scaled(360)
        assert not [w for w in made.warnings if "working name" not in w]


@pytest.mark.parametrize("product_id", sorted(PRODUCTS))
def test_every_category_can_be_planned_and_read(product_id: str) -> None:
    for framework in Framework:
        for seed in range(3):
            made = planned(f"Make an advert: {PRODUCTS[product_id].words[0]}", framework=framework, seed=seed)
            check_laws(made, 15)
            assert not [w for w in made.warnings if "working name" not in w]


@pytest.mark.parametrize("framework", list(Framework))
def test_a_15_second_ad_never_shows_two_similar_shots(framework: Framework) -> None:
    for seed in range(4):
        shots = planned(framework=framework, seed=seed).shots
        count = 5 if framework is Framework.BAB else 4
        assert len(shots) == count
        # A PAS comes into focus on its cut: the same closeness, out of focus and then lit.
        assert len({(shot.framing.size, shot.framing.focus_blur) for shot in shots}) == count
        assert len({(shot.framing.size, shot.framing.azimuth_deg) for shot in shots}) == count
        assert {"macro", "close"} & {shot.framing.size for shot in shots if shot.framing.focus_blur == 0}


@pytest.mark.parametrize("framework", list(Framework))
def test_long_ads_do_not_repeat_themselves(framework: Framework) -> None:
    shots = planned(framework=framework, duration=60).shots
    assert len(shots) >= 11
    for left, right in pairwise(shots):
        assert (left.framing.size, left.framing.azimuth_deg) != (right.framing.size, right.framing.azimuth_deg)
    views = [(s.framing.size, s.framing.azimuth_deg, s.framing.elevation_deg) for s in shots]
    assert len(set(views)) == len(views)


def test_the_product_is_hidden_in_the_shadow_and_the_same_in_the_light() -> None:
    for framework in (Framework.PAS, Framework.BAB):
        made = planned(framework=framework, duration=30)
        dark = [s for s in made.shots if s.look == "flat_cool"]
        assert dark
        assert {s.scene for s in dark} < {s.scene for s in made.shots}
        for shot in dark:
            assert not shot.shows_product or shot.framing.focus_blur >= 0.9
            assert "flat cool overcast light, desaturated" in shot.still_prompt
            assert shot.palette
            assert shot.group == "shadow"
        assert all(s.shows_product and s.framing.focus_blur == 0 and not s.palette for s in made.shots if s.look == "none")
        reveal = next(s for s in made.shots if s.start == made.hero_frame)
        assert reveal.move == "light_reveal"
        assert reveal.transition_in == "light_sweep"
    assert all(shot.look == "none" for shot in planned(framework="AIDA").shots)


def test_the_plan_carries_what_the_brief_fixed(tmp_path: Path) -> None:
    from PIL import Image

    photo = tmp_path / "watch.png"
    Image.new("RGB", (100, 100)).save(photo)
    made = planned("A red watch by Nordlys, 20% off today only", colors="navy,gold", product_image=photo, framework="BAB")
    assert made.subject.kind == "wrist watch"
    assert (made.subject.label, made.subject.photo) == ("Nordlys", photo)
    assert made.subject.colors[0] == "#C22B2B"
    assert made.palette[:2] == ("#0A192F", "#D4AF37")
    card = made.titles[-1].lines
    assert [line.role for line in card] == ["brand", "body", "badge", "cta"]
    assert card[2].text == "20% off, today only"
    assert not made.working_name
    assert made.warnings == ()
    assert [e.id for e in made.entities] == ["product", "set:hero", "set:shadow"]
    assert made.entities[0].scenes == (1, 2, 3)


STUDIO = {
    "dark water": ("dark_water", "noir"),
    "noir podium": ("podium", "noir"),
    "travertine": ("stone", "gobo"),
    "branch stone": ("stone", "gobo"),
    "marble": ("marble", "gobo"),
    "sand": ("sand", "gobo"),
    "podium": ("podium", "softbox"),
    "window podium": ("podium", "gobo"),
    "silk": ("silk", "softbox"),
    "plaster room": ("plaster_room", "gobo"),
    "kitchen": ("kitchen", "gobo"),
    "living room": ("living_room", "gobo"),
    "evening room": ("living_room", "dusk"),
    "neon podium": ("podium", "neon"),
}


@pytest.mark.parametrize("product_id", sorted(PRODUCTS))
def test_the_product_studio_reads_every_prompt_as_it_is_meant(product_id: str) -> None:
    for seed, framework in enumerate(Framework):
        made = planned(f"Make an advert: {PRODUCTS[product_id].words[0]}", framework=framework, seed=seed, duration=30)
        staging = next(look.staging for look in LOOKS.values() if look.colors == made.palette)
        for shot in made.shots:
            photo, _ = lexicon.read(ask_for_still(made, shot))
            assert (photo.look is not None) == shot.shows_product, shot.still_prompt
            assert photo.set == STUDIO[staging][0], shot.still_prompt
            assert photo.rig == ("overcast" if shot.look == "flat_cool" else STUDIO[staging][1]), shot.still_prompt


def test_a_working_name_is_said() -> None:
    made = planned()
    assert made.working_name
    assert made.warnings == ('No brand name was given, so the ad uses the working name "Meridian". Name your brand to use yours.',)


def test_an_odd_length_is_said() -> None:
    assert any("asks for 45 seconds" in warning for warning in planned("45-second watch ad by Nordlys").warnings)
    assert planned("45-second watch ad by Nordlys", duration=60).warnings == ()


def test_seeds_change_the_ad_and_repeat_exactly() -> None:
    assert planned(seed=5) == planned(seed=5)
    left, right = planned(seed=0), planned(seed=1)
    assert left.titles != right.titles
    assert left.shots[1].framing.azimuth_deg == -right.shots[1].framing.azimuth_deg
    assert len({shot.seed for shot in left.shots}) == 1


def test_cuts_follow_the_music_and_nonsense_from_it_is_harmless() -> None:
    def wish(mood: str, duration_s: float, cuts_s: tuple[float, ...], **rest: Any) -> TempoPlan:
        assert (mood, duration_s) == ("luxury", 15.0)
        assert rest["hero_s"] == cuts_s[0]
        assert rest["final_s"] == cuts_s[-1]
        return TempoPlan(60.0, tuple(cut + 0.25 for cut in cuts_s))

    made = planned(suggest=wish)
    assert made.bpm == 60.0
    assert [scene.start for scene in made.scenes] == [0, 126, 246]
    assert [made.shots[i].start for i in (1, 3)] == [72, 192]  # the inner cuts are on beats: 24 frames apart at 60 bpm
    for cuts in ((), (0.0, 0.0), (99.0, -5.0)):
        check_laws(planned(suggest=lambda *args, c=cuts, **rest: TempoPlan(90.0, c)), 15)


def test_a_wordy_model_is_cut_short_or_told() -> None:
    brief = read_brief(PROMPT)
    data = json.loads(write_spec(brief, read_hints(brief.prompt)).spec.model_dump_json())
    data["scenes"][0]["text_overlay"]["text"] = (
        "A headline\n" + "and a whole paragraph of words that nobody could ever read in five short seconds"
    )
    data["scenes"][1]["text_overlay"] = None
    data["scenes"][2]["text_overlay"]["text"] = "Meridian\nSee the watch\nKeep yours."
    made = plan(AdSpec.model_validate(data), brief)
    assert [line.text for line in made.titles[0].lines] == ["Meridian", "A headline"]
    assert len(made.titles) == 2
    assert [line.text for line in made.titles[-1].lines] == ["Meridian", "Keep yours.", "See the watch"]
    data["scenes"][0]["text_overlay"]["text"] = " ".join(["word"] * 24)
    assert any("scene 1 is long" in warning for warning in plan(AdSpec.model_validate(data), brief).warnings)


def test_a_dark_ground_gets_light_type_whatever_a_model_says() -> None:
    brief = read_brief(PROMPT)
    data = json.loads(write_spec(brief, read_hints(brief.prompt)).spec.model_dump_json())
    data["brand_guidelines"]["brand_colors"] = ["#101010", "#202020", "#303030"]
    assert contrast(plan(AdSpec.model_validate(data), brief).titles[0].color, "#101010") > 10


@pytest.mark.parametrize("framework", list(Framework))
def test_the_brand_has_signed_before_five_seconds_are_over(framework: Framework) -> None:
    made = planned(framework=framework)
    first = next(title for title in made.titles if any(line.role in ("mark", "brand") for line in title.lines))
    assert first.start / FPS < 5


SIZES = ("wide", "full", "medium", "close", "macro")


def alike(a: Shot, b: Shot) -> bool:
    """Whether two pictures of the product would look the same: nearly one size from nearly one side and height, or one pose seen from
    a little further away."""
    sizes = abs(SIZES.index(a.framing.size) - SIZES.index(b.framing.size))
    around = abs(a.framing.azimuth_deg - b.framing.azimuth_deg)
    up = abs(a.framing.elevation_deg - b.framing.elevation_deg)
    return (sizes < 2 and around < 20 and up < 12) or (sizes < 3 and around < 14 and up < 6)


@pytest.mark.parametrize("framework", ["PAS", "BAB", "AIDA"])
@pytest.mark.parametrize("style", ["luxury", "vibrant", "tech", "minimal"])
@pytest.mark.parametrize("seed", [0, 1])
def test_no_short_ad_shows_two_shots_alike(framework: str, style: str, seed: int) -> None:
    made = planned("Create a water bottle ad", framework=framework, style=style, seed=seed)
    shown = [shot for shot in made.shots if shot.shows_product and not shot.framing.focus_blur]
    assert [(a.id, b.id) for a, b in combinations(shown, 2) if alike(a, b)] == []


@pytest.mark.parametrize("trade", sorted(TWELVE))
def test_no_film_of_the_showcase_shows_two_shots_alike(trade: str) -> None:
    for seed in range(3):
        made = planned(TWELVE[trade], seed=seed)
        shown = [shot for shot in made.shots if shot.shows_product and not shot.framing.focus_blur]
        assert [(a.id, b.id) for a, b in combinations(shown, 2) if alike(a, b)] == []


def test_golden_plan() -> None:
    """The default prompt's plan, word for word. To accept a change: python -m tests.pipelines.test_planner"""
    assert as_json(planned(suggest=None)) == json.loads(GOLDEN.read_text())


def as_json(made: ScenePlan) -> Any:
    return json.loads(json.dumps(asdict(made), default=str))


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps(as_json(planned(suggest=None)), indent=1, ensure_ascii=False) + "\n")
