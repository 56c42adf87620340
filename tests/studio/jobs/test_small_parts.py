"""References, failures, the log filter, the lock of one runner, progress and estimates: without any worker."""

import logging
from pathlib import Path

import pytest
import sqlalchemy as sa

from models.errors import Cancelled, ModelBusy
from pipelines.errors import BriefError
from studio.jobs import tables
from studio.jobs.engine import JobEngine
from studio.jobs.failures import RunnerBusy, StepBroke, UnknownJob, WorkerLost, as_json, from_json
from studio.jobs.job_rows import JobRows, JobState
from studio.jobs.leases import RunnerLock
from studio.jobs.progress_rows import ProgressRows
from studio.jobs.queues import QUEUES, ROUTES, SIDE, names
from studio.jobs.quiet_logs import QuietEngine, quiet
from studio.jobs.references import NotAStep, find, name_of
from studio.store.database import connect
from tests.studio.jobs.conftest import House
from tests.studio.jobs.fake_pipeline import make_shot


def test_a_function_is_found_by_its_name() -> None:
    assert find(name_of(make_shot), ("tests",)) is make_shot


@pytest.mark.parametrize("fn", [lambda tools: None, Path("a").exists, print.__call__])
def test_only_module_level_functions_have_names(fn: object) -> None:
    with pytest.raises(NotAStep):
        name_of(fn)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name", ["os:system", "studio.jobs.engine:_recover.__globals__", "studio.jobs.gone:fn", "studio.jobs.engine:gone", "x"]
)
def test_names_reach_no_further_than_the_house(name: str) -> None:
    with pytest.raises(NotAStep):
        find(name)


def test_errors_cross_processes_as_themselves() -> None:
    busy = from_json(as_json(ModelBusy("Try later.", model="m", retry_after=2.5)))
    assert isinstance(busy, ModelBusy)
    assert (str(busy), busy.model, busy.retry_after, busy.code) == ("Try later.", "m", 2.5, "model_busy")
    brief = from_json(as_json(BriefError("Too short.", field="prompt")))
    assert isinstance(brief, BriefError)
    assert brief.field == "prompt"
    assert isinstance(from_json(as_json(WorkerLost("Gone."))), WorkerLost)


def test_an_unforeseen_error_becomes_a_broken_step() -> None:
    error = from_json(as_json(ZeroDivisionError("division by zero")))
    assert isinstance(error, StepBroke)
    assert str(error) == "ZeroDivisionError: division by zero"
    assert isinstance(from_json({"type": "GoneInThisRelease", "message": "m", "fields": {}}), StepBroke)


def test_the_engines_routine_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    quiet()
    quiet()
    engine = logging.getLogger("dbos")
    assert sum(isinstance(f, QuietEngine) for f in engine.filters) == 1
    engine.info("DBOS launched!")
    engine.warning("Workflow 1 was cancelled during execution. Waiting for the recorded outcome")
    engine.error("Exception encountered in background workflow:")
    engine.error("Database connection failed")
    assert [record.getMessage() for record in caplog.records if record.name == "dbos"] == ["Database connection failed"]


def test_every_route_leads_to_a_queue() -> None:
    assert {*ROUTES.values(), SIDE} <= set(names())
    assert all(row.everywhere is None or row.everywhere >= row.per_worker for row in QUEUES)


def test_one_process_runs_the_jobs_of_a_sqlite_file(tmp_path: Path) -> None:
    first, second = RunnerLock(tmp_path / "studio.db"), RunnerLock(tmp_path / "studio.db")
    first.take()
    with pytest.raises(RunnerBusy):
        second.take()
    first.give_up()
    second.take()
    second.give_up()


@pytest.fixture
def running(house: House) -> tuple[JobRows, ProgressRows]:
    """The job "j" of Ann is being worked on."""
    rows = JobRows(house.database.engine)
    rows.patiently(lambda connection: rows.add(connection, "j", "ann", "short"))
    assert rows.begin("j") == 1
    return rows, ProgressRows(house.database.engine)


def test_progress_never_goes_back(running: tuple[JobRows, ProgressRows]) -> None:
    rows, progress = running
    for percent, step in ((20, "visuals"), (50, "visuals"), (10, "plan"), (50, "sound")):
        progress.report("j", 1, percent, step, step.title())
    row = rows.read("j")
    assert (row.percent, row.step, row.text, row.revision) == (50, "sound", "Sound", 3)


def test_only_the_attempt_under_way_may_tell(running: tuple[JobRows, ProgressRows]) -> None:
    rows, progress = running
    rows.cancel("j")
    progress.report("j", 1, 60, "visuals", "late")
    assert rows.reopen("j")
    progress.report("j", 1, 70, "visuals", "later still")
    assert rows.read("j").percent == 0
    assert not rows.end("j", 1, JobState.COMPLETED)
    assert rows.begin("j") == 2
    progress.report("j", 2, 30, "visuals", "now")
    assert rows.read("j").percent == 30


def test_parts_move_the_bar_by_their_mean(running: tuple[JobRows, ProgressRows]) -> None:
    _, progress = running
    told = [progress.span("j", "visuals", part, 4, fraction) for part, fraction in ((0, 1.0), (1, 0.5), (1, 0.2), (3, 0.5))]
    assert told == [0.25, 0.375, 0.375, 0.5]


def test_estimates_come_from_undisturbed_jobs_of_the_kind(house: House) -> None:
    rows, progress = JobRows(house.database.engine), ProgressRows(house.database.engine)

    def shift(job: str, **columns: object) -> None:
        rows.patiently(lambda connection: connection.execute(sa.update(tables.jobs).where(tables.jobs.c.id == job).values(**columns)))

    for job, seconds, resumed in (("a", 40.0, False), ("b", 44.0, False), ("c", 42.0, False), ("killed", 900.0, True)):
        rows.patiently(lambda connection, job=job: rows.add(connection, job, "ann", "short"))
        rows.begin(job)
        shift(job, started=tables.jobs.c.started - seconds / 2)
        progress.report(job, 1, 50, "visuals", "half")
        shift(job, started=tables.jobs.c.started - seconds / 2, resumed=resumed)
        rows.end(job, 1, JobState.COMPLETED)
    for job, kind in (("now", "short"), ("first", "long")):
        rows.patiently(lambda connection, job=job, kind=kind: rows.add(connection, job, "bob", kind))
        rows.begin(job)
        shift(job, started=tables.jobs.c.started - 21.0)
        progress.report(job, 1, 50, "visuals", "half")
    assert progress.eta_s(rows.read("now")) == pytest.approx(21.0, abs=3.0)
    assert progress.eta_s(rows.read("first")) is None
    assert progress.eta_s(rows.read("a")) is None


def test_unknown_jobs_are_named(house: House) -> None:
    with pytest.raises(UnknownJob):
        house.desk.look("nobody's")
    with pytest.raises(UnknownJob):
        house.desk.rows.standing("nobody's")


def test_a_cancel_is_no_failure() -> None:
    assert from_json(as_json(Cancelled("Cancelled."))).__class__ is Cancelled


@pytest.mark.timeout(60)
def test_a_second_process_prepares_while_the_first_is_still_there(house: House) -> None:
    house.engine.prepare()
    database = connect(house.address)
    engine = JobEngine(database.engine)
    engine.prepare()  # a lock that outlived its transaction in the first one's pool would hold this up for ever
    engine.close()
    database.close()
