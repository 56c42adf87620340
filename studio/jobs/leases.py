"""Who is alive. Every worker on PostgreSQL renews its lease; whoever finds another's expired hands that one's work on.

Works on one table and the clock of the database. It does not know what the work is: `hand_on(executor)` is the engine's. A
worker that was declared dead (its process stood still, its network was gone) ends itself the moment it learns of it, since
its work is already being done elsewhere. On SQLite one process runs the jobs, and a lock on a file beside the database says so.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from filelock import FileLock, Timeout
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from studio.jobs.failures import RunnerBusy
from studio.store.tables.running import Lease

log = logging.getLogger(__name__)

FENCED = 70
"""Exit status of a worker that lost its lease; a supervisor starts it again, under a new id."""

REMEMBERED = timedelta(hours=1)
"""How long the dead are looked after: a process that was standing still may have taken a job in its last moment."""

CLOCK = sa.func.clock_timestamp()


class Leases:
    """The lease of `executor` and the reaper of all others, beating on a thread of its own every third of `lease_s`. queues: what it takes
    work from, for others to know."""

    def __init__(
        self, engine: sa.Engine, executor: str, lease_s: float, hand_on: Callable[[str], None], queues: Sequence[str] | None = None
    ) -> None:
        release_locks_of_the_frozen(engine, lease_s)
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._executor = executor
        self._lease = timedelta(seconds=lease_s)
        self._hand_on = hand_on
        self._queues = None if queues is None else " ".join(queues)
        self._renewed = time.monotonic()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="lease", daemon=True)

    def take(self) -> None:
        """Say that this executor lives; before it takes any work."""
        with self._engine.connect() as connection:
            told = {"executor_id": self._executor, "started_at": CLOCK, "seen_at": CLOCK, "dead": False, "queues": self._queues}
            connection.execute(sa.insert(Lease).values(**told))
        self._renewed = time.monotonic()

    def start(self) -> None:
        """Beat until `give_up`."""
        self._thread.start()

    def holds(self) -> bool:
        """Whether nobody can have declared this process dead yet. After a standstill it is False until the next beat."""
        return time.monotonic() - self._renewed < self._lease.total_seconds()

    def give_up(self) -> None:
        """The work of this process may be taken over at once."""
        self._over.set()
        if self._thread.is_alive():  # a worker that could not start never began to beat
            self._thread.join(timeout=5)
        try:
            with self._engine.connect() as connection:
                connection.execute(sa.update(Lease).where(Lease.executor_id == self._executor).values(dead=True))
        except DBAPIError as error:
            log.warning("The lease could not be given up (%s); others wait until it expires.", type(error).__name__)

    def _beat(self) -> None:
        while not self._over.wait(self._lease.total_seconds() / 3):
            try:
                self._renew()
                self._reap()
            except DBAPIError as error:  # without a database nobody else can take the work over either
                log.warning("The lease could not be renewed (%s).", type(error).__name__)

    def _renew(self) -> None:
        began = time.monotonic()
        with self._engine.connect() as connection:
            alive = sa.and_(Lease.executor_id == self._executor, Lease.dead.is_(False))
            renewed = connection.execute(sa.update(Lease).where(alive).values(seen_at=CLOCK)).rowcount
        if not renewed and not self._over.is_set():
            log.critical("This worker was taken for dead and its jobs run elsewhere; it ends now.")
            os._exit(FENCED)
        self._renewed = began

    def _reap(self) -> None:
        with self._engine.connect() as connection:
            others = Lease.executor_id != self._executor
            expired = sa.and_(others, Lease.dead.is_(False), Lease.seen_at < CLOCK - self._lease)
            for executor in connection.execute(sa.update(Lease).where(expired).values(dead=True).returning(Lease.executor_id)).scalars():
                log.warning("Worker %s has not been heard of for %s; its jobs are handed on.", executor, self._lease)
            dead = sa.and_(others, Lease.dead.is_(True), Lease.seen_at > CLOCK - REMEMBERED)
            executors = connection.execute(sa.select(Lease.executor_id).where(dead)).scalars().all()
        for executor in executors:
            self._hand_on(executor)


def at_work(engine: sa.Engine) -> str:
    """Who runs the jobs of this database at the moment, for people; "" for nobody."""
    if engine.dialect.name == "sqlite":
        lock = RunnerLock(Path(str(engine.url.database)).absolute())
        try:
            lock.take()
        except RunnerBusy:
            return "a process on this machine runs the jobs"
        lock.give_up()
        return ""
    with engine.connect() as connection:
        found = connection.execute(sa.select(Lease.executor_id).where(_recent()).order_by(Lease.started_at)).scalars().all()
    return ", ".join(found)


def hands(engine: sa.Engine) -> int:
    """How many processes run the jobs of this database at the moment."""
    who = at_work(engine)
    return len(who.split(", ")) if who else 0


def unheard(engine: sa.Engine, queues: Sequence[str]) -> tuple[str, ...]:
    """Those of `queues` that no worker takes work from. Of SQLite, where one process runs the jobs, nothing can be said: ()."""
    if engine.dialect.name == "sqlite":
        return ()
    with engine.connect() as connection:
        heard = connection.execute(sa.select(Lease.queues).where(_recent())).scalars().all()
    if any(row is None for row in heard):  # a worker of a release before, which takes all of them or does not say
        return ()
    return tuple(queue for queue in queues if all(queue not in str(row).split() for row in heard))


def _recent() -> sa.ColumnElement[bool]:
    return sa.and_(Lease.dead.is_(False), Lease.seen_at > CLOCK - timedelta(minutes=2))


def release_locks_of_the_frozen(engine: sa.Engine, after_s: float) -> None:
    """A process that stands still in the middle of a transaction would keep its rows locked, and so keep others from taking
    over; PostgreSQL ends such a session after `after_s` seconds. Holds for connections opened from now on."""

    def limit(connection: Any, record: ConnectionPoolEntry) -> None:
        connection.execute(f"SET SESSION idle_in_transaction_session_timeout = {int(after_s * 1000)}")
        connection.commit()

    sa.event.listen(engine, "connect", limit)
    engine.dispose()


class RunnerLock:
    """One process runs the jobs of one SQLite file. The lock goes with the process, however that ends."""

    def __init__(self, database: Path) -> None:
        self._lock = FileLock(f"{database}.runner", thread_local=False)

    def take(self, patience_s: float = 0.0) -> None:
        """Raises RunnerBusy after `patience_s` seconds."""
        try:
            self._lock.acquire(timeout=patience_s)
        except Timeout as error:
            raise RunnerBusy("Another process already runs the jobs of this database; stop it, or use PostgreSQL for several.") from error

    def give_up(self) -> None:
        """Let another process run them."""
        self._lock.release()
