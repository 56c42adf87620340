"""A durable ad whose story is bought: its cost is on the ad, the person and the month, however the ad ends."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from pipelines.brief import read_brief
from pipelines.copywriter import writer
from pipelines.hints import read_hints
from studio.services.spending import Caps
from studio.store.database import Database
from studio.store.tables import CallState, PaidCall, Status
from tests.chat_server import ChatServer, Reply, answer
from tests.preloaded import Started, start
from tests.studio.jobs.written_ad import models_at, written_ad
from tests.studio.three_step_ad import AdHouse, ad_house

BRIEF = read_brief("Create a luxury watch ad for Instagram", duration=15, brand="Aurelia")
STORY = writer.write(BRIEF, read_hints(BRIEF.prompt)).model_dump_json()
TEXT, FILM = Decimal("0.0045"), Decimal("0.0123")
"""1000 tokens read and 200 written, as the server says; and what filming costs in the tests' ad."""

PATIENCE_S = 240.0


@pytest.fixture
def llm() -> Iterator[ChatServer]:
    chat = ChatServer()
    chat.reply = lambda body: answer(STORY)
    yield chat
    chat.http.shutdown()
    chat.http.server_close()


@contextmanager
def at_work(database: Database, folder: Path, llm: ChatServer, **options: Any) -> Iterator[tuple[AdHouse, str]]:
    runtime = models_at(llm.url, folder)
    with ad_house(database, folder, runtime=runtime, job=written_ad, **options) as house, house.working():
        yield house, house.accounts.register("ada", "correct horse").id
    runtime.close()


def calls(database: Database, ad: str) -> list[tuple[str, CallState, Decimal | None]]:
    with database.reading() as session:
        found = session.scalars(select(PaidCall).order_by(PaidCall.created_at, PaidCall.key)).all()
    return [(call.key.removeprefix(f"{ad}/"), call.state, call.cost) for call in found]


def reserved(database: Database) -> Decimal:
    """The most that the first call might have cost."""
    with database.reading() as session:
        return session.scalars(select(PaidCall).order_by(PaidCall.created_at)).first().reserved  # type: ignore[union-attr]


def wait(what: Callable[[], object]) -> None:
    ends = time.monotonic() + PATIENCE_S
    while not what():
        assert time.monotonic() < ends
        time.sleep(0.02)


def spent(house: AdHouse, person: str) -> tuple[Decimal, Decimal, Decimal]:
    """(the person's total, this month's sum, the budget's)."""
    months = house.spending.by_month(person)
    return house.accounts.profile(person).total_cost, sum((m.cost for m in months), Decimal(0)), house.spending.budget(person).spent


def test_the_story_is_on_the_bill(database: Database, tmp_path: Path, llm: ChatServer) -> None:
    with at_work(database, tmp_path, llm) as (house, ada):
        id = house.generations.submit(ada, BRIEF)
        quoted = house.generations.detail(ada, id).quoted_cost
        ad = house.ended(ada, id).ad
        assert (ad.status, ad.cost) == (Status.COMPLETED, TEXT + FILM)
        assert calls(database, id) == [("spec/0/0", CallState.SETTLED, TEXT), ("film/0/0", CallState.SETTLED, FILM)]
        assert spent(house, ada) == (TEXT + FILM,) * 3
        assert house.spending.budget(ada).held == 0
        assert TEXT < reserved(database) < quoted
        house.generations.delete(ada, id)
        assert spent(house, ada) == (TEXT + FILM,) * 3


def test_an_ad_that_fails_keeps_its_cost_and_a_retry_buys_nothing_again(database: Database, tmp_path: Path, llm: ChatServer) -> None:
    with at_work(database, tmp_path, llm) as (house, ada):
        (house.work / "fail").touch()
        id = house.generations.submit(ada, BRIEF)
        ad = house.ended(ada, id).ad
        assert (ad.status, ad.error_code, ad.cost) == (Status.FAILED, "model_refused", TEXT)
        assert spent(house, ada) == (TEXT,) * 3
        (house.work / "fail").unlink()
        house.generations.retry(ada, id)
        assert house.ended(ada, id).ad.cost == TEXT + FILM
        assert len(llm.requests) == 1


def test_answers_that_do_not_hold_are_paid_for_too(database: Database, tmp_path: Path, llm: ChatServer) -> None:
    llm.reply = lambda body: answer("{}")
    with at_work(database, tmp_path, llm) as (house, ada):
        id = house.generations.submit(ada, BRIEF)
        asks = len(llm.requests) if house.ended(ada, id).ad.status is Status.COMPLETED else 0
        assert asks >= 2
        assert house.generations.detail(ada, id).cost == asks * TEXT + FILM
        assert [key for key, *_ in calls(database, id)][:2] == ["spec/0/0", "spec/0/1"]


