"""The script of an ad that was made before every ad had one, from the recipe inside it: the lines that its spec holds, or what the built-in
copywriter, who wrote its headlines, says beside them. Of an ad that a language model wrote without one there is none. It asks no model.
"""

from collections.abc import Mapping
from typing import Any

import opentimelineio as otio
from pydantic import ValidationError

from pipelines.brief import Brief
from pipelines.copywriter import writer
from pipelines.editing import edit_of
from pipelines.editing.caption_actions import ShowCaptions
from pipelines.hints import read_hints
from pipelines.recipe import PICTURES
from pipelines.spec import AdSpec
from pipelines.word_captions.cue import OFF
from pipelines.word_captions.otio_track import Script, script_in
from pipelines.word_captions.scripts import script_of


def with_script(action: Mapping[str, Any], timeline: otio.schema.Timeline, recipe: Mapping[str, Any]) -> Mapping[str, Any]:
    """The action; one that shows captions where there is nothing to make them of, with the script of the ad's recipe, if it has one."""
    if action.get("action") != ShowCaptions.name or action.get("to") == OFF or action.get("script") is not None:
        return action
    edit = edit_of(timeline)
    if edit.cues or edit.spoken or script_in(edit.settings):
        return action
    lines = [{"scene": scene, "text": text} for scene, text in earlier_script(recipe)]
    return {**action, "script": lines} if lines else action


def earlier_script(recipe: Mapping[str, Any]) -> Script:
    """See above; () where there is none."""
    try:
        spec = AdSpec.model_validate(recipe.get("spec"))
        if script := script_of(spec):
            return script
        if recipe.get("writer") != writer.NAME:
            return ()
        brief = Brief.model_validate({key: value for key, value in recipe["brief"].items() if key not in PICTURES})
    except (ValidationError, KeyError):
        return ()  # of a release that wrote recipes in another way
    again = writer.write(brief, read_hints(brief.prompt))
    return script_of(again) if _headlines(again) == _headlines(spec) else ()


def _headlines(spec: AdSpec) -> list[str]:
    return [scene.text_overlay.text if scene.text_overlay else "" for scene in spec.scenes]
