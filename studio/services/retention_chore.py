"""Once a day: what is kept no longer goes, and so do leftovers. A worker calls it every few seconds; it does a little each time, so that
nothing else waits for it. Whichever worker begins does it all; where that one dies, another begins again, and nothing is lost by that.
"""

import logging
import time
from collections.abc import Callable
from datetime import timedelta

from studio.services.chores import Chores
from studio.services.leftovers import Leftovers
from studio.services.retention import CHORE, Retention

log = logging.getLogger(__name__)

EVERY = timedelta(days=1)
LOOK_EVERY_S = 300.0
"""Seconds between two looks whether it is time."""

AT_ONCE_S = 3.0


class RetentionChore:
    """For one worker process. Not for several threads."""

    def __init__(self, retention: Retention, leftovers: Leftovers, chores: Chores, tick: Callable[[], float] = time.monotonic) -> None:
        self._retention = retention
        self._leftovers = leftovers
        self._chores = chores
        self._tick = tick
        self._look_at = 0.0
        self._people: list[str] | None = None
        self._removed = 0

    def __call__(self) -> None:
        """A little of it, when it is time. What goes wrong is logged, and tried again in a while."""
        try:
            self._some()
        except Exception:  # jobs are mended on the same thread
            log.exception("What is kept no longer could not be removed; it is tried again.")
            self._people, self._look_at = None, self._tick() + LOOK_EVERY_S

    def _some(self) -> None:
        if self._people is None:
            if self._tick() < self._look_at:
                return
            self._look_at = self._tick() + LOOK_EVERY_S
            if not self._chores.begin(CHORE, EVERY):
                return
            self._retention.note_rule()
            self._people, self._removed = self._retention.people(), 0
        until = self._tick() + AT_ONCE_S
        while self._people and self._tick() < until:
            swept = self._retention.sweep(self._people[-1])
            self._removed += len(swept.things)
            if not swept.more:
                self._people.pop()
        self._chores.seen(CHORE)
        if not self._people:
            self._leftovers.sweep()
            self._chores.end(CHORE)
            self._people = None
            if self._removed:
                log.info("What was kept long enough was removed.", extra={"things": self._removed})
