"""Ads as their owners order them: quote, submit, remove; and whatever is made (hero frames and takes too) followed, cancelled and
tried again. Knows no HTTP and no pages. How an order is placed is in orders.py."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.capabilities import Kind
from pipelines.brief import BUILT_IN_WRITER, VOICE_OFF, Brief
from pipelines.captions.glyphs import warning as unsettable
from pipelines.hints import read_hints
from studio.errors import InputRefused, RoleRefused
from studio.jobs.ad_job import HeroShot, make_ad_job
from studio.jobs.desk import Desk
from studio.jobs.failures import UnknownJob
from studio.services.details import Detail, Details
from studio.services.library import Library, search_key
from studio.services.orders import Orders
from studio.services.ownership import owned_ad, theirs
from studio.services.prices import Prices, Quote
from studio.services.spending import UNFINISHED
from studio.store.access import Right, own, right_to
from studio.store.database import Database
from studio.store.tables import AdVersion, Generation, GenerationKind, is_id, new_id, shown_percent

DEFAULT_DURATION_S = 15
DEFAULT_ASPECT = "9:16"

HERO_CLIP = "hero_clip"
"""Under this name an ad's brief says which file its main shot was before it was ordered; it is paid for elsewhere."""

KIT = "kit"
"""Under this one, which brand kit filled it in: the brief holds what it said (decision 0018); the id is for whoever asks again."""


@dataclass(frozen=True)
class Following:
    """One ad at one moment. percent 0..100; text: what is being done; eta_s None: not known; queue_position 1: next in line.

    revision grows with every change.
    """

    ad: Generation
    percent: int
    step: str
    text: str
    eta_s: float | None
    queue_position: int | None
    revision: int


@dataclass(frozen=True)
class Estimate:
    """What an ad may cost at most, before it is ordered. warning: what will not be as asked, "" when nothing is known."""

    duration: int
    aspect_ratio: str
    quote: Quote
    warning: str = ""


