"""Jobs as rows: who asked, how they stand, how far they are. The pages and the API read these and nothing of the engine.

    pending → processing → completed | failed | cancelled        a retry leads back to pending, one attempt higher

Every change by a worker names the attempt it works for, so that a run that was cancelled or superseded changes nothing.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

import sqlalchemy as sa

from studio.jobs.failures import UnknownJob
from studio.jobs.patience import in_transaction
from studio.jobs.tables import is_postgres, jobs, now, progress

log = logging.getLogger(__name__)

R = TypeVar("R")

Told = Callable[[sa.Connection, str, "JobState", dict[str, Any] | None], None]
"""Hears of every change of a job's state, within its transaction: (connection, job, state, error)."""

SETTLED_S = 10.0
"""A job that was queued or cancelled later than this may still be on its way into the engine."""

ROUNDS_COUNT_S = 86_400.0
"""How long a person's own jobs count for the round of the next one."""

REMEMBERED_S = 3600.0
"""How long ago a job may have been cancelled whose worker is still reminded of it."""


class JobState(StrEnum):
    """PRD FR-014, FR-016."""

    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """Nothing changes any more unless somebody retries."""
        return self in FINAL


FINAL = (JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED)
ACTIVE = (JobState.PENDING, JobState.PROCESSING)


@dataclass(frozen=True)
class JobRow:
    """One job as it stands. Times: seconds since 1970. error: see failures.as_json. result: as the codec wrote it.

    resumed: begun again after a worker had gone, or by a retry.
    revision grows with every report of progress; now is the database's clock at the moment of reading.
    """

    id: str
    owner: str
    kind: str
    state: JobState
    attempt: int
    priority: int
    created: float
    queued: float
    started: float | None
    resumed: bool
    finished: float | None
    error: dict[str, Any] | None
    result: Any
    percent: float
    step: str
    text: str
    reported: float
    revision: int
    now: float


