"""Hero frames as their owners order them: what can be chosen, what it may cost, a new set, the same once more, one thing changed.

A set is an order like any other (orders.py): rate limit, caps, rows and job stand or fall together. Knows no HTTP and no pages.
"""

import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.asks import Text, TextAsk
from models.context import JobContext
from models.runtime import Runtime
from pipelines.hero import HeroBrief, direct_frame, vary
from pipelines.hero.cinematographer import Directed, most_asked
from pipelines.hero.fitting import said, side_of
from pipelines.hero.hero_frames import ask_for_frame
from pipelines.hero.readings import reading
from pipelines.hero.variations import speaks_of_colors
from studio.errors import InputRefused, NotReady
from studio.jobs.hero_job import HeroOrder, make_hero_set_job
from studio.services.group_rows import owned_frame, still_whose
from studio.services.hero_briefs import Pictures, found, kept
from studio.services.hero_remakes import kin, remake_of
from studio.services.library import search_key
from studio.services.orders import Orders
from studio.services.prices import Prices, Quote
from studio.services.set_quotes import quote_of_pictures
from studio.services.spending import Spending
from studio.services.till import UserTill
from studio.store.access import Right
from studio.store.database import Database
from studio.store.tables import Generation, GenerationKind, HeroFrame, SetChange, Status, new_id

SEEDS = 2**32


@dataclass(frozen=True)
class HeroAsked:
    """A set as it is asked for. brief: checked, without pictures; pictures: uploads. model: None for the installation's own.

    seeded: whether the seed was asked for. direct: complete the prompt first. original: the prompt before it was completed, "" where it
    was not. team: whose it shall be, "" for one's own."""

    brief: HeroBrief
    pictures: Pictures = field(default_factory=Pictures)
    model: str | None = None
    seeded: bool = False
    direct: bool = False
    original: str = ""
    team: str = ""


@dataclass(frozen=True)
class Origin:
    """Where a set comes from, and whose it is: its tree's, or `team`'s. frame: None for the first of a tree. words: what was to be
    different, besides choices."""

    change: SetChange = SetChange.NEW
    frame: HeroFrame | None = None
    words: str = ""
    team: str = ""

    @property
    def team_id(self) -> str | None:
        """The team that the set will belong to."""
        return self.frame.team_id if self.frame else self.team or None


