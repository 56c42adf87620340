"""What rows of attempts have in common, takes of a hero frame and clips made again alike: they follow their job, and fail each by itself.

Works on rows; what an attempt is, and where its files belong, is its keeper's business.
"""

from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.jobs.job_rows import JobState
from studio.services.ad_keeper import STATUS_OF, explained
from studio.store.tables import Generation, RegenerationAttempt, Status, VideoAttempt

Row = TypeVar("Row", VideoAttempt, RegenerationAttempt)


def follow(session: Session, table: type[Row], generation: Generation, state: JobState) -> None:
    """Attempts that are not there yet follow their job."""
    mine = select(table).where(table.generation_id == generation.id, table.status != Status.COMPLETED)
    for attempt in session.scalars(mine):
        if state is not JobState.PENDING and attempt.status is Status.FAILED and attempt.error_code:
            continue  # it failed by itself, and says why
        attempt.status = STATUS_OF[state] if state is not JobState.COMPLETED else Status.FAILED
        attempt.error_code, attempt.error_message = generation.error_code, generation.error_message


def positions_there(session: Session, table: type[Row], job: str) -> frozenset[int]:
    """Positions of a job's attempts that are there."""
    return frozenset(session.scalars(select(table.position).where(table.generation_id == job, table.status == Status.COMPLETED)))


def fail(row: VideoAttempt | RegenerationAttempt, error: Exception) -> None:
    """It is not there, and this is why."""
    row.status = Status.FAILED
    row.error_code, row.error_message = explained(error)
