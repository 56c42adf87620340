"""Paying for calls of models: written down before the money is spent, settled when it is known how much it was.

    till.order(use)      before anything is sent; may refuse (a cap), and then nothing is sent
      └▶ bill            goes to the backend with the ask, as `job.bill`
           placed(id)    the provider took the order
           settle(cost)  it was delivered
           void()        the provider surely charged nothing
           lost(cost)    nothing came of it, and it was charged, or may have been

The runtime calls all of these but `placed`, which is for backends whose provider can be asked for an order again
(`ModelRow.traceable`): they place orders with `place_once`, and say of each that failed what it did cost (`ModelError.cost_usd`);
one of which they say nothing is asked for again. What keeps the books is the application's; it is not known here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

if TYPE_CHECKING:
    from models.pricing import Use


class TooDear(Exception):
    """What an application's error derives from that refuses a call for what it may cost: a model that costs less may still be asked."""


class Bill(Protocol):
    """One order on record.

    key: the same however often the same thing is tried, to be sent along as idempotency key or tag. prior: it was on record
    before, so that it may have reached the provider. prediction: the provider's id of it, once that is known.
    """

    @property
    def key(self) -> str: ...
    @property
    def prior(self) -> bool: ...
    @property
    def prediction(self) -> str | None: ...
    def placed(self, prediction: str) -> None: ...
    def settle(self, cost: Decimal) -> None: ...
    def void(self) -> None: ...
    def lost(self, cost: Decimal | None) -> None:
        """cost: US dollars; None when nobody can know, which counts as the most it may cost."""


class Till(Protocol):
    """Where one step of a job pays. Thread-safe."""

    def order(self, use: "Use", *, traceable: bool = False, after: Bill | None = None) -> Bill:
        """Write a call down. traceable: the provider can be asked for it again. after: the try at the same thing before this one.

        May refuse with an error of the application's own; then nothing is on record.
        """


@dataclass
class Uncounted:
    """The bill of a till that keeps no books. open: nobody has said yet what came of it."""

    key: str = ""
    prior: bool = False
    prediction: str | None = None
    open: bool = True

    def placed(self, prediction: str) -> None:
        self.prediction = prediction

    def settle(self, cost: Decimal) -> None:
        self.open = False

    def void(self) -> None:
        self.open = False

    def lost(self, cost: Decimal | None) -> None:
        """Where nobody can know, a provider that keeps orders can be asked: it stays open."""
        self.open = cost is None


class NoBooks:
    """A till for command lines and notebooks: every result says what it cost, and nobody adds it up. Within one process an order
    whose answer was lost is asked for again, not placed anew."""

    def order(self, use: "Use", *, traceable: bool = False, after: Bill | None = None) -> Bill:
        if traceable and isinstance(after, Uncounted) and after.open:
            return Uncounted(after.key, True, after.prediction)
        return Uncounted(uuid4().hex)


class Provider(Protocol):
    """What a shop of predictions must be able to do. `key` travels with the order, as idempotency key or as tag."""

    def create(self, key: str) -> str:
        """Place the order; the provider's id of it."""

    def find(self, key: str) -> str | None:
        """The id of the order that bears `key`, None when there is none."""


def place_once(bill: Bill, provider: Provider, check: Callable[[], None]) -> str:
    """The provider's id of the one order for `bill`, placed now or before.

        kill before the bill was on record     nothing happened          → ordered by the next attempt
        kill after that                        ordered, or not?          → `find(key)` at the provider; adopted, or ordered
        kill after `placed`                    ordered                   → the id is on record

    A provider that takes an idempotency key closes the last gap (two processes that order in the same instant). `check` may
    refuse just before money is spent.
    """
    if bill.prediction is not None:
        return bill.prediction
    prediction = provider.find(bill.key) if bill.prior else None
    if prediction is None:
        check()
        prediction = provider.create(bill.key)
    bill.placed(prediction)
    return bill.prediction or prediction
