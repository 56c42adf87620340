"""Matching the scenes of a finished ad: asked for by its owner, done as a version of its own, told with what it measured before and after.

    ad + what was found in its film ─▶ (nothing to mend: said so) │ a version, made by studio.jobs.enhance_job
    version ─▶ changes in words, each measure before and after, findings that are gone, left or new

Knows no HTTP and no pages; what is changed, and how, is pipelines.enhancement's business.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from pipelines.enhancement import wanted_of
from pipelines.scene_plan import ScenePlan
from studio.errors import NothingToMend, NotReady, RoleRefused
from studio.jobs.enhance_job import EnhanceOrder, enhance_job
from studio.services.ad_parts import parts_in
from studio.services.before_after import Measure, compared, largest, measures_of, verdict
from studio.services.ownership import owned_ad
from studio.services.versions import Versions, versions_in
from studio.store.access import Right
from studio.store.database import Database
from studio.store.tables import AdVersion, Generation, QualityMetric, QualityReport, Status, VersionKind

PLAN = TypeAdapter(ScenePlan)


@dataclass(frozen=True)
class Enhanced:
    """How the matching of an ad's scenes stands. version_id, status: None when nobody asked. may, why_not: whether it can be asked for
    now, and why not. changes: [{"kind", "scene", "sentence", "towards"}]. verdict: what came of it, in a sentence, "" before."""

    generation_id: str
    version_of: str | None
    version_id: str | None
    status: Status | None
    trouble: str
    may: bool
    why_not: str
    changes: tuple[Mapping[str, Any], ...]
    left: tuple[str, ...]
    measures: tuple[Measure, ...]
    gone: tuple[Mapping[str, Any], ...]
    stayed: tuple[Mapping[str, Any], ...]
    new: tuple[Mapping[str, Any], ...]
    verdict: str


class Enhancements:
    """Asks for enhancements and tells of them. Thread-safe. remove(user id, generation id): removes a generation and its job."""

    def __init__(self, database: Database, versions: Versions, remove: Callable[[str, str], None]) -> None:
        self._database = database
        self._versions = versions
        self._remove = remove

    def ask(self, user_id: str, generation_id: str) -> str:
        """Match the scenes of the user's finished ad; the id of the version that it becomes. Raises NotFound, NotYours, NotReady (not
        finished, never measured, no parts kept, asked for already), NothingToMend for an ad that is good, TooMany."""
        ad = self._versions.finished(user_id, generation_id)
        with self._database.reading() as session:
            found = _found(session, ad.id)
            if why_not := _why_not(session, ad, found):
                raise why_not
            parts = parts_in(session, ad.id)
            before = {"found": found, "scores": _scores(session, ad.id)}
            failed = [one.id for one in versions_in(session, ad.id) if one.kind is VersionKind.ENHANCED and one.status is Status.FAILED]
        plan = PLAN.validate_python((ad.blueprint.plan if ad.blueprint else None) or {})
        recipe = (ad.blueprint.recipe if ad.blueprint else None) or {}
        order = EnhanceOrder.of(parts, plan, found, ad.brief.get("colors") or (), recipe, ad.video_id or "")
        id = self._versions.order(user_id, ad, VersionKind.ENHANCED, made={}, before=before, fn=enhance_job, args=(order,))
        for one in failed:  # earlier attempts that came to nothing are listed nowhere
            with suppress(RoleRefused):  # another member's, who removes it
                self._remove(user_id, one)
        return id

    def of(self, user_id: str, generation_id: str) -> Enhanced:
        """Of the user's enhanced ad, or of the newest enhancement of the user's ad. Raises NotFound, NotYours."""
        with self._database.reading() as session:
            ad = owned_ad(session, user_id, generation_id, need=Right.LOOK)
            version = session.get(AdVersion, ad.id)
            if version is None or version.kind is not VersionKind.ENHANCED:
                newest = [one.id for one in versions_in(session, ad.id) if one.kind is VersionKind.ENHANCED]
                version = session.get(AdVersion, newest[-1]) if newest else None
            why_not = _why_not(session, ad, _found(session, ad.id))
            if version is None:
                return Enhanced(ad.id, None, None, None, "", why_not is None, str(why_not or ""), (), (), (), (), (), (), "")
            return _told(session, ad, version, str(why_not or ""))


def _why_not(session: Session, ad: Generation, found: Mapping[str, Any]) -> NotReady | None:
    """Why the ad's scenes are not matched now; None when they can be."""
    if ad.status is not Status.COMPLETED:
        return NotReady("This ad is not finished yet.")
    if not found:
        return NotReady("This ad was never measured, so nothing is known of its scenes; make it again first.")
    version = session.get(AdVersion, ad.id)
    if version is not None and version.kind is VersionKind.ENHANCED:
        return NothingToMend("The scenes of this version were matched already.")
    if any(one.kind is VersionKind.ENHANCED and not one.status.final for one in versions_in(session, ad.id)):
        return NotReady("The scenes of this ad are being matched already.")
    if not wanted_of(found):
        return NothingToMend(f"The scenes belong together already{largest(found)}. Nothing was changed.")
    if ad.blueprint is None or ad.blueprint.plan is None:
        return NotReady("This ad was made before its plan was kept; make it again first.")
    try:
        parts_in(session, ad.id)
    except NotReady as error:
        return error
    return None


def _told(session: Session, ad: Generation, version: AdVersion, why_not: str) -> Enhanced:
    made = session.get_one(Generation, version.generation_id)
    done = made.status is Status.COMPLETED
    before: dict[str, Any] = version.before or {"found": {}, "scores": []}
    after: dict[str, Any] | None = {"found": _found(session, made.id), "scores": _scores(session, made.id)} if done else None
    gone, stayed, new = compared(before["found"], after["found"]) if after else ((), (), ())
    measures = measures_of(before, after) if after else ()
    return Enhanced(
        generation_id=ad.id,
        version_of=version.version_of,
        version_id=version.generation_id,
        status=made.status,
        trouble=made.error_message or "",
        may=not why_not,
        why_not=why_not,
        changes=tuple(version.made.get("changes", ())),
        left=tuple(version.made.get("left", ())),
        measures=measures,
        gone=gone,
        stayed=stayed,
        new=new,
        verdict=verdict(measures, gone, new) if after else "",
    )


def _found(session: Session, generation_id: str) -> dict[str, Any]:
    report = session.get(QualityReport, generation_id)
    return dict(report.found) if report else {}


def _scores(session: Session, generation_id: str) -> list[dict[str, Any]]:
    """The whole film's measures that have a value."""
    mine = (QualityMetric.generation_id == generation_id, QualityMetric.scene == 0, QualityMetric.value.is_not(None))
    rows = session.scalars(select(QualityMetric).where(*mine).order_by(QualityMetric.id))
    return [{"metric": row.metric, "name": row.name, "kind": row.kind, "direction": row.direction, "value": row.value} for row in rows]
