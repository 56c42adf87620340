"""Lines that ads of a set differ in: proposed, put in, and cut alike."""

import pytest

from pipelines.alternatives import calls_for, hooks_for
from pipelines.brief import Brief, read_brief
from pipelines.copywriter.products import PRODUCTS
from pipelines.frameworks import Framework
from pipelines.hints import read_hints
from pipelines.planner import plan_scenes
from pipelines.scene_plan import ScenePlan
from pipelines.sharing import clip_keys
from pipelines.spec_writer import write_spec
from pipelines.wording import Wording

LONG = "Nobody ever remembers an ordinary Tuesday at all"


def planned(brief: Brief) -> ScenePlan:
    return plan_scenes(write_spec(brief, read_hints(brief.prompt)), brief)


@pytest.mark.parametrize("duration", [15, 30])
@pytest.mark.parametrize("framework", list(Framework))
def test_every_category_has_two_of_each_and_says_none_twice(framework: Framework, duration: int) -> None:
    for product in PRODUCTS.values():
        brief = read_brief(f"An ad for a {product.words[0] if product.words else product.noun}", duration=duration, framework=framework)
        hooks = hooks_for(brief, framework)
        assert len(hooks) >= 2, product.id
        assert len(calls_for(brief)) >= 2, product.id
        for hook in range(len(hooks)):
            worded = brief.model_copy(update={"wording": Wording(hooks=hooks, hook=hook)})
            scenes = write_spec(worded, read_hints(brief.prompt)).spec.scenes
            lines = [line for scene in scenes if scene.text_overlay for line in scene.text_overlay.text.split("\n")]
            assert lines[0] == hooks[hook]
            assert lines.count(hooks[hook]) == 1, product.id


@pytest.mark.parametrize("framework", [Framework.PAS, Framework.AIDA])
def test_ads_that_differ_in_a_line_are_cut_alike(framework: Framework) -> None:
    brief = read_brief("Create a luxury watch ad", duration=15, framework=framework)
    words = Wording(hooks=("Look.", LONG), calls=("Go", "See the whole watch today"))
    plans = {
        (hook, call): planned(brief.model_copy(update={"wording": words.model_copy(update={"hook": hook, "call": call})}))
        for hook in (0, 1)
        for call in (0, 1)
    }
    keys = {which: list(clip_keys(plan).values()) for which, plan in plans.items()}
    assert keys[0, 0] == keys[0, 1]
    assert keys[1, 0] == keys[1, 1]
    assert keys[0, 0][0] != keys[1, 0][0], "each hook opens on a picture of its own"
    assert keys[0, 0][1:] == keys[1, 0][1:]
    assert len({str(plan.titles) for plan in plans.values()}) == 4
    alike = [planned(brief.model_copy(update={"wording": words.model_copy(update={"hook": n, "own_openings": False})})) for n in (0, 1)]
    assert clip_keys(alike[0]) == clip_keys(alike[1])
    alone = [planned(brief.model_copy(update={"wording": Wording(hooks=(hook,))})) for hook in words.hooks]
    assert [shot.n_frames for shot in alone[0].shots] != [shot.n_frames for shot in alone[1].shots], "the test has a reason"
