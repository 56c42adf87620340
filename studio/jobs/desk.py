"""The desk where jobs are handed in: submit, cancel, retry, look. Used by the API and the pages; runs nothing itself.

with database.writing(lock=f"user:{id}") as session:      # the caller's rules and rows …
    desk.submit(session, job, owner=id, kind=kind, fn=make_ad_job, args=(brief, out))     # … and the job: both or neither
"""

import logging
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from studio.jobs.durable_run import PART
from studio.jobs.engine import ACTIVE, SUCCEEDED, JobEngine
from studio.jobs.failures import NotRetryable, WorkerLost, as_json, from_json
from studio.jobs.job_rows import JobRow, JobRows, JobState
from studio.jobs.keeper import Keeper, Nobody
from studio.jobs.progress_rows import ProgressRows
from studio.jobs.queues import GENERATIONS, ROUTES, SIDE
from studio.jobs.references import name_of
from studio.jobs.values import Codec
from studio.logs import carried

log = logging.getLogger(__name__)

JOB = "job"

HISTORY_S = 7 * 86_400.0
"""How long the engine's records of a completed job are kept; its row stays."""


@dataclass(frozen=True)
class Standing:
    """One job at one moment. eta_s: None when not known. queue_position: 1 is next in line, None when it runs or is over."""

    row: JobRow
    eta_s: float | None
    queue_position: int | None

    @property
    def error(self) -> Exception | None:
        """Why it failed, as the error that was raised."""
        return from_json(self.row.error) if self.row.error is not None else None


class Desk:
    """Jobs as their owners see them. Thread-safe."""

    def __init__(self, engine: JobEngine, database: sa.Engine, work_root: Path, keeper: Keeper | None = None) -> None:
        self._engine = engine
        self._work_root = work_root
        self.keeper = keeper or Nobody()
        self.rows = JobRows(database, self.keeper.changed)
        self.progress = ProgressRows(database)

    def submit(
        self, within: Session | sa.Connection, id: str, *, owner: str, kind: str, fn: Callable[..., Any], args: Sequence[Any] = ()
    ) -> None:
        """Queue `fn(run, *args)` as job `id`, as part of the caller's transaction. kind: jobs of one kind take about the same
        time. Raises NotStorable or NotAStep, before anything is written."""
        codec = Codec()
        codec.learn(fn)
        payload = {"fn": name_of(fn), "args": [codec.encode(arg, f"argument {i}") for i, arg in enumerate(args)]} | {"log": carried()}
        connection = within.connection() if isinstance(within, Session) else within
        priority = self.rows.add(connection, id, owner, kind)
        self._engine.enqueue(within, JOB, id, payload, queue=GENERATIONS, priority=priority)

    def look(self, id: str) -> Standing:
        """How the job stands. Raises UnknownJob."""
        return self._standing(self.rows.read(id))

    def look_at(self, ids: Sequence[str]) -> dict[str, Standing]:
        """How these jobs stand; unknown ones are left out."""
        return {row.id: self._standing(row) for row in self.rows.read_all(ids)}

    def waiting(self, within: Session | sa.Connection) -> int:
        """How many jobs wait for their turn, as the caller's transaction sees it."""
        return self.rows.waiting(within.connection() if isinstance(within, Session) else within)

    def cancel(self, id: str) -> Standing:
        """Stop the job; it is cancelled at once, and its workers follow within two seconds. Too late: it stays as it is."""
        if self.rows.cancel(id):
            self._engine.cancel(id)
        return self.look(id)

    def retry(self, id: str) -> Standing:
        """Do again what failed or was cancelled, and what comes after it; everything else is kept, as long as the job's folder is
        there (see work_folders.py). Raises NotRetryable."""
        was = self.rows.read(id)
        if was.state is JobState.CANCELLED:
            self._engine.cancel(id)  # for a process that died between the two halves of `cancel`
        self.progress.forget_marks(id)
        if not self.rows.reopen(id):
            raise NotRetryable(f"Job {id} is {self.rows.read(id).state}; only a failed or cancelled job can be tried again.")
        self._carry_on(id)
        return self.look(id)

    def forget(self, id: str) -> None:
        """Remove the job, its history and its folder; cancel it before. Files it delivered elsewhere are not touched."""
        self._engine.forget(id)
        self.rows.remove(id)
        shutil.rmtree(self._work_root / id, ignore_errors=True)

    def shelve(self, error: Exception) -> list[str]:
        """After a restore, before any worker starts: the folders of work are gone, so what was under way has failed with `error`,
        and whatever is tried again begins at its first step (see `_carry_on`). Returns the jobs that were under way."""
        interrupted = self.rows.under_way()
        for id, attempt in interrupted.items():
            self._engine.cancel(id)
            self.rows.end(id, attempt, JobState.FAILED, error=as_json(error))
        for folder in self._work_root.glob("*"):
            shutil.rmtree(folder, ignore_errors=True)
        return list(interrupted)

    def mend(self) -> None:
        """Make jobs and engine agree again where a process died between telling the one and the other, and let go of the history
        of jobs long completed, which nobody reads. Any process may."""
        self._engine.forget_succeeded(JOB, HISTORY_S)
        settled = self.rows.settled()
        standing = self._engine.statuses(list(settled)) if settled else {}
        for id, state in settled.items():
            status = standing.get(id)
            if state is JobState.CANCELLED and status in ACTIVE:
                self._engine.cancel(id)
            if state is JobState.CANCELLED or status in ACTIVE:
                continue
            if state is JobState.PENDING and status is not None:
                log.warning("Job %s was to be tried again and was not; it is now.", id)
                self._carry_on(id)
            elif state is JobState.PROCESSING:
                log.error("Job %s ended in the engine as %s.", id, status)
                error = WorkerLost("The worker ended every time this ad was begun; see its log.")
                self.rows.end(id, self.rows.standing(id)[1], JobState.FAILED, error=as_json(error))

    def _standing(self, row: JobRow) -> Standing:
        position = self.rows.ahead(row) + 1 if row.state is JobState.PENDING else None
        return Standing(row, self.progress.eta_s(row), position)

    def _carry_on(self, id: str) -> None:
        """Parts first: a job that was quicker would find them failed. Without the job's folder its records point at files that are
        gone, so that it begins at its first step."""
        afresh = not (self._work_root / id).exists()
        for part, status in self._engine.statuses(prefix=f"{id}:").items():
            if afresh:
                self._engine.forget(part)
            elif status not in (*ACTIVE, SUCCEEDED):
                name = part.split(":")[1]
                self._engine.again(part, ROUTES.get(name, SIDE))
        self._engine.again(id, GENERATIONS, from_the_first=afresh)


__all__ = ["JOB", "PART", "Desk", "Standing"]