def test_a_cancelled_ad_counts_what_may_have_been_bought(database: Database, tmp_path: Path, llm: ChatServer) -> None:
    let_go = threading.Event()

    def slowly(body: dict[str, Any]) -> Reply:
        let_go.wait(PATIENCE_S)
        return answer(STORY)

    llm.reply = slowly
    with at_work(database, tmp_path, llm) as (house, ada):
        id = house.generations.submit(ada, BRIEF)
        wait(lambda: llm.requests)
        now = house.generations.cancel(ada, id)
        assert (now.ad.error_code, now.ad.cost) == ("cancelled", reserved(database))
        assert now.ad.cost
        wait(lambda: calls(database, id)[0][1] is CallState.LOST)
        let_go.set()
        assert spent(house, ada) == (reserved(database),) * 3


def test_a_key_that_is_refused_costs_nothing(database: Database, tmp_path: Path, llm: ChatServer) -> None:
    llm.reply = lambda body: (401, {"error": {"message": "no", "type": "t", "code": "invalid_api_key", "param": None}}, {})
    with at_work(database, tmp_path, llm) as (house, ada):
        ad = house.ended(ada, house.generations.submit(ada, BRIEF)).ad
        assert (ad.error_code, ad.cost) == ("model_unavailable", 0)
        assert spent(house, ada) == (0, 0, 0)


def test_a_cap_in_the_middle_fails_the_ad_with_its_sentence(database: Database, tmp_path: Path, llm: ChatServer) -> None:
    with at_work(database, tmp_path, llm, caps=Caps(Decimal(5), Decimal("0.19"))) as (house, ada):
        with database.writing() as session:
            session.add(
                PaidCall(key="before", user_id=ada, model="m", reserved=Decimal(0), created_at=house.spending._clock())
            )  # fmt: skip
        id = house.generations.submit(ada, BRIEF)
        house.generations.cancel(ada, id)
        house.spending.settled("before", Decimal("0.18"))
        with database.writing() as session:  # the quote is promised no more: a cap was lowered, or prices went up
            from studio.store.tables import Generation

            session.get_one(Generation, id).quoted_cost = Decimal(0)
        house.desk.retry(id)
        ad = house.ended(ada, id).ad
        assert (ad.status, ad.error_code, ad.cost) == (Status.FAILED, "over_cap", 0)
        assert "left this month" in str(ad.error_message)
        assert llm.requests == []


@contextmanager
def worker(address: str, folder: Path, llm: ChatServer) -> Iterator[Started]:
    with (folder / "worker.log").open("a") as log:
        process = start("tests.studio.jobs.written_ad", address, str(folder), llm.url, stderr=log)
    try:
        assert process.stdout.readline(), (folder / "worker.log").read_text()
        yield process
    finally:
        process.close()


@pytest.mark.slow
@pytest.mark.parametrize("when", ["inside", "after"])
def test_killed_around_a_call_that_nobody_can_ask_about(
    database: Database, database_address: str, tmp_path: Path, llm: ChatServer, when: str
) -> None:
    """The provider was asked twice, and both are on the bill: the first as what it said, or as the most it may have been."""
    let_go = threading.Event()

    def reply(body: dict[str, Any]) -> Reply:
        if when == "inside" and len(llm.requests) == 1:
            let_go.wait(PATIENCE_S)
        return answer(STORY)

    llm.reply = reply
    with ad_house(database, tmp_path, job=written_ad) as house:
        ada = house.accounts.register("ada", "correct horse").id
        if when == "after":
            (house.work / "hold-written").touch()
        with worker(database_address, tmp_path, llm) as process:
            id = house.generations.submit(ada, BRIEF)
            wait(lambda: llm.requests if when == "inside" else (house.work / "written").exists())
            process.kill()
            process.wait(timeout=PATIENCE_S)
            before = calls(database, id)
            assert before == [("spec/0/0", CallState.INTENDED, None) if when == "inside" else ("spec/0/0", CallState.SETTLED, TEXT)]
            assert house.spending.budget(ada).spent == (reserved(database) if when == "inside" else TEXT)
        (house.work / "hold-written").unlink(missing_ok=True)
        let_go.set()
        with worker(database_address, tmp_path, llm):
            ad = house.ended(ada, id).ad
        first = reserved(database) if when == "inside" else TEXT
        assert (ad.status, ad.cost) == (Status.COMPLETED, first + TEXT + FILM)
        assert [key for key, *_ in calls(database, id)] == ["spec/0/0", "spec/0/0~2", "film/0/0"]
        assert len(llm.requests) == 2
        assert spent(house, ada) == (ad.cost,) * 3
