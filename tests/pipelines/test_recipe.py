"""The recipe inside a film: pictures by name and content, and the brief found again with them."""

import hashlib
import json
from pathlib import Path

import pytest
from PIL import Image

from pipelines.brief import Brief, read_brief
from pipelines.errors import BriefError
from pipelines.hints import read_hints
from pipelines.origins import has_photo
from pipelines.planner import plan_scenes
from pipelines.recipe import brief_of, write_recipe
from pipelines.spec_writer import write_spec

PROMPT = "Create a luxury watch ad for Instagram"


@pytest.fixture
def brief(tmp_path: Path) -> Brief:
    Image.new("RGBA", (120, 100), (200, 30, 60, 200)).save(tmp_path / "mark.png")
    Image.new("RGB", (300, 400), (20, 80, 120)).save(tmp_path / "watch.png")
    return read_brief(PROMPT, logo=tmp_path / "mark.png", product_image=tmp_path / "watch.png", brand="Aurelia")


def test_pictures_stand_in_a_recipe_by_name_and_content(brief: Brief, tmp_path: Path) -> None:
    draft = write_spec(brief, read_hints(brief.prompt))
    text = write_recipe(brief, draft.spec, draft.writer, plan_scenes(draft, brief), [], None)
    assert str(tmp_path) not in text
    recipe = json.loads(text)
    mark = hashlib.sha256((tmp_path / "mark.png").read_bytes()).hexdigest()
    assert recipe["brief"]["logo"] == {"file": "mark.png", "sha256": mark}
    assert recipe["brief"]["product_image"]["file"] == "watch.png"
    assert [line["image"] for title in recipe["plan"]["titles"] for line in title["lines"] if line["role"] == "logo"] == ["mark.png"]
    assert has_photo(recipe)
    assert brief_of(recipe, lambda picture: tmp_path / picture["file"]) == brief
    with pytest.raises(BriefError, match=r"the product photo “watch\.png”; put that file beside it") as refused:
        brief_of(recipe)
    assert refused.value.field == "product_image"


def test_a_picture_may_be_named_as_from_the_folder_one_is_in(brief: Brief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_brief(PROMPT, logo="mark.png", product_image=Path("watch.png"), brand="Aurelia") == brief


def test_a_picture_that_is_gone_keeps_its_name_and_old_recipes_are_read_as_they_are(brief: Brief, tmp_path: Path) -> None:
    draft = write_spec(brief, read_hints(brief.prompt))
    plan = plan_scenes(draft, brief)
    (tmp_path / "mark.png").unlink()
    recipe = json.loads(write_recipe(brief, draft.spec, draft.writer, plan, [], None))
    assert recipe["brief"]["logo"] == {"file": "mark.png"}
    old = json.loads(json.dumps({"brief": brief.model_dump(mode="json")}))
    assert brief_of(old) == brief
