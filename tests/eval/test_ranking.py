"""Choosing among attempts: monotone, honest about doubt, and deaf to charms of the degenerate."""

from dataclasses import replace

import numpy as np
import pytest

from eval.film import ArrayFilm
from eval.ranking import PARTS, rank
from eval.scores import Score, Scores
from eval.scoring import score
from tests.eval.footage import pan


def measured(**how: float) -> Scores:
    settings = {"speed": 1.5, "width": 160, "height": 120, "noise": 1.0, "seed": 0, "jitter": 0.0} | how
    return score(ArrayFilm(pan(32, **settings)))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def good() -> Scores:
    return measured()


@pytest.fixture(scope="module")
def poor() -> Scores:
    return measured(noise=9.0, jitter=3.0)


def test_the_better_attempt_wins_and_says_why(good: Scores, poor: Scores) -> None:
    found = rank([poor, good])
    assert [attempt.index for attempt in found.attempts] == [1, 0]
    assert found.decided
    assert found.margin is not None
    assert found.interval is not None
    assert found.interval[0] < found.margin < found.interval[1]
    assert "Attempt 2 leads" in found.sentence
    assert "smoothness" in found.sentence
    for attempt in found.attempts:
        weighted = sum(part.goodness * part.weight for part in attempt.parts) / sum(part.weight for part in attempt.parts)
        assert attempt.overall == pytest.approx(weighted)


def test_equals_are_too_close_to_call(good: Scores) -> None:
    found = rank([good, good])
    assert (found.margin, found.decided) == (0.0, False)
    assert found.sentence.startswith("Too close to call")


def test_the_same_shot_with_other_noise_is_too_close_to_call(good: Scores) -> None:
    random = np.random.default_rng(4)
    drift = good["appearance_drift_v1"]
    shaken = tuple(float(x) for x in np.array(drift.per_frame) + random.normal(0, 0.02, len(drift.per_frame)))
    other = replace(drift, per_frame=shaken, value=float(np.mean(shaken)))
    found = rank([good, replace(good, by_metric={**good.by_metric, "appearance_drift_v1": other})])
    assert not found.decided


def test_degenerate_attempts_come_last_whatever_they_score(good: Scores) -> None:
    frozen = score(ArrayFilm(pan(1, 0, 160, 120) * 32))
    black = score(ArrayFilm([np.zeros((120, 160, 3), np.uint8)] * 32))
    found = rank([frozen, good, black])
    assert found.attempts[0].index == 1
    assert found.attempts[1].overall is None
    assert "nothing moves" in found.attempts[1].why
    assert (found.margin, found.decided) == (None, True)
    assert rank([frozen, black]).sentence.startswith("No attempt is usable")


def test_moving_any_measure_the_good_way_never_lowers_the_overall(good: Scores, poor: Scores) -> None:
    before = rank([good, poor]).attempts[0].overall
    assert before is not None
    for part in PARTS:
        for metric in part.curves:
            row = good.by_metric.get(metric)
            if row is None or row.value is None:
                continue
            better = row.value * (0.9 if row.direction == "lower" else 1.05)
            better = min(better, row.range[1]) if row.range[1] is not None else better
            changed = replace(good, by_metric={**good.by_metric, metric: replace(row, value=better)})
            after = rank([changed, poor]).attempts[0].overall
            assert after is not None
            assert after >= before, metric


def test_exact_scores_are_used_only_when_all_attempts_have_them(good: Scores, poor: Scores) -> None:
    def with_exact(scores: Scores) -> Scores:
        row = scores["subject_consistency"]
        exact = replace(row, kind="exact", value=0.97, per_frame=(0.97,) * 31, first_frame=1)
        return replace(scores, by_metric={**scores.by_metric, "subject_consistency": exact})

    def subject(attempts: list[Scores]) -> str:
        return next(part.measure for part in rank(attempts).attempts[0].parts if part.name == "subject")

    assert subject([with_exact(good), poor]) == "proxy.appearance_drift_v1"
    assert subject([with_exact(good), with_exact(poor)]) == "vbench.subject_consistency"


def test_scores_of_different_networks_are_not_compared(good: Scores) -> None:
    def named(model: str) -> Scores:
        row: Score = replace(good["subject_consistency"], kind="proxy", name=f"proxy.subject_consistency@{model}", value=0.9)
        return replace(good, by_metric={**good.by_metric, "subject_consistency": row})

    parts = rank([named("one"), named("two")]).attempts[0].parts
    assert next(part.measure for part in parts if part.name == "subject") == "proxy.appearance_drift_v1"


def test_weights_can_be_given_and_are_checked(good: Scores, poor: Scores) -> None:
    only = {part.name: 0.0 for part in PARTS} | {"noise": 1.0}
    found = rank([good, poor], weights=only)
    assert found.attempts[0].overall == next(part.goodness for part in found.attempts[0].parts if part.name == "noise")
    with pytest.raises(ValueError, match="no part beauty2"):
        rank([good], weights={"beauty2": 1.0})
    with pytest.raises(ValueError, match="not negative"):
        rank([good], weights={"noise": -1.0})
    with pytest.raises(ValueError, match="nothing to rank"):
        rank([])


def test_the_answer_does_not_depend_on_the_day(good: Scores, poor: Scores) -> None:
    assert rank([good, poor]) == rank([good, poor])
