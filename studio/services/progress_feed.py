"""News of people's ads as they change, for whoever listens: one look at the database for all listeners together.

    listening = feed.listen(session, tell)        tell(news) is called from the feed's own thread, in order, and must not wait
    listening.stop()

A listener first hears of each ad that is being made, then READY, then of every change; OVER is the last it hears, when its
session has ended. Nothing runs and nothing is asked while nobody listens. It knows jobs and ads, no HTTP.
"""

import logging
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.exc import InterfaceError, OperationalError

from studio.errors import TooMany
from studio.security import Claims
from studio.services.accounts import Accounts
from studio.services.generations import Detail, Generations
from studio.services.spending import UNFINISHED
from studio.store.database import Database
from studio.store.tables import Generation, jobs
from studio.store.tables.jobs import progress

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.3
SESSIONS_EVERY_S = 2.0
"""How soon a stream notices that its session was signed out."""

MOST_LISTENERS = 20
"""Of one person: windows of several browsers."""

PENDING = "pending"


@dataclass(frozen=True)
class News:
    """What a listener hears. id and ad: of "generation"; id alone: of "deleted"."""

    kind: Literal["generation", "ready", "deleted", "over"]
    id: str = ""
    ad: Detail | None = None


READY, OVER = News("ready"), News("over")
Tell = Callable[[News], None]

Mark = tuple[str, int | None, int | None]
"""(status, revision, place in the queue): whatever differs is news."""


@dataclass
class Listening:
    """One listener. `stop` may be called from any thread, and twice."""

    session: Claims
    tell: Tell
    stopped: Callable[["Listening"], None]
    greeted: bool = False

    def stop(self) -> None:
        """Hear nothing more (apart from what is being told this very moment)."""
        self.stopped(self)


@dataclass(frozen=True)
class _Sum:
    """How many ads there are, when the newest was ordered and when the last one ended: an ad that came and ended unseen, that was tried
    again and ended unseen, or was deleted, changes it."""

    count: int = 0
    newest: datetime | None = None
    ended: datetime | None = None


@dataclass(frozen=True)
class _Known:
    """One person's ads as last seen. ads: marks of those being made, None for the others."""

    ads: dict[str, Mark | None]
    total: _Sum


