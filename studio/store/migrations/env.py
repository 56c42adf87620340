"""Run by alembic, never imported: hands it our connection and our tables."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

from studio.store.money import Money
from studio.store.tables import Base
from studio.store.times import UtcDateTime


def plainly(kind: str, thing: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Our own column types as the plain ones they are made of: a migration must mean the same when our code has moved on."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, Money):
        return "sa.Numeric(12, 4)"
    if kind == "type" and isinstance(thing, sa.Enum):
        return f"sa.String({thing.length})"
    if kind == "type" and isinstance(thing, sa.JSON):
        autogen.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_item=plainly,
    render_as_batch=True,  # SQLite alters a table by copying it
    transactional_ddl=True,  # the caller's transaction is the only one
)
context.run_migrations()
