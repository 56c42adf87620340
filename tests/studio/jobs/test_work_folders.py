"""What a job has made so far is kept for a retry, for a while; after that a retry begins anew, and misses nothing."""

import os
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from studio.jobs.job_rows import JobState
from studio.jobs.keeper import Nobody
from studio.jobs.tables import jobs
from studio.jobs.work_folders import STRANGER_S, WorkFolders
from tests.studio.jobs.conftest import House

HOUR = 3600.0


class Keeps(Nobody):
    def __init__(self, *needed: str) -> None:
        self.needed = needed

    def keeps_folder(self, job: str) -> bool:
        return job in self.needed


def folder_of(house: House, job: str, hours_ago: float, state: JobState | None) -> Path:
    """A job that ended that long ago, and its folder."""
    folder = house.folder / "work" / job
    folder.mkdir(parents=True)
    (folder / "still.png").write_text("x")
    if state is not None:
        with house.database.engine.execution_options(writing=True).begin() as connection:
            house.desk.rows.add(connection, job, "ann", "short")
            ended = {"state": state, "finished": time.time() - hours_ago * HOUR if state.final else None}
            connection.execute(sa.update(jobs).where(jobs.c.id == job).values(ended))
    return folder


def test_what_is_over_is_swept_and_nothing_else(house: House) -> None:
    folders = {
        name: folder_of(house, name, hours_ago, state)
        for name, hours_ago, state in (
            ("failed-long-ago", 25, JobState.FAILED),
            ("cancelled-long-ago", 25, JobState.CANCELLED),
            ("failed", 23, JobState.FAILED),
            ("waiting", 99, JobState.PENDING),
            ("running", 99, JobState.PROCESSING),
            ("completed", 0.01, JobState.COMPLETED),
            ("completed-and-needed", 99, JobState.COMPLETED),
            ("nobody-knows", 0, None),
            ("nobody-knows-yet", 0, None),
            (".gone-long-ago", 0, None),
        )
    }
    old = time.time() - STRANGER_S - 1
    os.utime(folders["nobody-knows"], (old, old))
    (house.folder / "work" / "hold").touch()
    swept = WorkFolders(house.database.engine, house.folder / "work", Keeps("completed-and-needed"), 24 * HOUR).sweep()
    assert swept == ["cancelled-long-ago", "completed", "failed-long-ago", "nobody-knows"]
    left = sorted(path.name for path in (house.folder / "work").iterdir())
    assert left == ["completed-and-needed", "failed", "hold", "nobody-knows-yet", "running", "waiting"]
    assert (folders["failed"] / "still.png").read_text() == "x"


def test_without_folders_there_is_nothing_to_sweep(house: House) -> None:
    assert WorkFolders(house.database.engine, house.folder / "nowhere", Nobody(), 0.0).sweep() == []


@pytest.mark.slow
def test_a_retry_after_the_sweep_begins_at_the_first_step(house: House) -> None:
    """Records of finished steps and parts point into the folder; without it they must not be believed."""
    house.worker()
    job = house.submit("fail-compose")
    house.wait_for(job, JobState.FAILED)
    assert sorted(house.calls(job).count(what) for what in ("plan", "s0", "s1", "s2", "sound")) == [1] * 5
    assert WorkFolders(house.database.engine, house.folder / "work", Nobody(), 0.0).sweep() == [job]
    house.release(job, "fail-compose")
    house.desk.retry(job)
    standing = house.wait_for(job, JobState.COMPLETED)
    assert [house.calls(job).count(what) for what in ("plan", "s0", "s1", "s2", "sound", "compose")] == [2, 2, 2, 2, 2, 2]
    path = Path(standing.row.result["path"]["of"])
    assert path.read_text() == "s0s1s2"


@pytest.mark.slow
def test_a_retry_before_the_sweep_keeps_what_was_made(house: House) -> None:
    house.worker()
    job = house.submit("fail-compose")
    house.wait_for(job, JobState.FAILED)
    assert WorkFolders(house.database.engine, house.folder / "work", Nobody(), HOUR).sweep() == []
    house.release(job, "fail-compose")
    house.desk.retry(job)
    house.wait_for(job, JobState.COMPLETED)
    assert [house.calls(job).count(what) for what in ("plan", "s0", "compose")] == [1, 1, 2]
