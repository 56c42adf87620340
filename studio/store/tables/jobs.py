"""The jobs' own tables, beside those that the job engine keeps: who asked for what, and how far it is.

Times are seconds since 1970 by the clock of the database, the one clock that all workers share. The tables know no people
and no media: a generation has the id of its job, and that is all the two share.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from studio.store.tables.base import Base, Json

metadata = Base.metadata

jobs = sa.Table(
    "jobs",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("priority", sa.Integer, nullable=False),
    sa.Column("created", sa.Double, nullable=False),
    sa.Column("queued", sa.Double, nullable=False),
    sa.Column("started", sa.Double),
    sa.Column("resumed", sa.Boolean, nullable=False),
    sa.Column("finished", sa.Double),
    sa.Column("error", Json),
    sa.Column("result", Json),
    sa.Index("jobs_by_state", "state", "priority", "queued"),
    sa.Index("jobs_by_owner", "owner", "created"),
    sa.Index("jobs_by_kind", "kind", "state", "finished"),
)

progress = sa.Table(
    "job_progress",
    metadata,
    sa.Column("job", sa.Text, sa.ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("percent", sa.Double, nullable=False),
    sa.Column("step", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at", sa.Double, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
)


class JobProgress(Base):
    """A row of `progress`, to be joined to what the job makes; jobs write it (studio/jobs/progress_rows.py), nobody else.

    percent 0..100, never back within one attempt; step: stable name; text: for people; revision grows with every change.
    """

    __table__ = progress

    job: Mapped[str]
    percent: Mapped[float]
    step: Mapped[str]
    text: Mapped[str]
    at: Mapped[float]
    revision: Mapped[int]


spans = sa.Table(  # how far each part of a parallel stretch is; their mean moves the bar
    "job_spans",
    metadata,
    sa.Column("job", sa.Text, sa.ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("span", sa.Text, primary_key=True),
    sa.Column("part", sa.Integer, primary_key=True),
    sa.Column("fraction", sa.Double, nullable=False),
)

marks = sa.Table(  # when a job first stood at each whole percent: the history that estimates are made from
    "job_marks",
    metadata,
    sa.Column("job", sa.Text, sa.ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("percent", sa.Integer, primary_key=True),
    sa.Column("seconds", sa.Double, nullable=False),
)
