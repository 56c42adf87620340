"""Groups of takes as they are told: rows, jobs and measures put together into plain values. Decides nothing and changes nothing.

GroupTold ─ IterationTold ─ AttemptTold ─ parts, scores        (without what each frame measured: see AttemptFrames)
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from pipelines.motion import MotionBrief
from studio.jobs.desk import Standing
from studio.services.details import Trouble
from studio.services.group_rows import label_of
from studio.store.access import Right
from studio.store.tables import (
    AttemptMetric,
    AttemptScores,
    Generation,
    GenerationGroup,
    HeroFrame,
    Iteration,
    Status,
    VideoAttempt,
    shown_percent,
)


@dataclass(frozen=True)
class AttemptTold:
    """One attempt. scores: its measures as rows. degenerate: sentences. is_final: it is the group's final version."""

    id: str
    iteration: int
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
    vbench_score_overall: float | None
    parts: tuple[Mapping[str, Any], ...]
    scores: tuple[AttemptMetric, ...]
    degenerate: tuple[str, ...]
    is_system_selected_best: bool
    is_user_selected_best: bool
    is_final: bool
    cost: Decimal | None
    error: Trouble | None
    made: Mapping[str, Any]


@dataclass(frozen=True)
class IterationTold:
    """One iteration. motion: as it is asked. selected: what the program marked; chosen: what is in effect, a person's choice first.
    n_failed: its attempts that could not be made; an iteration of which some were is completed all the same. missing_in: the number of the
    iteration that makes those, None while there is none."""

    number: int
    generation_id: str
    hero_frame_id: str | None
    status: Status
    progress: int
    current_step: str | None
    eta_s: float | None
    queue_position: int | None
    motion_prompt: str
    negative_prompt: str
    motion: Mapping[str, Any]
    model: str
    seconds: float
    seed: int | None
    changes: tuple[Mapping[str, Any], ...]
    note: str | None
    quoted_cost: Decimal
    cost: Decimal | None
    ranking: Mapping[str, Any] | None
    n_failed: int
    missing_in: int | None
    selected_attempt_id: str | None
    chosen_attempt_id: str | None
    error: Trouble | None
    created_at: datetime
    attempts: tuple[AttemptTold, ...]


@dataclass(frozen=True)
class Step:
    """Where the scores stood after one iteration: of the attempt in effect, else of the best one."""

    iteration: int
    overall: float
    attempt_id: str


@dataclass(frozen=True)
class GroupTold:
    """A whole group. iterations: () on a card. right: what whoever asked may do with it."""

    id: str
    title: str
    tag: str | None
    hero_frame: HeroFrame | None
    n_iterations: int
    n_attempts: int
    status: Status
    final_attempt: AttemptTold | None
    best_overall: float | None
    created_at: datetime
    auto_select: bool
    comparison_type: str
    iterations: tuple[IterationTold, ...]
    trend: tuple[Step, ...]
    team_id: str | None = None
    right: Right = Right.MANAGE

    @property
    def final_attempt_id(self) -> str | None:
        """Of the version that everything else uses; None while there is none."""
        return self.final_attempt.id if self.final_attempt else None


@dataclass(frozen=True)
class Measured:
    """What is known of attempts besides their rows, by their ids."""

    parts: Mapping[str, AttemptScores]
    scores: Mapping[str, Sequence[AttemptMetric]]


def group_told(
    group: GenerationGroup,
    iterations: Sequence[tuple[Iteration, Generation]],
    attempts: Sequence[VideoAttempt],
    measured: Measured,
    standings: Mapping[str, Standing],
) -> GroupTold:
    """A group of these rows. iterations in order; attempts of all of them."""
    told = {row.id: attempt_told(row, group.final_attempt_id, measured) for row in attempts}
    by_iteration: dict[str, list[AttemptTold]] = {iteration.generation_id: [] for iteration, _ in iterations}
    for row in attempts:
        by_iteration[row.generation_id].append(told[row.id])
    again = {generation.brief["again"]["of"]: iteration.number for iteration, generation in iterations if generation.brief.get("again")}
    rows = tuple(
        _iteration(iteration, generation, by_iteration[generation.id], standings.get(generation.id), again.get(generation.id))
        for iteration, generation in iterations
    )
    scored = [row.overall for row in told.values() if row.overall is not None]
    return GroupTold(
        id=group.id,
        title=group.title,
        tag=group.tag,
        hero_frame=group.hero_frame,
        n_iterations=len(rows),
        n_attempts=len(told),
        status=status_of(generation.status for _, generation in iterations),
        final_attempt=told.get(group.final_attempt_id or ""),
        best_overall=max(scored, default=None),
        created_at=group.created_at,
        auto_select=group.auto_select,
        comparison_type=str(group.comparison_type),
        iterations=rows,
        trend=tuple(step for row in rows if (step := _step(row)) is not None),
        team_id=group.team_id,
    )


