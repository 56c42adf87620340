"""News of ads: in order, to their owners only, from one look for everybody, and nothing while nobody listens."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from pipelines.brief import read_brief
from studio.errors import TooMany
from studio.security import Claims
from studio.services.progress_feed import MOST_LISTENERS, News, ProgressFeed
from studio.store.database import Database
from studio.store.tables import Status
from tests.studio.three_step_ad import AdHouse, ad_house

BRIEF = read_brief("Create a luxury watch ad for Instagram", duration=30)


@pytest.fixture
def house(database: Database, tmp_path: Path) -> Iterator[AdHouse]:
    with ad_house(database, tmp_path) as opened:
        yield opened


@pytest.fixture
def feed(house: AdHouse) -> Iterator[ProgressFeed]:
    feed = ProgressFeed(house.database, house.accounts, house.generations, look_every_s=0.02)
    yield feed
    feed.close()


def session_of(house: AdHouse, name: str = "ada") -> tuple[str, Claims]:
    account = house.accounts.register(name, "correct horse")
    token = house.accounts.login(name, "correct horse", address="").token
    return account.id, house.accounts.session(token)


def until(what: Callable[[], Any], within_s: float = 120) -> None:
    deadline = time.monotonic() + within_s
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def kinds(heard: list[News]) -> list[str]:
    return [news.kind for news in heard]


def test_a_listener_hears_what_is_being_made_then_every_change_to_the_end(house: AdHouse, feed: ProgressFeed) -> None:
    ada, session = session_of(house)
    first, second = (house.generations.submit(ada, BRIEF) for _ in range(2))
    heard: list[News] = []
    listening = feed.listen(session, heard.append)
    until(lambda: "ready" in kinds(heard))
    assert [news.id for news in heard] == [first, second, ""]
    assert [news.ad.queue_position for news in heard[:2] if news.ad] == [1, 2]
    with house.working():
        house.ended(ada, first)
        house.ended(ada, second)
        until(
            lambda: [news.id for news in heard if news.ad and news.ad.status is Status.COMPLETED][-2:] and _ended(heard) == {first, second}
        )
    for id in (first, second):
        told = [news.ad for news in heard if news.ad and news.id == id]
        assert [ad.progress for ad in told] == sorted(ad.progress for ad in told)
        assert [ad.revision for ad in told] == sorted(ad.revision for ad in told)
        assert told[-1].result is not None
    moved = [news.ad.queue_position for news in heard if news.ad and news.id == second and news.ad.status is Status.PENDING]
    assert moved[0] == 2
    house.generations.delete(ada, first)
    until(lambda: "deleted" in kinds(heard))
    assert [news.id for news in heard if news.kind == "deleted"] == [first]
    listening.stop()
    before = len(heard)
    house.generations.submit(ada, BRIEF)
    time.sleep(0.2)
    assert len(heard) == before


def _ended(heard: list[News]) -> set[str]:
    return {news.id for news in heard if news.ad and news.ad.status.final}


def asleep(feed: ProgressFeed, session: Claims) -> None:
    """From here on nobody looks until `wake`."""
    looking: list[object] = []
    look = feed._look

    def told(listeners: Any) -> None:
        looking.append(listeners)
        look(listeners)
        looking.pop()

    feed._look = told  # type: ignore[method-assign]
    feed._look_every_s = 3600
    greeted: list[News] = []
    feed.listen(session, greeted.append)
    until(lambda: kinds(greeted) == ["ready"] and not looking)


def wake(feed: ProgressFeed, session: Claims) -> None:
    feed._look_every_s = 0.02
    feed.listen(session, lambda _: None)


def test_what_came_and_went_between_two_looks_is_told(house: AdHouse, feed: ProgressFeed) -> None:
    ada, session = session_of(house)
    old = house.generations.submit(ada, BRIEF)
    house.generations.cancel(ada, old)
    heard: list[News] = []
    feed.listen(session, heard.append)
    until(lambda: "ready" in kinds(heard))
    asleep(feed, session)
    quick = house.generations.submit(ada, BRIEF)
    house.generations.cancel(ada, quick)
    house.generations.delete(ada, old)
    wake(feed, session)
    until(lambda: {"generation", "deleted"} <= set(kinds(heard)))
    assert [(news.kind, news.id) for news in heard[1:]] == [("generation", quick), ("deleted", old)]
    assert heard[1].ad is not None
    assert heard[1].ad.cancelled


def test_what_was_tried_again_and_ended_between_two_looks_is_told(house: AdHouse, feed: ProgressFeed) -> None:
    ada, session = session_of(house)
    first, other = (house.generations.submit(ada, BRIEF) for _ in range(2))
    for ad in (first, other):
        house.generations.cancel(ada, ad)
    heard: list[News] = []
    feed.listen(session, heard.append)
    until(lambda: "ready" in kinds(heard))
    asleep(feed, session)
    house.generations.retry(ada, first)
    with house.working():
        house.ended(ada, first)
    wake(feed, session)
    until(lambda: len(heard) > 1)
    assert [(news.kind, news.id, news.ad.status if news.ad else None) for news in heard[1:]] == [("generation", first, Status.COMPLETED)]


def test_people_hear_of_their_own_ads(house: AdHouse, feed: ProgressFeed) -> None:
    ada, adas = session_of(house)
    bob, bobs = session_of(house, "bob")
    to_ada: list[News] = []
    to_bob: list[News] = []
    feed.listen(adas, to_ada.append)
    feed.listen(bobs, to_bob.append)
    until(lambda: kinds(to_ada) == ["ready"] == kinds(to_bob))
    hers, his = house.generations.submit(ada, BRIEF), house.generations.submit(bob, BRIEF)
    until(lambda: len(to_ada) > 1 and len(to_bob) > 1)
    assert {news.id for news in to_ada} == {"", hers}
    assert {news.id for news in to_bob} == {"", his}


def test_two_listeners_hear_the_same_and_a_late_one_the_present(house: AdHouse, feed: ProgressFeed) -> None:
    ada, session = session_of(house)
    first: list[News] = []
    second: list[News] = []
    feed.listen(session, first.append)
    until(lambda: kinds(first) == ["ready"])
    id = house.generations.submit(ada, BRIEF)
    until(lambda: len(first) == 2)
    feed.listen(session, second.append)
    until(lambda: len(second) == 2)
    assert [(news.kind, news.id) for news in second] == [("generation", id), ("ready", "")]
    house.generations.cancel(ada, id)
    until(lambda: _ended(first) == {id} == _ended(second))
    assert kinds(second)[-1] == "generation"


def test_signing_out_ends_the_news_of_that_session_alone(house: AdHouse, feed: ProgressFeed) -> None:
    _, session = session_of(house)
    token = house.accounts.login("ada", "correct horse", address="").token
    other = house.accounts.session(token)
    here: list[News] = []
    there: list[News] = []
    feed.listen(session, here.append)
    feed.listen(other, there.append)
    until(lambda: kinds(here) == ["ready"] == kinds(there))
    house.accounts.logout(token)
    until(lambda: kinds(there) == ["ready", "over"])
    assert kinds(here) == ["ready"]
    until(lambda: feed.listeners == 1)


def test_nothing_is_asked_while_nobody_listens(house: AdHouse, feed: ProgressFeed) -> None:
    _, session = session_of(house)
    asked: list[str] = []
    event.listen(house.database.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    listening = feed.listen(session, lambda _: None)
    until(lambda: len(asked) > 5)
    listening.stop()
    until(lambda: feed._thread is None)
    asked.clear()
    time.sleep(0.2)
    assert asked == []


def test_one_look_asks_once_however_many_listen(house: AdHouse, feed: ProgressFeed) -> None:
    sessions = [session_of(house, name) for name in ("ada", "bob", "cem")]
    for ada, _ in sessions:
        house.generations.submit(ada, BRIEF)
    heard: list[News] = []
    for _, session in sessions:
        for _ in range(3):
            feed.listen(session, heard.append)
    until(lambda: kinds(heard).count("ready") == 9)
    asked: list[str] = []
    event.listen(house.database.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    feed._sessions_seen = time.monotonic() + 3600
    looks = 0
    real = feed._standing

    def counted(users: Any) -> Any:
        nonlocal looks
        looks += 1
        return real(users)

    feed._standing = counted  # type: ignore[method-assign]
    time.sleep(0.1)
    asked.clear()
    looks = 0
    until(lambda: looks >= 5)
    assert len([statement for statement in asked if statement.startswith("SELECT")]) <= looks + 1


def test_the_news_go_on_after_the_database_was_away(house: AdHouse, feed: ProgressFeed, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy.exc import OperationalError

    ada, session = session_of(house)
    heard: list[News] = []
    feed.listen(session, heard.append)
    until(lambda: kinds(heard) == ["ready"])

    def away(*_: object) -> Any:
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(house.generations, "details", away)
    id = house.generations.submit(ada, BRIEF)
    time.sleep(0.2)
    monkeypatch.undo()
    until(lambda: [news.id for news in heard[1:]] == [id])


def test_a_person_has_no_more_than_twenty_listeners(house: AdHouse, feed: ProgressFeed) -> None:
    _, session = session_of(house)
    for _ in range(MOST_LISTENERS):
        feed.listen(session, lambda _: None)
    with pytest.raises(TooMany):
        feed.listen(session, lambda _: None)


def test_closing_tells_everybody(house: AdHouse, feed: ProgressFeed) -> None:
    _, session = session_of(house)
    heard: list[News] = []
    feed.listen(session, heard.append)
    until(lambda: kinds(heard) == ["ready"])
    feed.close()
    assert kinds(heard) == ["ready", "over"]
