"""Money is spent once: killed before, inside or after the order."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from models.errors import Cancelled
from studio.jobs.job_rows import JobState
from studio.jobs.paid_calls import PaidCalls, Purchase
from studio.store.tables import CallState, PaidCall
from tests.studio.jobs.conftest import SHOPPER, House


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


@pytest.fixture
def purchase() -> Purchase:
    return Purchase("job/visuals/0", SHOPPER, None, "remote-video", Decimal("0.25"))


def allowed() -> None:
    return None


def test_the_second_time_nothing_is_ordered(house: House, purchase: Purchase) -> None:
    shop, calls = CountingShop(), PaidCalls(house.database)
    assert calls.once(purchase, shop, allowed) == calls.once(purchase, shop, allowed) == "order 1"
    assert shop.placed == [purchase.key]


def test_an_order_whose_answer_was_lost_is_found(house: House, purchase: Purchase) -> None:
    shop, calls = CountingShop(lose=1), PaidCalls(house.database)
    with pytest.raises(ConnectionResetError):
        calls.once(purchase, shop, allowed)
    assert calls.once(purchase, shop, allowed) == "order 1"
    assert shop.placed == [purchase.key]


def test_cancelled_just_before_nothing_is_spent(house: House, purchase: Purchase) -> None:
    def cancelled() -> None:
        raise Cancelled("Cancelled.")

    shop, calls = CountingShop(), PaidCalls(house.database)
    with pytest.raises(Cancelled):
        calls.once(purchase, shop, cancelled)
    assert shop.placed == []
    assert calls.once(purchase, shop, allowed) == "order 1"


def test_the_ledger_tells_what_it_cost(house: House, purchase: Purchase) -> None:
    calls = PaidCalls(house.database)
    calls.once(purchase, CountingShop(), allowed)
    calls.settle(purchase.key, Decimal("0.20"))
    with house.database.reading() as session:
        row = session.execute(select(PaidCall)).scalar_one()
    assert (row.state, row.cost, row.reserved, row.prediction) == (CallState.SETTLED, Decimal("0.20"), Decimal("0.25"), "order 1")


@pytest.mark.slow
def test_killed_inside_the_order(sqlite_house: House) -> None:
    shop = sqlite_house.open_shop(accepting_s=1.5)
    worker = sqlite_house.worker()
    job = sqlite_house.submit(shots=2)
    sqlite_house.wait(lambda: len(shop.orders()) == 2)  # placed, but not answered yet
    sqlite_house.kill(worker.pid)
    sqlite_house.worker()
    sqlite_house.wait_for(job, JobState.COMPLETED)
    assert len(shop.orders()) == 2
    assert sqlite_house.calls(job).count("done s0") == 1
