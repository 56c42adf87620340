"""Money: what may be spent is checked before it is, what was spent is written down, and the totals follow from that.

A started ad holds back what it was quoted, so that ten started at once cannot together pass a cap. Each paid call is
written into the ledger before it is made (see `PaidCall`): after a crash the ledger says what may already be paid. When an
ad ends, calls of which nobody can know any more are counted as the most they may have cost.
Works on users, ads and the price list; it calls no provider (see till.py).
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import count

from sqlalchemy import ColumnElement, Integer, and_, extract, func, select, update
from sqlalchemy.orm import Session

from models.pricing import Use
from studio.errors import NotFound, OverCap
from studio.services.prices import Prices, Quote
from studio.services.quotas import quota_in
from studio.store.database import Database, serialise
from studio.store.money import NOTHING, counted, dollars, dollars_at_most
from studio.store.tables import CallState, Generation, PaidCall, Status, User, new_id
from studio.store.times import Clock, utc_now

AMOUNT = func.coalesce(PaidCall.cost, PaidCall.reserved, type_=PaidCall.reserved.type)
"""What a call cost or, as long as nobody knows, may cost."""


COUNTED = and_(PaidCall.cost.is_not(None), PaidCall.state != CallState.VOID)
"""Calls that are part of what was spent."""

OPEN = (CallState.INTENDED, CallState.PLACED)

UNFINISHED = (Status.PENDING, Status.PROCESSING)


@dataclass(frozen=True)
class Caps:
    """US dollars: per ad, and per user and calendar month (UTC)."""

    ad: Decimal
    user: Decimal


@dataclass(frozen=True)
class Budget:
    """A user's month so far, in all or for one team. held: quoted for ads that are still being made, and not spent yet. left is never
    negative."""

    spent: Decimal
    held: Decimal
    cap: Decimal

    @property
    def left(self) -> Decimal:
        """What may still be spent."""
        return max(NOTHING, self.cap - self.spent - self.held)


@dataclass(frozen=True)
class Month:
    """What a user paid in one calendar month (UTC)."""

    year: int
    month: int
    cost: Decimal
    calls: int


class Spending:
    """The ledger and its rules. Thread-safe, and safe between processes: everything about a user is done one at a time."""

    def __init__(self, database: Database, prices: Prices, caps: Caps, clock: Clock = utc_now) -> None:
        self._database = database
        self._prices = prices
        self._caps = caps
        self._clock = clock

    @property
    def caps(self) -> Caps:
        """What may be spent at most."""
        return self._caps

    # -- before spending

    def budget(self, user_id: str) -> Budget:
        """The user's month as it stands."""
        with self._database.reading() as session:
            return self._budget(session, user_id)

    def left(self, user_id: str, team_id: str | None = None) -> Decimal:
        """US dollars that the person may still spend this month; for that team of theirs, where one is named."""
        left = self.budget(user_id).left
        of_member = self.member_budget(user_id, team_id) if team_id else None
        return left if of_member is None else min(left, of_member.left)

    def member_budget(self, user_id: str, team_id: str) -> Budget | None:
        """The member's month in the team; None for whoever is held to no quota there."""
        with self._database.reading() as session:
            return self._budget_in_team(session, user_id, team_id)

    def of_members(self, team_id: str) -> dict[str, Decimal]:
        """What each member has spent, or may have, for the team this month; those who spent nothing are left out."""
        which = (PaidCall.team_id == team_id, PaidCall.state != CallState.VOID, PaidCall.created_at >= _month_of(self._clock()))
        with self._database.reading() as session:
            rows = session.execute(select(PaidCall.user_id, func.sum(AMOUNT)).where(*which).group_by(PaidCall.user_id))
            return {user_id: counted(Decimal(total)) for user_id, total in rows}

    def check_in(self, session: Session, user_id: str, quote: Quote, team_id: str | None = None) -> None:
        """Raise OverCap unless an ad with this quote may be started. In the caller's writing transaction, before the ad's row
        is added with `quoted_cost=quote.total`: from then on the amount is held back. team_id: the team that it is ordered for."""
        serialise(session, f"user:{user_id}")
        self._check_ad(quote.total)
        self._check_user(self._budget(session, user_id), quote.total)
        self._check_member(session, user_id, team_id, quote.total)

    def promise_again_in(self, session: Session, generation_id: str, rest: Quote) -> None:
        """What was begun before and is done again is quoted what it has cost so far and what the rest may cost. In the caller's
        transaction, after `check_in` of the rest: once it is being made, exactly the rest is held back."""
        quoted = _sum(session, PaidCall.generation_id == generation_id) + rest.total
        session.execute(update(Generation).where(Generation.id == generation_id).values(quoted_cost=quoted))

    def intend(self, key: str, use: Use, *, user_id: str, generation_id: str | None) -> PaidCall:
        """Write a call down before it is made; its price is held back. Raises OverCap, UnknownPrice; then nothing is written.

        A key that is known gives the call as it stands: INTENDED may have reached the provider, who has to be asked; PLACED
        has its `prediction`; a SETTLED one is not bought again; a VOID one stays so, and another attempt needs another key.
        """
        with self._database.writing(lock=f"user:{user_id}", durable=True) as session:
            known = _known(session, key, user_id, generation_id)
            return known or self._write_down(session, new_id(), key, use, user_id, generation_id)

    def order(self, key: str, use: Use, *, id: str, user_id: str, generation_id: str | None, traceable: bool) -> PaidCall:
        """The call to make for `key`: the one on record, when the provider can be asked what became of it (`traceable`); else a
        new one with the id `id`, under `key` or the next of its kind ("key~2"). One on record that nobody can ask about is lost,
        and counted. Raises OverCap, UnknownPrice; then nothing is written.
        """
        with self._database.writing(lock=f"user:{user_id}", durable=True) as session:
            for n in count(1):
                tried = key if n == 1 else f"{key}~{n}"
                known = _known(session, tried, user_id, generation_id)
                if known is None:
                    return self._write_down(session, id, tried, use, user_id, generation_id)
                if known.id == id or (traceable and known.model == use.model and _can_be_asked_for(known)):
                    return known
                if known.state in OPEN:
                    known.state, known.cost, known.settled_at = CallState.LOST, known.reserved, self._clock()
                    session.flush()
            raise AssertionError("unreachable: there is always another number")

    # -- after spending

    def placed(self, key: str, prediction: str) -> PaidCall:
        """The provider took the call; `prediction` is its id there. Raises NotFound for a key that was not intended."""
        with self._database.writing(durable=True) as session:
            call = _call(session, key)
            if call.state is CallState.INTENDED:
                call.state, call.prediction, call.placed_at = CallState.PLACED, prediction, self._clock()
            return call

    def settled(self, key: str, cost: Decimal | None = None) -> PaidCall:
        """What the call did cost; None when the provider did not say: then what was reserved. Brings the ad's cost and the
        user's total up to date. A later, better-known amount replaces the first. Raises NotFound."""
        return self._end(key, CallState.SETTLED, cost)

    def void(self, key: str) -> PaidCall:
        """The provider charged nothing for the call; what was held back is free again. Raises NotFound."""
        return self._end(key, CallState.VOID, NOTHING)

    def lost(self, key: str, cost: Decimal | None) -> PaidCall:
        """Nothing came of the call, and it did cost that; None when nobody can know: then what was reserved. Raises NotFound."""
        return self._end(key, CallState.LOST, cost)

    def tally_in(self, session: Session, generation_id: str) -> Decimal:
        """Write down what the ad has cost, and its owner's total; the cost. In the transaction that ends the ad, so that one that
        cost nothing says so, and one that was stopped in the middle of a call counts it. Raises NotFound."""
        user_id = session.scalar(select(Generation.user_id).where(Generation.id == generation_id))
        if user_id is None:
            raise NotFound("There is no such ad.")
        serialise(session, f"user:{user_id}")
        mine = PaidCall.generation_id == generation_id
        if session.scalar(select(Generation.status).where(Generation.id == generation_id)) not in UNFINISHED:
            unknown = update(PaidCall).where(mine, PaidCall.state.in_(OPEN), PaidCall.cost.is_(None))
            session.execute(unknown.values(cost=PaidCall.reserved, settled_at=self._clock()))
        cost = _sum(session, mine, COUNTED)
        session.execute(update(Generation).where(Generation.id == generation_id).values(cost=cost))
        _add_up(session, user_id)
        return cost

    def by_month(self, user_id: str) -> tuple[Month, ...]:
        """What the user paid, newest month first; months without a payment are left out."""
        with self._database.reading() as session:
            at = PaidCall.created_at if self._database.is_sqlite else func.timezone("UTC", PaidCall.created_at)
            year, month = (extract(part, at).cast(Integer) for part in ("year", "month"))
            rows = session.execute(
                select(year, month, func.sum(PaidCall.cost), func.count())
                .where(PaidCall.user_id == user_id, COUNTED)
                .group_by(year, month)
                .order_by(year.desc(), month.desc())
            )
            return tuple(Month(row[0], row[1], row[2] or NOTHING, row[3]) for row in rows)

    # -- the rules themselves

    def _write_down(self, session: Session, id: str, key: str, use: Use, user_id: str, generation_id: str | None) -> PaidCall:
        price = self._prices.of(use)
        team_id = generation_id and session.scalar(select(Generation.team_id).where(Generation.id == generation_id))
        if price:  # what is free is not stopped by a cap that was lowered
            held = NOTHING if generation_id is None else self._held_for(session, generation_id, price)
            self._check_user(self._budget(session, user_id), price - min(price, held))
            self._check_member(session, user_id, team_id, price - min(price, held))
        call = PaidCall(
            id=id,
            key=key,
            user_id=user_id,
            generation_id=generation_id,
            team_id=team_id,
            model=use.model,
            reserved=price,
            created_at=self._clock(),
        )
        session.add(call)
        return call

    def _check_ad(self, cost: Decimal) -> None:
        if cost > self._caps.ad:
            raise OverCap(
                f"This ad may cost up to {dollars_at_most(cost)}, and {dollars(self._caps.ad)} is the most for one ad; "
                "choose a shorter one or cheaper models.",
                cap="ad",
            )

    def _held_for(self, session: Session, generation_id: str, price: Decimal) -> Decimal:
        """What is held back for this ad and not spent yet. Raises OverCap when `price` more is too much for one ad."""
        spent = _sum(session, PaidCall.generation_id == generation_id)
        self._check_ad(spent + price)
        unfinished = select(Generation.quoted_cost).where(Generation.id == generation_id, Generation.status.in_(UNFINISHED))
        return max(NOTHING, (session.scalar(unfinished) or NOTHING) - spent)

    def _check_user(self, budget: Budget, more: Decimal) -> None:
        if more > budget.left:
            raise OverCap(
                f"This may cost up to {dollars_at_most(more)}, and {dollars(budget.left)} of your {dollars(budget.cap)} are left this "
                "month; choose cheaper models, or wait for the next month.",
                cap="user",
            )

    def _check_member(self, session: Session, user_id: str, team_id: str | None, more: Decimal) -> None:
        if team_id is None or (budget := self._budget_in_team(session, user_id, team_id)) is None:
            return
        if more > budget.left:
            raise OverCap(
                f"This may cost up to {dollars_at_most(more)}, and {dollars(budget.left)} of your {dollars(budget.cap)} for this team "
                "are left this month; ask an owner of the team, or wait for the next month.",
                cap="member",
            )

    def _budget(self, session: Session, user_id: str) -> Budget:
        return self._month(session, self._caps.user, (PaidCall.user_id == user_id,), (Generation.user_id == user_id,))

    def _budget_in_team(self, session: Session, user_id: str, team_id: str) -> Budget | None:
        quota = quota_in(session, user_id, team_id)
        if quota is None or quota.month_cap is None:
            return None
        paid = (PaidCall.user_id == user_id, PaidCall.team_id == team_id)
        return self._month(session, quota.month_cap, paid, (Generation.user_id == user_id, Generation.team_id == team_id))

    def _month(
        self, session: Session, cap: Decimal, paid: tuple[ColumnElement[bool], ...], ordered: tuple[ColumnElement[bool], ...]
    ) -> Budget:
        """This month of these calls and ads. The cap is the whole of it."""
        spent = _sum(session, *paid, PaidCall.created_at >= _month_of(self._clock()))
        unfinished = session.execute(
            select(Generation.id, Generation.quoted_cost).where(
                *ordered, Generation.status.in_(UNFINISHED), Generation.quoted_cost > NOTHING
            )
        ).all()
        held = sum((max(NOTHING, quoted - _sum(session, PaidCall.generation_id == id_)) for id_, quoted in unfinished), NOTHING)
        return Budget(spent, held, cap)

    def _end(self, key: str, state: CallState, cost: Decimal | None) -> PaidCall:
        with self._database.writing(durable=True) as session:
            call = _call(session, key)
            call.state, call.settled_at = state, self._clock()
            call.cost = counted(call.reserved if cost is None else cost)
            session.flush()
            if call.generation_id is not None:
                self.tally_in(session, call.generation_id)
            else:  # the ad was deleted; its money was spent all the same
                _add_up(session, call.user_id)
            return call


