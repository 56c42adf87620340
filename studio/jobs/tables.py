"""The jobs' own tables, beside those that dbos keeps: who asked for what, and how far it is.

Times are seconds since 1970 by the clock of the database, the one clock that all workers share. The tables know no people
and no media; a generation, with its files and its price, belongs to the store, and so do leases and the ledger.
"""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

metadata = sa.MetaData()

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
    sa.Column("error", sa.JSON(none_as_null=True)),
    sa.Column("result", sa.JSON(none_as_null=True)),
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


def is_postgres(engine: sa.Engine | sa.Connection) -> bool:
    """Which of the two databases this is."""
    return engine.dialect.name == "postgresql"


def now(engine: sa.Engine | sa.Connection) -> sa.ColumnElement[float]:
    """The database's clock, in seconds since 1970."""
    if is_postgres(engine):
        return sa.cast(sa.func.extract("epoch", sa.func.clock_timestamp()), sa.Double)
    return sa.literal_column("((julianday('now') - 2440587.5) * 86400.0)", sa.Double)


def insert(engine: sa.Engine | sa.Connection, table: sa.Table) -> "postgresql.Insert | sqlite.Insert":
    """An INSERT that understands ON CONFLICT."""
    return postgresql.insert(table) if is_postgres(engine) else sqlite.insert(table)


def create_all(engine: sa.Engine) -> None:
    """Make the tables that are missing; safe when several processes start at once."""
    with engine.execution_options(writing=True).begin() as connection:
        if is_postgres(connection):
            connection.execute(sa.text("select pg_advisory_xact_lock(hashtext('job tables'))"))
        metadata.create_all(connection)
