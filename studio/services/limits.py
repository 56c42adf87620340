"""How often a person may ask: sliding windows, counted in the database so that every process counts alike.

Works on user ids and moments. A refusal is not counted, and says when the same request would be let through.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from studio.errors import TooMany
from studio.store.database import Database, serialise
from studio.store.tables import RateEvent
from studio.store.times import Clock, utc_now


@dataclass(frozen=True)
class Rule:
    """At most `limit` acts within any span of length `window`. what: plural, for the sentence that refuses."""

    name: str
    limit: int
    window: timedelta
    what: str


def generations(limit: int = 10) -> Rule:
    """PRD §16.2: ads started within an hour, whatever became of them; cancelling one does not buy another."""
    return Rule("generations", limit, timedelta(hours=1), "ads an hour")


def requests(limit: int = 100) -> Rule:
    """PRD §16.2: API requests within a minute."""
    return Rule("requests", limit, timedelta(minutes=1), "requests a minute")


class Limits:
    """Counts acts of users against rules. Thread-safe, and safe between processes on both databases."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def take(self, rule: Rule, user_id: str) -> None:
        """Count one act, or raise TooMany."""
        with self._database.writing() as session:
            self.take_in(session, rule, user_id)

    def take_in(self, session: Session, rule: Rule, user_id: str) -> None:
        """The same within the caller's writing transaction, so that the act and its counting stand or fall together."""
        serialise(session, f"user:{user_id}")
        now = self._clock()
        mine = (RateEvent.user_id == user_id, RateEvent.rule == rule.name)
        session.execute(delete(RateEvent).where(*mine, RateEvent.at <= now - rule.window))
        times = session.scalars(select(RateEvent.at).where(*mine).order_by(RateEvent.at)).all()
        if wait_s := seconds_to_wait(times, rule.limit, rule.window, now):
            raise TooMany(f"{rule.limit} {rule.what} is the limit; try again in {spoken(wait_s)}.", retry_after=wait_s)
        session.add(RateEvent(user_id=user_id, rule=rule.name, at=now))
        session.flush()


def seconds_to_wait(times: Sequence[datetime], limit: int, window: timedelta, now: datetime) -> int:
    """Whole seconds until fewer than `limit` of `times` (rising) lie within `window` before then; 0: now."""
    if len(times) < limit:
        return 0
    return max(1, math.ceil((times[len(times) - limit] + window - now).total_seconds()))


def spoken(seconds: int) -> str:
    """ "45 seconds", "12 minutes": rounded up, for a sentence."""
    if seconds <= 90:
        return f"{seconds} second{'s' * (seconds != 1)}"
    return f"{math.ceil(seconds / 60)} minutes"