class HeroOrders:
    """Orders hero frames on this installation. side: pixels of the shorter side, None for what suits the model; job: what makes a set.

    Thread-safe."""

    def __init__(
        self,
        database: Database,
        orders: Orders,
        prices: Prices,
        spending: Spending,
        runtime: Runtime,
        *,
        side: int | None = None,
        job: Callable[..., Any] = make_hero_set_job,
    ) -> None:
        self._database = database
        self._orders = orders
        self._prices = prices
        self._spending = spending
        self.runtime = runtime
        self._side = side
        self._job = job

    def estimate(self, asked: HeroAsked) -> Quote:
        """What a set may cost at most, and what the model cannot follow. Raises InputRefused (model), UnknownPrice."""
        model = self._model(asked.model)
        can = self.runtime.capabilities("image", model)
        quote = self._quote(asked.brief, model, asked.brief.count, asked.direct)
        notes = said(bool(asked.pictures.reference), bool(asked.pictures.control), can, model) if can else ()
        return replace(quote, notes=(*quote.notes, *notes))

    def direct(self, user_id: str, brief: HeroBrief) -> Directed:
        """The prompt of `brief` as a cinematographer would give it; what a language model costs is written down for the user.

        Raises OverCap before anything is sent, ModelUnavailable where a model was set up and cannot be used.
        """
        writer = self.runtime.default_model("text")
        if writer is None:
            return direct_frame(brief)
        with tempfile.TemporaryDirectory(prefix="adstudio-direct-") as folder:
            job = JobContext(Path(folder), till=UserTill(self._spending, user_id, f"direct/{new_id()}"))

            def text(ask: TextAsk) -> Text:
                return self.runtime.text(ask, job, writer.id)

            return direct_frame(brief, text)

    def submit(self, user_id: str, asked: HeroAsked) -> str:
        """Order a set; its id. Raises TooMany, OverCap, InputRefused (no such upload, no such model here); then nothing has happened."""
        model = self._model(asked.model)
        seed = asked.brief.order.seed if asked.seeded else secrets.randbelow(SEEDS)
        brief = self._seeded(asked.brief, seed, model)
        original = asked.original or brief.prompt
        order = HeroOrder(brief, asked.pictures, model, original, brief.prompt if original != brief.prompt else "", asked.direct)
        return self._place(user_id, order, Origin(team=asked.team))

    def again(self, user_id: str, frame_id: str) -> str:
        """Order the frame's set once more, with seeds and readings that its tree has not had; its id. Raises what `submit` raises,
        NotFound, NotYours, NotReady."""
        with self._database.reading() as session:
            frame = self._made(session, user_id, frame_id)
            generation = session.get_one(Generation, frame.set_id)
            first = session.scalar(select(func.count()).select_from(HeroFrame).where(HeroFrame.root_id == frame.root_id)) or 0
            shown = remake_of(session, frame).ask
        brief, pictures = found(generation.brief)
        model = self._model(str(generation.brief["models"]["image"]))
        brief = kin(self._seeded(brief, secrets.randbelow(SEEDS), model), shown).model_copy(update={"prompt": frame.prompt})
        order = HeroOrder(brief, pictures, model, frame.original_prompt, frame.enhanced_prompt or "", first=first)
        return self._place(user_id, order, Origin(SetChange.AGAIN, frame))

    def vary(self, user_id: str, frame_id: str, choices: Mapping[str, str], words: str = "") -> str:
        """Order a set that is the frame but for `choices` and `words`, its first candidate with the frame's own seed; its id. Raises
        what `again` raises, and BriefError where nothing is changed."""
        with self._database.reading() as session:
            frame = self._made(session, user_id, frame_id)
            asked_model = str(session.get_one(Generation, frame.set_id).brief["models"]["image"])
            shown = remake_of(session, frame).ask
        before, pictures = found(frame.brief)
        model = self._model(asked_model)
        same_colors = not speaks_of_colors(words)
        brief = vary(kin(self._seeded(before, frame.seed or 0, model), shown, colors=same_colors), choices, words)
        order = HeroOrder(brief, pictures, model, frame.original_prompt, frame.enhanced_prompt or "")
        return self._place(user_id, order, Origin(SetChange.VARY, frame, " ".join(words.split())))

    def rest(self, generation: Generation) -> Quote:
        """What it may cost at most to try a set again: the frames that are not there. Raises InputRefused when its model is gone."""
        with self._database.reading() as session:
            mine = (HeroFrame.set_id == generation.id, HeroFrame.status != Status.COMPLETED)
            missing = session.scalar(select(func.count()).select_from(HeroFrame).where(*mine)) or 0
        brief, _ = found(generation.brief)
        model = self._model(str(generation.brief["models"]["image"]))
        return self._quote(brief, model, missing, bool(generation.brief.get("direct")))

    # -- what is written down

    def _place(self, user_id: str, order: HeroOrder, origin: Origin) -> str:
        uploads = order.pictures
        of_team = origin.frame is not None and origin.frame.team_id is not None  # members go on from what another of them brought
        media = Pictures(*(self._orders.picture(None if of_team else user_id, id, field) if id else "" for id, field in _named(uploads)))
        quote = self._quote(order.brief, order.model, order.brief.count, order.direct)
        asks = [ask_for_frame(order.brief, order.first + position) for position in range(order.brief.count)]
        width, height = asks[0].width, asks[0].height
        generation = Generation(
            id=new_id(),
            user_id=user_id,
            team_id=origin.team_id,
            kind=GenerationKind.HERO,
            listed=False,
            prompt=order.brief.prompt,
            prompt_key=search_key(f"{order.original}\n{order.brief.prompt}"),
            duration=0,
            aspect_ratio=str(order.brief.aspect),
            models=[order.model],
            brief=self._brief(order, origin),
        )

        def with_it(session: Session, generation: Generation) -> None:
            if origin.frame:
                still_whose(session, origin.frame)
            session.add_all(
                HeroFrame(
                    id=new_id(),
                    user_id=user_id,
                    team_id=generation.team_id,
                    set_id=generation.id,
                    position=position,
                    root_id=origin.frame.root_id if origin.frame else generation.id,
                    parent_id=origin.frame.id if origin.frame else None,
                    change=origin.change,
                    prompt=order.brief.prompt,
                    original_prompt=order.original,
                    enhanced_prompt=order.enhanced or None,
                    negative_prompt=order.brief.negative_prompt,
                    brief=kept(order.brief if order.direct else reading(order.brief, order.first + position), uploads),
                    model=order.model,
                    seed=ask.seed,
                    aspect_ratio=str(order.brief.aspect),
                    width=ask.width,
                    height=ask.height,
                    created_at=generation.created_at,
                )
                for position, ask in enumerate(asks)
            )

        kind = f"hero frames: {order.brief.count}, {width}×{height}, {order.model}{', directed' if order.direct else ''}"
        args = (replace(order, pictures=media),)
        return self._orders.place(generation, quote, kind=kind, fn=self._job, args=args, with_it=with_it)

    def _brief(self, order: HeroOrder, origin: Origin) -> dict[str, Any]:
        """The set's brief: by the names that every generation is asked under, and whole."""
        product = order.brief.order
        return {
            "aspect": str(order.brief.aspect),
            "style": product.style,
            "brand": product.brand,
            "colors": list(product.colors),
            "seed": product.seed,
            "models": {"image": order.model},
            "product_image": order.pictures.product or None,
            "direct": order.direct,
            "first": order.first,
            "words": origin.words,
            "parent_frame_id": origin.frame.id if origin.frame else None,
            "original_prompt": order.original,
            **kept(order.brief, order.pictures),
        }

    def _seeded(self, brief: HeroBrief, seed: int, model: str) -> HeroBrief:
        """`brief` for a set of `model` that begins with `seed`."""
        side = self._side or side_of(model)
        return brief.model_copy(update={"order": brief.order.model_copy(update={"seed": seed, "short_side": side})})

    # -- what is asked, checked

    def _made(self, session: Session, user_id: str, frame_id: str) -> HeroFrame:
        frame = owned_frame(session, user_id, frame_id, need=Right.EDIT)
        if frame.status is not Status.COMPLETED:
            raise NotReady("This hero frame is not made yet; wait for it, or choose another.")
        return frame

    def _model(self, model: str | None) -> str:
        if not model:
            default = self.runtime.default_model("image")
            if default is None:
                raise InputRefused("No model here makes pictures; see what this studio can do.", field="model")
            return default.id
        if why_not := self.runtime.why_not("image", model):
            raise InputRefused(why_not, field="model")
        return model

    def _quote(self, brief: HeroBrief, model: str, count: int, direct: bool) -> Quote:
        writer = self.runtime.default_model("text") if direct else None
        return quote_of_pictures(self._prices, model, count, writer.id if writer else "", most_asked(brief) if writer else ())


def _named(pictures: Pictures) -> tuple[tuple[str, str], ...]:
    return (
        (pictures.product, "product_image_id"),
        (pictures.reference, "reference_image_id"),
        (pictures.control, "control_image_id"),
    )
