"""Paying once: an intent is on record before anything is ordered, the provider's id after, and an order that may or may not
have gone out is looked up before it is placed again.

    kill before the intent      nothing happened                         → ordered by the next attempt
    kill after the intent       ordered, or not?                         → `find(key)` at the provider; adopted, or ordered
    kill after the id           ordered                                  → the id is on record

A provider that takes an idempotency key closes the last gap (two processes that order in the same instant); one that can
neither take a key nor find a tag is bought from at least once, and its backend must say so. It knows no prices.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from sqlalchemy import select

from studio.store.database import Database
from studio.store.tables.spending import CallState, PaidCall
from studio.store.times import Clock, utc_now


class Provider(Protocol):
    """What a shop of predictions must be able to do. `key` travels with the order, as idempotency key or as tag."""

    def create(self, key: str) -> str:
        """Place the order; the provider's id of it."""

    def find(self, key: str) -> str | None:
        """The id of the order that bears `key`, None when there is none."""


@dataclass(frozen=True)
class Purchase:
    """What is about to be bought. key: the same for every attempt at the same thing, e.g. "<job>/visuals/2".

    reserved: the most it may cost, US dollars.
    """

    key: str
    user: str
    generation: str | None
    model: str
    reserved: Decimal


class PaidCalls:
    """The ledger of paid calls. Thread-safe; no database session is open while a provider is spoken to."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def once(self, purchase: Purchase, provider: Provider, check: Callable[[], None]) -> str:
        """The provider's id of the one order for `purchase`, placed now or before. `check` may refuse just before money is
        spent: the job was cancelled, or this process was taken for dead."""
        before, prediction = self._intend(purchase)
        if prediction is None and before:
            prediction = provider.find(purchase.key)
        if prediction is None:
            check()
            prediction = provider.create(purchase.key)
        with self._database.writing(lock=f"paid:{purchase.key}") as session:
            call = session.execute(select(PaidCall).where(PaidCall.key == purchase.key)).scalar_one()
            if call.prediction is None:
                call.prediction, call.state, call.placed_at = prediction, CallState.PLACED, self._clock()
            return call.prediction

    def settle(self, key: str, cost: Decimal) -> None:
        """The provider said what it cost; nothing at all makes the call void."""
        with self._database.writing(lock=f"paid:{key}") as session:
            call = session.execute(select(PaidCall).where(PaidCall.key == key)).scalar_one()
            call.cost, call.settled_at = cost, self._clock()
            call.state = CallState.SETTLED if cost else CallState.VOID

    def _intend(self, purchase: Purchase) -> tuple[bool, str | None]:
        """(was it intended before, the provider's id if known); intended it is from now on."""
        with self._database.writing(lock=f"paid:{purchase.key}") as session:
            call = session.execute(select(PaidCall).where(PaidCall.key == purchase.key)).scalar_one_or_none()
            if call is not None:
                return True, call.prediction
            session.add(
                PaidCall(
                    key=purchase.key,
                    user_id=purchase.user,
                    generation_id=purchase.generation,
                    model=purchase.model,
                    reserved=purchase.reserved,
                    created_at=self._clock(),
                )
            )
            return False, None
