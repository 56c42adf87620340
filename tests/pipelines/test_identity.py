"""What a still's ask carries so that an ad's pictures belong together, for models that can much, little, or everything by themselves."""

from dataclasses import replace
from pathlib import Path

import pytest

from models.asks import Made, Still, Subject
from models.capabilities import Capabilities
from models.loras import LoraCard
from pipelines.brief import read_brief
from pipelines.coherence import Coherence
from pipelines.hints import read_hints
from pipelines.identity import CLOSE_KIN, FAR_KIN, STUDIO, Sources, dressed, main_shot, wants_anchor, wants_layout
from pipelines.planner import plan_scenes
from pipelines.scene_plan import Keep, ScenePlan
from pipelines.shot_prompts import sentence
from pipelines.spec_writer import write_spec
from pipelines.stills import ask_for_still

ABLE = Capabilities(frozenset({"image"}), references=4, controls=frozenset({"depth", "canny"}), loras=True, init_image=True, kin_seed=True)
NOTHING = Sources()
PLAIN = Capabilities(frozenset({"image"}))
CARD = LoraCard("aurelia", "a watch", "aurlw", "sdxl", 16, 16.0, Path("aurelia.safetensors"), "0" * 64, "2026-01-01")


@pytest.fixture(scope="module")
def plan() -> ScenePlan:
    brief = read_brief("Create a luxury watch ad for Instagram", framework="BAB", duration=60)
    return plan_scenes(write_spec(brief, read_hints(brief.prompt), None), brief)


@pytest.fixture
def anchor() -> Still:
    return Still(Path("anchor.png"), 1080, 1920, Made("sdxl/base-1.0"))


def wear(plan: ScenePlan, shot_id: str, can: Capabilities, has: Sources = NOTHING, model: str = "sdxl/base-1.0"):  # type: ignore[no-untyped-def]
    shot = next(shot for shot in plan.shots if shot.id == shot_id)
    return dressed(ask_for_still(plan, shot), plan, shot, model, can, has)


def test_switches_and_lora_come_with_the_brief() -> None:
    brief = read_brief(
        "Create a luxury watch ad", coherence={"reference": "off", "layout_control": False}, lora="aurelia", lora_weight="0.7"
    )
    plan = plan_scenes(write_spec(brief, read_hints(brief.prompt), None), brief)
    assert plan.keep == Keep(seed_control=True, reference=False, layout_control=False, lora="aurelia", lora_weight=0.7)
    assert brief.coherence == Coherence(reference=False, layout_control=False)


def test_the_main_shot_is_drawn_first_only_where_others_can_be_shown_it(plan: ScenePlan) -> None:
    main = main_shot(plan)
    assert main.shows_product
    assert main.start <= plan.hero_frame < main.start + main.n_frames
    assert wants_anchor(plan, ABLE)
    assert not wants_anchor(plan, PLAIN)
    assert not wants_anchor(replace(plan, keep=Keep(reference=False)), ABLE)
    assert wants_layout(plan, main, ABLE)
    assert not wants_layout(plan, main, PLAIN)


def test_the_product_studio_needs_nothing(plan: ScenePlan, anchor: Still) -> None:
    for shot in plan.shots:
        plain = ask_for_still(plan, shot)
        assert dressed(plain, plan, shot, STUDIO, PLAIN, Sources(anchor)) == (plain, ())
    told = replace(plan, keep=Keep(lora="aurelia"))
    ask, notes = wear(told, main_shot(plan).id, PLAIN, Sources(lora=CARD), STUDIO)
    assert ask.loras == ()
    assert notes == ("The product studio builds from shapes and takes no LoRA; aurelia was left out.",)


def test_shots_take_after_the_main_one_as_their_scene_wants_it(plan: ScenePlan, anchor: Still) -> None:
    kinds = set()
    for shot in plan.shots:
        ask, _ = wear(plan, shot.id, ABLE, Sources(anchor))
        if shot.id == main_shot(plan).id:
            assert ask.references == ()
            continue
        lit = shot.group.startswith("hero")
        kinds.add((shot.shows_product, lit))
        if shot.shows_product:
            assert [(r.image, r.style_only) for r in ask.references] == [(anchor.path, False)]
            assert ask.references[0].scale == (0.6 if lit else 0.35)
        else:
            assert [r.style_only for r in ask.references] == ([True] if lit else [])
    assert {(True, True), (False, False)} <= kinds


