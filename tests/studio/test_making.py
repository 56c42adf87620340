"""The making service with a quick `make`: states, queue, cancel, failure, estimates."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.brief import Brief
from studio import words
from studio.services.making import Making, QueueFull, Snapshot, State, UnknownAd, kind_of
from studio.services.measured_times import MeasuredRun, MeasuredTimes, thinned
from tests.studio.quick_ads import QuickMake

WATCH = Brief(prompt="Create a luxury watch ad for Instagram", duration=15)


@pytest.fixture
def make(tmp_path: Path) -> QuickMake:
    return QuickMake(tmp_path / "ads")


@pytest.fixture
def making(make: QuickMake) -> Iterator[Making]:
    making = Making(make, max_waiting=2)
    yield making
    make.gate.set()
    making.shutdown()


def until(making: Making, ad_id: str, met: Callable[[Snapshot], bool]) -> Snapshot:
    deadline = time.monotonic() + 20
    while not met(now := making.status(ad_id)):
        assert time.monotonic() < deadline, now
        time.sleep(0.005)
    return now


def ended(now: Snapshot) -> bool:
    return now.state.final


def test_an_ad_is_made_and_says_so(making: Making) -> None:
    ad_id = making.start(WATCH)
    assert len(ad_id) == 32
    now = until(making, ad_id, ended)
    assert (now.state, now.percent, now.step, now.eta_s, now.error) == (State.COMPLETED, 100.0, "done", None, None)
    assert now.ad is not None
    assert now.ad.path.stat().st_size > 0
    assert now.elapsed_s > 0
    assert making.status(ad_id).elapsed_s == now.elapsed_s, "the clock stops with the ad"


def test_progress_arrives_with_its_step_and_a_new_revision(making: Making, make: QuickMake) -> None:
    make.gate.clear()
    ad_id = making.start(WATCH)
    now = until(making, ad_id, lambda s: s.step == "spec")
    assert (now.state, now.percent, now.text) == (State.PROCESSING, 2, "Reading the brief")
    make.gate.set()
    assert until(making, ad_id, ended).revision > now.revision


def test_others_wait_in_order_and_move_up(making: Making, make: QuickMake) -> None:
    make.gate.clear()
    first, second, third = (making.start(WATCH) for _ in range(3))
    until(making, first, lambda s: s.state is State.PROCESSING)
    assert [making.status(i).queue_position for i in (first, second, third)] == [None, 1, 2]
    with pytest.raises(QueueFull):
        making.start(WATCH)
    making.cancel(second)
    assert making.status(third).queue_position == 1
    make.gate.set()
    assert until(making, third, ended).state is State.COMPLETED
    assert len(make.made) == 2, "the cancelled one was never begun"


def test_cancel_is_seen_at_once_and_frees_the_worker(making: Making, make: QuickMake) -> None:
    make.gate.clear()
    ad_id = making.start(WATCH)
    until(making, ad_id, lambda s: s.state is State.PROCESSING)
    assert making.cancel(ad_id).state is State.CANCELLED
    make.gate.set()
    assert until(making, making.start(WATCH), ended).state is State.COMPLETED
    assert making.status(ad_id).state is State.CANCELLED


def test_an_ad_finished_after_its_cancel_leaves_no_files(tmp_path: Path) -> None:
    quick, go = QuickMake(tmp_path), threading.Event()

    def stubborn(brief: Brief, on_progress: object, cancel: threading.Event) -> object:
        go.wait(10)
        return quick(brief, lambda _: None, threading.Event())

    making = Making(stubborn)  # type: ignore[arg-type]
    ad_id = making.start(WATCH)
    until(making, ad_id, lambda s: s.state is State.PROCESSING)
    making.cancel(ad_id)
    go.set()
    making.shutdown()
    assert making.status(ad_id).ad is None
    assert quick.made
    assert list(tmp_path.iterdir()) == []


def test_cancel_after_the_end_changes_nothing(making: Making) -> None:
    ad_id = making.start(WATCH)
    until(making, ad_id, ended)
    assert making.cancel(ad_id).state is State.COMPLETED


def test_a_model_that_fails_becomes_its_sentence(making: Making) -> None:
    now = until(making, making.start(Brief(prompt="A broken model of a bottle")), ended)
    assert now.state is State.FAILED
    assert now.error is not None
    assert (now.error.code, now.error.message) == ("model_failed", words.ERRORS["model_failed"])


def test_a_bug_becomes_a_sentence_and_its_details_stay_in_the_log(making: Making, caplog: pytest.LogCaptureFixture) -> None:
    now = until(making, making.start(Brief(prompt="A bug in a bottle ad")), ended)
    assert now.error is not None
    assert now.error.code == "broken"
    assert now.error.message.startswith("Something broke while filming the shots; the log has the details")
    assert "secret" not in now.error.message
    assert "ZeroDivisionError: secret detail" in caplog.text
    assert until(making, making.start(WATCH), ended).state is State.COMPLETED, "the worker survived"


def test_unknown_ids_are_refused(making: Making) -> None:
    with pytest.raises(UnknownAd):
        making.status("0" * 32)
    with pytest.raises(UnknownAd):
        making.cancel("0" * 32)


def test_old_ads_are_forgotten_but_never_a_running_one(make: QuickMake) -> None:
    making = Making(make, remembered=2)
    ids = []
    for _ in range(3):
        ids.append(making.start(WATCH))
        until(making, ids[-1], ended)
    with pytest.raises(UnknownAd):
        making.status(ids[0])
    assert making.status(ids[2]).state is State.COMPLETED
    making.shutdown()


def test_shutdown_cancels_everything(make: QuickMake) -> None:
    make.gate.clear()
    making = Making(make)
    ids = [making.start(WATCH) for _ in range(3)]
    making.shutdown()
    assert {making.status(i).state for i in ids} == {State.CANCELLED}


def test_no_estimate_before_a_first_measurement_and_one_after(tmp_path: Path) -> None:
    file = tmp_path / "cache" / "measured_times.json"
    make = QuickMake(tmp_path, pace_s=0.05)
    making = Making(make, MeasuredTimes(file))
    make.gate.clear()
    first = making.start(WATCH)
    assert until(making, first, lambda s: s.step == "spec").eta_s is None
    make.gate.set()
    total_s = until(making, first, ended).elapsed_s
    making.shutdown()

    again = Making(make, MeasuredTimes(file))  # as after a restart
    make.gate.clear()
    second = again.start(WATCH)
    now = until(again, second, lambda s: s.step == "spec")
    assert now.eta_s is not None
    assert 0 < now.eta_s <= total_s
    other_kind = again.start(WATCH.model_copy(update={"duration": 60}))
    again.cancel(second)
    assert until(again, other_kind, lambda s: s.step == "spec").eta_s is None, "another length was never measured"
    again.shutdown()


def test_length_and_shape_are_read_out_of_the_prompt_for_the_estimate() -> None:
    said = Brief(prompt="Make a 30-second water bottle ad for YouTube")
    assert kind_of(said) == "30 s, 16:9, 1080 px"
    assert kind_of(said.model_copy(update={"duration": 60})).startswith("60 s")


def test_remaining_time_is_the_median_rest_at_this_run_s_pace() -> None:
    times = MeasuredTimes()
    for total_s in (80.0, 100.0, 400.0):
        times.remember(MeasuredRun("15 s", ((50.0, total_s / 2),), total_s))
    assert times.remaining_s("15 s", 50.0, 50.0) == pytest.approx(50.0)
    assert times.remaining_s("15 s", 50.0, 75.0) == pytest.approx(75.0), "half as slow again so far"
    assert times.remaining_s("15 s", 50.0, 5000.0) == pytest.approx(100.0), "but no more than twice as slow"
    assert times.remaining_s("15 s", 25.0, 25.0) == pytest.approx(75.0), "between marks, in proportion"
    assert times.remaining_s("30 s", 50.0, 50.0) is None


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
    times = MeasuredTimes()
    times.remember(MeasuredRun("k", thinned(marks), clock + last_s))
    rest = times.remaining_s("k", percent, elapsed_s)
    assert rest is not None
    assert 0 <= rest <= 2 * (clock + last_s)
    assert times.remaining_s("k", 100.0, elapsed_s) == 0


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 1}', '{"version": 1, "runs": [{"kind": 3}]}', '{"version": 99, "runs": []}'])
def test_a_damaged_file_of_times_is_measured_afresh(tmp_path: Path, text: str) -> None:
    file = tmp_path / "measured_times.json"
    file.write_text(text)
    times = MeasuredTimes(file)
    assert times.remaining_s("k", 0, 0) is None
    times.remember(MeasuredRun("k", (), 9.0))
    assert json.loads(file.read_text())["runs"][0]["total_s"] == 9.0


def test_only_the_latest_runs_of_a_kind_count(tmp_path: Path) -> None:
    times = MeasuredTimes(tmp_path / "t.json")
    for total_s in (1000.0, 1000.0, 1000.0, 10.0, 10.0, 10.0, 10.0, 10.0):
        times.remember(MeasuredRun("k", (), total_s))
    assert times.remaining_s("k", 0, 0) == 10.0
    assert MeasuredTimes(tmp_path / "t.json").remaining_s("k", 0, 0) == 10.0
