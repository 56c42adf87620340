"""The database: SQLite in a file, or PostgreSQL. Gives sessions that read and sessions that write. Knows no tables.

A writing session may name a lock. Whoever writes under the same name waits, so that "count, then insert" is one act on both
databases: SQLite has a single writer anyway, once the transaction begins as one (BEGIN IMMEDIATE); PostgreSQL takes an
advisory lock that ends with the transaction. Keep writing sessions short, and never call out of the house inside one.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from studio.errors import StoreError

BUSY_MS = 30_000
"""How long a SQLite connection waits for the writer before it: longer than any transaction of ours or of the job engine."""

POOL = 8
"""Connections of one process. PostgreSQL allows 100 in all; a web process and several workers share them."""


class Database:
    """One database and its two kinds of sessions. Thread-safe. Objects stay readable after a session has ended."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._readers = sessionmaker(engine, expire_on_commit=False)
        self._writers = sessionmaker(engine.execution_options(writing=True), expire_on_commit=False)
        self._durable_writers = sessionmaker(engine.execution_options(writing=True, durable=True), expire_on_commit=False)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite, with its single writer."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the database and changes nothing: it is rolled back at the end."""
        with self._readers() as session:
            yield session

    @contextmanager
    def writing(self, lock: str = "", *, durable: bool = False) -> Iterator[Session]:
        """A transaction: committed at the end, rolled back by any exception. See `serialise` for `lock`.

        durable: what is committed outlives a power cut too; for money. Everything outlives the end of the process.
        """
        with (self._durable_writers if durable else self._writers).begin() as session:
            if lock:
                serialise(session, lock)
            yield session

    def check(self) -> None:
        """Raise StoreError unless the database answers."""
        try:
            with self.engine.connect() as connection:
                connection.execute(select(1))
        except OperationalError as error:
            raise StoreError(f"The database at {shown(self.engine.url)} does not answer; start it, or correct DATABASE_URL.") from error

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def serialise(session: Session, lock: str) -> None:
    """Wait until no other transaction holds `lock` ("user:…"), and hold it to the end of this one. May be repeated.

    Take one lock per transaction; two would need an order. Raises RuntimeError in a session that only reads.
    """
    connection = session.connection()
    if not connection.get_execution_options().get("writing"):
        raise RuntimeError("Only a session of Database.writing can hold a lock.")
    if connection.dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(lock, 0))))


def connect(address: str) -> Database:
    """The database at `address`: "sqlite:///path/to/file.db" (its folder is made) or "postgresql://user:password@host/name".

    Nothing is opened yet, apart from that folder. Raises StoreError for any other address.
    """
    url = _readable(address)
    if url.get_backend_name() == "sqlite":
        return Database(_sqlite(url))
    url = url.set(drivername="postgresql+psycopg")
    return Database(create_engine(url, pool_size=POOL, max_overflow=POOL, pool_pre_ping=True, hide_parameters=True))


def shown(url: URL) -> str:
    """The address without its password."""
    return url.render_as_string(hide_password=True)


def _readable(address: str) -> URL:
    if address.startswith("postgres://"):  # what hosting providers hand out
        address = "postgresql" + address.removeprefix("postgres")
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise StoreError("DATABASE_URL cannot be read; write it as postgresql://user:password@host/name or sqlite:///file.db.") from error
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError(f"DATABASE_URL names {url.get_backend_name()}; only sqlite and postgresql are known.")
    if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
        raise StoreError("DATABASE_URL names no file; what is kept in memory would be gone with the process.")
    return url


def _sqlite(url: URL) -> Engine:
    folder = Path(str(url.database)).parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # password hashes are nobody else's to read
    except OSError as error:
        raise StoreError(f"{folder} cannot be made for the database ({error.strerror}); choose another DATA_DIR.") from error
    # hide_parameters: errors are logged, and prompts and password hashes are not for the log.
    # isolation_level=None: sqlite3 begins no transactions of its own; `_begin` does, as reader or as writer.
    engine = create_engine(
        url.set(drivername="sqlite"),
        connect_args={"isolation_level": None},
        pool_size=POOL,
        max_overflow=POOL,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")  # first: the next line may have to wait
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin(connection: Connection) -> None:
    # A reader that turns writer halfway fails at once when somebody wrote meanwhile, whatever the timeout; so say it first.
    options = connection.get_execution_options()
    if options.get("writing"):  # with WAL, NORMAL is safe against a crash of the process; FULL waits for the disk at each commit
        connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if options.get('durable') else 'NORMAL'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writing") else "BEGIN")
