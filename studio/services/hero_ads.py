"""A version of takes as the main scene of a whole ad (FR-044). Makes nothing itself: it says what is ordered, and generations.py orders it.

hero frame ─▶ prompt, subject, palette, seed, LoRA, product photo ─┐
version    ─▶ the clip of the main shot                            ├─▶ an ad: neither is made or paid for again
what is asked besides: length, story, voice, …                     ┘
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from models.capabilities import Kind
from models.catalog import rows
from pipelines.brief import MAX_BRAND_CHARS, MAX_COLORS, PROMPT_CHARS, Brief, read_brief
from pipelines.hero import HeroBrief
from pipelines.hero.hero_brief import what_it_shows
from pipelines.hero.hero_frames import words_of
from studio.errors import InputRefused, NotReady
from studio.jobs.ad_job import HeroShot
from studio.services.generations import Estimate, Generations
from studio.services.group_rows import owned_group
from studio.services.hero_briefs import found
from studio.services.hero_remakes import Remake, remake_of
from studio.store.access import Right
from studio.store.database import Database
from studio.store.money import NOTHING
from studio.store.tables import Generation, HeroFrame, VideoAttempt

NO_VERSION = "Choose the version first; then it can be used in an ad."
NO_PICTURE = "The hero frame of this version was removed, and with it what the other scenes would take after; make it once more."


@dataclass(frozen=True)
class _Version:
    """What a group's version is made of."""

    attempt: VideoAttempt
    frame: HeroFrame
    hero: HeroBrief
    product: str
    remake: Remake


@dataclass(frozen=True)
class AdAround:
    """What an ad around a version may cost at most. prompt: what it is for, as asked or as the version shows it. paid: US dollars that its
    main shot, picture and clip, did cost when it was made; they are in no quote and no bill of the ad."""

    estimate: Estimate
    prompt: str
    paid: Decimal


class HeroAds:
    """Orders ads around versions. Thread-safe."""

    def __init__(self, database: Database, generations: Generations) -> None:
        self._database = database
        self._generations = generations

    def estimate(self, user_id: str, group_id: str, changes: Mapping[str, Any]) -> AdAround:
        """What the ad of `submit` may cost; nothing is ordered. Raises NotFound, NotYours, NotReady, BriefError, InputRefused."""
        with self._database.reading() as session:
            version = _version(session, user_id, group_id)
        brief = brief_around(version.hero, version.frame, version.attempt, version.remake, changes)
        paid = (version.frame.cost or NOTHING) + (version.attempt.cost or NOTHING)
        return AdAround(self._generations.estimate(brief, made_before=1), brief.prompt, paid)

    def submit(self, user_id: str, group_id: str, changes: Mapping[str, Any]) -> str:
        """Order an ad around the group's version; its id. changes: what is asked besides, as pipelines.brief.read_brief takes it.

        Raises NotFound, NotYours, NotReady (no version yet), BriefError, InputRefused, TooMany, OverCap; then nothing has happened.
        """
        with self._database.reading() as session:
            version = _version(session, user_id, group_id)
        brief = brief_around(version.hero, version.frame, version.attempt, version.remake, changes)
        ask = version.remake.ask
        shot = HeroShot(
            picture=version.frame.image_id or "",
            clip=version.attempt.video_id or "",
            subject=ask.subject if ask else None,
            palette=ask.palette if ask else (),
            seed=ask.seed if ask else version.frame.seed,
            picture_by=version.frame.model,
            clip_by=version.attempt.model,
        )
        return self._generations.submit(user_id, brief, version.product, shot, team=version.frame.team_id)


def brief_around(hero: HeroBrief, frame: HeroFrame, attempt: VideoAttempt, remake: Remake, changes: Mapping[str, Any]) -> Brief:
    """The brief of an ad around a version. Raises BriefError, and InputRefused for another shape than the picture has."""
    if changes.get("aspect") not in (None, frame.aspect_ratio):
        raise InputRefused(f"The version is {frame.aspect_ratio}; an ad around it has the same shape.", field="aspect_ratio")
    order, subject = hero.order, remake.ask.subject if remake.ask else None
    label = subject.label if subject and len(subject.label) <= MAX_BRAND_CHARS else ""
    given: dict[str, Any] = {
        "prompt": _prompt(hero),
        "duration": order.duration,
        "brand": order.brand or label,
        "colors": order.colors or (remake.ask.palette[:MAX_COLORS] if remake.ask else ()),
        "seed": order.seed,
        "style": order.style,
        "coherence": order.coherence,
        "lora": order.lora,
        "lora_weight": order.lora_weight,
    }
    made_by: dict[Kind, str] = {"image": frame.model, "video": attempt.model}
    known = {kind: model for kind, model in made_by.items() if model in {row.id for row in rows(kind)}}  # others are of another release
    models = known | dict(changes.get("models") or {})
    return read_brief(**given | dict(changes) | {"aspect": frame.aspect_ratio, "models": models, "short_side": order.short_side})


def _prompt(hero: HeroBrief) -> str:
    """What the hero frame shows, with the light and the mood it was chosen in, as far as a brief has room."""
    text = what_it_shows(hero.prompt).rstrip(" .,;")
    for matter in ("light", "mood"):
        words = words_of(hero, matter)
        if words and words.lower() not in text.lower() and len(text) + len(words) + 2 <= PROMPT_CHARS[1]:
            text = f"{text}, {words}"
    return text


def _version(session: Session, user_id: str, group_id: str) -> _Version:
    group = owned_group(session, user_id, group_id, need=Right.EDIT)
    attempt = session.get(VideoAttempt, group.final_attempt_id) if group.final_attempt_id else None
    if attempt is None or attempt.video_id is None:
        raise NotReady(NO_VERSION)
    frame_id = session.get_one(Generation, attempt.generation_id).brief.get("hero_frame_id")
    frame = session.get(HeroFrame, frame_id) if frame_id else None
    if frame is None or frame.image_id is None:
        raise NotReady(NO_PICTURE)
    hero, pictures = found(frame.brief)
    return _Version(attempt, frame, hero, pictures.product, remake_of(session, frame))
