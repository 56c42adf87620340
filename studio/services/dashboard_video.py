"""One video on the dashboard: every attempt with its score, which way iterating took it, and which attempt its final version is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studio.errors import NotFound
from studio.services.dashboard_takes import Step as IterationStep
from studio.store.access import right_to
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


def lines(session: Session, user_id: str, steps: Iterable[IterationStep], limit: int) -> tuple[VideoLine, ...]:
    """Videos with attempts, newest first. steps: of the person's videos, iterations of each in order."""
    of: dict[str, list[IterationStep]] = defaultdict(list)
    for step in steps:
        of[step.group_id].append(step)
    g = GenerationGroup
    newest = session.scalars(select(g.id).where(g.user_id == user_id).order_by(g.created_at.desc(), g.id))
    shown = list(islice((id for id in newest if id in of), limit))
    rows = {row.id: row for row in session.execute(select(g.id, g.title, g.tag, g.created_at).where(g.id.in_(shown)))}
    return tuple(_line(rows[id], of[id]) for id in shown)


def _line(row: Any, steps: Sequence[IterationStep]) -> VideoLine:
    final = next((label(step.iteration, step.final) for step in steps if step.final is not None), None)
    way = tuple(Step(step.iteration, step.overall, step.final is not None) for step in steps)
    return VideoLine(row.id, row.title, row.tag, row.created_at, sum(step.attempts for step in steps), final, way)


def video(session: Session, user_id: str, group_id: str) -> Video:
    """Raises NotFound, also when it is somebody else's."""
    group = session.get(GenerationGroup, group_id) if is_id(group_id) else None
    if group is None or right_to(session, user_id, group.user_id, group.team_id) is None:
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
