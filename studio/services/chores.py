"""What an installation does by itself once in a while, whichever of its processes: begun by one, and by another where that one died.

Works on one table; it does not know what the chores are.
"""

from datetime import timedelta
from typing import Any

from studio.store.database import Database
from studio.store.tables import Chore
from studio.store.times import Clock, utc_now

SILENT = timedelta(minutes=10)
"""Whoever has not been heard of for so long is no longer at it."""


class Chores:
    """Thread-safe."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def begin(self, name: str, every: timedelta) -> bool:
        """Whether the caller is to do it now: it is time, and nobody else is at it. Then say `seen` from time to time, and `end`."""
        with self._database.writing(lock=f"chore:{name}") as session:
            row, now = session.get(Chore, name), self._clock()
            if row is None:
                session.add(row := Chore(name=name, told={}))
            if row.begun_at is not None and row.seen_at is not None:
                if row.ended_at is None and now - row.seen_at < SILENT:
                    return False
                if row.ended_at is not None and now - row.begun_at < every:
                    return False
            row.begun_at, row.seen_at, row.ended_at = now, now, None
            return True

    def seen(self, name: str) -> None:
        """The caller is still at it."""
        with self._database.writing(lock=f"chore:{name}") as session:
            session.get_one(Chore, name).seen_at = self._clock()

    def end(self, name: str) -> None:
        """It is done."""
        with self._database.writing(lock=f"chore:{name}") as session:
            session.get_one(Chore, name).ended_at = self._clock()

    def tell(self, name: str, told: dict[str, Any]) -> None:
        """Remember something of it."""
        with self._database.writing(lock=f"chore:{name}") as session:
            row = session.get(Chore, name)
            if row is None:
                session.add(Chore(name=name, told=told))
            else:
                row.told = told

    def told(self, name: str) -> dict[str, Any] | None:
        """What was remembered; None where it was never done."""
        with self._database.reading() as session:
            row = session.get(Chore, name)
            return None if row is None else dict(row.told)

    def forget(self, name: str) -> None:
        """As if it had never been done."""
        with self._database.writing(lock=f"chore:{name}") as session:
            if (row := session.get(Chore, name)) is not None:
                session.delete(row)
