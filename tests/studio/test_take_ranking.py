"""Which take is marked: the best, nobody when it cannot be told, never a worthless one."""

from dataclasses import replace

import pytest

from eval.film import ArrayFilm
from eval.scores import Degenerate, Scores
from eval.scoring import score
from studio.services.take_ranking import parts_alone, ranked
from tests.eval.footage import pan

NAMES = {"a": "1.1", "b": "1.2", "c": "1.3"}


@pytest.fixture(scope="module")
def steady() -> Scores:
    return score(ArrayFilm(pan(24, 0.5, 96, 64)))


@pytest.fixture(scope="module")
def shaky() -> Scores:
    return score(ArrayFilm(pan(24, 0.5, 96, 64, jitter=3.0, noise=9.0)))


def test_the_better_one_is_marked_and_the_sentence_names_it(steady: Scores, shaky: Scores) -> None:
    found = ranked({"a": shaky, "b": steady}, ["a", "b"], NAMES, {})
    assert (found.best, found.order, found.told["decided"]) == ("b", ("b", "a"), True)
    assert found.told["sentence"].startswith("Attempt 1.2 leads")
    assert found.told["margin"] == pytest.approx(found.overall["b"] - found.overall["a"])
    assert found.told["interval"][0] > 0
    assert found.parts["b"][0].keys() == {"name", "measure", "value", "goodness", "weight"}


def test_equals_are_left_to_the_person(steady: Scores) -> None:
    found = ranked({"a": steady, "b": steady}, ["a", "b"], NAMES, {})
    assert (found.best, found.told["decided"]) == (None, False)
    assert "1.1 and 1.2" in found.told["sentence"]


def test_a_worthless_one_comes_last_and_is_never_marked(steady: Scores, shaky: Scores) -> None:
    black = replace(steady, degenerate=(Degenerate("black", "All frames are black."),))
    found = ranked({"a": black, "b": shaky}, ["a", "b"], NAMES, {})
    assert (found.best, found.order) == ("b", ("b", "a"))
    assert "a" not in found.overall
    found = ranked({"a": black, "b": black}, ["a", "b"], NAMES, {})
    assert found.best is None
    assert "black" in found.told["sentence"]


def test_one_that_was_not_measured_comes_last_with_its_name(steady: Scores, shaky: Scores) -> None:
    found = ranked({"a": shaky, "c": steady}, ["a", "b", "c"], NAMES, {})
    assert (found.best, found.order) == ("c", ("c", "a", "b"))
    assert found.told["sentence"].endswith("therefore last: 1.2.")
    nothing = ranked({}, ["a", "b"], NAMES, {})
    assert (nothing.best, nothing.overall, nothing.told["margin"]) == (None, {}, None)
    assert ranked({}, [], NAMES, {}).order == ()


def test_missing_measures_are_left_out_of_the_comparison(steady: Scores, shaky: Scores) -> None:
    less = {name: row for name, row in steady.by_metric.items() if name != "sharpness_v1"}
    found = ranked({"a": shaky, "b": replace(steady, by_metric=less)}, ["a", "b"], NAMES, {})
    assert all(part["name"] != "technique" for part in (*found.parts["a"], *found.parts["b"]))


def test_the_only_one_is_the_version_though_nothing_was_decided(steady: Scores) -> None:
    found = ranked({"a": steady}, ["a"], NAMES, {})
    assert (found.best, found.told["decided"], found.told["margin"]) == ("a", False, None)
    assert found.overall["a"] == pytest.approx(parts_alone(steady, {})[0])


def test_what_people_taught_counts(steady: Scores, shaky: Scores) -> None:
    """Weights that look at nothing but noise, of two that differ in it."""
    only = dict.fromkeys(("subject", "background", "smoothness", "steady light", "motion", "technique", "exposure"), 0.0)
    weights = only | dict.fromkeys(("compression", "beauty", "prompt"), 0.0) | {"noise": 1.0}
    found = ranked({"a": shaky, "b": steady}, ["a", "b"], NAMES, weights)
    noise = {id: next(p["goodness"] for p in found.parts[id] if p["name"] == "noise") for id in ("a", "b")}
    assert found.overall == pytest.approx(noise)


def test_a_vbench_overall_needs_every_part_to_be_vbench(steady: Scores) -> None:
    assert ranked({"a": steady}, ["a"], NAMES, {}).exact == {}
    exact = {
        "subject_consistency": replace(steady["sharpness_v1"], name="vbench.subject_consistency", kind="exact", value=0.9, per_frame=())
    }
    found = ranked({"a": replace(steady, by_metric=exact)}, ["a"], NAMES, {})
    assert found.exact == found.overall
