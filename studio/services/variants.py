"""Sets of ads that differ in a line, a shape or a story: quoted, ordered, stopped, removed (docs/decisions/0014).

asked ─▶ cells ─▶ planned: shots, names, one quote ─▶ ordered together, or none ─▶ each an ad like any other
                                                      a clip that several show is made by the first, lent to the rest
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.capabilities import Capabilities, Kind
from studio.errors import InputRefused, NotReady
from studio.jobs.ad_job import make_ad_job
from studio.services.details import Detail
from studio.services.generations import Generations, kind_of
from studio.services.library import search_key
from studio.services.orders import Order, Orders
from studio.services.ownership import a_team, let
from studio.services.prices import Prices
from studio.services.variant_asked import VariantsAsked, cells_of, checked
from studio.services.variant_names import safe
from studio.services.variant_plans import PlannedCell, PlannedSet, plan_set
from studio.store.access import Right, listed, right_to
from studio.store.database import Database
from studio.store.tables import Generation, VariantCell, VariantSet, is_id, new_id
from studio.store.times import Clock, utc_now
from studio.words.api import REFUSALS

NO_SET = REFUSALS["no_variants"]
MOST_AT_ONCE = 100


@dataclass(frozen=True)
class SetTold:
    """A set at one moment. ads: what is told of each of its ads, by id; one that was removed from the gallery, or that its viewer may not
    see, is no part of it any more. right: what whoever asked may do with the set."""

    row: VariantSet
    cells: tuple[VariantCell, ...]
    ads: dict[str, Detail]
    right: Right = Right.MANAGE


@dataclass(frozen=True)
class SetsPage:
    """Some of a person's sets, or of a team's, newest first, and how many there are."""

    total: int
    sets: tuple[SetTold, ...]


class Variants:
    """The sets of this installation. can: what a model can do. job: what makes an ad of a set. Thread-safe."""

    def __init__(
        self,
        database: Database,
        generations: Generations,
        orders: Orders,
        prices: Prices,
        can: Callable[[Kind, str], Capabilities | None],
        *,
        job: Callable[..., Any] = make_ad_job,
        clock: Clock = utc_now,
    ) -> None:
        self._database = database
        self._generations = generations
        self._orders = orders
        self._prices = prices
        self._can = can
        self._job = job
        self._clock = clock

    def estimate(self, user_id: str, asked: VariantsAsked) -> PlannedSet:
        """The set as it would be made, and what it may cost at most; nothing is ordered. Raises BriefError, InputRefused, UnknownPrice."""
        asked = checked(asked)
        models = self._generations.models_for(asked.brief.models, asked.brief.voice)
        return plan_set(cells_of(asked), models, self._prices, self._can, lambda brand, product: self._version(user_id, brand, product))

    def orders_left(self, user_id: str, team_id: str = "") -> int:
        """How many ads the person may still order within this hour; for that team of theirs, where one is named."""
        of_member = self._orders.left_in(user_id, team_id) if team_id else None
        return self._orders.left(user_id) if of_member is None else of_member

    @property
    def per_hour(self) -> int:
        """How many ads a person may order within an hour."""
        return self._orders.per_hour

    def submit(self, user_id: str, asked: VariantsAsked) -> str:
        """Order the set; its id. It counts as many orders as it has ads. Raises what `estimate` does, TooMany, OverCap; then nothing has
        happened at all."""
        asked = checked(asked)
        planned = self.estimate(user_id, asked)
        if len(planned.cells) > self.per_hour:
            told = f"A set of {len(planned.cells)} ads is more than the {self.per_hour} that an hour has; leave something out."
            raise InputRefused(told, field="hooks")
        photo = self._orders.picture(user_id, asked.photo, "product_image_id") if asked.photo else ""
        made = VariantSet(
            id=new_id(),
            user_id=user_id,
            team_id=asked.team or None,
            prompt=asked.brief.prompt,
            title=f"{planned.brand}, {len(planned.cells)} ads"[:80],
            brief=json.loads(asked.brief.model_dump_json()) | ({"product_image": asked.photo} if asked.photo else {}),
            asked=_plain(asked, planned),
            links={"landing": asked.landing, "utm": dict(asked.utm)},
            quoted_cost=planned.quote.total,
            unshared_cost=planned.unshared,
            created_at=self._clock(),
        )
        orders = [_order(user_id, asked, cell, photo) for cell in planned.cells]

        def with_them(session: Session) -> None:
            session.add(made)
            session.flush()
            session.add_all(_row(made.id, order, cell) for order, cell in zip(orders, planned.cells, strict=True))

        self._orders.place_all(orders, fn=self._job, with_them=with_them)
        return made.id

    def one(self, user_id: str, set_id: str) -> SetTold:
        """A set as it stands. Raises NotFound, NotYours."""
        with self._database.reading() as session:
            row = owned_set(session, user_id, set_id, Right.LOOK)
            cells = _cells(session, [row.id])
        return self._told(user_id, [row], cells)[0]

    def listed(self, user_id: str, *, limit: int = 20, offset: int = 0, team: str = "") -> SetsPage:
        """The user's sets, or with `team` all that this team of theirs has, newest first. Raises InputRefused."""
        if not 1 <= limit <= MOST_AT_ONCE:
            raise InputRefused(f"Ask for 1 to {MOST_AT_ONCE} sets at once.", field="limit")
        if not 0 <= offset < 2**31:
            raise InputRefused("An offset is not negative.", field="offset")
        with self._database.reading() as session:
            mine = select(VariantSet).where(*listed(VariantSet.user_id, VariantSet.team_id, user_id, a_team(team)))
            total = session.scalar(select(func.count()).select_from(mine.subquery())) or 0
            newest = mine.order_by(VariantSet.created_at.desc(), VariantSet.id.desc()).limit(limit).offset(offset)
            rows = session.scalars(newest).all()
            cells = _cells(session, [row.id for row in rows])
        return SetsPage(total, self._told(user_id, rows, cells))

    def cancel(self, user_id: str, set_id: str) -> SetTold:
        """Stop whatever of the set is not made yet, last in line first. Raises NotFound, NotYours, RoleRefused."""
        self._managed(user_id, set_id)
        for cell in reversed(self.one(user_id, set_id).cells):
            self._generations.cancel(user_id, cell.generation_id)
        return self.one(user_id, set_id)

    def delete(self, user_id: str, set_id: str) -> None:
        """Remove the set with all its ads and their files. Raises NotFound, NotYours, RoleRefused, and NotReady while one is being made."""
        self._managed(user_id, set_id)
        told = self.one(user_id, set_id)
        if any(not ad.status.final for ad in told.ads.values()):
            raise NotReady("An ad of this set is still being made; stop the set first.")
        for cell in told.cells:
            self._generations.delete(user_id, cell.generation_id)
        with self._database.writing(lock=f"user:{user_id}") as session:
            session.delete(owned_set(session, user_id, set_id))

    def _managed(self, user_id: str, set_id: str) -> None:
        with self._database.reading() as session:
            owned_set(session, user_id, set_id)

    def _told(self, user_id: str, rows: Sequence[VariantSet], cells: Sequence[VariantCell]) -> tuple[SetTold, ...]:
        ads = {ad.id: ad for ad in self._generations.details(user_id, [cell.generation_id for cell in cells])}
        told = []
        for row in rows:
            own = tuple(cell for cell in cells if cell.set_id == row.id and cell.generation_id in ads)
            told.append(SetTold(row, own, {cell.generation_id: ads[cell.generation_id] for cell in own}))
        with self._database.reading() as session:
            rights = {row.id: right_to(session, user_id, row.user_id, row.team_id) or Right.LOOK for row in rows}
        return tuple(replace(one, right=rights[one.row.id]) for one in told)

    def _version(self, user_id: str, brand: str, product: str) -> int:
        """One more than the highest among the user's names that begin alike, so that no two sets share a name."""
        begin = f"{safe(brand) or 'brand'}_{safe(product)}".rstrip("_") + "_hook"
        with self._database.reading() as session:
            mine = (
                select(VariantCell.name)
                .join(VariantSet)
                .where(VariantSet.user_id == user_id, VariantCell.name.startswith(begin, autoescape=True))
            )
            numbers = [name.rpartition("_v")[2] for name in session.scalars(mine)]
        return 1 + max((int(number) for number in numbers if number.isdigit()), default=0)


