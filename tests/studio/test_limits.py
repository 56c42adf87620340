"""The eleventh ad of an hour waits, until exactly the first has become an hour old."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from studio.errors import TooMany
from studio.services.limits import Limits, generations, requests, seconds_to_wait, spoken
from studio.store.database import Database
from studio.store.tables import RateEvent, User
from tests.clock import HandClock


def join(database: Database, name: str) -> str:
    with database.writing() as session:
        user = User(username=name, username_key=name, password_hash="x", created_at=HandClock()())
        session.add(user)
    return user.id


def test_ten_ads_an_hour_and_the_window_slides(database: Database) -> None:
    clock = HandClock()
    limits, ada, bob = Limits(database, clock), join(database, "ada"), join(database, "bob")
    for _ in range(10):
        limits.take(generations(), ada)
        clock.advance(minutes=3)
    with pytest.raises(TooMany, match="10 ads an hour is the limit; try again in 30 minutes") as caught:
        limits.take(generations(), ada)
    assert caught.value.retry_after == 30 * 60
    limits.take(generations(), bob)  # somebody else
    for _ in range(100):
        limits.take(requests(), ada)  # another limit
    clock.advance(minutes=30, seconds=-1)
    with pytest.raises(TooMany) as caught:
        limits.take(generations(), ada)
    assert caught.value.retry_after == 1
    clock.advance(seconds=1)
    limits.take(generations(), ada)  # the first is an hour old …
    with pytest.raises(TooMany) as caught:
        limits.take(generations(), ada)  # … the second is not
    assert caught.value.retry_after == 3 * 60


def test_a_hundred_requests_a_minute(database: Database) -> None:
    clock = HandClock()
    limits, ada = Limits(database, clock), join(database, "ada")
    for _ in range(100):
        limits.take(requests(), ada)
    with pytest.raises(TooMany, match="try again in 60 seconds"):
        limits.take(requests(), ada)
    clock.advance(minutes=1)
    limits.take(requests(), ada)
    clock.advance(minutes=2)
    limits.take(requests(), ada)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(RateEvent)) == 1  # the old ones are gone


def test_who_asks_much_at_once_is_counted_ahead(database: Database) -> None:
    clock = HandClock()
    limits, ada = Limits(database, clock), join(database, "ada")

    def counted() -> int:
        with database.reading() as session:
            return session.scalar(select(func.count()).select_from(RateEvent)) or 0

    seen = []
    for _ in range(15):
        limits.take(requests(), ada)
        seen.append(counted())
    assert sorted(set(seen)) == [1, 3, 7, 15], "four writes for fifteen requests"
    limits.take(requests(), ada)
    assert counted() == 15 + 8
    clock.advance(seconds=5)
    limits.take(requests(), ada)
    assert counted() == 17, "what nobody came for is given back; who asks now and then is counted one by one"


def test_no_minute_holds_more_than_the_limit_however_many_processes_count(database: Database) -> None:
    clock, ada = HandClock(), join(database, "ada")
    processes = [Limits(database, clock) for _ in range(3)]
    let_through: list[datetime] = []
    for turn in range(240):
        clock.advance(milliseconds=611)
        with suppress(TooMany):
            processes[turn // 4 % 3].take(requests(30), ada)
            let_through.append(clock())
    for first in let_through:
        assert sum(first <= moment < first + timedelta(minutes=1) for moment in let_through) <= 30
    assert len(let_through) > 60, "and those that two processes keep ready are few"


def test_a_refusal_does_not_count(database: Database) -> None:
    clock = HandClock()
    limits, ada = Limits(database, clock), join(database, "ada")
    limits.take(generations(1), ada)
    for _ in range(5):
        clock.advance(minutes=10)
        with pytest.raises(TooMany):
            limits.take(generations(1), ada)
    clock.advance(minutes=10)
    limits.take(generations(1), ada)


def test_many_at_once_get_exactly_the_limit(database: Database) -> None:
    limits, ada = Limits(database, HandClock()), join(database, "ada")

    def ask(_: int) -> bool:
        try:
            limits.take(generations(), ada)
        except TooMany:
            return False
        return True

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(ask, range(30))) == 10


def test_what_is_undone_is_not_counted(database: Database) -> None:
    limits, ada = Limits(database, HandClock()), join(database, "ada")

    def break_off() -> None:
        with database.writing() as session:
            limits.take_in(session, generations(1), ada)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    limits.take(generations(1), ada)


@given(st.lists(st.integers(0, 5000), max_size=30).map(sorted), st.integers(1, 12), st.integers(0, 5000))
def test_the_wait_is_as_long_as_needed_and_no_longer(ago_ms: list[int], limit: int, extra_ms: int) -> None:
    now, window = HandClock()(), timedelta(milliseconds=5000 + extra_ms)
    times = [now - timedelta(milliseconds=ms) for ms in reversed(ago_ms)]

    def within(seconds: int) -> int:
        return sum(t > now + timedelta(seconds=seconds) - window for t in times)

    wait = seconds_to_wait([t for t in times if t > now - window], limit, window, now)
    assert within(wait) < limit
    assert wait == 0 or within(wait - 1) >= limit


def test_waits_as_people_say_them() -> None:
    assert [spoken(s) for s in (1, 60, 90, 91, 3600)] == ["1 second", "60 seconds", "90 seconds", "2 minutes", "60 minutes"]