def test_the_product_photo_is_what_is_shown_where_there_is_one(plan: ScenePlan, anchor: Still) -> None:
    with_photo = replace(plan, subject=replace(plan.subject, photo=Path("photo.png")))
    ask, notes = wear(with_photo, main_shot(plan).id, ABLE, Sources(anchor))
    assert [reference.image for reference in ask.references] == [Path("photo.png")]
    assert notes == ()
    _, notes = wear(with_photo, main_shot(plan).id, PLAIN)
    assert any("your product photo is not part of the pictures" in note for note in notes)
    off = replace(with_photo, keep=Keep(reference=False))
    ask, notes = wear(off, main_shot(plan).id, ABLE)
    assert ask.references == ()
    assert any("was not shown your product photo" in note for note in notes)


def test_the_layout_leads_by_depth_where_it_has_one_and_by_edges_else(plan: ScenePlan, anchor: Still) -> None:
    main = main_shot(plan).id
    (edges,) = wear(plan, main, ABLE, Sources(layout=anchor))[0].controls
    assert (edges.kind, edges.image, edges.is_map) == ("canny", anchor.path, False)
    deep = replace(anchor, extras={"depth": Path("depth.png")})
    (depth,) = wear(plan, main, ABLE, Sources(layout=deep))[0].controls
    assert (depth.kind, depth.image, depth.is_map) == ("depth", Path("depth.png"), True)
    assert wear(plan, main, ABLE)[0].controls == ()
    assert any("frames the shots by words alone" in note for note in wear(plan, main, PLAIN)[1])


def test_a_lora_comes_with_its_trigger_or_is_said_to_be_left_out(plan: ScenePlan) -> None:
    told = replace(plan, keep=Keep(lora="aurelia", lora_weight=0.7))
    ask, _ = wear(told, main_shot(plan).id, ABLE, Sources(lora=CARD))
    assert [(lora.name, lora.weight) for lora in ask.loras] == [("aurelia", 0.7)]
    assert ask.prompt.startswith("aurlw. ")
    ask, notes = wear(told, main_shot(plan).id, PLAIN, Sources(lora=CARD))
    assert ask.loras == ()
    assert any("takes no LoRA; aurelia was left out" in note for note in notes)


def test_noise_is_akin_and_nearest_within_a_scene(plan: ScenePlan) -> None:
    main, seeds = main_shot(plan), set()
    for scene in plan.scenes:
        for n, shot in enumerate(scene.shots):
            ask, _ = wear(plan, shot.id, ABLE)
            if shot.id == main.id:
                assert (ask.kin_seed, ask.seed) == (None, shot.seed)
                continue
            assert ask.kin_seed == main.seed
            if n:
                assert ask.kin_change == CLOSE_KIN
            elif shot.transition_in != "crossfade":
                assert ask.kin_change == FAR_KIN
            seeds.add(ask.seed)
    assert len(seeds) == len(plan.shots) - 1
    free = replace(plan, keep=Keep(seed_control=False))
    assert all(wear(free, shot.id, ABLE)[0].kin_seed is None for shot in plan.shots)


def test_models_of_words_are_told_what_the_product_is(plan: ScenePlan) -> None:
    ask, _ = wear(plan, main_shot(plan).id, ABLE)
    assert plan.subject.description.lower() in ask.prompt.lower()
    assert plan.subject.kind.lower() in ask.prompt.lower()
    assert ask.prompt.endswith(".")
    said = sentence("hero shot, low sun", Subject("candle", description="amber glass", colors=("#D4AF37",)), ("#0A192F", "#0A1930"))
    assert said == ("Hero shot, low sun. The one product in the picture is a candle, amber glass. It is gold. Colours of the scene: navy.")
    assert sentence("an empty set", None, ()) == "An empty set."
