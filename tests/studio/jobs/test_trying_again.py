"""A job that failed is tried again: only what failed is done again."""

import pytest

from models.errors import ModelRefused
from studio.jobs.failures import NotRetryable, StepBroke, WorkerLost
from studio.jobs.job_rows import JobState
from tests.studio.jobs.conftest import House


def wait_for_failure(house: House, job: str) -> Exception:
    house.wait(lambda: house.desk.look(job).row.state is JobState.FAILED)
    error = house.desk.look(job).error
    assert error is not None
    return error


def test_only_the_failed_clip_is_made_again(open_house: House) -> None:
    job = open_house.submit("fail-s1")
    error = wait_for_failure(open_house, job)
    assert isinstance(error, ModelRefused)
    assert (str(error), error.model, error.code) == ("s1 was declined.", "fake", "model_refused")

    open_house.release(job, "fail-s1")
    assert open_house.desk.retry(job).row.attempt == 2
    open_house.wait_for(job, JobState.COMPLETED)
    calls = open_house.calls(job)
    assert [calls.count(what) for what in ("plan", "s0", "s1", "s2", "sound", "compose")] == [1, 1, 2, 1, 1, 1]


def test_a_failed_step_in_place_is_done_again(open_house: House) -> None:
    job = open_house.submit("fail-plan", shots=1)
    wait_for_failure(open_house, job)
    open_house.release(job, "fail-plan")
    open_house.desk.retry(job)
    open_house.wait_for(job, JobState.COMPLETED)
    assert open_house.calls(job).count("plan") == 2


def test_steps_under_which_the_database_goes_away_are_begun_again_by_themselves(open_house: House) -> None:
    job = open_house.submit("away-plan", "away-s1", shots=2)
    open_house.wait_for(job, JobState.COMPLETED)
    calls = open_house.calls(job)
    assert [calls.count(what) for what in ("plan", "s0", "s1", "compose")] == [2, 1, 2, 1]


def test_a_cancelled_job_is_carried_on(open_house: House) -> None:
    job = open_house.submit("hold-s1")
    open_house.wait_for_call(job, "at s1", "done s0", "done s2", "done sound")
    parts = [f"{job}:sound", f"{job}:visuals:0", f"{job}:visuals:2"]
    open_house.wait(lambda: set(open_house.engine.statuses(parts).values()) == {"SUCCESS"})
    open_house.desk.cancel(job)
    open_house.desk.retry(job)  # at once: the old attempt is still winding down
    open_house.wait(lambda: open_house.calls(job).count("at s1") == 2)
    open_house.wait_for_call(job, "stopped s1")
    open_house.release(job, "hold-s1")
    open_house.wait_for(job, JobState.COMPLETED)
    calls = open_house.calls(job)
    assert [calls.count(what) for what in ("plan", "done s0", "done s1", "done s2", "done sound", "compose")] == [1] * 6


def test_a_bug_becomes_a_failure_that_says_so(open_house: House) -> None:
    job = open_house.submit("bug-compose", shots=1)
    error = wait_for_failure(open_house, job)
    assert isinstance(error, StepBroke)
    assert error.code == "broken"
    assert "KeyError" in str(error)


def test_a_finished_job_is_not_tried_again(open_house: House) -> None:
    job = open_house.submit(shots=1)
    open_house.wait_for(job, JobState.COMPLETED)
    with pytest.raises(NotRetryable):
        open_house.desk.retry(job)
    assert open_house.desk.look(job).row.state is JobState.COMPLETED


def test_a_forgotten_job_leaves_nothing(open_house: House) -> None:
    job = open_house.submit(shots=1)
    open_house.wait_for(job, JobState.COMPLETED)
    folder = open_house.folder / "work" / job
    assert folder.exists()
    open_house.desk.forget(job)
    assert not folder.exists()
    assert open_house.engine.statuses(prefix=job) == {}


def test_a_desk_that_died_halfway_is_mended(open_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.jobs.job_rows.SETTLED_S", -1.0)
    rows, desk = open_house.desk.rows, open_house.desk
    retried = open_house.submit("fail-s1")
    wait_for_failure(open_house, retried)
    open_house.wait(lambda: open_house.engine.statuses([retried]) == {retried: "ERROR"})
    open_house.release(retried, "fail-s1")
    assert rows.reopen(retried)  # … and then the process was gone
    cancelled = open_house.submit("hold-plan", shots=0)
    open_house.wait_for_call(cancelled, "at plan")
    assert rows.cancel(cancelled)
    open_house.wait_for_call(cancelled, "stopped plan")
    given_up = open_house.submit("hold-plan", shots=0)
    open_house.wait_for_call(given_up, "at plan")
    open_house.engine.cancel(given_up)

    desk.mend()
    open_house.wait_for(retried, JobState.COMPLETED)
    assert open_house.engine.statuses([cancelled]) == {cancelled: "CANCELLED"}
    assert isinstance(desk.look(given_up).error, WorkerLost)
    open_house.release(given_up, "hold-plan")


def test_the_history_of_completed_jobs_is_let_go(open_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    done, failed = open_house.submit(shots=1), open_house.submit("fail-plan", shots=1)
    open_house.wait_for(done, JobState.COMPLETED)
    wait_for_failure(open_house, failed)
    open_house.wait(lambda: open_house.engine.statuses([done, failed]) == {done: "SUCCESS", failed: "ERROR"})
    open_house.desk.mend()
    assert open_house.engine.statuses(prefix=done)
    monkeypatch.setattr("studio.jobs.desk.HISTORY_S", -5.0)
    open_house.desk.mend()
    assert open_house.engine.statuses(prefix=done) == {}
    assert open_house.desk.look(done).row.state is JobState.COMPLETED
    open_house.release(failed, "fail-plan")  # what may be tried again is kept
    open_house.desk.retry(failed)
    open_house.wait_for(failed, JobState.COMPLETED)
