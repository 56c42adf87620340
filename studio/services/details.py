"""Everything that is told of one ad, as one value: how far it is, what was asked, what came out. Works on rows; knows no HTTP.

    ad      who asked for what, and what became of it      ─┐
    job     how far it is, and by when                      ├─▶  Detail
    report  what the finished film is like                 ─┘

The job is read before the ad: an ad may be newer than the revision that is told with it, never older, so that whoever follows
revisions misses no end.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from studio import words
from studio.jobs.desk import Desk, Standing
from studio.store.access import Right
from studio.store.database import Database
from studio.store.tables import CANCELLED, Blueprint, Generation, GenerationKind, Iteration, Status, shown_percent

ASKED: dict[str, tuple[str, Any]] = {
    "prompt": ("prompt", ""),
    "duration": ("duration", None),
    "aspect_ratio": ("aspect", None),
    "framework": ("framework", None),
    "style": ("style", None),
    "grade": ("grade", None),
    "brand": ("brand", ""),
    "brand_colors": ("colors", ()),
    "seed": ("seed", 0),
    "voice": ("voice", "off"),
    "captions": ("captions", "off"),
    "models": ("models", {}),
    "coherence": ("coherence", {}),
    "lora": ("lora", ""),
    "lora_weight": ("lora_weight", 1.0),
    "product_image_id": ("product_image", None),
    "rating": ("rating", ""),
    "features": ("features", ()),
    "kit": ("kit", None),
}
"""What was asked, by the names it is asked under: (field of the stored brief, what it is when an older release stored none)."""


@dataclass(frozen=True)
class Trouble:
    """Why an ad failed: a stable code, and one sentence for people."""

    code: str
    message: str


@dataclass(frozen=True)
class StageTime:
    """How long a stage took. label: what people call it."""

    name: str
    label: str
    seconds: float


@dataclass(frozen=True)
class Finished:
    """A finished ad. Ads of earlier releases have no report: what only a report says is None, or empty."""

    video_url: str
    download_url: str
    poster_url: str | None
    width: int | None
    height: int | None
    fps: int | None
    duration_s: float
    size_bytes: int
    framework: str | None
    rationale: str
    num_scenes: int | None
    models: tuple[str, ...]
    notes: tuple[str, ...]
    stages: tuple[StageTime, ...]
    lufs: float | None


@dataclass(frozen=True)
class Detail:
    """One ad (or set of hero frames, or iteration of takes: kind) at one moment.

    progress 0..100; step: stable name, current_step: in words; queue_position 1: next in line.
    eta_s: None when not known; elapsed_s: of the making, None before it began. revision grows with every change. brief: what was
    asked, as in ASKED. result: None until completed. set_id: of hero frames, its own id; group_id: of takes, their group. team_id: the team
    that it belongs to; right: what whoever looks may do.
    """

    id: str
    user_id: str
    team_id: str | None
    kind: GenerationKind
    set_id: str | None
    group_id: str | None
    status: Status
    cancelled: bool
    progress: int
    step: str
    current_step: str
    eta_s: float | None
    elapsed_s: float | None
    queue_position: int | None
    revision: int
    error: Trouble | None
    created_at: datetime
    completed_at: datetime | None
    quoted_cost: Decimal
    cost: Decimal | None
    brief: Mapping[str, Any]
    result: Finished | None
    right: Right = Right.MANAGE

    @property
    def may(self) -> str:
        """`right` as a word: look, edit or manage."""
        return self.right.name.lower()


class Details:
    """Reads ads and their jobs, in few queries however many there are."""

    def __init__(self, database: Database, desk: Desk) -> None:
        self._database = database
        self._desk = desk

    def of(self, ids: Sequence[str]) -> dict[str, Detail]:
        """The details of these ads; those that do not exist (any more) are left out."""
        standings = self._desk.look_at(ids)
        wanted = (
            select(Generation)
            .where(Generation.id.in_(ids))
            .options(joinedload(Generation.video), joinedload(Generation.thumbnail))
            .options(joinedload(Generation.blueprint).load_only(Blueprint.report))
        )
        with self._database.reading() as session:
            ads = session.scalars(wanted).all()
            groups = _groups(session, [ad.id for ad in ads if ad.kind is GenerationKind.TAKE])
        return {ad.id: detail_of(ad, standings.get(ad.id), groups.get(ad.id)) for ad in ads}


def _groups(session: Session, takes: Sequence[str]) -> dict[str, str]:
    """Of iterations of takes, the groups that they belong to."""
    found = select(Iteration.generation_id, Iteration.group_id).where(Iteration.generation_id.in_(takes))
    return dict(session.execute(found).tuples().all()) if takes else {}


def detail_of(ad: Generation, standing: Standing | None, group_id: str | None = None) -> Detail:
    """standing: of its job; None when its history was removed. group_id: of an iteration of takes."""
    row = standing.row if standing else None
    cancelled, done = ad.error_code == CANCELLED, ad.status is Status.COMPLETED
    told = "Complete" if done else "Cancelled" if cancelled else row.text if row else ""
    return Detail(
        id=ad.id,
        user_id=ad.user_id,
        team_id=ad.team_id,
        kind=ad.kind,
        set_id=ad.id if ad.kind is GenerationKind.HERO else None,
        group_id=group_id,
        status=ad.status,
        cancelled=cancelled,
        progress=shown_percent(ad.status, ad.error_code, row.percent if row else None),
        step=row.step if row else "",
        current_step=told,
        eta_s=standing.eta_s if standing and ad.status is Status.PROCESSING else None,
        elapsed_s=_elapsed(ad, standing),
        queue_position=standing.queue_position if standing and ad.status is Status.PENDING else None,
        revision=row.revision if row else 0,
        error=Trouble(ad.error_code, ad.error_message or "") if ad.error_code else None,
        created_at=ad.created_at,
        completed_at=ad.completed_at,
        quoted_cost=ad.quoted_cost,
        cost=ad.cost,
        brief=asked(ad.brief | {"prompt": ad.prompt}),
        result=finished(ad) if done else None,
    )


def asked(brief: Mapping[str, Any]) -> dict[str, Any]:
    """A stored brief, by the names it is asked under."""
    found = {name: brief.get(field, missing) for name, (field, missing) in ASKED.items()}
    return found | {"brand_colors": list(found["brand_colors"]), "models": dict(found["models"]), "coherence": dict(found["coherence"])}


def finished(ad: Generation) -> Finished | None:
    """What came out; None when its film is gone."""
    if ad.video is None:
        return None
    report = (ad.blueprint.report if ad.blueprint else None) or {}
    return Finished(
        video_url=ad.video.url,
        download_url=f"/api/video/{ad.id}",
        poster_url=ad.thumbnail_url,
        width=report.get("width"),
        height=report.get("height"),
        fps=report.get("fps"),
        duration_s=report.get("duration_s", float(ad.duration)),
        size_bytes=ad.video.size,
        framework=ad.framework,
        rationale=report.get("rationale", ""),
        num_scenes=ad.num_scenes,
        models=tuple(ad.models),
        notes=tuple(ad.notes),
        stages=tuple(StageTime(s["name"], words.STAGES.get(s["name"], s["name"]), s["seconds"]) for s in report.get("stages", ())),
        lufs=report.get("lufs"),
    )


def _elapsed(ad: Generation, standing: Standing | None) -> float | None:
    row = standing.row if standing else None
    if row is None:
        return ad.generation_time_seconds
    if row.started is None or ad.status is Status.PENDING:
        return None
    return max(0.0, (row.finished or row.now) - row.started)
