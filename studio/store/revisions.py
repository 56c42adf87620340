"""Which shape a database has, and which shapes this program knows; read only. `migrations` brings the one to the other."""

from sqlalchemy import Connection, Engine, inspect, text


def revision_of(engine: Engine) -> str | None:
    """The database's shape ("0003"), None when it is empty."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return found


def known_revisions(connection: Connection) -> tuple[str, ...]:
    """Every shape this program can bring up to date, oldest first; the last is its own."""
    from alembic.script import ScriptDirectory

    from studio.store.migrations import config

    return tuple(reversed([script.revision for script in ScriptDirectory.from_config(config(connection)).walk_revisions()]))
