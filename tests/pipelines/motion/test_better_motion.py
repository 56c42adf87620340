"""What could be asked differently next time: by words, by a language model, and what tells two rounds apart."""

from typing import Any

import pytest

from models.asks import Made, Text, TextAsk
from pipelines.motion import read_motion_brief
from pipelines.motion.advisor import advised
from pipelines.motion.changes import changes, fields_of
from pipelines.motion.motion_brief import WORDS_CHARS
from pipelines.motion.proposals import PACES, Edit, Proposal, distinct, joined, proposals
from pipelines.motion.remarks import REMARKS, remarked

BRIEF = read_motion_brief("the bottle turns into the light", movement="orbit", speed="real_time", intensity=0.5, seconds=4)


def by_field(found: tuple[Proposal, ...]) -> dict[str, Any]:
    return {row.field: row.after for row in distinct(found)}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Too chaotic!", {"speed": "slow_motion", "intensity": 0.25}),
        ("it is not cinematic enough", {"speed": "slow_motion"}),
        ("too slow", {"speed": "brisk", "intensity": 0.65}),
        ("a bit boring", {"intensity": 0.75}),
        ("wrong direction", {"direction": "left"}),
        ("could be longer", {"duration": 6.0}),
    ],
)
def test_words_come_to_changes_of_fields(words: str, expected: dict[str, Any]) -> None:
    found = by_field(remarked(BRIEF, words))
    assert found.items() >= expected.items()
    assert all(words in row.because for row in remarked(BRIEF, words))


def test_unknown_words_come_to_nothing() -> None:
    assert remarked(BRIEF, "the weather is fine") == ()


@pytest.mark.parametrize("edit", [edit for _, edit in REMARKS], ids=lambda edit: edit.sentence)
def test_every_proposal_is_a_brief_again_and_is_proposed_once(edit: Edit) -> None:
    names = {"motion_prompt": "words", "camera": "movement", "duration": "seconds"}
    for brief in (BRIEF, read_motion_brief("x" * 495, movement="handheld"), read_motion_brief("static, still", seconds=10)):
        found = proposals(brief, "because", edit)
        asked = {name: value for name, value in dict(brief).items() if name not in ("takes", "template")}
        again = read_motion_brief(**asked | {names.get(row.field, row.field): row.after for row in found})
        left = {row.field for row in proposals(again, "because", edit)}
        assert left <= {"speed", "intensity", "duration", "direction"}, "words and cameras are proposed once"
        assert len(again.words) <= WORDS_CHARS


def test_proposals_of_one_prompt_become_one() -> None:
    rows = distinct(remarked(BRIEF, "shaky and the light flickers"))
    prompt = next(row for row in rows if row.field == "motion_prompt")
    assert len({row.field for row in rows}) == len(rows)
    assert str(prompt.after).startswith(BRIEF.words)
    assert "constant, even lighting" in str(prompt.after)


def test_words_are_not_said_twice() -> None:
    assert joined("slow, steady camera", ["Slow, steady camera"]) == "slow, steady camera"
    assert PACES.index(read_motion_brief(speed="brisk").speed) == len(PACES) - 1


def test_what_tells_two_rounds_apart() -> None:
    again = read_motion_brief("the bottle turns into the light", movement="push_in", intensity=0.5, seconds=4, takes=2)
    found = changes(fields_of(BRIEF) | {"model": "a"}, fields_of(again) | {"model": "a", "seed": 5})
    assert [(row.field, row.before, row.after) for row in found] == [
        ("camera", "orbit", "push_in"),
        ("auto_attempts", 3, 2),
        ("seed", None, 5),
    ]
    assert changes(fields_of(BRIEF), fields_of(BRIEF)) == ()


def answering(*answers: Any) -> Any:
    left = list(answers)

    def text(ask: TextAsk) -> Text:
        return Text("", Made("writer"), data=left.pop(0))

    return text


def test_a_model_proposes_what_holds() -> None:
    good = {"changes": [{"field": "speed", "after": "slow_motion", "sentence": "It takes the haste out."}]}
    bad = {"changes": [{"field": "camera", "after": "teleport", "sentence": "Away."}]}
    found, made = advised(BRIEF, "hm", ["sharpness is low"], answering(bad, good))
    assert [(row.field, row.before, row.after) for row in found] == [("speed", "real_time", "slow_motion")]
    assert made is not None
    assert advised(BRIEF, "hm", [], answering(bad, bad))[0] == ()
    same = {"changes": [{"field": "camera", "after": "orbit", "sentence": "As it was."}]}
    assert advised(BRIEF, "", [], answering(same, {"changes": "many"}))[0] == ()
    assert advised(BRIEF, "", []) == ((), None)
