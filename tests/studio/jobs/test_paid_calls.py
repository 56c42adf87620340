"""Money is spent once: killed before, inside or after the order."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from models.errors import Cancelled
from models.pricing import Use
from models.till import Bill, place_once
from studio.errors import OverCap
from studio.jobs.job_rows import JobState
from studio.services.prices import Prices
from studio.services.spending import Caps, Spending
from studio.services.till import UserTill
from studio.store.tables import CallState, PaidCall
from tests.studio.jobs.conftest import SHOPPER, House
from tests.studio.jobs.worker_process import REMOTE


class CountingShop:
    """Orders in memory; `lose` answers are lost after the order was placed."""

    def __init__(self, lose: int = 0) -> None:
        self.placed: list[str] = []
        self.lose = lose

    def create(self, key: str) -> str:
        self.placed.append(key)
        if self.lose:
            self.lose -= 1
            raise ConnectionResetError
        return f"order {len(self.placed)}"

    def find(self, key: str) -> str | None:
        return f"order {self.placed.index(key) + 1}" if key in self.placed else None


CLIP = Use("remote-video", images=1)


@pytest.fixture
def spending(house: House) -> Spending:
    return Spending(house.database, Prices((REMOTE,)), Caps(Decimal(5), Decimal("0.60")))


@pytest.fixture
def till(spending: Spending) -> Callable[[], UserTill]:
    """The till of one place, as a process finds it that was started again."""
    return lambda: UserTill(spending, SHOPPER, "job/visuals/0")


Tills = Callable[[], UserTill]


def buy(till: UserTill, shop: CountingShop, check: Callable[[], None] = lambda: None) -> tuple[Bill, str]:
    bill = till.order(CLIP, traceable=True)
    return bill, place_once(bill, shop, check)


def calls(house: House) -> list[tuple[str, CallState, Decimal | None]]:
    with house.database.reading() as session:
        found = session.scalars(select(PaidCall).order_by(PaidCall.created_at, PaidCall.key))
        return [(call.key.removeprefix("job/visuals/0/"), call.state, call.cost) for call in found]


def test_begun_again_nothing_is_ordered(house: House, till: Tills) -> None:
    shop = CountingShop()
    assert [buy(till(), shop)[1] for _ in range(2)] == ["order 1"] * 2
    bill, order = buy(till(), shop)
    bill.settle(Decimal("0.20"))
    assert buy(till(), shop)[1] == order  # what came of it was lost; the provider has it still
    assert shop.placed == ["job/visuals/0/0"]
    assert calls(house) == [("0", CallState.SETTLED, Decimal("0.20"))]


def test_what_is_bought_second_is_another_thing(till: Tills) -> None:
    shop, first = CountingShop(), till()
    assert [buy(first, shop)[1], buy(first, shop)[1]] == ["order 1", "order 2"]
    again = till()
    assert [buy(again, shop)[1], buy(again, shop)[1]] == ["order 1", "order 2"]


def test_an_order_whose_answer_was_lost_is_found(house: House, till: Tills) -> None:
    shop, first = CountingShop(lose=1), till()
    bill = first.order(CLIP, traceable=True)
    with pytest.raises(ConnectionResetError):
        place_once(bill, shop, lambda: None)
    bill.lost(None)  # nobody knows, but the provider can be asked
    again = first.order(CLIP, traceable=True, after=bill)
    assert place_once(again, shop, lambda: None) == "order 1"
    assert shop.placed == ["job/visuals/0/0"]


def test_cancelled_just_before_nothing_is_spent(till: Tills) -> None:
    def cancelled() -> None:
        raise Cancelled("Cancelled.")

    shop = CountingShop()
    with pytest.raises(Cancelled):
        buy(till(), shop, cancelled)
    assert shop.placed == []
    assert buy(till(), shop)[1] == "order 1"


def test_an_order_that_failed_is_placed_anew(house: House, till: Tills) -> None:
    shop = CountingShop()
    buy(till(), shop)[0].lost(Decimal("0.05"))
    buy(till(), shop)[0].void()
    bill, order = buy(till(), shop)
    assert (bill.key, order) == ("job/visuals/0/0~3", "order 3")
    assert calls(house)[:2] == [("0", CallState.LOST, Decimal("0.05")), ("0~2", CallState.VOID, Decimal(0))]


def test_where_nobody_can_be_asked_both_are_counted(house: House, till: Tills, spending: Spending) -> None:
    """A chat completion: killed inside the call, then after it, before what it gave was on record."""
    till().order(CLIP)
    till().order(CLIP).settle(Decimal("0.10"))
    assert calls(house) == [("0", CallState.LOST, Decimal("0.25")), ("0~2", CallState.SETTLED, Decimal("0.10"))]
    assert till().order(CLIP).key == "job/visuals/0/0~3"
    assert spending.budget(SHOPPER).spent == Decimal("0.60")
    with pytest.raises(OverCap):
        till().order(CLIP)
    assert spending.budget(SHOPPER).spent == Decimal("0.60")


def test_a_bill_that_comes_late_replaces_what_was_assumed(house: House, till: Tills) -> None:
    zombie = till().order(CLIP)
    till().order(CLIP).void()
    assert calls(house)[0] == ("0", CallState.LOST, Decimal("0.25"))
    zombie.settle(Decimal("0.08"))
    assert calls(house)[0] == ("0", CallState.SETTLED, Decimal("0.08"))


def test_at_once_no_cap_is_passed(house: House, spending: Spending) -> None:
    def one(n: int) -> bool:
        try:
            UserTill(spending, SHOPPER, f"job/visuals/{n}").order(CLIP)
        except OverCap:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(16))) == 2


def test_a_restart_of_the_database_is_waited_for(house: House, till: Tills, spending: Spending, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer to the commit is lost: the call is known again, and not counted twice."""
    real, lost = Spending.order, [True]

    def order(self: Spending, *args: Any, **kwargs: Any) -> PaidCall:
        call = real(self, *args, **kwargs)
        if lost.pop() if lost else False:
            raise OperationalError("COMMIT", {}, ConnectionResetError())
        return call

    monkeypatch.setattr(Spending, "order", order)
    bill = till().order(CLIP)
    assert (bill.key, bill.prior) == ("job/visuals/0/0", False)
    assert len(calls(house)) == 1


@pytest.mark.slow
@pytest.mark.parametrize("when", ["before", "inside", "after"])
def test_killed_around_the_order(house: House, when: str) -> None:
    shop = house.open_shop(accepting_s=1.5 if when == "inside" else 0.0)
    worker = house.worker()
    switch = {"before": "hold-s0", "inside": "", "after": "hold-delivery"}[when]
    job = house.submit(*([switch] if switch else []), shots=2)
    if when == "before":
        house.wait_for_call(job, "at s0", "done s1")
    else:
        house.wait(lambda: len(shop.orders()) == 2)  # placed; inside: but not answered yet
    house.kill(worker.pid)
    house.worker()
    if switch:
        house.release(job, switch)
    house.wait_for(job, JobState.COMPLETED)
    tags = [order["tag"] for order in shop.orders()]
    assert len(tags) == len(set(tags)) == 2
    assert house.calls(job).count("done s0") == 1
