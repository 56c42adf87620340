"""Who writes the spec: a model's good answer, its repair, its nonsense, and the person's own fields over all of them."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from models.asks import Made, Text, TextAsk
from models.errors import Cancelled, ModelFailed, ModelUnavailable
from pipelines.brief import Brief, read_brief
from pipelines.copywriter import writer
from pipelines.hints import read_hints
from pipelines.spec import AdSpec
from pipelines.spec_schema import strict_schema
from pipelines.spec_writer import BUILT_IN, SpecDraft, write_spec

PROMPT = "Create a luxury watch ad for Instagram"
BRIEF = read_brief(PROMPT)


def good(**changes: Any) -> dict[str, Any]:
    """A model's answer that holds; keyword arguments replace whole parts."""
    data: dict[str, Any] = json.loads(writer.write(BRIEF, read_hints(BRIEF.prompt)).model_dump_json())
    data["brand_guidelines"]["brand_name"] = "Chronos"
    data["scenes"][0]["text_overlay"]["text"] = "Clocks are everywhere."
    data["scenes"][2]["text_overlay"]["text"] = "Chronos\nNow, at last."
    return {**data, **changes}


class Model:
    """Answers with the given contents in turn and keeps what it was asked."""

    def __init__(self, *answers: Any) -> None:
        self.answers, self.asks = list(answers), list[TextAsk]()

    def __call__(self, ask: TextAsk) -> Text:
        self.asks.append(ask)
        content = self.answers[len(self.asks) - 1]
        if isinstance(content, Exception):
            raise content
        data = content if isinstance(content, dict) else None
        made = Made("openai/gpt-4o", cost_usd=Decimal("0.01"), elapsed_s=1.0, notes=("A note.",))
        return Text(json.dumps(data) if data else str(content), made, data)


def draft(model: Callable[[TextAsk], Text] | None, brief: Brief = BRIEF) -> SpecDraft:
    return write_spec(brief, read_hints(brief.prompt), model)


def test_without_a_model_the_built_in_copywriter_writes() -> None:
    made = draft(None)
    assert (made.writer, made.made, made.working_name) == (BUILT_IN, None, True)
    assert made == draft(None)
    assert not draft(None, read_brief(PROMPT, brand="Aurelia")).working_name
    assert not draft(None, read_brief('A watch ad for "Aurelia"')).working_name


def test_a_good_answer_is_used() -> None:
    model = Model(good())
    made = draft(model)
    assert made.writer == "openai/gpt-4o"
    assert made.spec.scenes[0].text_overlay is not None
    assert made.spec.scenes[0].text_overlay.text == "Clocks are everywhere."
    assert made.made is not None
    assert made.made.cost_usd == Decimal("0.01")
    assert made.notes == ("A note.",)
    assert made.working_name
    assert len(model.asks) == 1
    assert PROMPT in model.asks[0].prompt
    assert model.asks[0].schema == strict_schema(AdSpec)


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("I am sorry, Dave.", "not one JSON object"),
        (good(scenes=[]), "scenes"),
        (good(scenes=good()["scenes"][:2]), "scenes"),
        (good(audio_layer={"style": "calm", "mood": "x", "tempo": 3}), "audio_layer"),
        ({**good(), "scenes": [{**good()["scenes"][0], "duration_seconds": 3}, *good()["scenes"][1:]]}, "add up to 13 s"),
        ({**good(), "scenes": [*good()["scenes"][:2], {**good()["scenes"][2], "text_overlay": {"text": "50% off"}}]}, "50"),
    ],
)
def test_one_repair_is_asked_with_what_was_wrong(bad: Any, told: str) -> None:
    model = Model(bad, good())
    made = draft(model)
    assert made.writer == "openai/gpt-4o"
    assert told in model.asks[1].prompt
    assert made.made is not None
    assert made.made.cost_usd == Decimal("0.02")


def test_nonsense_twice_falls_back_and_says_so_and_still_counts_the_cost() -> None:
    model = Model("nonsense", {"more": "nonsense"})
    made = draft(model)
    assert made.writer == BUILT_IN
    assert made.spec == draft(None).spec
    assert made.notes[0] == "The built-in copywriter wrote this ad, because openai/gpt-4o twice gave a plan that does not hold."
    assert made.made is not None
    assert made.made.cost_usd == Decimal("0.02")
    assert len(model.asks) == 2


def test_a_refused_key_is_said_and_not_papered_over() -> None:
    with pytest.raises(ModelUnavailable, match="OPENAI_API_KEY"):
        draft(Model(ModelUnavailable("The OpenAI key was refused; check OPENAI_API_KEY.")))


def test_a_model_that_broke_is_named() -> None:
    made = draft(Model(ModelFailed("The answer was cut off."), ModelFailed("The answer was cut off.")))
    assert made.writer == BUILT_IN
    assert "The answer was cut off" in made.notes[0]
    assert made.made is None


def test_cancel_is_not_a_failure() -> None:
    with pytest.raises(Cancelled):
        draft(Model(Cancelled("Cancelled.")))


def test_what_the_person_set_is_enforced() -> None:
    brief = read_brief(PROMPT, brand="Aurelia", colors="navy,gold", aspect="1:1", font_style="technical_mono", music="calm")
    spec = draft(Model(good()), brief).spec
    assert spec.brand_guidelines.brand_name == "Aurelia"
    assert spec.brand_guidelines.brand_colors[:2] == ["#0A192F", "#D4AF37"]
    assert spec.brand_guidelines.font_style == "technical_mono"
    assert (spec.ad_specifications.aspect_ratio, spec.ad_specifications.music_style) == ("1:1", "calm")
    assert spec.scenes[-1].text_overlay is not None
    assert spec.scenes[-1].text_overlay.text.startswith("Aurelia\n")
    assert "Chronos" not in "".join(s.text_overlay.text for s in spec.scenes if s.text_overlay)


def test_another_framework_or_length_than_asked_is_repaired() -> None:
    brief = read_brief(PROMPT, framework="PAS")
    pas = json.loads(writer.write(brief, read_hints(brief.prompt)).model_dump_json())
    model = Model(good(), pas)
    assert draft(model, brief).spec.ad_specifications.framework == "PAS"
    assert "PAS needs the scenes" in model.asks[1].prompt
    thirty = draft(Model(good(), good()), read_brief(PROMPT, duration=30))
    assert thirty.writer == "openai/gpt-4o"
    assert [scene.duration_seconds for scene in thirty.spec.scenes] == [10, 10, 10]  # the second time, lengths come from the table


def walk(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [found for item in node for found in walk(item)]
    if isinstance(node, dict):
        return [node, *(found for item in node.values() for found in walk(item))]
    return []


def test_the_schema_is_strict() -> None:
    schema = strict_schema(AdSpec)
    text = json.dumps(schema)
    for word in ("$ref", "$defs", "minLength", "maxLength", '"default"'):
        assert word not in text
    objects = [node for node in walk(schema) if node.get("type") == "object"]
    assert len(objects) >= 8
    for node in objects:
        assert node["additionalProperties"] is False
        assert node["required"] == list(node["properties"])
    assert "at most 28 characters long" in text
    scene = schema["properties"]["scenes"]["items"]["properties"]
    assert {"type": "null"} in scene["text_overlay"]["anyOf"]
    assert scene["duration_seconds"]["maximum"] == 20


def test_unlisted_products_are_noted() -> None:
    assert any("leather saddle" in note for note in draft(None, read_brief("handmade leather saddles")).notes)
    assert draft(None).notes == ()