def _known(session: Session, key: str, user_id: str, generation_id: str | None) -> PaidCall | None:
    """The call with this key. Raises ValueError when it is another person's or another ad's."""
    known = session.scalar(select(PaidCall).where(PaidCall.key == key))
    if known is not None and (known.user_id, known.generation_id) != (user_id, generation_id):
        raise ValueError(f"The key {key!r} belongs to another ad.")
    return known


def _can_be_asked_for(call: PaidCall) -> bool:
    """Whether the provider may still have what was ordered."""
    return call.state in OPEN or (call.state is CallState.SETTLED and call.prediction is not None)


def _call(session: Session, key: str) -> PaidCall:
    """The call with this key, with its user's lock held since before it was looked at."""
    user_id = session.scalar(select(PaidCall.user_id).where(PaidCall.key == key))
    if user_id is None:
        raise NotFound(f"No paid call {key!r} was written down.")
    serialise(session, f"user:{user_id}")
    return session.scalars(select(PaidCall).where(PaidCall.key == key)).one()


def _sum(session: Session, *which: ColumnElement[bool]) -> Decimal:
    """What these calls cost or may cost, together."""
    total = session.scalar(select(func.sum(AMOUNT)).where(PaidCall.state != CallState.VOID, *which))
    return NOTHING if total is None else counted(Decimal(total))


def _add_up(session: Session, user_id: str) -> None:
    """The user's total is what the ledger says, over all months."""
    total = _sum(session, PaidCall.user_id == user_id, COUNTED)
    session.execute(update(User).where(User.id == user_id).values(total_cost=total))


def _month_of(now: datetime) -> datetime:
    return now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
