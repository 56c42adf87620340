"""Hero briefs: what is refused, what reaches the model, how candidates differ, what a cinematographer adds."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from models.asks import Made, Text, TextAsk
from models.backends import BackendConfig
from models.capabilities import check
from models.catalog import row
from models.errors import ModelFailed
from models.runtime import Runtime
from pipelines.errors import BriefError
from pipelines.hero import asks_for_frames, direct_frame, read_hero_brief, vary
from pipelines.hero.cinematographer import NOTHING, most_asked
from pipelines.hero.fitting import fitted
from pipelines.hero.readings import HIDDEN, missing, reading
from pipelines.hero.terms import SAID, TERMS
from pipelines.hero.variations import changed, chips, speaks_of_colors

WATCH = "A steel wrist watch on wet black stone"


@pytest.mark.parametrize(
    ("prompt", "options", "field"),
    [
        ("watch", {}, "prompt"),
        (42, {}, "prompt"),
        (WATCH + "\x07", {}, "prompt"),
        (WATCH + " x" * 600, {}, "prompt"),
        (WATCH, {"count": 3}, "count"),
        (WATCH, {"count": 9}, "count"),
        (WATCH, {"count": True}, "count"),
        (WATCH, {"choices": {"weather": "rain"}}, "choices"),
        (WATCH, {"choices": {"light": "x" * 121}}, "choices.light"),
        (WATCH, {"choices": ["light"]}, "choices"),
        (WATCH, {"reference": "/nowhere/a.png"}, "reference"),
        (WATCH, {"aspect": "4:3"}, "aspect"),
        ("make something new for an ad", {}, "prompt"),
    ],
)
def test_a_brief_that_cannot_be_used_is_refused_by_field(prompt: Any, options: dict[str, Any], field: str) -> None:
    with pytest.raises(BriefError) as refused:
        read_hero_brief(prompt, **options)
    assert refused.value.field == field
    assert str(refused.value).endswith((".", "“", '"', "”")) or "example" in str(refused.value)


def test_every_choice_reaches_the_model_in_words_and_in_numbers() -> None:
    brief = read_hero_brief(
        WATCH, choices={"lens": "135", "light": "golden", "composition": "low", "film_stock": "velvia", "mood": "luxury"}, aspect="1:1"
    )
    ask = asks_for_frames(brief)[0]
    for matter, key in brief.choices.items():
        assert TERMS[matter][key].words in ask.prompt
    assert (ask.framing.lens_mm, ask.framing.size, ask.framing.elevation_deg) == (135.0, "full", -1.0)
    assert ask.width == ask.height == 1080
    assert ask.subject is not None
    assert "watch" in ask.subject.kind


def test_own_words_and_millimetres_count_as_choices() -> None:
    brief = read_hero_brief(f"{WATCH}, 35mm, from above", choices={"light": "one candle behind it"})
    ask = asks_for_frames(brief)[0]
    assert ask.framing.lens_mm == 35.0
    assert ask.framing.elevation_deg > 40
    assert "one candle behind it" in ask.prompt


@pytest.mark.parametrize("count", [4, 8])
def test_candidates_differ_and_are_the_same_again(count: int) -> None:
    brief = read_hero_brief(WATCH, count=count, seed=7)
    asks = asks_for_frames(brief)
    assert len(asks) == len({ask.seed for ask in asks}) == count
    assert len({(ask.variant, ask.framing) for ask in asks}) == count
    assert asks == asks_for_frames(brief)
    assert {ask.seed for ask in asks}.isdisjoint(ask.seed for ask in asks_for_frames(read_hero_brief(WATCH, count=count, seed=8)))


def test_a_chosen_light_is_kept_by_every_candidate() -> None:
    asks = asks_for_frames(read_hero_brief(WATCH, choices={"light": "rim"}, count=8))
    assert {ask.variant for ask in asks} == {0}
    assert len({ask.framing for ask in asks}) == 8
    for ask in asks:
        assert -4 <= ask.framing.elevation_deg <= 58
        assert 24 <= ask.framing.lens_mm <= 180


@pytest.mark.parametrize("prompt", [WATCH, "A cold brew coffee can for summer", "Wireless headphones for the office"])
def test_readings_choose_what_the_brief_leaves_open_and_nothing_else(prompt: str) -> None:
    brief = read_hero_brief(prompt, choices={"mood": "calm"})
    readings = [reading(brief, index) for index in range(16)]
    assert readings[0] == brief
    assert len({tuple(one.choices.items()) for one in readings}) == 16
    for one in readings[1:]:
        assert one.choices["mood"] == "calm"
        assert one.prompt == brief.prompt
        assert one.choices["composition"] in HIDDEN.get(one.choices["light"], TERMS["composition"])
        assert missing(one) == ("camera", "film_stock")
    assert len({one.choices["light"] for one in readings[1:5]}) == 4
    lit = read_hero_brief(f"{prompt}, from above", choices={"light": "rim"})
    assert {(reading(lit, index).choices["light"], "composition" in reading(lit, index).choices) for index in range(8)} == {("rim", False)}


def test_what_a_model_cannot_follow_is_left_out_and_said(tmp_path: Path) -> None:
    from models.capabilities import Capabilities

    picture = tmp_path / "a.png"
    picture.touch()
    ask = asks_for_frames(read_hero_brief(WATCH, reference=picture, control=picture))[0]
    plain, canny = (Capabilities(frozenset({"image"}), references=n, controls=frozenset({"canny"} if n else ())) for n in (0, 1))
    bare, notes = fitted(ask, None, plain, "m/1")
    assert (bare.references, bare.controls, len(notes)) == ((), (), 2)
    led, none = fitted(ask, None, canny, "m/1")
    assert (led.references, [control.kind for control in led.controls], none) == (ask.references, ["canny"], ())
    alone = fitted(asks_for_frames(read_hero_brief(WATCH))[0], picture, canny, "m/1")[0]
    assert [reference.image for reference in alone.references] == [picture], "the product photo, where nothing else is given"


def test_what_directing_may_cost_is_bounded_by_two_asks() -> None:
    first, second = most_asked(read_hero_brief(WATCH))
    assert len(second.prompt) > len(first.prompt) + 3000
    whole = {"camera": "cinema", "lens": "50", "light": "rim", "composition": "low", "film_stock": "ektar", "mood": "calm"}
    assert most_asked(read_hero_brief(WATCH, choices=whole)) == ()


def test_film_stocks_do_not_pass_for_the_product() -> None:
    brief = read_hero_brief(
        "A bottle of olive oil on a marble slab, color of Kodak Portra 400, 85 mm lens at f/4, shot on a full-frame camera"
    )
    subject = asks_for_frames(brief)[0].subject
    assert subject is not None
    assert "oil" in subject.kind or "bottle" in subject.kind


def test_the_cinematographer_adds_each_missing_matter_once_with_a_reason() -> None:
    brief = read_hero_brief(WATCH, aspect="9:16")
    directed = direct_frame(brief)
    assert directed.directed.startswith(WATCH)
    assert {change.matter for change in directed.changes} == {*TERMS, "format"}
    for change in directed.changes:
        assert change.after in directed.directed
        assert change.reason.endswith(".")
    assert len({change.reason for change in directed.changes}) == len(directed.changes)
    again = read_hero_brief(directed.directed, aspect="9:16")
    assert missing(again) == ()
    assert direct_frame(again).notes == (NOTHING,)


def test_what_is_said_or_chosen_is_not_added() -> None:
    brief = read_hero_brief(f"{WATCH}, 50mm lens, soft window light", choices={"mood": "calm"})
    matters = {change.matter for change in direct_frame(brief).changes}
    assert matters.isdisjoint({"lens", "light", "mood"})
    assert {"camera", "composition", "film_stock"} <= matters


def test_every_term_is_recognised_as_its_own_matter() -> None:
    for matter, rows in TERMS.items():
        for term in rows.values():
            assert re.search(SAID[matter], term.words, re.I), (matter, term.words)


def test_a_prompt_without_room_says_what_was_left_out() -> None:
    brief = read_hero_brief(WATCH + " and then there is the rest of the story of it" * 20)
    directed = direct_frame(brief)
    assert len(directed.directed) <= 1000
    assert "no room was left for" in directed.notes[0]


def test_a_foreign_prompt_is_left_to_a_language_model() -> None:
    directed = direct_frame(read_hero_brief("Eine edle Armbanduhr auf nassem schwarzen Stein, sehr ruhig und mit viel Raum"))
    assert directed.directed == directed.original
    assert "English" in directed.notes[0]


def test_a_language_model_is_believed_only_as_far_as_it_can_be_checked() -> None:
    good = {
        "prompt": f"{WATCH}, 85 mm lens, rim light from the left, low key",
        "changes": [{"matter": "lens", "before": "", "after": "85 mm lens", "reason": "It flatters the case."}],
    }
    lost = {"prompt": "A clock, 85 mm lens", "changes": good["changes"]}
    asked: list[TextAsk] = []

    def text(ask: TextAsk) -> Text:
        asked.append(ask)
        return Text("{}", Made("house/llm", cost_usd=Decimal("0.001")), data=lost if len(asked) == 1 else good)

    directed = direct_frame(read_hero_brief(WATCH), text)
    assert directed.writer == "house/llm"
    assert directed.directed == good["prompt"]
    assert directed.made is not None
    assert directed.made.cost_usd == Decimal("0.002")
    assert "bring them back" in asked[1].prompt


def test_a_model_that_fails_is_named_and_the_built_in_goes_on() -> None:
    def text(ask: TextAsk) -> Text:
        raise ModelFailed("It broke.", model="house/llm")

    directed = direct_frame(read_hero_brief(WATCH), text)
    assert directed.changes
    assert "because the text model could not be used" in directed.notes[0]


def test_a_variation_changes_one_thing_and_takes_the_old_one_out() -> None:
    brief = read_hero_brief(f"{WATCH}, {TERMS['light']['rim'].words}", choices={"lens": "85"})
    other = vary(brief, {"light": "window"})
    assert TERMS["light"]["rim"].words not in asks_for_frames(other)[0].prompt
    assert TERMS["light"]["window"].words in asks_for_frames(other)[0].prompt
    assert other.choices["lens"] == "85"
    assert changed(brief, other) == "Light: Window light"
    assert "window" not in chips(other)["light"]


@pytest.mark.parametrize("changes", [{}, {"camera": "cinema"}, {"light": "x" * 121}])
def test_a_variation_of_nothing_is_refused(changes: dict[str, str]) -> None:
    with pytest.raises(BriefError):
        vary(read_hero_brief(WATCH), changes)


def test_words_of_ones_own_are_added() -> None:
    other = vary(read_hero_brief(WATCH), {}, "a single drop of water on the glass")
    assert other.prompt == f"{WATCH}, a single drop of water on the glass"
    assert changed(read_hero_brief(WATCH), other) == "a single drop of water on the glass"


def test_the_embedded_studio_can_answer_every_candidate() -> None:
    runtime = Runtime(BackendConfig(Path("unused")))
    can = next(s.can for s in runtime.standings("image") if s.row.id == "product-studio/v1")
    assert can is not None
    for ask in asks_for_frames(read_hero_brief(WATCH, count=8)):
        check(ask, can, row("product-studio/v1").id)


def test_a_colour_in_words_is_told_from_a_coloured_light() -> None:
    kept = ("golden evening light", "warm golden light", "more steam", "a rose gold glow", "")
    free = ("on a navy ground", "a white cloth", "in another colour", "#0A192F", "golden light on a green wall")
    assert [words for words in (*kept, *free) if speaks_of_colors(words)] == list(free)
