"""The jobs' tables (studio/store/tables/jobs.py), and what the two databases say differently: the clock, and ON CONFLICT."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from studio.store.tables.jobs import jobs, marks, progress, spans

__all__ = ["insert", "is_postgres", "jobs", "marks", "now", "progress", "spans"]


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
