"""Estimates come from what was measured here, at the pace of the run they are for; before that there are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.brief import Brief
from studio.services.generations import kind_of
from studio.services.measured_times import MeasuredRun, remaining_s


def test_remaining_time_is_the_median_rest_at_this_run_s_pace() -> None:
    runs = [MeasuredRun(((50.0, total_s / 2),), total_s) for total_s in (80.0, 100.0, 400.0)]
    assert remaining_s(runs, 50.0, 50.0) == pytest.approx(50.0)
    assert remaining_s(runs, 50.0, 75.0) == pytest.approx(75.0), "half as slow again so far"
    assert remaining_s(runs, 50.0, 5000.0) == pytest.approx(100.0), "but no more than twice as slow"
    assert remaining_s(runs, 25.0, 25.0) == pytest.approx(75.0), "between marks, in proportion"
    assert remaining_s([], 50.0, 50.0) is None


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(0.001, 50)), max_size=8), st.floats(0, 100), st.floats(0, 1000), st.floats(0.001, 50)
)
def test_remaining_time_is_never_negative_and_zero_at_the_end(
    steps: list[tuple[float, float]], percent: float, elapsed_s: float, last_s: float
) -> None:
    marks, clock = [], 0.0
    for mark, seconds in sorted(steps):
        clock += seconds
        marks.append((mark, clock))
    runs = [MeasuredRun(tuple(marks), clock + last_s)]
    rest = remaining_s(runs, percent, elapsed_s)
    assert rest is not None
    assert 0 <= rest <= 2 * (clock + last_s)
    assert remaining_s(runs, 100.0, elapsed_s) == 0


def test_ads_of_one_kind_are_as_long_as_wide_and_by_the_same_models() -> None:
    said = Brief(prompt="Make a 30-second water bottle ad for YouTube")
    assert kind_of(said) == "30 s, 16:9, 1080 px"
    assert kind_of(said.model_copy(update={"duration": 60})).startswith("60 s")
    assert kind_of(said.model_copy(update={"models": {"video": "product-studio/v1"}})) == "30 s, 16:9, 1080 px, product-studio/v1"
