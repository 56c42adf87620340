"""A better prompt by a language model, which is believed only as far as it can be checked."""

from typing import Any

import pytest

from models.asks import Made, Text, TextAsk
from models.errors import Cancelled, ModelBusy, ModelUnavailable
from pipelines.enhance.improve import NOTHING
from tests.pipelines.improving import PROMPT, brief_of, improved

BETTER = (
    "Create a luxury watch ad for Instagram: the watch alone on still, dark water, lit from behind, then close on the dial and its hands."
)
CHANGES = [
    {"kind": "set", "before": "", "after": "on still, dark water", "reason": "Gives it a place people remember."},
    {"kind": "light", "before": "", "after": "lit from behind", "reason": "The edges glow, and it looks precious."},
    {"kind": "feature", "before": "", "after": "close on the dial and its hands", "reason": "Shows what it is made of."},
]


class Model:
    """Answers in order, and keeps what it was asked."""

    def __init__(self, *answers: Any) -> None:
        self.answers, self.asks = list(answers), list[TextAsk]()

    def __call__(self, ask: TextAsk) -> Text:
        self.asks.append(ask)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return Text(str(answer), Made("openai/gpt-4o", elapsed_s=1.0, cost_usd=1), answer if isinstance(answer, dict) else None)  # type: ignore[arg-type]


def answer(text: str = BETTER, changes: Any = CHANGES) -> dict[str, Any]:
    return {"improved": text, "changes": changes}


def test_a_good_answer_is_taken() -> None:
    model = Model(answer())
    found = improved(brief_of(PROMPT, brand="Aurelia"), model)
    assert (found.improved, found.writer, found.notes) == (BETTER, "openai/gpt-4o", ())
    assert [change.kind for change in found.changes] == ["set", "light", "feature"]
    assert found.made is not None
    assert found.made.cost_usd == 1
    ask = model.asks[0]
    assert ask.schema is not None
    assert PROMPT in ask.prompt
    assert "Brand: Aurelia" in ask.prompt
    assert "set, light, framing, feature" in ask.prompt


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        ("no json at all", "fits the schema"),
        (answer(changes=[{"kind": "magic", "before": "", "after": "x", "reason": "y"}]), "fits the schema"),
        (answer(BETTER + " " + "more and more words of it " * 20), "shorten it"),
        (answer(BETTER.replace("luxury ", "")), "bring them back: luxury"),
        (answer(BETTER.replace(" for Instagram", "")), "same aspect, platform; keep those words"),
        (answer(BETTER + " Shot for TikTok in 30 seconds."), "keep those words"),
        (answer(BETTER + " Swiss made, with a sapphire crystal."), "take them out"),
        (answer(BETTER + " It costs 4900 dollars."), "take them out: 4900"),
        (answer("Create a luxury watch ad for Instagram, and make it truly wonderful to behold."), "same pictures"),
        (answer(changes=[{"kind": "set", "before": "", "after": "on a cloud", "reason": "Floats."}]), "at least one change"),
    ],
)
def test_a_bad_answer_is_sent_back_once_and_then_the_built_in_goes_on(bad: Any, problem: str) -> None:
    mended = Model(bad, answer())
    found = improved(brief_of(PROMPT), mended)
    assert problem in mended.asks[1].prompt
    assert (found.improved, found.writer) == (BETTER, "openai/gpt-4o")
    assert found.made is not None
    assert found.made.cost_usd == 2

    stubborn = Model(bad, bad)
    fallen = improved(brief_of(PROMPT), stubborn)
    assert len(stubborn.asks) == 2
    assert (fallen.improved, fallen.changes) == (improved(brief_of(PROMPT)).improved, improved(brief_of(PROMPT)).changes)
    assert fallen.writer == "built-in copywriter"
    assert "twice gave a prompt that does not hold" in fallen.notes[0]
    assert fallen.made is not None
    assert fallen.made.cost_usd == 2


def test_a_model_that_fails_is_said_and_one_that_was_refused_is_raised() -> None:
    found = improved(brief_of(PROMPT), Model(ModelBusy("The provider is busy.")))
    assert "could not be used (The provider is busy)" in found.notes[0]
    assert found.changes
    assert found.made is None
    for error in (Cancelled("Cancelled."), ModelUnavailable("The key was refused.")):
        with pytest.raises(type(error)):
            improved(brief_of(PROMPT), Model(error))


def test_a_prompt_that_lacks_nothing_asks_no_model() -> None:
    better = improved(brief_of(PROMPT)).improved
    model = Model()
    assert improved(brief_of(better), model).notes == (NOTHING,)
    assert model.asks == []


def test_another_language_is_the_models_to_improve() -> None:
    prompt = "Werbung für Uhren aus Holz"
    text = "Werbung für Uhren aus Holz: auf stillem dunklem Wasser, das Licht von hinten."
    changes = [{"kind": "set", "before": "", "after": "auf stillem dunklem Wasser", "reason": "Gibt der Uhr einen Ort."}]
    assert improved(brief_of(prompt), Model(answer(text, changes))).improved == text
