"""What every order has in common, whatever is made: the rate limit, the spending caps, its rows and its job stand or fall together.

    with the user's lock:  rate limit ─▶ caps ─▶ generation, and what belongs to it ─▶ job

What is ordered for a team (the generation's team_id) is counted against the member's quota there, too.

Knows no ads, no hero frames and no takes; their services say what is ordered and what it may cost.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from studio.errors import Busy, InputRefused, NotReady
from studio.jobs.desk import Desk
from studio.jobs.failures import NotRetryable, UnknownJob
from studio.services.limits import Limits, Rule
from studio.services.prices import Quote
from studio.services.quotas import may_order, quota_in
from studio.services.spending import Spending
from studio.store.database import Database
from studio.store.tables import Generation, GenerationKind, Upload, is_id
from studio.store.times import Clock, utc_now

TOGETHER = {
    GenerationKind.HERO: "orders an hour, hero frames among them,",
    GenerationKind.TAKE: "orders an hour, takes among them,",
    GenerationKind.CLIP: "orders an hour, clips made again among them,",
}
"""What is counted, for the sentence that refuses something else than an ad: all orders of a person are counted together."""


BUSY_S = 60
"""Seconds after which an order that was refused because too many wait may be tried again; how long the line needs is not known."""


@dataclass(frozen=True)
class Order:
    """One of several that are ordered at once: `generation` (a new row, with its id), made by fn(run, *args) for `quote` at most."""

    generation: Generation
    quote: Quote
    kind: str
    args: Sequence[Any]


class Orders:
    """Places orders of this installation, one at a time for each person. rule: how many within an hour. most_waiting: orders of all
    people that may wait, None for any number; orders of several people in the same instant may pass it by a few. Thread-safe."""

    def __init__(
        self,
        database: Database,
        desk: Desk,
        limits: Limits,
        spending: Spending,
        *,
        rule: Rule,
        most_waiting: int | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self._database = database
        self._desk = desk
        self._limits = limits
        self._spending = spending
        self._rule = rule
        self._most_waiting = most_waiting
        self._clock = clock

    def place(
        self,
        generation: Generation,
        quote: Quote,
        *,
        kind: str,
        fn: Callable[..., Any],
        args: Sequence[Any],
        with_it: Callable[[Session, Generation], None] = lambda session, generation: None,
    ) -> str:
        """Order `generation` (a new row, with its id), to be made by `fn(run, *args)`; its id. quote: what it may cost at most.
        kind: jobs of one kind take about the same time. with_it: adds the other rows that belong to it, in the same transaction, once
        its own is there.

        Raises TooMany, Busy, OverCap, RoleRefused and InputRefused (for a team that they may not order for), or what `with_it` raises; then
        nothing has happened at all.
        """
        with self._database.writing(lock=f"user:{generation.user_id}") as session:
            self._check_line(session, 1)
            self._let(session, generation, quote)
            generation.quoted_cost, generation.created_at = quote.total, self._clock()
            session.add(generation)
            session.flush()
            with_it(session, generation)
            session.flush()
            self._desk.submit(session, generation.id, owner=generation.user_id, kind=kind, fn=fn, args=args)
        return generation.id

    def left(self, user_id: str) -> int:
        """How many orders the person has left of this hour."""
        return self._limits.left(self._rule, user_id)

    def left_in(self, user_id: str, team_id: str) -> int | None:
        """How many of them for that team, where the member has a quota there; None: as many as for themselves."""
        with self._database.reading() as session:
            quota = quota_in(session, user_id, team_id)
        rule = quota.rule(team_id) if quota else None
        return None if rule is None else min(self._limits.left(rule, user_id), self.left(user_id))

    @property
    def per_hour(self) -> int:
        """How many orders an hour has."""
        return self._rule.limit

    def place_all(self, orders: Sequence[Order], *, fn: Callable[..., Any], with_them: Callable[[Session], None]) -> None:
        """Order all of these, in this order, or none; each counts as one of the hour. They are one person's, and one
        team's or nobody's. with_them: adds the other rows, once theirs are there, in the same transaction. Raises TooMany, Busy, OverCap,
        RoleRefused."""
        first = orders[0].generation
        user_id = first.user_id
        with self._database.writing(lock=f"user:{user_id}") as session:
            self._check_line(session, len(orders))
            self._count(session, first, len(orders))
            for order in orders:
                self._spending.check_in(session, user_id, order.quote, first.team_id)
                order.generation.quoted_cost, order.generation.created_at = order.quote.total, self._clock()
                session.add(order.generation)
                session.flush()
            with_them(session)
            session.flush()
            for order in orders:
                self._desk.submit(session, order.generation.id, owner=user_id, kind=order.kind, fn=fn, args=order.args)

    def again(self, generation: Generation, rest: Callable[[Generation], Quote]) -> None:
        """Do again what failed or was cancelled of `generation`; it counts as one more order. rest: what that may cost at most.

        Raises TooMany, Busy, OverCap, and NotReady for what is completed or being made.
        """
        refusal = NotReady("Only what failed or was cancelled can be tried again.")
        if not generation.error_code:
            raise refusal
        quote = rest(generation)  # before the transaction: models may have to be asked whether they are there
        with self._database.writing(lock=f"user:{generation.user_id}") as session:
            self._check_line(session, 1)
            self._let(session, generation, quote)
            self._spending.promise_again_in(session, generation.id, quote)
        try:
            self._desk.retry(generation.id)
        except (NotRetryable, UnknownJob) as error:
            raise refusal from error

    def _let(self, session: Session, generation: Generation, quote: Quote) -> None:
        """Count the order and check that it may be paid for. Raises TooMany, OverCap, RoleRefused, InputRefused."""
        self._count(session, generation, 1)
        self._spending.check_in(session, generation.user_id, quote, generation.team_id)

    def _count(self, session: Session, generation: Generation, orders: int) -> None:
        """Count orders like `generation`, of the person and, for a team, of the member. Raises TooMany, RoleRefused, InputRefused."""
        self._limits.take_in(session, self._rule_for(generation), generation.user_id, orders)
        if (team := generation.team_id) and (rule := may_order(session, generation.user_id, team).rule(team)):
            self._limits.take_in(session, rule, generation.user_id, orders)

    def _check_line(self, session: Session, more: int) -> None:
        """Raise Busy when `more` orders are too many for the line."""
        if self._most_waiting is None:
            return
        waiting = self._desk.waiting(session)
        if waiting + more > self._most_waiting:
            raise Busy(waiting, retry_after=BUSY_S)

    def _rule_for(self, generation: Generation) -> Rule:
        """The rule of the hour, in the words of what is ordered."""
        return replace(self._rule, what=TOGETHER.get(generation.kind, self._rule.what))

    def picture(self, user_id: str | None, upload_id: str, field: str) -> str:
        """The media file of one of the user's uploads; None: anybody's, for what was let in when something of their team was ordered with
        it. Raises InputRefused, naming `field`."""
        with self._database.reading() as session:
            upload = session.get(Upload, upload_id) if is_id(upload_id) else None
        if upload is None or (user_id is not None and upload.owner_id != user_id) or upload.kind != "picture":
            raise InputRefused("There is no such upload; send the picture again.", field=field)
        return upload.file_id
