"""A chosen style steers palette, set, light, type, music, pace, words and grade; a chosen model and the coherence switches arrive."""

import threading
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_args

import pytest

from models.asks import Made, Text
from models.context import JobContext
from pipelines.ad import draft_spec, make_shot, make_sound
from pipelines.brief import Brief, read_brief
from pipelines.colors import luminance
from pipelines.copywriter.looks import LOOKS
from pipelines.copywriter.staging import STAGINGS
from pipelines.copywriter.voice import VOICES
from pipelines.errors import BriefError
from pipelines.grade import LOOKS as GRADES
from pipelines.hints import read_hints
from pipelines.planner import plan_scenes
from pipelines.presets import STYLES, Style
from pipelines.scene_plan import ScenePlan
from pipelines.spec import AdSpec
from pipelines.spec_prompt import user_prompt
from pipelines.spec_writer import write_spec

PROMPT = "Create a running shoe ad"


def made(prompt: str = PROMPT, **fields: Any) -> tuple[AdSpec, ScenePlan, Brief]:
    brief = read_brief(prompt, **fields)
    draft = write_spec(brief, read_hints(brief.prompt))
    return draft.spec, plan_scenes(draft, brief), brief


def test_the_table_names_what_exists() -> None:
    assert set(STYLES) == set(get_args(Style))
    for preset in STYLES.values():
        assert preset.mood in VOICES
        assert preset.grade in GRADES
        assert preset.hint.endswith(".")
        assert all(LOOKS[name].staging in STAGINGS for name in preset.looks)


@pytest.mark.parametrize("style", list(STYLES))
@pytest.mark.parametrize("prompt", [PROMPT, "A playful toy ad", "A calm tea ad by Oda", "corporate plumber ad", "An eco water bottle ad"])
def test_every_style_steers_everything(style: Style, prompt: str) -> None:
    for seed in range(4):
        spec, plan, _ = made(prompt, style=style, seed=seed)
        preset, guide = STYLES[style], spec.brand_guidelines
        assert tuple(guide.brand_colors) in {LOOKS[name].colors for name in preset.looks}
        assert guide.font_style in preset.fonts
        assert guide.visual_style_keywords == preset.keywords
        assert spec.ad_specifications.music_style == plan.mood == preset.mood
        assert spec.ad_specifications.pacing == VOICES[preset.mood].pacing
        assert plan.grade == preset.grade
        places = {STAGINGS[LOOKS[name].staging].place for name in preset.looks}
        assert all(any(place in shot.still_prompt for place in places) for shot in plan.shots)
        assert all(preset.keywords in shot.still_prompt for shot in plan.shots if shot.look == "none")


def test_the_styles_look_different_and_automatic_stays_what_it_was() -> None:
    plans = {style: made(style=style)[1] for style in STYLES}
    assert len({plan.palette for plan in plans.values()}) == len({plan.grade for plan in plans.values()}) == 4
    assert luminance(plans["luxury"].palette[0]) < 0.05 < luminance(plans["minimal"].palette[0])
    assert made(style=None)[1] == made()[1]


def test_what_is_set_outright_outweighs_the_style() -> None:
    spec, plan, _ = made(style="luxury", music="playful", font_style="technical_mono", colors="coral,white")
    assert (spec.ad_specifications.music_style, plan.mood, plan.grade) == ("playful", "playful", "luxury")
    assert spec.brand_guidelines.font_style == "technical_mono"
    assert spec.brand_guidelines.brand_colors[0] == "#F2755C"
    assert spec.ad_specifications.pacing == "slow_cinematic"
    assert plan.shots[-1].transition_frames == made(style="luxury")[1].shots[-1].transition_frames
    assert made("An energetic running shoe ad", style="minimal")[0].ad_specifications.music_style == "calm"


def test_a_grade_is_the_films_whatever_the_style_and_changes_nothing_else() -> None:
    plain, graded = made(style="luxury")[1], made(style="luxury", grade="Warm film")[1]
    assert (plain.grade, graded.grade) == ("luxury", "warm_film")
    assert replace(graded, grade=plain.grade) == plain
    with pytest.raises(BriefError, match="sepia"):
        made(grade="sepia")