def attempt_told(row: VideoAttempt, final_id: str | None, measured: Measured) -> AttemptTold:
    """One attempt with its measures."""
    found = measured.parts.get(row.id)
    return AttemptTold(
        id=row.id,
        iteration=row.iteration_index,
        position=row.position,
        label=label_of(row),
        status=row.status,
        seed=row.seed,
        model=row.model,
        video_url=row.video.url if row.video else None,
        thumbnail_url=row.thumbnail.url if row.thumbnail else None,
        n_frames=row.n_frames,
        fps=row.fps,
        width=row.width,
        height=row.height,
        overall=row.overall,
        vbench_score_overall=row.vbench_score_overall,
        parts=tuple(found.parts) if found else (),
        scores=tuple(measured.scores.get(row.id, ())),
        degenerate=tuple(bad["sentence"] for bad in found.degenerate) if found else (),
        is_system_selected_best=row.is_system_selected_best,
        is_user_selected_best=row.is_user_selected_best,
        is_final=row.id == final_id,
        cost=row.cost,
        error=Trouble(row.error_code, row.error_message or "") if row.error_code else None,
        made=row.made or {},
    )


def motion_told(brief: MotionBrief) -> dict[str, Any]:
    """A motion as it is asked over the API."""
    return {
        "camera": brief.movement,
        "speed": brief.speed,
        "slow_motion": brief.speed == "slow_motion",
        "fps": brief.fps,
        "intensity": brief.intensity,
        "direction": brief.direction or None,
        "template": brief.template or None,
    }


def status_of(statuses: Iterable[Status]) -> Status:
    """Of a whole group: being made as long as anything is, and failed only when everything did."""
    found = set(statuses)
    return next((one for one in (Status.PROCESSING, Status.PENDING, Status.COMPLETED) if one in found), Status.FAILED)


def _iteration(
    iteration: Iteration, generation: Generation, attempts: list[AttemptTold], standing: Standing | None, missing_in: int | None
) -> IterationTold:
    brief = MotionBrief.model_validate(iteration.motion)
    row = standing.row if standing else None
    selected = next((attempt.id for attempt in attempts if attempt.is_system_selected_best), None)
    taken = next((attempt.id for attempt in attempts if attempt.is_user_selected_best), None)
    return IterationTold(
        number=iteration.number,
        generation_id=generation.id,
        hero_frame_id=generation.brief.get("hero_frame_id"),
        status=generation.status,
        progress=shown_percent(generation.status, generation.error_code, row.percent if row else None),
        current_step=(row.text or None) if row else None,
        eta_s=standing.eta_s if standing and generation.status is Status.PROCESSING else None,
        queue_position=standing.queue_position if standing and generation.status is Status.PENDING else None,
        motion_prompt=brief.words,
        negative_prompt=brief.negative_prompt,
        motion=motion_told(brief),
        model=iteration.model,
        seconds=brief.seconds,
        seed=generation.brief.get("asked_seed"),
        changes=tuple(iteration.changes),
        note=iteration.note,
        quoted_cost=generation.quoted_cost,
        cost=generation.cost,
        ranking=iteration.ranking,
        n_failed=sum(attempt.status is Status.FAILED for attempt in attempts),
        missing_in=missing_in,
        selected_attempt_id=selected,
        chosen_attempt_id=taken or selected,
        error=Trouble(generation.error_code, generation.error_message or "") if generation.error_code else None,
        created_at=iteration.created_at,
        attempts=tuple(attempts),
    )


def _step(row: IterationTold) -> Step | None:
    scored = [attempt for attempt in row.attempts if attempt.overall is not None]
    if not scored:
        return None
    best = max(scored, key=lambda attempt: attempt.overall or 0.0)
    shown = next((attempt for attempt in scored if attempt.id == row.chosen_attempt_id), best)
    return Step(row.number, shown.overall or 0.0, shown.id)
