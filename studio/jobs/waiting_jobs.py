"""How many jobs wait to be begun, and since when; read only."""

from dataclasses import dataclass

import sqlalchemy as sa

from studio.jobs.job_rows import JobState
from studio.jobs.tables import jobs, now


@dataclass(frozen=True)
class Waiting:
    """Jobs that nobody has begun. oldest_s: seconds for which the first of them has waited, 0 when there is none."""

    count: int
    oldest_s: float


def waiting(engine: sa.Engine) -> Waiting:
    """Those of this database."""
    asked = sa.select(sa.func.count(), now(engine) - sa.func.min(jobs.c.queued)).where(jobs.c.state == JobState.PENDING)
    with engine.connect() as connection:
        count, oldest = connection.execute(asked).one()
    return Waiting(count, max(0.0, oldest or 0.0))