def test_a_language_model_is_told_of_the_style_and_held_to_it() -> None:
    spec, _, brief = made("A playful toy ad", style="tech")
    assert "Style: Tech" in user_prompt(brief, read_hints(brief.prompt))
    own = made("A playful toy ad")[0].model_dump(mode="json")
    draft = write_spec(brief, read_hints(brief.prompt), lambda ask: Text("", Made("m"), own))
    guide, ad = draft.spec.brand_guidelines, draft.spec.ad_specifications
    assert draft.writer == "m"
    assert (ad.music_style, ad.pacing, guide.font_style) == ("tech", VOICES["tech"].pacing, "modern_grotesk")
    assert guide.visual_style_keywords.startswith(STYLES["tech"].keywords)
    assert guide.visual_style_keywords != spec.brand_guidelines.visual_style_keywords


def test_letting_go_of_the_seed_gives_every_shot_its_own() -> None:
    held, free = made()[1], made(coherence={"seed_control": False})[1]
    assert len({shot.seed for shot in held.shots}) == 1
    assert len({shot.seed for shot in free.shots}) == len({shot.group for shot in free.shots}) == len(free.shots)
    assert free == made(coherence={"seed_control": False})[1]
    assert free.entities == held.entities
    same = tuple(replace(a, seed=b.seed, group=b.group) for a, b in zip(free.shots, held.shots, strict=True))
    assert same == held.shots


class Asked:
    """Stands in for the runtime and notes which model each kind was asked of."""

    def __init__(self, writes: bool) -> None:
        self.models: dict[str, str | None] = {}
        self.writes = writes

    def default_model(self, kind: str) -> object:
        return SimpleNamespace(id="default") if self.writes else None

    def standings(self, kind: str) -> list[object]:
        return []

    def text(self, ask: Any, job: Any, model: str | None = None) -> Text:
        self.models["text"] = model
        return Text("", Made(model or "default"), made()[0].model_dump(mode="json"))

    def image(self, ask: Any, job: Any, model: str | None = None) -> Any:
        self.models["image"] = model
        return SimpleNamespace()

    def video(self, ask: Any, job: Any, model: str | None = None) -> Any:
        self.models["video"] = model
        return SimpleNamespace(n_frames=10_000)

    def capabilities(self, kind: str, model: str | None = None) -> None:
        return None

    def sound(self, ask: Any, job: Any, model: str | None = None) -> Any:
        self.models["sound"] = model
        return SimpleNamespace()


def test_the_chosen_models_are_the_ones_that_are_asked(tmp_path: Path) -> None:
    def ask(writes: bool, models: dict[str, str]) -> tuple[Asked, str]:
        runtime, brief = Asked(writes), read_brief(PROMPT, models=models)
        tools: Any = SimpleNamespace(workdir=tmp_path, runtime=runtime, check=threading.Event().is_set)
        tools.job = lambda lo, hi, step: JobContext(tmp_path)
        draft = draft_spec(tools, brief)
        plan = plan_scenes(draft, brief)
        make_shot(tools, plan.shots[-1], plan, brief.models)
        make_sound(tools, plan, brief.models)
        return runtime, draft.writer

    chosen = {"text": "openai/gpt-4o", "image": "product-studio/v1", "video": "product-studio/v1", "sound": "sound-studio/v1"}
    runtime, writer = ask(True, chosen)
    assert (runtime.models, writer) == (chosen, "openai/gpt-4o")
    runtime, writer = ask(True, {})
    assert (runtime.models, writer) == ({"text": "default", "image": None, "video": None, "sound": None}, "default")
    runtime, writer = ask(True, {"text": "built-in"})
    assert ("text" in runtime.models, writer) == (False, "built-in copywriter")
    runtime, writer = ask(False, {"text": "openai/gpt-4o"})  # asked for by name: the runtime says why it cannot, not the copywriter
    assert runtime.models["text"] == "openai/gpt-4o"