class JobRows:
    """Reads and writes `jobs`. Methods that take a connection are part of the caller's transaction."""

    def __init__(self, engine: sa.Engine, told: Told | None = None) -> None:
        self.engine = engine
        self._told: Told = told or (lambda connection, job, state, error: None)

    def patiently(self, work: Callable[[sa.Connection], R]) -> R:
        """`work` in a transaction of its own, again while the database is away."""
        return in_transaction(self.engine, work)

    def add(self, connection: sa.Connection, job: str, owner: str, kind: str) -> int:
        """A new pending job; returns its place in the order (see `_fair`)."""
        clock = now(connection)
        priority = self._fair(connection, owner)
        connection.execute(
            sa.insert(jobs).values(
                id=job,
                owner=owner,
                kind=kind,
                state=JobState.PENDING,
                attempt=1,
                resumed=False,
                priority=priority,
                created=clock,
                queued=clock,
            )
        )
        connection.execute(sa.insert(progress).values(job=job, percent=0.0, step="", text="", at=clock, revision=0))
        return priority

    def read(self, job: str) -> JobRow:
        """The job as it stands. Raises UnknownJob."""
        for row in self.read_all([job]):
            return row
        raise UnknownJob(f"There is no job {job}.")

    def read_all(self, ids: Sequence[str]) -> list[JobRow]:
        """These jobs as they stand, in no particular order; unknown ones are left out."""
        columns = list(jobs.c) + [c for c in progress.c if c.name not in ("job", "at")]
        query = sa.select(*columns, progress.c.at.label("reported"), now(self.engine).label("now"))
        with self.engine.connect() as connection:
            rows = connection.execute(query.join_from(jobs, progress).where(jobs.c.id.in_(ids))).mappings().all()
        return [JobRow(**{**row, "state": JobState(row["state"])}) for row in rows]

    def ahead(self, row: JobRow) -> int:
        """How many pending jobs are begun before this one."""
        before = sa.tuple_(jobs.c.priority, jobs.c.queued, jobs.c.id) < sa.tuple_(
            *(sa.literal(v) for v in (row.priority, row.queued, row.id))
        )
        with self.engine.connect() as connection:
            return connection.execute(
                sa.select(sa.func.count()).select_from(jobs).where(jobs.c.state == JobState.PENDING, before)
            ).scalar_one()

    def waiting(self, connection: sa.Connection) -> int:
        """How many jobs are pending."""
        return connection.execute(sa.select(sa.func.count()).select_from(jobs).where(jobs.c.state == JobState.PENDING)).scalar_one()

    def standing(self, job: str) -> tuple[JobState, int]:
        """(state, attempt) of a job; what a running step asks again and again. Raises UnknownJob."""
        with self.engine.connect() as connection:
            row = connection.execute(sa.select(jobs.c.state, jobs.c.attempt).where(jobs.c.id == job)).one_or_none()
        if row is None:
            raise UnknownJob(f"There is no job {job}.")
        return JobState(row.state), row.attempt

    def settled(self) -> dict[str, JobState]:
        """Every job that is pending or processing, or was cancelled within the hour, and that nobody touched for some seconds."""
        clock = now(self.engine)
        active = sa.and_(jobs.c.state.in_(ACTIVE), jobs.c.queued < clock - SETTLED_S)
        cancelled = sa.and_(jobs.c.state == JobState.CANCELLED, jobs.c.finished.between(clock - REMEMBERED_S, clock - SETTLED_S))
        query = sa.select(jobs.c.id, jobs.c.state).where(sa.or_(active, cancelled))
        with self.engine.connect() as connection:
            return {row.id: JobState(row.state) for row in connection.execute(query)}

    def under_way(self) -> dict[str, int]:
        """The attempt of every job that is pending or processing."""
        query = sa.select(jobs.c.id, jobs.c.attempt).where(jobs.c.state.in_(ACTIVE))
        with self.engine.connect() as connection:
            return {row.id: row.attempt for row in connection.execute(query)}

    def begin(self, job: str) -> int | None:
        """A worker takes the job; returns its attempt, or None when it is not wanted any more."""

        def work(connection: sa.Connection) -> sa.Row[Any] | None:
            values = {
                "state": JobState.PROCESSING,
                "started": sa.func.coalesce(jobs.c.started, now(connection)),
                "resumed": sa.or_(jobs.c.resumed, jobs.c.started.is_not(None)),
            }
            mine = sa.update(jobs).where(jobs.c.id == job, jobs.c.state.in_(ACTIVE)).values(values)
            taken = connection.execute(mine.returning(jobs.c.attempt, jobs.c.owner, jobs.c.kind, jobs.c.resumed)).one_or_none()
            if taken is not None:
                self._told(connection, job, JobState.PROCESSING, None)
            return taken

        taken = self.patiently(work)
        if taken is None:
            return None
        log.info(
            "Job begun.", extra={"job": job, "attempt": taken.attempt, "user": taken.owner, "kind": taken.kind, "resumed": taken.resumed}
        )
        return int(taken.attempt)

    def end(self, job: str, attempt: int, state: JobState, *, error: dict[str, Any] | None = None, result: Any = None) -> bool:
        """The attempt is over; whether this was news (False: cancelled or retried before)."""

        def work(connection: sa.Connection) -> bool:
            values = {"state": state, "finished": now(connection), "error": error, "result": result}
            mine = sa.and_(jobs.c.id == job, jobs.c.attempt == attempt, jobs.c.state.in_(ACTIVE))
            ended = connection.execute(sa.update(jobs).where(mine).values(values)).rowcount > 0
            if ended:
                connection.execute(sa.update(progress).where(progress.c.job == job).values(revision=progress.c.revision + 1))
                self._told(connection, job, state, error)
            return ended

        news = self.patiently(work)
        if news:
            why = {"code": error["code"]} if error else {}
            log.log(logging.WARNING if error else logging.INFO, "Job %s.", state, extra={"job": job, "attempt": attempt, **why})
        return news

    def cancel(self, job: str) -> bool:
        """Whether there was something left to cancel."""

        def work(connection: sa.Connection) -> bool:
            values = {"state": JobState.CANCELLED, "finished": now(connection)}
            wanted = sa.and_(jobs.c.id == job, jobs.c.state.in_(ACTIVE))
            done = connection.execute(sa.update(jobs).where(wanted).values(values)).rowcount > 0
            connection.execute(sa.update(progress).where(progress.c.job == job).values(revision=progress.c.revision + 1))
            if done:
                self._told(connection, job, JobState.CANCELLED, None)
            return done

        done = self.patiently(work)
        if done:
            log.info("Job cancelled.", extra={"job": job})
        return done

    def reopen(self, job: str) -> bool:
        """A failed or cancelled job is pending again, one attempt higher; False when it is neither."""

        def work(connection: sa.Connection) -> bool:
            values = {"state": JobState.PENDING, "attempt": jobs.c.attempt + 1, "queued": now(connection), "resumed": True}
            values |= {"started": None, "finished": None, "error": None, "result": None}
            over = sa.and_(jobs.c.id == job, jobs.c.state.in_((JobState.FAILED, JobState.CANCELLED)))
            reopened = connection.execute(sa.update(jobs).where(over).values(values)).rowcount > 0
            if reopened:
                afresh = {"percent": 0.0, "step": "", "text": "", "at": now(connection), "revision": progress.c.revision + 1}
                connection.execute(sa.update(progress).where(progress.c.job == job).values(afresh))
                self._told(connection, job, JobState.PENDING, None)
            return reopened

        reopened = self.patiently(work)
        if reopened:
            log.info("Job is to be tried again.", extra={"job": job})
        return reopened

    def remove(self, job: str) -> None:
        """Forget the job and its progress."""
        self.patiently(lambda connection: connection.execute(sa.delete(jobs).where(jobs.c.id == job)))

    def _fair(self, connection: sa.Connection, owner: str) -> int:
        """Start-time fair queueing: a person's next job stands one round behind their last, and a newcomer joins the earliest round
        that is still under way. Its parts then stand before those of everything that one person has under way besides, so that
        fifty jobs of one person delay nobody's first by more than one of them.

            Ann  1 2 3 4 5 6 7 8 9        served: A1 B1 A2 B2 C2 A3 …
            Bob  1 2                      (his second ordered when his first was there: nobody joins a round twice)
            Cem    2                      (joined while round 2 was the earliest)

        What is tried again keeps its round and counts for nobody else's. When nothing is under way the rounds go on after the last.
        """
        if is_postgres(connection):  # two submits of one person at once must not share a round
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(f"jobs of {owner}"))))
        first = jobs.c.attempt == 1
        serving = connection.execute(sa.select(sa.func.min(jobs.c.priority)).where(jobs.c.state.in_(ACTIVE), first)).scalar()
        if serving is None:
            last = [sa.select(sa.func.max(jobs.c.priority)).where(jobs.c.state == state) for state in FINAL]
            serving = max((connection.execute(query).scalar() or 0) for query in last)
        recent = sa.or_(jobs.c.created > now(connection) - ROUNDS_COUNT_S, jobs.c.state.in_(ACTIVE))
        mine = connection.execute(sa.select(sa.func.max(jobs.c.priority)).where(jobs.c.owner == owner, recent)).scalar()
        return max(1, serving, (mine or 0) + 1)
