"""The direct runner: results in order, progress that never goes back, a cancel that stops the rest."""

import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from models.backends import BackendConfig
from models.errors import Cancelled
from models.runtime import Runtime
from pipelines.progress import DirectRun, Progress, Tools


def direct(folder: Path, **options: Any) -> DirectRun:
    return DirectRun(folder, Runtime(BackendConfig(folder, workers=1)), **options)


def test_each_returns_results_in_order_and_notes_its_time(tmp_path: Path) -> None:
    run = direct(tmp_path, parallel=4)
    assert run.each("double", lambda tools, n, by: (time.sleep(0.02 * (4 - n)), by * n)[1], [1, 2, 3], 2) == [2, 4, 6]
    assert [s.name for s in run.stages] == ["double"]
    assert run.stages[0].seconds > 0.02


def test_what_takes_longest_begins_first_and_results_keep_their_order(tmp_path: Path) -> None:
    @dataclass(frozen=True)
    class Piece:
        name: str
        effort: float

    begun: list[str] = []
    pieces = [Piece("plain", 1.0), Piece("quick", 0.6), Piece("reveal", 1.5), Piece("also plain", 1.0)]
    run = direct(tmp_path, parallel=1)
    assert run.each("work", lambda tools, piece: (begun.append(piece.name), piece.name)[1], pieces) == [piece.name for piece in pieces]
    assert begun == ["reveal", "plain", "also plain", "quick"]


def test_progress_never_goes_back_and_parallel_jobs_share_their_span(tmp_path: Path) -> None:
    seen: list[Progress] = []
    run = direct(tmp_path, on_progress=seen.append, parallel=1)

    def work(tools: Tools, fractions: tuple[float, ...]) -> None:
        job = tools.job(20, 70, "visuals")
        for fraction in fractions:
            job.progress(fraction, "so far")

    run.each("visuals", work, [(1.0,), (0.5, 0.1)])
    run.report(10, "plan", "late")
    assert [p.percent for p in seen] == [45, 57.5, 57.5, 57.5]


def test_a_job_of_its_own_is_not_mixed_with_another_of_the_same_step(tmp_path: Path) -> None:
    seen: list[Progress] = []
    run = direct(tmp_path, on_progress=seen.append)
    run.job(76, 99, "compose").progress(1.0, "done")
    assert seen[-1].percent == 99


def test_cancel_stops_steps_that_have_not_begun(tmp_path: Path) -> None:
    run = direct(tmp_path, parallel=1)
    begun = []

    def work(tools: Tools, n: int) -> None:
        begun.append(n)
        run.cancel.set()

    with pytest.raises(Cancelled):
        run.each("work", work, [1, 2, 3])
    assert begun == [1]
    with pytest.raises(Cancelled):
        run.step("more", lambda tools: None)


def test_the_first_error_of_each_is_raised(tmp_path: Path) -> None:
    run = direct(tmp_path, parallel=2)
    gate = threading.Event()

    def work(tools: Tools, n: int) -> int:
        if n == 1:
            raise ValueError("one is bad")
        gate.wait(0.2)
        return n

    with pytest.raises(ValueError, match="one is bad"):
        run.each("work", work, [1, 2])


def test_what_was_submitted_runs_beside_and_is_waited_for_when_something_fails(tmp_path: Path) -> None:
    run = direct(tmp_path)
    begun, ended = threading.Event(), threading.Event()

    def music(tools: Tools, length: int) -> int:
        begun.wait(120)
        ended.set()
        return length

    def fail(tools: Tools) -> None:
        begun.set()
        raise ValueError("no picture")

    sounding = run.submit("sound", music, 15)
    with pytest.raises(ValueError, match="no picture"):
        run.step("visuals", fail)
    assert ended.is_set()
    assert sounding.result() == 15
