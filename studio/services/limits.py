"""How often a person may ask: sliding windows, counted in the database so that every process counts alike.

Works on user ids and moments. A refusal is not counted, and says when the same request would be let through. Who asks much at once
is counted ahead, a few acts with one write, so that a page's dozen requests are not a dozen writes (docs/decisions/0012).
"""

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from studio.errors import TooMany
from studio.store.database import Database, serialise
from studio.store.tables import RateEvent
from studio.store.times import Clock, utc_now

MOST_AHEAD = 8
"""Acts that are counted with one write at most."""

AHEAD_FOR = timedelta(seconds=2)
"""How long they may be used; they count as if all had come at its end, so that no window ever holds more than the limit."""

LONG_AGO = datetime.min.replace(tzinfo=UTC)
MOST_REMEMBERED = 10_000
"""People per process who may have acts left; beyond, those who asked longest ago ask the database again."""


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


@dataclass
class _Ahead:
    """What this process has counted of one person and not used. size: acts of the last write. ids: rows of those left."""

    size: int = 0
    ids: list[int] = field(default_factory=list)
    until: datetime = LONG_AGO
    lock: threading.Lock = field(default_factory=threading.Lock)


class Limits:
    """Counts acts of users against rules. Thread-safe, and safe between processes on both databases."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock
        self._lock = threading.Lock()
        self._people: dict[tuple[str, str], _Ahead] = {}

    def take(self, rule: Rule, user_id: str) -> None:
        """Count one act, or raise TooMany. Twice as many are counted ahead as were used up in time before, else one."""
        ahead = self._ahead(rule, user_id)
        with ahead.lock:
            now = self._clock()
            if ahead.ids and now < ahead.until:
                ahead.ids.pop()
                return
            wished = min(2 * ahead.size, MOST_AHEAD) if now < ahead.until else 1
            with self._database.writing(lock=f"user:{user_id}") as session:
                if ahead.ids:  # nobody came for them: given back
                    session.execute(delete(RateEvent).where(RateEvent.id.in_(ahead.ids)))
                size = min(wished, self._free(session, rule, user_id, now))
                later = [RateEvent(user_id=user_id, rule=rule.name, at=now + AHEAD_FOR) for _ in range(size - 1)]
                session.add_all([RateEvent(user_id=user_id, rule=rule.name, at=now), *later])
                session.flush()
                ids = [event.id for event in later]
            ahead.size, ahead.ids, ahead.until = size, ids, now + AHEAD_FOR

    def take_in(self, session: Session, rule: Rule, user_id: str, acts: int = 1) -> None:
        """Count an act, or several that stand or fall together, within the caller's writing transaction. Raises TooMany."""
        serialise(session, f"user:{user_id}")
        now = self._clock()
        self._free(session, rule, user_id, now, acts)
        session.add_all([RateEvent(user_id=user_id, rule=rule.name, at=now) for _ in range(acts)])
        session.flush()

    def left(self, rule: Rule, user_id: str) -> int:
        """How many acts the rule has room for at this moment."""
        with self._database.reading() as session:
            counted = select(func.count()).select_from(RateEvent)
            recent = (RateEvent.user_id == user_id, RateEvent.rule == rule.name, RateEvent.at > self._clock() - rule.window)
            return max(0, rule.limit - (session.scalar(counted.where(*recent)) or 0))

    def _free(self, session: Session, rule: Rule, user_id: str, now: datetime, acts: int = 1) -> int:
        """How many acts the rule has room for, `acts` at least; or raise TooMany. Forgets what is older than the window."""
        mine = (RateEvent.user_id == user_id, RateEvent.rule == rule.name)
        session.execute(delete(RateEvent).where(*mine, RateEvent.at <= now - rule.window))
        counted = session.scalar(select(func.count()).select_from(RateEvent).where(*mine)) or 0
        if counted + acts <= rule.limit:
            return rule.limit - counted
        if acts > rule.limit:  # there is no waiting for that
            few = "; order fewer at once" if rule.limit else ""
            raise TooMany(f"{rule.limit} {rule.what} is the limit{few}.", retry_after=int(rule.window.total_seconds()))
        times = session.scalars(select(RateEvent.at).where(*mine).order_by(RateEvent.at)).all()
        wait_s = seconds_to_wait(times, rule.limit - acts + 1, rule.window, now)
        asked = f"{acts} at once are too many: " if acts > 1 else ""
        raise TooMany(f"{asked}{rule.limit} {rule.what} is the limit; try again in {spoken(wait_s)}.", retry_after=wait_s)

    def _ahead(self, rule: Rule, user_id: str) -> _Ahead:
        key = (rule.name, user_id)
        with self._lock:
            ahead = self._people.pop(key, None) or _Ahead()
            self._people[key] = ahead  # last asked, last in the order
            while len(self._people) > MOST_REMEMBERED:
                del self._people[next(iter(self._people))]
            return ahead


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
