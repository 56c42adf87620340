"""Whether this installation is well at the moment, part by part: cheap enough to be asked every few seconds.

    database     answers                                         down where it does not
    storage      a few bytes written, read and removed           down
    queue        how long orders wait, who takes work from what  degraded: orders are still taken
    disk         how full                                        degraded from 80 %, down when nothing fits any more
    encoder      what films are written with                     down where it is missing

It works on the database, the media folder and disks; it knows no HTTP, and nothing it says is a secret, only nobody's business.
`doctor` looks at more, once, and says what to do about it.
"""

import logging
import os
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import sqlalchemy as sa

from models.errors import DiskFull
from studio.errors import StudioError
from studio.jobs.leases import hands, unheard
from studio.jobs.queues import needed
from studio.jobs.waiting_jobs import Waiting, waiting
from studio.services.disks import Disk, disks
from studio.services.limits import spoken
from studio.store.blobs import Blobs, digest
from studio.store.database import Database

log = logging.getLogger(__name__)

FRESH_S = 10.0
"""Seconds for which an answer is given again."""

PROBED_S = 60.0
"""Seconds for which a bucket that could be written counts as writable: each try is three paid requests."""

ANSWERS_WITHIN_S = 5.0
"""What takes longer does not answer."""

LONG_WAIT_S = 900.0
"""A queue in which somebody has waited longer is worth a look."""


class State(StrEnum):
    """degraded: everything works, somebody should look. down: people notice."""

    OK = "ok"
    DEGRADED = "degraded"
    DOWN = "down"


@dataclass(frozen=True)
class Check:
    """One part. said: one sentence."""

    name: str
    state: State
    said: str


@dataclass(frozen=True)
class Report:
    """All parts. disks, waiting, workers: what they were judged by, None where it could not be told."""

    checks: tuple[Check, ...]
    disks: tuple[Disk, ...] = ()
    waiting: Waiting | None = None
    workers: int | None = None

    @property
    def state(self) -> State:
        """The worst of all."""
        states = {check.state for check in self.checks}
        return State.DOWN if State.DOWN in states else State.DEGRADED if State.DEGRADED in states else State.OK


class Health:
    """Looks at the parts of one installation. folders: what is kept where, by what people call it. Thread-safe."""

    def __init__(self, database: Database, blobs: Blobs, folders: Mapping[str, Path], clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._blobs = blobs
        self._folders = folders
        self._clock = clock
        self._lock = threading.Lock()
        self._last: tuple[float, Report] | None = None
        self._stored: tuple[float, Check] | None = None
        self._encoder: Check | None = None
        self._scarce: dict[str, bool] = {}

    def look(self) -> Report:
        """How it is, or was at most FRESH_S seconds ago. Never raises."""
        if not self._lock.acquire(timeout=ANSWERS_WITHIN_S):
            return Report((Check("database", State.DOWN, "The checks have not come back; something they ask does not answer."),))
        try:
            if self._last is None or self._clock() - self._last[0] >= FRESH_S:
                report = self._examined()
                self._last = self._clock(), report
            return self._last[1]
        finally:
            self._lock.release()

    def watch_disks(self) -> tuple[Disk, ...]:
        """How full the disks are; a warning in the log when one passes 80 %, another line when it is below again, and no more."""
        found = disks(self._folders)
        for disk in found:
            was, now = self._scarce.get(disk.places, False), disk.is_scarce
            self._scarce[disk.places] = now
            if now and not was:
                log.warning("The disk for %s is %.0f %% full; make room.", disk.places, disk.used * 100, extra={"free_bytes": disk.free})
            elif was and not now:
                log.info("The disk for %s is %.0f %% full; there is room again.", disk.places, disk.used * 100)
        return found

    def _examined(self) -> Report:
        if self._encoder is None:
            self._encoder = _encoder()
        found = self.watch_disks()
        database = _database(self._database)
        queue, waits, workers = Check("queue", State.DOWN, "It is in the database."), None, None
        if database.state is State.OK:
            try:
                waits, workers = waiting(self._database.engine), hands(self._database.engine)
                queue = _queue(waits, workers, unheard(self._database.engine, needed()))
            except sa.exc.SQLAlchemyError as error:
                queue = Check("queue", State.DOWN, f"It cannot be read ({type(error).__name__}).")
        return Report((database, self._storage(), queue, _disk(found), self._encoder), found, waits, workers)

    def _storage(self) -> Check:
        if self._stored is not None and not self._blobs.is_local and self._clock() - self._stored[0] < PROBED_S:
            return self._stored[1]
        try:
            probe(self._blobs)
            check = Check("storage", State.OK, "A file was written, read and removed.")
        except (StudioError, DiskFull, OSError) as error:
            check = Check("storage", State.DOWN, "Nothing can be kept in the media folder; see the log.")
            log.error("The media folder cannot be used: %s", error)
        self._stored = self._clock(), check
        return check


def probe(blobs: Blobs) -> None:
    """Write a few bytes, read them and remove them. Raises StudioError, DiskFull, OSError."""
    with tempfile.NamedTemporaryFile(prefix="adstudio-") as file:
        file.write(os.urandom(64))
        file.flush()
        sha256, _ = digest(Path(file.name))
        blobs.add(sha256, Path(file.name))
        try:
            whole = len(b"".join(blobs.read(sha256))) == 64
        finally:
            blobs.remove(sha256)
    if not whole:
        raise OSError("What was written came back changed.")


def _database(database: Database) -> Check:
    try:
        database.check()
    except (StudioError, sa.exc.SQLAlchemyError) as error:
        log.error("The database does not answer: %s", error)
        return Check("database", State.DOWN, "It does not answer.")
    return Check("database", State.OK, f"{'SQLite' if database.is_sqlite else 'PostgreSQL'} answers.")


def _queue(waits: Waiting, workers: int, lonely: tuple[str, ...]) -> Check:
    who = f"{workers} worker{'s' * (workers != 1)} at work"
    if not workers:
        return Check("queue", State.DEGRADED, f"No worker is alive; {waits.count} orders wait for one.")
    if lonely:
        return Check("queue", State.DEGRADED, f"No worker takes work from {', '.join(lonely)}; ads wait there until one does.")
    if not waits.count:
        return Check("queue", State.OK, f"Nobody waits; {who}.")
    told = f"{waits.count} wait, the first for {spoken(int(waits.oldest_s))}; {who}."
    return Check("queue", State.DEGRADED if waits.oldest_s > LONG_WAIT_S else State.OK, told)


def _disk(found: tuple[Disk, ...]) -> Check:
    told = "; ".join(f"{disk.used * 100:.0f} % of the disk for {disk.places} is used, {disk.free / 1e9:.1f} GB are free" for disk in found)
    state = State.DOWN if any(d.is_full for d in found) else State.DEGRADED if any(d.is_scarce for d in found) else State.OK
    return Check("disk", state, f"{told}.")


def _encoder() -> Check:
    try:
        from models.media.encoders import NEEDED, missing_encoders

        missing = missing_encoders()
    except ImportError:
        return Check("encoder", State.DOWN, "PyAV cannot be loaded.")
    if missing:
        return Check("encoder", State.DOWN, f"Missing: {', '.join(missing)}.")
    return Check("encoder", State.OK, f"{' and '.join(NEEDED)}, inside PyAV.")
