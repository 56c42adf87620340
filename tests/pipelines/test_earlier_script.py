"""The script of an ad that was made before every ad had one: from its recipe, or from the copywriter who wrote its headlines."""

from typing import Any

import pytest

from pipelines.brief import read_brief
from pipelines.copywriter import writer
from pipelines.earlier_script import earlier_script, with_script
from pipelines.hints import read_hints
from pipelines.word_captions.scripts import script_of
from tests.pipelines.editing.edits import captioned, timeline
from tests.pipelines.editing.test_captions_later import silent

BRIEF = read_brief("Create a luxury watch ad for Instagram", seed=3, framework="AIDA")
SPEC = writer.write(BRIEF, read_hints(BRIEF.prompt))


def recipe(**changes: Any) -> dict[str, Any]:
    """Of an earlier release: nothing is spoken."""
    spec = SPEC.model_dump(mode="json")
    for scene in spec["scenes"]:
        scene["spoken"] = ""
    brief = BRIEF.model_dump(mode="json") | {"product_image": {"file": "watch.png", "sha256": "0" * 64}}
    return {"writer": writer.NAME, "spec": spec, "brief": brief} | changes


def test_the_copywriter_says_what_he_would_have_said() -> None:
    assert earlier_script(recipe()) == script_of(SPEC) != ()
    spoken = SPEC.model_dump(mode="json")
    assert earlier_script(recipe(spec=spoken, writer="openai/some-model")) == script_of(SPEC)


@pytest.mark.parametrize("change", ["writer", "spec", "brief", "headline"])
def test_there_is_none_for_an_ad_that_others_wrote(change: str) -> None:
    changed = recipe()
    if change == "headline":
        changed["spec"]["scenes"][0]["text_overlay"]["text"] = "Another line"
    else:
        changed[change] = "openai/some-model" if change == "writer" else {}
    assert earlier_script(changed) == ()
    on = {"action": "captions", "to": "line"}
    assert with_script(on, silent(), changed) == on


def test_an_action_gets_it_only_where_there_is_nothing_else() -> None:
    on = {"action": "captions", "to": "word"}
    assert with_script(on, silent(), recipe())["script"][0] == {"scene": 1, "text": SPEC.scenes[0].spoken}
    for action, film in ((on, timeline()), (on, captioned(silent())), (on, silent((1, "Own."))), ({**on, "to": "off"}, silent())):
        assert with_script(action, film, recipe()) == action
    own = {**on, "script": [{"scene": 1, "text": "Mine."}]}
    assert with_script(own, silent(), recipe()) == own
