"""Where a person pays for what models do for them: the till of models/till.py, kept in the ledger.

    <place>/0            the first thing that is bought at this place, "<job>/<step>/<part>"; the next is <place>/1
    <place>/0~2          bought a second time, because what came of the first is lost and the provider cannot be asked for it

Places and numbers are the same after a restart, so that a call finds the one before it. It knows prices and people by their
ids, and calls no provider.
"""

import logging
import threading
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from models.pricing import Use
from models.till import Bill
from studio.jobs.patience import patiently
from studio.services.spending import Spending
from studio.store.tables import new_id

log = logging.getLogger(__name__)


@dataclass
class LedgerBill:
    """models.till.Bill, kept in the ledger under `key`. slot: what is being bought, however often it is tried."""

    spending: Spending
    slot: str
    key: str
    traceable: bool
    prior: bool
    prediction: str | None

    def placed(self, prediction: str) -> None:
        """The first id that was written down stays: a process that was taken for dead may come second."""
        self.prediction = patiently(lambda: self.spending.placed(self.key, prediction)).prediction

    def settle(self, cost: Decimal) -> None:
        if not cost:
            return self.void()
        patiently(lambda: self.spending.settled(self.key, cost))
        log.info("A paid call was settled.", extra={"key": self.key, "cost": str(cost)})
        return None

    def void(self) -> None:
        patiently(lambda: self.spending.void(self.key))

    def lost(self, cost: Decimal | None) -> None:
        """What can still be asked for is not lost: it stays on record as it is, for the next try."""
        if cost is None and self.traceable:
            return
        call = patiently(lambda: self.spending.lost(self.key, cost))
        log.warning("Nothing came of a paid call.", extra={"key": self.key, "cost": str(call.cost)})


class UserTill:
    """The till of one place. place: stable over restarts, and nobody else's. Thread-safe.

    generation_id: the ad that is paid for, None for what belongs to none.
    """

    def __init__(self, spending: Spending, user_id: str, place: str, generation_id: str | None = None) -> None:
        self._spending = spending
        self._user_id = user_id
        self._place = place
        self._generation_id = generation_id
        self._numbers = count()
        self._lock = threading.Lock()

    def order(self, use: Use, *, traceable: bool = False, after: Bill | None = None) -> Bill:
        """See models.till.Till. Raises OverCap, UnknownPrice; then nothing is written down."""
        if isinstance(after, LedgerBill):
            slot = after.slot
        else:
            with self._lock:
                slot = f"{self._place}/{next(self._numbers)}"
        new = new_id()  # beforehand: when the answer of the database is lost, the call is known again
        call = patiently(
            lambda: self._spending.order(slot, use, id=new, user_id=self._user_id, generation_id=self._generation_id, traceable=traceable)
        )
        log.info("A paid call is about to be made.", extra={"key": call.key, "model": call.model, "reserved": str(call.reserved)})
        return LedgerBill(self._spending, slot, call.key, traceable, call.id != new, call.prediction)
