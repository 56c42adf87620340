"""Takes as people order them: what one may cost, and one more iteration of a group. Knows no HTTP and no pages.

    hero frame ─▶ group ─▶ iteration 1 ─▶ attempts        an order without a group begins one
                       └─▶ iteration 2 ─▶ attempts        with it, one more: nothing is ever written over

What follows – cancelling, trying again – is the same for every generation; see generations.py.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.asks import Made, Still, VideoAsk
from models.capabilities import check
from models.errors import AskRefused
from models.runtime import Runtime
from pipelines.clips import lengths_of
from pipelines.motion import MotionBrief, asks_for_takes
from pipelines.motion.changes import WORDS, Field, Value, changes, fields_of
from studio.errors import InputRefused, NotReady
from studio.jobs.takes_job import TakesOrder, make_takes_job
from studio.services.group_rows import named_group, owned_frame, same_tree, still_whose
from studio.services.hero_remakes import Remake, remake_of
from studio.services.library import search_key
from studio.services.missing_takes import Again, missing_of, once_only
from studio.services.orders import Orders
from studio.services.prices import Prices, Quote
from studio.services.set_quotes import quote_of_clips
from studio.services.take_options import take_options
from studio.services.takes_keeper import attempts_for
from studio.store.access import Right
from studio.store.database import Database
from studio.store.money import dollars, dollars_at_most
from studio.store.tables import (
    ComparisonType,
    Generation,
    GenerationGroup,
    GenerationKind,
    HeroFrame,
    Iteration,
    Status,
    VideoAttempt,
    new_id,
)

log = logging.getLogger(__name__)

TITLE_CHARS = 80
_NOWHERE = Path("hero.png")


@dataclass(frozen=True)
class Defaults:
    """What this installation does where nothing is said. alert_usd: a set that may cost more is pointed out before it is ordered."""

    attempts: int = 3
    auto_select: bool = True
    alert_usd: Decimal = Decimal(2)


@dataclass(frozen=True)
class TakesAsked:
    """What somebody asks for. model None: the installation's. seed None: takes that were not made yet; with one, the same takes again.
    auto_select None: as the group has it, else as the installation. group_id "": a new group. again: takes that it lacks."""

    hero_frame_id: str
    motion: MotionBrief
    model: str | None = None
    seed: int | None = None
    auto_select: bool | None = None
    group_id: str = ""
    note: str = ""
    again: Again | None = None


@dataclass(frozen=True)
class TakesEstimate:
    """per_attempt: US dollars at most. quote: of the whole set. notes: sentences."""

    per_attempt: Decimal
    quote: Quote
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Ordered:
    """An iteration that was ordered."""

    group_id: str
    generation_id: str
    iteration: int


@dataclass(frozen=True)
class _Planned:
    """An order before anything is written."""

    frame: HeroFrame
    model: str
    asks: tuple[VideoAsk, ...]
    quote: Quote
    remake: Remake = field(default_factory=Remake)


class Takes:
    """Orders takes on this installation. job: what makes them. Thread-safe."""

    def __init__(
        self,
        database: Database,
        orders: Orders,
        prices: Prices,
        runtime: Runtime,
        defaults: Defaults | None = None,
        *,
        job: Callable[..., Any] = make_takes_job,
    ) -> None:
        self._database = database
        self._orders = orders
        self._prices = prices
        self._runtime = runtime
        self.defaults = defaults or Defaults()
        self._job = job

    def options(self) -> dict[str, Any]:
        """What can be chosen, as plain JSON."""
        return take_options(self._runtime, self.defaults.attempts)

    def estimate(self, user_id: str, asked: TakesAsked) -> TakesEstimate:
        """What a set may cost at most. Raises NotFound, NotReady, InputRefused, UnknownPrice."""
        with self._database.reading() as session:
            planned = self._planned(session, user_id, asked)
        quote = planned.quote
        per_attempt = quote.total / max(1, len(planned.asks))
        notes = list(quote.notes)
        if quote.total > self.defaults.alert_usd:
            notes.append(
                f"This set may cost {dollars_at_most(quote.total)}, more than the {dollars(self.defaults.alert_usd)} from which this "
                "studio asks you to look twice; fewer takes or a cheaper model cost less."
            )
        return TakesEstimate(per_attempt, quote, tuple(notes))

    def submit(self, user_id: str, asked: TakesAsked) -> Ordered:
        """Order an iteration. Raises TooMany, OverCap, InputRefused, NotFound (no such frame or group), and NotReady for a frame that is
        not made; then nothing has happened at all."""
        with self._database.reading() as session:
            planned = self._planned(session, user_id, asked)
        quote = planned.quote
        if quote.total > self.defaults.alert_usd:
            log.warning("A set of takes may cost more than it should.", extra={"user": user_id, "cost": str(quote.total)})
        seed = asked.seed if asked.seed is not None else (planned.frame.seed or 0)
        order = TakesOrder(
            motion=asked.motion,
            model=planned.model,
            picture=planned.frame.image_id or "",
            made_with=planned.frame.model,
            remake=planned.remake.ask,
            photo=planned.remake.photo,
            seed=seed,
            prompt=planned.frame.prompt,
        )
        found: list[Ordered] = []
        args: list[TakesOrder] = []

        def with_it(session: Session, generation: Generation) -> None:
            """Under the user's lock, so that two orders at once get two numbers and different takes."""
            still_whose(session, planned.frame)
            group = self._group(session, generation, asked, planned.frame)
            if again := asked.again:
                once_only(session, group.id, again.of)
            first = again.first if again else _first(session, group.id, asked)
            args.append(replace(order, first=first, places=again.places if again else ()))
            number = self._write(session, group, generation, asked, planned)
            found.append(Ordered(group.id, generation.id, number))

        generation = self._generation(user_id, asked, planned, seed)
        width, height = planned.asks[0].width, planned.asks[0].height
        kind = f"takes: {len(planned.asks)} × {asked.motion.seconds:g} s, {width}×{height}, {planned.model}"
        self._orders.place(generation, quote, kind=kind, fn=self._job, args=args, with_it=with_it)
        return found[0]

    def missing(self, user_id: str, group_id: str, iteration: int) -> TakesAsked:
        """What `submit` and `estimate` take to make the takes that an iteration lacks. Raises as missing_takes.missing_of does."""
        with self._database.reading() as session:
            lacks = missing_of(session, user_id, group_id, iteration)
        note = f"What was missing of iteration {iteration}."
        return TakesAsked(lacks.hero_frame_id, lacks.motion, lacks.model, lacks.seed, group_id=group_id, note=note, again=lacks.again)

    def rest(self, generation: Generation) -> Quote:
        """What it may cost at most to try an iteration again: the takes that are not there. Raises InputRefused when its model is gone."""
        with self._database.reading() as session:
            iteration = session.get_one(Iteration, generation.id)
            mine = (VideoAttempt.generation_id == generation.id, VideoAttempt.status != Status.COMPLETED)
            missing = session.scalar(select(func.count()).select_from(VideoAttempt).where(*mine)) or 0
            size = generation.brief.get("size") or [1080, 1920]
        if why_not := self._runtime.why_not("video", iteration.model):
            raise InputRefused(why_not, field="model")
        motion = MotionBrief.model_validate(iteration.motion)
        still = Still(_NOWHERE, size[0], size[1], Made(""))
        asks = asks_for_takes(motion, still, seed=0)[:missing]
        return quote_of_clips(self._prices, asks, iteration.model, self._runtime.capabilities("video", iteration.model))

    # -- what is written down

    def _write(self, session: Session, group: GenerationGroup, generation: Generation, asked: TakesAsked, planned: _Planned) -> int:
        before = session.scalars(
            select(Iteration).where(Iteration.group_id == group.id).order_by(Iteration.number.desc()).limit(1)
        ).one_or_none()
        number = before.number + 1 if before else 1
        now = asked_fields(asked.motion, planned.model, asked.seed, planned.frame.id)
        rows = changes(self._fields(session, before), now) if before else ()
        if any(row.field in WORDS for row in rows):
            group.comparison_type = ComparisonType.PROMPT
        elif rows and number == 2:
            group.comparison_type = ComparisonType.SETTINGS
        session.add(
            Iteration(
                generation_id=generation.id,
                group_id=group.id,
                number=number,
                motion=json.loads(asked.motion.model_dump_json()),
                model=planned.model,
                changes=[{"field": row.field, "before": row.before, "after": row.after} for row in rows],
                ranking=None,
                note=asked.note or None,
                created_at=generation.created_at,
            )
        )
        session.flush()
        session.add_all(attempts_for(group.id, generation, number, asked.motion.takes, planned.model))
        return number

    def _group(self, session: Session, generation: Generation, asked: TakesAsked, frame: HeroFrame) -> GenerationGroup:
        if asked.group_id:
            group = named_group(session, generation.user_id, asked.group_id)
            session.refresh(group, with_for_update=True)  # members may order at once, and each iteration has its number
            group.hero_frame_id = frame.id
            if asked.auto_select is not None:
                group.auto_select = asked.auto_select
            return group
        group = GenerationGroup(
            id=new_id(),
            user_id=generation.user_id,
            team_id=frame.team_id,
            hero_frame_id=frame.id,
            title=title_of(frame.original_prompt),
            auto_select=self.defaults.auto_select if asked.auto_select is None else asked.auto_select,
            created_at=generation.created_at,
        )
        session.add(group)
        session.flush()
        return group

    def _fields(self, session: Session, iteration: Iteration | None) -> Mapping[Field, Value]:
        if iteration is None:
            return {}
        brief = session.get_one(Generation, iteration.generation_id).brief
        motion = MotionBrief.model_validate(iteration.motion)
        return asked_fields(motion, iteration.model, brief.get("asked_seed"), brief.get("hero_frame_id"))

    def _generation(self, user_id: str, asked: TakesAsked, planned: _Planned, seed: int) -> Generation:
        frame = planned.frame
        brief = {"hero_frame_id": frame.id, "seed": seed, "asked_seed": asked.seed, "models": {"video": planned.model}}
        return Generation(
            id=new_id(),
            user_id=user_id,
            team_id=frame.team_id,
            kind=GenerationKind.TAKE,
            listed=False,
            prompt=frame.original_prompt,
            prompt_key=search_key(frame.original_prompt),
            duration=round(asked.motion.seconds),
            aspect_ratio=frame.aspect_ratio,
            brief=brief | {"size": [planned.asks[0].width, planned.asks[0].height]} | (asked.again.kept() if asked.again else {}),
            models=[planned.model],
        )

    # -- what is asked, checked

    def _planned(self, session: Session, user_id: str, asked: TakesAsked) -> _Planned:
        frame = owned_frame(session, user_id, asked.hero_frame_id, need=Right.EDIT)
        if frame.status is not Status.COMPLETED or frame.image_id is None:
            raise NotReady("This hero frame is not made yet; wait for it, or choose another.")
        if asked.group_id:
            group = named_group(session, user_id, asked.group_id)
            if group.team_id != frame.team_id:
                raise InputRefused("This hero frame and this group are not the same team's; give both to it.", field="hero_frame_id")
            same_tree(session, group, frame)
        model = self._model(asked)
        still = Still(_NOWHERE, frame.width, frame.height, Made(frame.model))
        asks = asks_for_takes(asked.motion, still, seed=0)
        can = self._runtime.capabilities("video", model)
        if can is not None:
            try:
                check(asks[0] if len(lengths_of(asks[0], can)) == 1 else _short(asks[0], can.max_duration_s), can, model)
            except AskRefused as error:
                raise InputRefused(str(error), field="model") from error
        return _Planned(frame, model, asks, quote_of_clips(self._prices, asks, model, can), remake_of(session, frame))

    def _model(self, asked: TakesAsked) -> str:
        model = asked.model
        if not model:
            default = self._runtime.default_model("video")
            if default is None:
                raise InputRefused("No model here makes videos; see what this studio can do.", field="model")
            return default.id
        if why_not := self._runtime.why_not("video", model):
            raise InputRefused(why_not, field="model")
        return model


def title_of(prompt: str) -> str:
    """What a group is called before anybody calls it something else: the beginning of what its picture shows, in whole words."""
    text = " ".join(prompt.split())
    if len(text) <= TITLE_CHARS:
        return text
    return text[:TITLE_CHARS].rpartition(" ")[0].rstrip(" ,;.") + "…"


def asked_fields(motion: MotionBrief, model: str, seed: int | None, hero_frame_id: str | None) -> dict[Field, Value]:
    """What one iteration was asked, by the names it is asked under."""
    return {"hero_frame": hero_frame_id, **fields_of(motion), "model": model, "seed": seed}


def _first(session: Session, group_id: str, asked: TakesAsked) -> int:
    """How many takes there are already; none with a seed of one's own, which means the same ones again."""
    if asked.seed is not None:
        return 0
    return session.scalar(select(func.count()).select_from(VideoAttempt).where(VideoAttempt.group_id == group_id)) or 0


def _short(ask: VideoAsk, longest_s: float | None) -> VideoAsk:
    """As long as one of several pieces may be."""
    return replace(ask, n_frames=min(ask.n_frames, int((longest_s or 0) * ask.fps)))
