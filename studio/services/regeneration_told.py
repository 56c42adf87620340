"""Clips that were made again, as they are told: rows, jobs and measures put together into plain values. Decides nothing."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from studio.jobs.desk import Standing
from studio.services.ad_checks import score_row
from studio.services.details import Trouble
from studio.services.takes_keeper import scores_from
from studio.store.tables import Generation, Regeneration, RegenerationAttempt, Status, shown_percent


@dataclass(frozen=True)
class RegenerationAttemptTold:
    """One attempt. fit: as RegenerationAttempt has it. scores: rows of {"metric", "name", "kind", "value", "low", "high", "direction",
    "reason"}."""

    id: str
    position: int
    label: str
    status: Status
    seed: int | None
    model: str
    video_url: str | None
    thumbnail_url: str | None
    n_frames: int | None
    fps: int | None
    width: int | None
    height: int | None
    overall: float | None
    parts: tuple[Mapping[str, Any], ...]
    scores: tuple[Mapping[str, Any], ...]
    degenerate: tuple[str, ...]
    fit: Mapping[str, Any]
    is_best: bool
    cost: Decimal | None
    error: Trouble | None
    made: Mapping[str, Any]


@dataclass(frozen=True)
class RegenerationTold:
    """An order as it stands."""

    id: str
    ad_id: str
    piece: str
    prompt: str
    source: str
    why: str
    model: str
    scene: int | None
    n_frames: int
    status: Status
    progress: int
    current_step: str | None
    eta_s: float | None
    queue_position: int | None
    quoted_cost: Decimal
    cost: Decimal | None
    pinned: Mapping[str, Any]
    notes: tuple[str, ...]
    attempts: tuple[RegenerationAttemptTold, ...]
    best_attempt_id: str | None
    ranking: Mapping[str, Any] | None
    accepted_attempt_id: str | None
    error: Trouble | None
    created_at: datetime


def order_told(row: Regeneration, made: Generation, attempts: Sequence[RegenerationAttempt], standing: Standing | None) -> RegenerationTold:
    """One order with its attempts, in their order. standing: of its job, None when its history is gone."""
    live = standing.row if standing else None
    return RegenerationTold(
        id=row.generation_id,
        ad_id=row.ad_id,
        piece=row.piece,
        prompt=row.prompt,
        source=row.asked["source"],
        why=row.asked["why"],
        model=row.model,
        scene=row.asked["scene"],
        n_frames=row.asked["n_frames"],
        status=made.status,
        progress=shown_percent(made.status, made.error_code, live.percent if live else None),
        current_step=(live.text or None) if live and not made.status.final else None,
        eta_s=standing.eta_s if standing else None,
        queue_position=standing.queue_position if standing else None,
        quoted_cost=made.quoted_cost,
        cost=made.cost,
        pinned=row.pinned,
        notes=tuple(row.notes),
        attempts=tuple(_attempt_told(one) for one in attempts),
        best_attempt_id=next((one.id for one in attempts if one.is_best), None),
        ranking=row.ranking,
        accepted_attempt_id=row.accepted_id,
        error=_trouble(made.error_code, made.error_message),
        created_at=row.created_at,
    )


def _attempt_told(one: RegenerationAttempt) -> RegenerationAttemptTold:
    return RegenerationAttemptTold(
        id=one.id,
        position=one.position,
        label=str(one.position + 1),
        status=one.status,
        seed=one.seed,
        model=one.model,
        video_url=one.video.url if one.video else None,
        thumbnail_url=one.thumbnail.url if one.thumbnail else None,
        n_frames=one.n_frames,
        fps=one.fps,
        width=one.width,
        height=one.height,
        overall=one.overall,
        parts=tuple(one.parts),
        scores=_scores(one.scores),
        degenerate=tuple(bad["sentence"] for bad in one.degenerate),
        fit=one.fit or {"cuts": [], "correction": None},
        is_best=one.is_best,
        cost=one.cost,
        error=_trouble(one.error_code, one.error_message),
        made=one.made or {},
    )


def _scores(kept: Mapping[str, Any] | None) -> tuple[Mapping[str, Any], ...]:
    """Whole-clip measures, without what each frame measured."""
    if not kept:
        return ()
    scores = scores_from(json.dumps(kept))
    shown = ("metric", "name", "kind", "value", "low", "high", "direction", "reason")
    return tuple({key: row[key] for key in shown} for metric, score in scores.by_metric.items() for row in [score_row(0, metric, score)])


def _trouble(code: str | None, message: str | None) -> Trouble | None:
    return Trouble(code, message or "") if code else None
