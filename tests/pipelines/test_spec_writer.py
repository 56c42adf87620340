"""Who writes the spec: a model's good answer, its repair, its nonsense, and the person's own fields over all of them."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from models.asks import Made, Text, TextAsk
from models.errors import Cancelled, ModelError, ModelFailed, ModelRefused, ModelUnavailable, ModelUnreachable
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


@pytest.mark.parametrize("error", [ModelFailed, ModelRefused])
def test_what_was_refused_or_cut_off_is_asked_for_once_more(error: type[ModelError]) -> None:
    model = Model(error("There was no whole answer.", cost_usd=Decimal("0.03")), good())
    made = draft(model)
    assert made.writer == "openai/gpt-4o"
    assert "There was no whole answer" in model.asks[1].prompt
    assert made.made is not None
    assert made.made.cost_usd == Decimal("0.04")  # the failed try was paid for too


def test_a_model_that_broke_twice_is_named() -> None:
    made = draft(Model(ModelFailed("The answer was cut off."), ModelFailed("The answer was cut off.")))
    assert made.writer == BUILT_IN
    assert "The answer was cut off" in made.notes[0]
    assert made.made is None


def test_an_unreachable_model_is_not_asked_again_here() -> None:
    model = Model(ModelUnreachable("Nobody answers."))  # the runtime has tried three times already
    assert draft(model).writer == BUILT_IN
    assert len(model.asks) == 1


def test_the_next_writer_takes_over_and_both_are_told() -> None:
    first, second, third = Model("nonsense", "nonsense"), Model(good()), Model()
    made = write_spec(BRIEF, read_hints(BRIEF.prompt), first, second, third)
    assert made.writer == "openai/gpt-4o"
    assert made.notes[0] == "openai/gpt-4o wrote this ad, because openai/gpt-4o twice gave a plan that does not hold."
    assert (len(first.asks), len(second.asks), len(third.asks)) == (2, 1, 0)
    assert second.asks[0].prompt == first.asks[0].prompt  # nothing of what went wrong before
    assert made.made is not None
    assert made.made.cost_usd == Decimal("0.03")
    off = Model(ModelUnavailable("Its weights are gone."))
    last = write_spec(BRIEF, read_hints(BRIEF.prompt), Model("nonsense", "nonsense"), off)
    assert last.writer == BUILT_IN
    assert "does not hold and the next text model could not be used (Its weights are gone)" in last.notes[0]


def spoken(*lines: str) -> dict[str, Any]:
    return good(scenes=[{**scene, "spoken": line} for scene, line in zip(good()["scenes"], lines, strict=True)])


SAID = ("Clocks are everywhere.", "Time is not.", "Chronos. Now, at last.")


def test_every_ad_has_a_script_and_nothing_is_asked_twice_for_one_that_nobody_hears() -> None:
    aloud = read_brief(PROMPT, voice="auto")
    model = Model(spoken(*SAID))
    assert tuple(scene.spoken for scene in draft(model, aloud).spec.scenes) == SAID
    assert "Voice-over: yes" in model.asks[0].prompt
    silent = Model(spoken("Clocks are everywhere. " * 6, "Now 50% off.", SAID[2]))
    read = draft(silent).spec
    assert [scene.spoken for scene in read.scenes] == ["Clocks are everywhere. Clocks are everywhere.", "", SAID[2]]
    assert (len(silent.asks), read.ad_specifications.captions) == (1, "off")
    assert "Voice-over" not in silent.asks[0].prompt
    named = read_brief(PROMPT, voice="auto", brand="Aurelia")
    assert draft(Model(spoken(*SAID)), named).spec.scenes[-1].spoken == "Aurelia. Now, at last."


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("Clocks are everywhere, " * 6, *SAID[1:]), "scene 1 at most 63 characters"),
        (("", "", ""), "Nothing is spoken"),
        ((SAID[0], "Now 50% off.", SAID[2]), "50"),
    ],
)
def test_spoken_lines_that_do_not_fit_are_sent_back(lines: tuple[str, ...], told: str) -> None:
    aloud = read_brief(PROMPT, voice="auto")
    model = Model(spoken(*lines), spoken(*SAID))
    assert tuple(scene.spoken for scene in draft(model, aloud).spec.scenes) == SAID
    assert told in model.asks[1].prompt


def test_what_is_too_long_twice_is_shortened_and_what_is_missing_twice_is_taken_from_the_type() -> None:
    aloud, long = read_brief(PROMPT, voice="auto"), ("Clocks are everywhere. " * 6, *SAID[1:])
    assert draft(Model(spoken(*long), spoken(*long)), aloud).spec.scenes[0].spoken == "Clocks are everywhere. Clocks are everywhere."
    mute = spoken("", "", "")
    assert draft(Model(mute, mute), aloud).spec.scenes[0].spoken == "Clocks are everywhere."


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


def test_lines_in_another_language_than_the_prompts_are_noted() -> None:
    prompt = 'Werbung für unser Café "Morgenrot" mit hausgemachtem Kuchen'
    notes = write_spec(read_brief(prompt), read_hints(prompt)).notes
    assert [note for note in notes if "German" in note and "English" in note]
    assert not write_spec(read_brief("An ad for a café"), read_hints("An ad for a café")).notes


def test_unlisted_products_are_noted() -> None:
    assert any("leather saddle" in note for note in draft(None, read_brief("handmade leather saddles")).notes)
    assert draft(None).notes == ()
