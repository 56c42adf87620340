"""The stills of a small ad, one of each kind, drawn by a model of words: planned, dressed, asked of the runtime, and told about."""

from dataclasses import replace
from pathlib import Path

import pytest

from models.backends import BackendConfig
from models.catalog import CATALOG, row
from models.context import JobContext
from models.media.image_file import read_image
from models.runtime import Runtime
from pipelines.brief import read_brief
from pipelines.hints import read_hints
from pipelines.identity import main_shot
from pipelines.planner import plan_scenes
from pipelines.scene_plan import Keep, ScenePlan
from pipelines.spec_writer import write_spec
from pipelines.stills import make_anchor, make_still
from tests.models.diffusers_image.conftest import Set

SDXL = "sdxl/base-1.0"


@pytest.fixture(scope="module")
def plan() -> ScenePlan:
    brief = read_brief("Create a luxury watch ad for Instagram", framework="BAB", short_side=120, lora="watch")
    return plan_scenes(write_spec(brief, read_hints(brief.prompt), None), brief)


def runtime_of(config: BackendConfig) -> Runtime:
    """The installation's, in two steps a picture."""
    quick = replace(row(SDXL), defaults=row(SDXL).defaults | {"steps": 2})
    return Runtime(config, tuple(quick if one.id == SDXL else one for one in CATALOG))


def test_stills_of_every_kind_are_drawn_and_led(plan: ScenePlan, tiny: Set, tmp_path: Path) -> None:
    runtime, job = runtime_of(tiny.config), JobContext(tmp_path)
    default = runtime.default_model("image")
    assert default is not None
    assert default.id == SDXL  # it can run here, so it is what an ad gets
    undrafted = replace(plan, keep=replace(plan.keep, layout_control=False))
    anchor = make_anchor(undrafted, runtime, job)
    assert anchor is not None
    kinds = {(shot.shows_product, shot.group.startswith("hero"), shot.id == main_shot(plan).id): shot for shot in undrafted.shots}
    for shot in kinds.values():
        still = make_still(undrafted, shot, runtime, job, anchor=anchor)
        assert (still is anchor) is (shot.id == main_shot(plan).id)
        assert read_image(still.path).shape == (plan.height, plan.width, 3)
        assert still.made.model == SDXL
        assert any("Computed on" in note for note in still.made.notes)
    runtime.close()


def test_the_studios_draft_leads_a_shot(plan: ScenePlan, tiny: Set, tmp_path: Path) -> None:
    runtime = runtime_of(tiny.config)
    still = make_still(plan, main_shot(plan), runtime, JobContext(tmp_path))
    assert still.made.model == SDXL
    assert len(list(tmp_path.glob("*.png"))) > 1  # the draft lies there too
    runtime.close()


def test_without_a_card_the_studio_stands_in_and_the_reason_is_known(plan: ScenePlan, tiny: Set) -> None:
    runtime = runtime_of(replace(tiny.config, weights_dir=Path("nowhere")))
    default = runtime.default_model("image")
    assert default is not None
    assert default.id == "product-studio/v1"
    assert "models pull" in runtime.why_not("image", SDXL)
    assert Keep() == replace(plan.keep, lora="")
