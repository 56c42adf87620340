"""`python -m studio.store.migrations "what changed"`: write the next migration from what the tables declare."""

import sys
import tempfile
from pathlib import Path

from alembic import command

from studio.store.database import connect
from studio.store.migrations import config, upgrade
from studio.store.revisions import known_revisions


def main(message: str) -> None:
    """Compare a fresh database, brought up to date, with the tables; the difference is the new migration."""
    with tempfile.TemporaryDirectory() as folder:
        database = connect(f"sqlite:///{Path(folder) / 'compared.db'}")
        upgrade(database.engine)
        with database.engine.connect() as connection:
            number = f"{int(known_revisions(connection)[-1]) + 1:04d}"
            command.revision(config(connection), message, autogenerate=True, rev_id=number)
        database.close()


if __name__ == "__main__":
    main(sys.argv[1])
