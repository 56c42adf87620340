"""How often somebody may ask who has not said who they are: by network address, in this process' memory.

In memory on purpose: a stranger's request must not cost a write to the database. Works on addresses and rules.
"""

import threading
from collections import deque
from datetime import datetime, timedelta

from studio.errors import TooMany
from studio.services.limits import Rule, seconds_to_wait, spoken
from studio.services.login_throttle import network_of
from studio.store.times import Clock, utc_now

MOST_REMEMBERED = 10_000
"""Addresses per process; beyond, those that asked longest ago are forgotten."""


def anonymous(limit: int = 100) -> Rule:
    """As many requests as a person has (PRD §16.2)."""
    return Rule("anonymous", limit, timedelta(minutes=1), "requests a minute")


def joining(limit: int = 60) -> Rule:
    """New accounts from one address: a class of pupils may join, a script may not go on."""
    return Rule("joining", limit, timedelta(hours=1), "new accounts an hour")


class AddressLimits:
    """Counts acts of addresses against rules. Thread-safe."""

    def __init__(self, clock: Clock = utc_now) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._times: dict[tuple[str, str], deque[datetime]] = {}

    def take(self, rule: Rule, address: str) -> None:
        """Count one act, or raise TooMany."""
        key, now = (rule.name, network_of(address)), self._clock()
        with self._lock:
            times = self._times.pop(key, None) or deque()
            self._times[key] = times  # last asked, last in the order
            while times and times[0] <= now - rule.window:
                times.popleft()
            if wait_s := seconds_to_wait(times, rule.limit, rule.window, now):
                raise TooMany(f"{rule.limit} {rule.what} is the limit; try again in {spoken(wait_s)}.", retry_after=wait_s)
            times.append(now)
            while len(self._times) > MOST_REMEMBERED:
                del self._times[next(iter(self._times))]