def owned_set(session: Session, user_id: str, set_id: str, need: Right = Right.MANAGE) -> VariantSet:
    """The set, for whoever has the right to it that is needed. Raises NotFound, NotYours, RoleRefused."""
    row = session.get(VariantSet, set_id) if is_id(set_id) else None
    return let(session, row, user_id, need, none=NO_SET, other="This set belongs to somebody else.")


def _cells(session: Session, ids: Sequence[str]) -> Sequence[VariantCell]:
    return session.scalars(select(VariantCell).where(VariantCell.set_id.in_(ids)).order_by(VariantCell.position)).all()


def _order(user_id: str, asked: VariantsAsked, planned: PlannedCell, photo: str) -> Order:
    brief = planned.cell.brief
    ad = Generation(
        id=new_id(),
        user_id=user_id,
        team_id=asked.team or None,
        prompt=brief.prompt,
        prompt_key=search_key(brief.prompt),
        duration=planned.duration,
        aspect_ratio=str(planned.cell.aspect),
        framework=str(planned.cell.framework),
        brief=json.loads(brief.model_dump_json()) | ({"product_image": asked.photo} if asked.photo else {}),
    )
    own = sum(shot.lender == planned.position for shot in planned.shots)
    kind = f"{kind_of(brief)}, {own} of {len(planned.shots)} shots"
    return Order(ad, planned.quote, kind, (brief, photo, None, True))


def _row(set_id: str, order: Order, planned: PlannedCell) -> VariantCell:
    return VariantCell(
        generation_id=order.generation.id,
        set_id=set_id,
        position=planned.position,
        hook=planned.cell.hook,
        call=planned.cell.call,
        aspect=str(planned.cell.aspect),
        framework=str(planned.cell.framework),
        hook_text=planned.hook_text,
        call_text=planned.call_text,
        name=planned.name,
        keys=[[shot.shot, shot.key] for shot in planned.shots],
    )


def _plain(asked: VariantsAsked, planned: PlannedSet) -> dict[str, Any]:
    return {
        "hooks": len(asked.hooks),
        "calls": len(asked.calls),
        "aspects": [str(aspect) for aspect in asked.aspects],
        "frameworks": [str(framework) for framework in asked.frameworks],
        "own_openings": asked.own_openings,
        "shots": planned.n_shots,
        "made": planned.n_made,
    }
