"""One consistent copy of a whole database while others write to it, and putting such a copy back in one transaction.

SQLite is copied by its own backup interface; PostgreSQL by its programs pg_dump, pg_restore and psql, which must be there.
A password travels in a file that only this user can read, never in the arguments of a program.
"""

import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from studio.errors import StoreError
from studio.store.database import BUSY_MS, Database

R = TypeVar("R")

CONTENTS = "SELECT sha256, max(size) AS size FROM media_files GROUP BY sha256"
HIDDEN_IN = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")

WIPE = """
DROP SCHEMA IF EXISTS dbos CASCADE;
DO $$ DECLARE r record; BEGIN
  FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DROP TABLE IF EXISTS public.%I CASCADE', r.tablename);
  END LOOP;
END $$;
"""


Hold = Callable[[dict[str, int]], R]
"""Called once with sha256 → size of every content that the copied database names."""


def copy_out(database: Database, target: Path, hold: Hold[R], *, still: bool = False) -> R:
    """The database as it is now, in the file `target`; returns what `hold` did. still: from the moment of the copy until `hold`
    has returned nobody removes a content; everybody who writes (SQLite) or changes files (PostgreSQL) waits. Raises StoreError."""
    if database.is_sqlite:
        return _copy_sqlite(_file_of(database), target, hold, still)
    with database.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        if still:  # before the first statement that sees anything
            connection.execute(sa.text("LOCK TABLE media_files IN SHARE MODE"))
        snapshot = connection.execute(sa.text("SELECT pg_export_snapshot()")).scalar_one()
        contents = {row.sha256: int(row.size) for row in connection.execute(sa.text(CONTENTS))}
        with _reachable(database) as address:
            _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={target}", address)
        return hold(contents)


def copy_in(source: Path, database: Database) -> None:
    """Replace everything in `database` by the copy; wholly or not at all. Raises StoreError."""
    if database.is_sqlite:
        with closing(sqlite3.connect(source)) as copy, closing(sqlite3.connect(_file_of(database), timeout=BUSY_MS / 1000)) as there:
            try:
                copy.backup(there)
                there.execute("PRAGMA journal_mode=WAL")
            except sqlite3.Error as error:
                raise StoreError(f"The database could not be put back ({error}); stop the application and try again.") from error
        return
    with tempfile.TemporaryDirectory(prefix="adstudio-") as folder, _reachable(database) as address:
        wipe, load = Path(folder) / "wipe.sql", Path(folder) / "load.sql"
        wipe.write_text(WIPE)
        _run("pg_restore", "--no-owner", "--no-privileges", f"--file={load}", str(source))
        _run("psql", "--no-psqlrc", "--quiet", "--single-transaction", "-v", "ON_ERROR_STOP=1", "-f", str(wipe), "-f", str(load), address)


def check_copy(source: Path, kind: str) -> None:
    """Raise StoreError unless the copy can be read as what it says it is."""
    if kind == "sqlite":
        try:
            with closing(sqlite3.connect(source)) as copy:
                whole = copy.execute("PRAGMA quick_check").fetchone() == ("ok",)
        except sqlite3.Error:
            whole = False
        if not whole:
            raise StoreError("The database inside this backup is damaged; use another backup.")
    else:
        _run("pg_restore", "--list", str(source))


def _copy_sqlite(file: Path, target: Path, hold: Hold[R], still: bool) -> R:
    def opened(path: Path) -> closing[sqlite3.Connection]:
        return closing(sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None))

    try:
        with opened(file) as lock, opened(file) as there, opened(target) as copy:
            if still:
                lock.execute("BEGIN IMMEDIATE")
            there.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without companions
            return hold(dict(copy.execute(CONTENTS)))
    except sqlite3.Error as error:
        raise StoreError(f"The database {file} could not be copied ({error}).") from error


def _file_of(database: Database) -> Path:
    return Path(str(database.engine.url.database))


@contextmanager
def _reachable(database: Database) -> Iterator[str]:
    """An address for PostgreSQL's programs. The password is in a file beside it."""
    from psycopg.conninfo import make_conninfo

    url = database.engine.url
    given = {"host": url.host, "port": url.port, "user": url.username, "dbname": url.database}
    options = {name: str(value) for name, value in {**given, **url.query}.items() if value is not None}
    with tempfile.NamedTemporaryFile("w", prefix="adstudio-pg-") as file:  # made for this user alone
        if url.password:
            file.write("*:*:*:*:" + str(url.password).replace("\\", "\\\\").replace(":", "\\:") + "\n")
            file.flush()
            options["passfile"] = file.name
        yield f"--dbname={make_conninfo('', **options)}"


def _run(name: str, *arguments: str) -> None:
    done = subprocess.run([program(name), *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[0]
        raise StoreError(f"{name} failed: {said.rstrip('.')}.")


def program(name: str) -> str:
    """One of PostgreSQL's programs, the newest that is installed. Raises StoreError."""
    found = [path for folder in HIDDEN_IN for path in sorted(Path("/").glob(f"{folder.lstrip('/')}/{name}"), reverse=True)]
    if found:
        return str(found[0])
    on_path = shutil.which(name)
    if on_path is None:
        raise StoreError(f"{name} was not found; install PostgreSQL's client programs (apt-get install postgresql-client) and try again.")
    return on_path
