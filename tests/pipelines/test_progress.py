"""The direct runner: results in order, progress that never goes back, a cancel that stops the rest."""

import threading
import time
from pathlib import Path

import pytest

from models.errors import Cancelled
from pipelines.progress import DirectRun, Progress


def test_each_returns_results_in_order_and_notes_its_time(tmp_path: Path) -> None:
    run = DirectRun(tmp_path, parallel=4)
    assert run.each("double", lambda n: (time.sleep(0.02 * (4 - n)), 2 * n)[1], [1, 2, 3]) == [2, 4, 6]
    assert [s.name for s in run.stages] == ["double"]
    assert run.stages[0].seconds > 0.02


def test_progress_never_goes_back_and_parallel_jobs_share_their_span(tmp_path: Path) -> None:
    seen: list[Progress] = []
    run = DirectRun(tmp_path, seen.append)
    first = run.job(20, 70, "visuals", share="visuals/2")
    second = run.job(20, 70, "visuals", share="visuals/2")
    first.progress(1.0, "one done")
    second.progress(0.5, "half")
    second.progress(0.1, "an echo")
    run.report(10, "plan", "late")
    assert [p.percent for p in seen] == [45, 57.5, 57.5, 57.5]


def test_a_job_of_its_own_is_not_mixed_with_another_of_the_same_step(tmp_path: Path) -> None:
    seen: list[Progress] = []
    run = DirectRun(tmp_path, seen.append)
    run.job(76, 99, "compose").progress(1.0, "done")
    assert seen[-1].percent == 99


def test_cancel_stops_steps_that_have_not_begun(tmp_path: Path) -> None:
    run = DirectRun(tmp_path, parallel=1)
    begun = []

    def work(n: int) -> None:
        begun.append(n)
        run.cancel.set()

    with pytest.raises(Cancelled):
        run.each("work", work, [1, 2, 3])
    assert begun == [1]
    with pytest.raises(Cancelled):
        run.step("more", lambda: None)


def test_the_first_error_of_each_is_raised(tmp_path: Path) -> None:
    run = DirectRun(tmp_path, parallel=2)
    gate = threading.Event()

    def work(n: int) -> int:
        if n == 1:
            raise ValueError("one is bad")
        gate.wait(0.2)
        return n

    with pytest.raises(ValueError, match="one is bad"):
        run.each("work", work, [1, 2])
