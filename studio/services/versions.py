"""Ads cut again from a finished ad's parts: ordered as generations of their own, kept beside the one they come from, never over it.

    order   a new generation with the ad's prompt, story, plan and shots; unlisted until its film is there
    keep    film, poster and parts are its own files; what it measured and how it differs are its own rows

What is cut, and how, is the business of enhancement and editor. Knows no HTTP.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from pipelines.recut import Recut
from studio.errors import NotReady
from studio.services.ad_parts import KeptParts
from studio.services.orders import Orders
from studio.services.ownership import owned_ad
from studio.services.prices import Quote
from studio.services.quality import keep_quality
from studio.store.access import Right
from studio.store.database import Database
from studio.store.tables import AdPart, AdVersion, Blueprint, Clip, Generation, GenerationKind, Status, VersionKind, new_id
from studio.store.times import Clock, utc_now

FREE = Quote(())
"""Cutting again asks no model."""

WHOLE = (joinedload(Generation.blueprint), selectinload(Generation.clips))


@dataclass(frozen=True)
class Version:
    """One version of an ad, as it stands."""

    id: str
    kind: VersionKind
    status: Status
    version_of: str | None
    created_at: datetime


class Versions:
    """Orders versions of ads and lists them. Thread-safe."""

    def __init__(self, database: Database, orders: Orders, clock: Clock = utc_now) -> None:
        self._database = database
        self._orders = orders
        self._clock = clock

    def finished(self, user_id: str, generation_id: str) -> Generation:
        """The finished ad that the user may change, with its blueprint and clips. Raises NotFound, NotYours, RoleRefused, NotReady."""
        with self._database.reading() as session:
            ad = owned_ad(session, user_id, generation_id, WHOLE, need=Right.EDIT)
        if ad.kind is not GenerationKind.AD:
            raise NotReady("Only ads are cut again.")
        if ad.status is not Status.COMPLETED:
            raise NotReady("This ad is not finished yet.")
        return ad

    def order(
        self,
        user_id: str,
        ad: Generation,
        kind: VersionKind,
        *,
        made: Mapping[str, Any],
        before: Mapping[str, Any] | None,
        fn: Callable[..., Any],
        args: Sequence[Any],
        with_it: Callable[[Session, Generation], None] = lambda session, generation: None,
    ) -> str:
        """Order a version of `ad` (as `finished` gives it) for the user, in the ad's team, made by `fn(run, *args)`; its id.
        made, before: see AdVersion; with_it: adds what else belongs to it. It counts as an order of the hour and costs nothing. Raises
        TooMany."""
        plan, recipe, report = (ad.blueprint.plan, ad.blueprint.recipe, ad.blueprint.report) if ad.blueprint else (None, None, None)
        version = Generation(
            id=new_id(),
            user_id=user_id,
            team_id=ad.team_id,
            listed=False,
            prompt=ad.prompt,
            prompt_key=ad.prompt_key,
            duration=ad.duration,
            aspect_ratio=ad.aspect_ratio,
            brief=dict(ad.brief),
            framework=ad.framework,
            num_scenes=ad.num_scenes,
            models=list(ad.models),
            notes=[],
        )

        def rows(session: Session, generation: Generation) -> None:
            now = self._clock()
            session.add(Blueprint(generation_id=generation.id, plan=plan, recipe=recipe, report=report))
            session.add_all(_copied(clip, generation.id, now) for clip in ad.clips)
            session.add(
                AdVersion(
                    generation_id=generation.id,
                    version_of=ad.id,
                    kind=kind,
                    made=dict(made),
                    before=None if before is None else dict(before),
                    created_at=now,
                )
            )
            with_it(session, generation)

        took = f"{kind}, {ad.duration} s, {ad.aspect_ratio}, {(report or {}).get('width')} px"
        return self._orders.place(version, FREE, kind=took, fn=fn, args=args, with_it=rows)

    def of(self, user_id: str, generation_id: str) -> tuple[Version, ...]:
        """The versions that were cut from the user's ad, oldest first. Raises NotFound, NotYours."""
        with self._database.reading() as session:
            owned_ad(session, user_id, generation_id, need=Right.LOOK)
            return tuple(versions_in(session, generation_id))


def versions_in(session: Session, generation_id: str) -> list[Version]:
    """The versions of an ad, oldest first."""
    found = (
        select(AdVersion, Generation.status)
        .join(Generation, Generation.id == AdVersion.generation_id)
        .where(AdVersion.version_of == generation_id)
        .order_by(AdVersion.created_at, AdVersion.generation_id)
    )
    return [Version(row.generation_id, row.kind, status, row.version_of, row.created_at) for row, status in session.execute(found)]


def keep_version(session: Session, job: str, recut: Recut, parts: KeptParts, size_bytes: int, now: datetime) -> None:
    """Write down what became of version `job`: its report, its shots' files, how it differs, what it measured. Idempotent."""
    ad = session.get_one(Generation, job)
    ad.listed = True
    ad.duration = round(recut.duration_s)
    ad.notes = list(recut.notes)
    blueprint = session.get(Blueprint, job) or Blueprint(generation_id=job, plan=None)
    blueprint.recipe = json.loads(recut.recipe)
    blueprint.report = (blueprint.report or {}) | {
        "width": recut.width,
        "height": recut.height,
        "fps": recut.fps,
        "n_frames": recut.n_frames,
        "duration_s": recut.duration_s,
        "size_bytes": size_bytes,
        "lufs": recut.lufs,
        "true_peak_dbtp": recut.true_peak_dbtp,
        "stages": [{"name": stage.name, "seconds": stage.seconds} for stage in recut.stages],
    }
    session.add(blueprint)
    for clip in session.scalars(select(Clip).where(Clip.generation_id == job)):
        clip.video_id, clip.still_id = parts.shots.get(clip.shot, (None, None))
    session.execute(sa.delete(AdPart).where(AdPart.generation_id == job))
    session.add_all(parts.rows)
    version = session.get(AdVersion, job)
    if version is not None and recut.changes is not None:
        version.made = {**version.made, **recut.changes}
    if recut.quality is not None:
        keep_quality(session, job, recut.quality, now)


def _copied(clip: Clip, generation_id: str, now: datetime) -> Clip:
    """The shot, without its files: they come with the film. Its price was paid by the ad that it was made for."""
    return Clip(
        generation_id=generation_id,
        position=clip.position,
        shot=clip.shot,
        prompt=clip.prompt,
        model=clip.model,
        seed=clip.seed,
        status=clip.status,
        n_frames=clip.n_frames,
        fps=clip.fps,
        made=clip.made,
        created_at=now,
        completed_at=clip.completed_at,
    )