class ProgressFeed:
    """The news of this process. Thread-safe; its thread ends with the last listener, or with `close`."""

    def __init__(self, database: Database, accounts: Accounts, generations: Generations, *, look_every_s: float = LOOK_EVERY_S) -> None:
        self._database = database
        self._accounts = accounts
        self._generations = generations
        self._look_every_s = look_every_s
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._listeners: list[Listening] = []
        self._thread: threading.Thread | None = None
        self._known: dict[str, _Known] = {}
        self._sessions_seen = 0.0
        self._closed = False

    def listen(self, session: Claims, tell: Tell) -> Listening:
        """Begin to listen to the news of the session's user. Raises TooMany."""
        listening = Listening(session, tell, self._stop)
        with self._lock:
            if sum(other.session.user_id == session.user_id for other in self._listeners) >= MOST_LISTENERS:
                raise TooMany(f"{MOST_LISTENERS} windows listen already; close some of them.", retry_after=5)
            self._listeners.append(listening)
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._run, name="progress-feed", daemon=True)
                self._thread.start()
        self._wake.set()
        return listening

    @property
    def listeners(self) -> int:
        """How many listen at this moment."""
        with self._lock:
            return len(self._listeners)

    def close(self) -> None:
        """Tell every listener that it is over, and end."""
        with self._lock:
            self._closed = True
            listeners, thread = self._listeners, self._thread
            self._listeners = []
        for listening in listeners:
            listening.tell(OVER)
        self._wake.set()
        if thread is not None:
            thread.join(5)

    def _stop(self, listening: Listening) -> None:
        with self._lock:
            self._listeners = [other for other in self._listeners if other is not listening]
        self._wake.set()

    def _run(self) -> None:
        while True:
            self._wake.clear()
            with self._lock:
                listeners = tuple(self._listeners)
                if not listeners:
                    self._thread = None
                    self._known.clear()
                    return
            try:
                self._look(listeners)
            except (OperationalError, InterfaceError) as error:
                log.warning("News of ads could not be read (%s); they are asked for again.", type(error).__name__)
            except Exception:  # the thread's last boundary: one odd row must not silence everybody for good
                log.exception("News of ads could not be told.")
            self._pause()

    def _pause(self) -> None:
        """Until the next look, or until somebody new wants to be greeted or nobody is left."""
        until = time.monotonic() + self._look_every_s
        while (left_s := until - time.monotonic()) > 0 and self._wake.wait(left_s):
            self._wake.clear()
            with self._lock:
                if not self._listeners or any(not listening.greeted for listening in self._listeners):
                    return

    def _look(self, listeners: Collection[Listening]) -> None:
        over: set[str] = set()
        if time.monotonic() - self._sessions_seen >= SESSIONS_EVERY_S:
            self._sessions_seen = time.monotonic()
            over = self._accounts.over([listening.session for listening in listeners])
        for listening in listeners:
            if listening.session.jti in over:
                listening.stop()
                listening.tell(OVER)
        listeners = [listening for listening in listeners if listening.session.jti not in over]
        users = {listening.session.user_id for listening in listeners}
        if not users:
            return
        making, sums = self._standing(users)
        self._known = {user: known for user, known in self._known.items() if user in users}
        for user in users:
            old = [listening for listening in listeners if listening.session.user_id == user and listening.greeted]
            new = [listening for listening in listeners if listening.session.user_id == user and not listening.greeted]
            news = self._news(user, making.get(user, {}), sums.get(user, _Sum()))
            for listening in old:
                for item in news:
                    listening.tell(item)
            if new:
                self._greet(user, new, making.get(user, {}))

    def _greet(self, user: str, new: Collection[Listening], making: dict[str, Mark]) -> None:
        now = self._told(user, list(making))
        for listening in new:
            for item in (*now, READY):
                listening.tell(item)
            listening.greeted = True

    def _news(self, user: str, making: dict[str, Mark], total: _Sum) -> list[News]:
        """What changed since the last look; nothing at the first, which only remembers."""
        if user not in self._known:
            self._known[user] = _Known(dict.fromkeys(self._all(user)) | making, total)
            return []
        known, before = self._known[user].ads, self._known[user].total
        changed = [id for id, mark in making.items() if known.get(id) != mark]
        changed += [id for id, mark in known.items() if mark is not None and id not in making]  # ended, or deleted right after
        now: dict[str, Mark | None] = dict.fromkeys(known) | making
        gone: list[str] = []
        if total.ended != before.ended:
            changed += [id for id in self._ended(user, before.ended) if id in known and id not in changed]
        if (len(now), before.newest) != (total.count, total.newest):
            there = dict.fromkeys(self._all(user))
            changed += [id for id in there if id not in now]
            gone = [id for id in now if id not in there]
            now = there | {id: mark for id, mark in making.items() if id in there}
        told = self._told(user, [id for id in changed if id not in gone])
        self._known[user] = _Known(now, total)  # last: what could not be read now is news at the next look
        return told + [News("deleted", id) for id in gone]

    def _standing(self, users: Collection[str]) -> tuple[dict[str, dict[str, Mark]], dict[str, _Sum]]:
        """For each user the ads being made, oldest first, and the sum of all their ads: the one query of a look."""
        line = (
            sa.select(jobs.c.id, sa.func.row_number().over(order_by=(jobs.c.priority, jobs.c.queued, jobs.c.id)).label("place"))
            .where(jobs.c.state == PENDING)
            .subquery()
        )
        status = sa.cast(Generation.status, sa.String)
        making = (
            sa.select(Generation.user_id, Generation.id, status, progress.c.revision, line.c.place, Generation.created_at)
            .outerjoin(progress, progress.c.job == Generation.id)
            .outerjoin(line, line.c.id == Generation.id)
            .where(Generation.user_id.in_(users), Generation.status.in_(UNFINISHED))
        )
        all_ads = (
            sa.select(
                Generation.user_id,
                sa.literal(""),
                sa.literal(""),
                sa.cast(sa.func.count(), sa.Integer),
                sa.cast(sa.null(), sa.BigInteger),
                sa.func.max(Generation.created_at),
            )
            .where(Generation.user_id.in_(users))
            .group_by(Generation.user_id)
        )
        last_end = (
            sa.select(
                Generation.user_id,
                sa.literal(""),
                sa.literal("ended"),
                sa.cast(sa.null(), sa.Integer),
                sa.cast(sa.null(), sa.BigInteger),
                sa.func.max(Generation.completed_at),
            )
            .where(Generation.user_id.in_(users), Generation.completed_at.is_not(None))
            .group_by(Generation.user_id)
        )
        ads: dict[str, dict[str, Mark]] = {}
        sums: dict[str, _Sum] = {}
        with self._database.reading() as session:
            rows = session.execute(making.union_all(all_ads, last_end)).all()
        for user, id, state, number, place, at in sorted(rows, key=lambda row: (row[5], row[1])):
            if id:
                ads.setdefault(user, {})[id] = (state, number, place)
            elif state:
                sums[user] = replace(sums.get(user, _Sum()), ended=at)
            else:
                sums[user] = replace(sums.get(user, _Sum()), count=number or 0, newest=at)
        return ads, sums

    def _all(self, user: str) -> list[str]:
        with self._database.reading() as session:
            return list(session.scalars(sa.select(Generation.id).where(Generation.user_id == user)))

    def _ended(self, user: str, since: datetime | None) -> list[str]:
        """The user's ads that ended after `since`; None: any that did."""
        after = Generation.completed_at.is_not(None) if since is None else Generation.completed_at > since
        with self._database.reading() as session:
            return list(session.scalars(sa.select(Generation.id).where(Generation.user_id == user, after)))

    def _told(self, user: str, ids: list[str]) -> list[News]:
        return [News("generation", ad.id, ad) for ad in self._generations.details(user, ids)]
