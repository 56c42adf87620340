"""Where commands pay that make something themselves, such as `python -m studio make`: no ledger and no account, but never past the most
that one ad, or a set of pictures or films, may cost (AD_CAP_USD).

What an order may cost is held back from the moment it goes out until it is known what it did cost; what nobody can know stays held back.
"""

import threading
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import uuid4

from models.pricing import Use
from models.till import Bill
from studio.errors import OverCap
from studio.services.prices import Prices
from studio.store.money import NOTHING, dollars, dollars_at_most


@dataclass
class DirectTill:
    """models.till.Till for one order. cap: US dollars. what: is paid, as a sentence begins. total: what it has cost, or may have, so far.
    whole: the till of all that it is part of, which counts it too. Thread-safe."""

    prices: Prices
    cap: Decimal
    what: str = "This ad"
    total: Decimal = NOTHING
    whole: "DirectTill | None" = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def order(self, use: Use, *, traceable: bool = False, after: Bill | None = None) -> Bill:
        """See models.till.Till. Raises OverCap, UnknownPrice; then nothing is held back."""
        if traceable and isinstance(after, DirectBill) and after.open:
            return DirectBill(self, after.held, after.key, True, after.prediction)  # the same order is asked for again, and paid once
        price = self.prices.of(use)
        with self._lock:
            check_cap(self.total + price, self.cap, self.what)
            self.total += price
        if self.whole is not None:
            self.whole.correct(NOTHING, price)
        return DirectBill(self, price, uuid4().hex)

    def correct(self, held: Decimal, cost: Decimal) -> None:
        """`cost` takes the place of what was held back."""
        with self._lock:
            self.total += cost - held
        if self.whole is not None:
            self.whole.correct(held, cost)


@dataclass
class DirectBill:
    """models.till.Bill. held: US dollars that are held back. open: nobody knows yet what came of it."""

    till: DirectTill
    held: Decimal
    key: str
    prior: bool = False
    prediction: str | None = None
    open: bool = True

    def placed(self, prediction: str) -> None:
        self.prediction = prediction

    def settle(self, cost: Decimal) -> None:
        self.open = False
        self.till.correct(self.held, cost)

    def void(self) -> None:
        self.settle(NOTHING)

    def lost(self, cost: Decimal | None) -> None:
        """Where nobody can know, the provider may still be asked; what it may have cost stays held back."""
        if cost is not None:
            self.settle(cost)


def check_cap(cost: Decimal, cap: Decimal, what: str = "This ad") -> None:
    """Raise OverCap where that is more than one order may cost. what: is ordered, as a sentence begins."""
    if cost > cap:
        raise OverCap(
            f"{what} may cost up to {dollars_at_most(cost)}, and {dollars(cap)} is the most for one order (AD_CAP_USD); "
            "ask for less or for cheaper models, or set a higher one.",
            cap="ad",
        )