class Generations:
    """The ads of this installation while they are made, and the following, cancelling and trying again of everything else that is.

    rests: for every kind but ads, what it may cost at most to try one again.
    models: who makes what, by kind, where nothing is chosen; why_not: why a model cannot make a kind here, "" when it can;
    voice: for a brief's voice and the model chosen for it, which model speaks ("" for none wanted), and why none can; job: what makes
    an ad.
    """

    def __init__(
        self,
        database: Database,
        desk: Desk,
        library: Library,
        orders: Orders,
        prices: Prices,
        models: Callable[[], Mapping[Kind, str]],
        *,
        rests: Mapping[GenerationKind, Callable[[Generation], Quote]] = MappingProxyType({}),
        job: Callable[..., Any] = make_ad_job,
        why_not: Callable[[Kind, str], str] = lambda kind, model: "",
        voice: Callable[[str, str | None], tuple[str, str]] = lambda voice, model: ("", ""),
    ) -> None:
        self._database = database
        self._desk = desk
        self._details = Details(database, desk)
        self._library = library
        self._orders = orders
        self._prices = prices
        self._models = models
        self._rests = {GenerationKind.AD: self._rest, **rests}
        self._job = job
        self._why_not = why_not
        self._voice = voice

    def estimate(self, brief: Brief, made_before: int = 0) -> Estimate:
        """The quote for `brief`, with the models that it asks for; nothing is ordered. made_before: how many of its shots are there
        already. Raises InputRefused for a model that cannot be used here, UnknownPrice."""
        hints = read_hints(brief.prompt)
        duration = brief.duration or hints.duration or DEFAULT_DURATION_S
        aspect = brief.aspect or hints.aspect or DEFAULT_ASPECT
        warning = unsettable(" ".join((brief.prompt, brief.brand or "", *brief.features)))
        return Estimate(duration, str(aspect), self._quote(duration, brief.models, brief.voice, made_before), warning)

    def submit(
        self, user_id: str, brief: Brief, photo: str = "", hero: HeroShot | None = None, team: str | None = None, kit: str = ""
    ) -> str:
        """Order the ad of `brief`; its id. photo: one of the user's uploads, "" for none. hero: its main shot, where it was made before.
        team: one of theirs that it shall belong to. kit: the brand kit that filled in the brief, told with it for whoever asks again.

        Raises TooMany, OverCap, RoleRefused, InputRefused (no such upload, no such model here, no such team); then nothing has happened at
        all.
        """
        wanted = self.estimate(brief, 1 if hero else 0)  # before the transaction: models may have to be asked whether they are there
        file = self._orders.picture(user_id, photo, "product_image_id") if photo else ""
        ad = Generation(
            id=new_id(),
            user_id=user_id,
            team_id=team or None,
            prompt=brief.prompt,
            prompt_key=search_key(brief.prompt),
            duration=wanted.duration,
            aspect_ratio=wanted.aspect_ratio,
            brief=json.loads(brief.model_dump_json())
            | ({"product_image": photo} if photo else {})
            | ({HERO_CLIP: hero.clip} if hero else {})
            | ({KIT: kit} if kit else {}),
        )
        return self._orders.place(ad, wanted.quote, kind=kind_of(brief), fn=self._job, args=(brief, file, hero) if hero else (brief, file))

    def left_in(self, user_id: str, team_id: str) -> int | None:
        """How many orders of the hour the member has left for that team; None without a quota there."""
        return self._orders.left_in(user_id, team_id)

    def follow(self, user_id: str, generation_id: str) -> Following:
        """The ad as it stands. Raises NotFound, or NotYours when it is somebody else's."""
        files = (joinedload(Generation.video), joinedload(Generation.thumbnail))
        with self._database.reading() as session:
            ad = owned_ad(session, user_id, generation_id, files, need=Right.LOOK)
        return self._standing(ad)

    def detail(self, user_id: str, generation_id: str) -> Detail:
        """Everything that is told of the ad. Raises NotFound, or NotYours when it is somebody else's."""
        found = self._details.of([generation_id]).get(generation_id) if is_id(generation_id) else None
        with self._database.reading() as session:
            detail = theirs(session, found, user_id, Right.LOOK)
            return _seen_by(session, user_id, detail) or detail

    def details(self, user_id: str, ids: Sequence[str]) -> tuple[Detail, ...]:
        """The same of several, in the order of `ids`; what is not there or not the user's is left out."""
        found = self._details.of(ids) if ids else {}
        with self._database.reading() as session:
            seen = [_seen_by(session, user_id, found[id]) for id in ids if id in found]
        return tuple(detail for detail in seen if detail is not None)

    def unfinished(self, user_id: str) -> tuple[str, ...]:
        """What of the user's is waiting or being made, oldest first."""
        mine = (*own(Generation.user_id, Generation.team_id, user_id), Generation.status.in_(UNFINISHED))
        with self._database.reading() as session:
            return tuple(session.scalars(select(Generation.id).where(*mine).order_by(Generation.created_at)))

    def cancel(self, user_id: str, generation_id: str) -> Following:
        """Stop making the ad; too late, it stays as it is. Raises NotFound, NotYours, RoleRefused."""
        with self._database.reading() as session:
            final = owned_ad(session, user_id, generation_id).status.final
        if not final:
            self._desk.cancel(generation_id)
        return self.follow(user_id, generation_id)

    def retry(self, user_id: str, generation_id: str) -> Following:
        """Do again what failed or was cancelled. It counts as one more order of the hour, of whoever ordered it first, so that nobody else
        can. Raises NotFound, NotYours, RoleRefused, TooMany, OverCap, InputRefused (a model it asks for is gone), and NotReady for what is
        completed or being made."""
        with self._database.reading() as session:
            ad = owned_ad(session, user_id, generation_id)
        if ad.user_id != user_id:
            raise RoleRefused("Only whoever ordered this can try it again, since they pay for it; order one like it instead.")
        self._orders.again(ad, self._rests[ad.kind])
        return self.follow(user_id, generation_id)

    def delete(self, user_id: str, generation_id: str) -> None:
        """Remove the ad, its files and its job. Raises NotFound, NotYours, RoleRefused, and NotReady while it is being made."""
        self._library.delete(user_id, generation_id)
        self._desk.forget(generation_id)

    def models_for(self, chosen: Mapping[Kind, str], voice: str) -> Mapping[Kind, str]:
        """Who makes what of an ad, by kind, given what was chosen. Raises InputRefused for what cannot be used here."""
        for kind, model in chosen.items():
            if model != BUILT_IN_WRITER and (why_not := self._why_not(kind, model)):
                raise InputRefused(why_not, field="models")
        models = {**self._models(), **chosen}
        models.pop("voice", None)
        speaking, why_not = self._voice(voice, chosen.get("voice"))
        if why_not:
            raise InputRefused(why_not, field="voice")
        if speaking:
            models["voice"] = speaking
        return models

    def _quote(self, duration_s: int, chosen: Mapping[Kind, str], voice: str, made_before: int = 0) -> Quote:
        models = self.models_for(chosen, voice)
        return self._prices.quote_of_ad(duration_s, models, made_before=made_before)

    def _rest(self, ad: Generation) -> Quote:
        with self._database.reading() as session:
            if session.get(AdVersion, ad.id) is not None:  # it is cut again, and nothing is made anew
                return Quote(())
        return self._quote(ad.duration, ad.brief.get("models") or {}, ad.brief.get("voice") or VOICE_OFF, int(HERO_CLIP in ad.brief))

    def _standing(self, ad: Generation) -> Following:
        try:
            standing = self._desk.look(ad.id)
        except UnknownJob:  # its history was removed; the ad itself stays
            return Following(ad, shown_percent(ad.status, ad.error_code, None), "", "", None, None, 0)
        row = standing.row
        percent = shown_percent(ad.status, ad.error_code, row.percent)
        return Following(ad, percent, row.step, row.text, standing.eta_s, standing.queue_position, row.revision)


def _seen_by(session: Session, user_id: str, detail: Detail) -> Detail | None:
    """With what they may do; None where they may not even look."""
    right = right_to(session, user_id, detail.user_id, detail.team_id)
    return None if right is None else detail if right is detail.right else replace(detail, right=right)


def kind_of(brief: Brief) -> str:
    """Briefs of one kind take about the same time: the same length, shape and size, chosen or read out of the prompt, and the
    same models."""
    hints = read_hints(brief.prompt)
    duration, aspect = brief.duration or hints.duration or "auto", brief.aspect or hints.aspect or "auto"
    spoken = ["spoken"] if brief.voice != VOICE_OFF else []
    models = [brief.models[kind] for kind in sorted(brief.models)]
    return ", ".join([f"{duration} s, {aspect}, {brief.short_side} px", *spoken, *models])
