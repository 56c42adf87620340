"""Bringing a database to the shape that `studio/store/tables` declares. Knows no application.

After changing a table: `python -m studio.store.migrations "what changed"` writes the next migration; read it, then commit it.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text

from studio.errors import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parent
LOCK = 0x5354_5544
"""Held on PostgreSQL while migrating, so that two processes which start together do not both try."""


def upgrade(engine: Engine) -> None:
    """Bring the database behind `engine` from whatever it is (empty, too) to this program's shape, wholly or not at all.

    Safe to call from several processes at once. Raises StoreError when a newer program has been at this database.
    """
    from alembic import command
    from alembic.util import CommandError

    with engine.execution_options(writing=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        try:
            command.upgrade(config(connection), "head")
        except CommandError as error:
            raise StoreError("This database was written by a newer version; update the program, or restore a backup.") from error


def config(connection: Connection) -> "Config":
    """Alembic's configuration: this folder, and the connection to work on."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(HERE).replace("%", "%%"))
    made.set_main_option("file_template", "m%%(rev)s_%%(slug)s")
    made.attributes["connection"] = connection
    return made
