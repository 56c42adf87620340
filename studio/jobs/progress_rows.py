"""How far jobs are, as rows that any process can read, and how long they still need by what earlier ones took.

Progress may come late but never stands in the way: while the database is away a report is dropped, and the next one tells.
"""

import logging

import sqlalchemy as sa
from sqlalchemy.exc import InterfaceError, OperationalError

from studio.jobs.job_rows import ACTIVE, JobRow, JobState
from studio.jobs.tables import insert, jobs, marks, now, progress, spans
from studio.services.measured_times import RUNS_KEPT, MeasuredRun, remaining_s

log = logging.getLogger(__name__)


class ProgressRows:
    """Reads and writes progress, the parts of parallel stretches, and the marks that estimates are made from."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._writer = engine.execution_options(writing=True)

    def report(self, job: str, attempt: int, percent: float, step: str, text: str) -> None:
        """Tell where attempt `attempt` of `job` stands. percent never goes back, and nobody else's report is overwritten.

        Of a job that is tried again, a part may begin before the job itself does: its reports count from then on."""
        current = sa.exists().where(jobs.c.id == job, jobs.c.attempt == attempt, jobs.c.state.in_(ACTIVE))
        forward = sa.and_(progress.c.job == job, progress.c.percent <= percent, current)
        try:
            with self._writer.begin() as connection:
                moved = connection.execute(
                    sa.update(progress)
                    .where(forward)
                    .values(percent=percent, step=step, text=text, at=now(connection), revision=progress.c.revision + 1)
                ).rowcount
                if moved:
                    since = sa.select(sa.literal(job), sa.literal(int(percent)), now(connection) - jobs.c.started).where(jobs.c.id == job)
                    mark = insert(connection, marks).from_select(["job", "percent", "seconds"], since.where(jobs.c.started.is_not(None)))
                    connection.execute(mark.on_conflict_do_nothing())
        except (OperationalError, InterfaceError) as error:
            log.warning("Progress of job %s could not be written (%s).", job, type(error).__name__)

    def span(self, job: str, span: str, part: int, parts: int, fraction: float) -> float:
        """Part `part` of `parts` is at `fraction` (0..1) of `span`; returns the mean of all, parts not begun counting as 0."""
        row = insert(self._engine, spans).values(job=job, span=span, part=part, fraction=fraction)
        forward = row.on_conflict_do_update(
            index_elements=["job", "span", "part"], set_={"fraction": fraction}, where=spans.c.fraction < fraction
        )
        try:
            with self._writer.begin() as connection:
                connection.execute(forward)
                total = sa.select(sa.func.sum(spans.c.fraction)).where(spans.c.job == job, spans.c.span == span)
                return float(connection.execute(total).scalar_one()) / parts
        except (OperationalError, InterfaceError) as error:
            log.warning("Progress of job %s could not be written (%s).", job, type(error).__name__)
            return 0.0

    def forget_marks(self, job: str) -> None:
        """The job begins anew; when it stood where is no longer true."""
        with self._writer.begin() as connection:
            connection.execute(sa.delete(marks).where(marks.c.job == job))

    def eta_s(self, row: JobRow) -> float | None:
        """Seconds the job still needs, by the latest undisturbed jobs of its kind; None when that is not known."""
        if row.state is not JobState.PROCESSING or row.started is None:
            return None
        rest_s = remaining_s(self._history(row.kind), row.percent, row.reported - row.started)
        if rest_s is None:
            return None
        rest_s -= row.now - row.reported
        return rest_s if rest_s > 0 else None

    def _history(self, kind: str) -> list[MeasuredRun]:
        undisturbed = sa.and_(jobs.c.kind == kind, jobs.c.state == JobState.COMPLETED, jobs.c.resumed.is_(False))
        latest = (
            sa.select(jobs.c.id, (jobs.c.finished - jobs.c.started).label("total_s"))
            .where(undisturbed)
            .order_by(jobs.c.finished.desc())
            .limit(RUNS_KEPT)
            .subquery()
        )
        rows = sa.select(latest.c.id, latest.c.total_s, marks.c.percent, marks.c.seconds).join_from(
            latest, marks, latest.c.id == marks.c.job
        )
        runs: dict[str, tuple[float, list[tuple[float, float]]]] = {}
        with self._engine.connect() as connection:
            for row in connection.execute(rows.order_by(marks.c.percent)):
                runs.setdefault(row.id, (row.total_s, []))[1].append((float(row.percent), row.seconds))
        return [MeasuredRun(tuple(points), total_s) for total_s, points in runs.values()]
