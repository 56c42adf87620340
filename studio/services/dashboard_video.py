"""One video on the dashboard: every attempt with its score, which way iterating took it, and which attempt its final version is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studio.errors import NotFound
from studio.services.dashboard_scope import Scope, attempts_in
from studio.store.tables import AttemptMetric, AttemptScores, GenerationGroup, Iteration, Status, VideoAttempt, is_id


@dataclass(frozen=True)
class Step:
    """One iteration: its best ranking score so far as it is known (None: none has one), and whether the final version is in it."""

    iteration: int
    overall: float | None
    final: bool


@dataclass(frozen=True)
class VideoLine:
    """A video in the list. attempts: those in the scope."""

    id: str
    title: str
    tag: str | None
    created_at: datetime
    attempts: int
    final: str | None
    """Label of the final version ("2.1"), None without one in the scope."""
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Value:
    """A measure of one attempt."""

    metric: str
    name: str
    kind: str
    direction: str
    value: float | None


@dataclass(frozen=True)
class AttemptLine:
    """One attempt. label: "iteration.attempt", both from 1. parts: of `overall` ({"name", "measure", "value", "goodness", "weight"})."""

    id: str
    label: str
    iteration: int
    model: str
    overall: float | None
    vbench_score_overall: float | None
    system: bool
    user: bool
    final: bool
    parts: Sequence[Any]
    degenerate: Sequence[Any]
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Video:
    """One video with its attempts in order. in_effect: by iteration, the attempt that counts: the person's choice, else the program's."""

    id: str
    title: str
    tag: str | None
    created_at: datetime
    iterations: int
    attempts: tuple[AttemptLine, ...]
    in_effect: tuple[tuple[int, str], ...]


def lines(session: Session, scope: Scope, limit: int) -> tuple[VideoLine, ...]:
    """Videos with attempts in the scope, newest first."""
    g = GenerationGroup
    with_attempts = (
        select(g.id, g.title, g.tag, g.created_at, func.count()).where(*attempts_in(scope)).group_by(g.id, g.title, g.tag, g.created_at)
    )
    rows = session.execute(with_attempts.order_by(g.created_at.desc(), g.id).limit(limit)).all()
    a = VideoAttempt
    final = func.max(func.coalesce(a.position, 0)).filter(g.final_attempt_id == a.id)
    steps = (
        select(a.group_id, a.iteration_index, func.max(a.overall), final)
        .where(*attempts_in(scope), a.group_id.in_([row[0] for row in rows]))
        .group_by(a.group_id, a.iteration_index)
        .order_by(a.group_id, a.iteration_index)
    )
    found: dict[str, list[Step]] = defaultdict(list)
    finals: dict[str, str] = {}
    for group_id, number, overall, position in session.execute(steps):
        found[group_id].append(Step(number, overall, position is not None))
        if position is not None:
            finals[group_id] = label(number, position)
    return tuple(VideoLine(*row, finals.get(row[0]), tuple(found[row[0]])) for row in rows)


def video(session: Session, user_id: str, group_id: str) -> Video:
    """Raises NotFound, also when it is somebody else's."""
    group = session.get(GenerationGroup, group_id) if is_id(group_id) else None
    if group is None or group.user_id != user_id:
        raise NotFound("There is no such video.")
    a = VideoAttempt
    made = select(a, AttemptScores.parts, AttemptScores.degenerate).outerjoin(AttemptScores, AttemptScores.attempt_id == a.id)
    which = (a.group_id == group.id, a.status == Status.COMPLETED)
    rows = session.execute(made.where(*which).order_by(a.iteration_index, a.position)).all()
    values: dict[str, list[Value]] = defaultdict(list)
    m = AttemptMetric
    measured = select(m.attempt_id, m.metric, m.name, m.kind, m.direction, m.value).where(m.attempt_id == a.id, *which)
    for attempt_id, metric, name, kind, direction, value in session.execute(measured.order_by(m.kind, m.name)):
        values[attempt_id].append(Value(metric, name, kind, direction, value))
    attempts = tuple(
        AttemptLine(
            id=one.id,
            label=label(one.iteration_index, one.position),
            iteration=one.iteration_index,
            model=one.model,
            overall=one.overall,
            vbench_score_overall=one.vbench_score_overall,
            system=one.is_system_selected_best,
            user=one.is_user_selected_best,
            final=one.id == group.final_attempt_id,
            parts=parts or [],
            degenerate=degenerate or [],
            values=tuple(values[one.id]),
        )
        for one, parts, degenerate in rows
    )
    iterations = session.scalar(select(func.count()).where(Iteration.group_id == group.id)) or 0
    return Video(group.id, group.title, group.tag, group.created_at, iterations, attempts, _in_effect(attempts))


def label(iteration: int, position: int) -> str:
    """ "2.1": the first attempt of the second iteration."""
    return f"{iteration}.{position + 1}"


def _in_effect(attempts: Sequence[AttemptLine]) -> tuple[tuple[int, str], ...]:
    found: dict[int, AttemptLine] = {}
    for attempt in attempts:
        there = found.get(attempt.iteration)
        rank = (attempt.final, attempt.user, attempt.system)
        if any(rank) and (there is None or rank > (there.final, there.user, there.system)):
            found[attempt.iteration] = attempt
    return tuple((number, attempt.id) for number, attempt in found.items())
