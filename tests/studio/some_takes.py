"""Made-up takes with known answers: videos of a person, iteration by iteration, as the tests say them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from studio.services.generations import HERO_CLIP
from studio.store.database import Database
from studio.store.tables import (
    AttemptMetric,
    AttemptScores,
    CallState,
    Generation,
    GenerationGroup,
    GenerationKind,
    Iteration,
    PaidCall,
    QualityMetric,
    Status,
    VideoAttempt,
    new_id,
)

MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
EXACT = "vbench.temporal_flickering"
PROXY = "proxy.sharpness_v1"
T = TypeVar("T", AttemptMetric, QualityMetric)


@dataclass(frozen=True)
class Take:
    """One attempt. exact, proxy: what it measured. marked: by the program; chosen: by the person; final: it is the final version."""

    overall: float | None
    exact: float = 0.98
    proxy: float = 200.0
    marked: bool = False
    chosen: bool = False
    final: bool = False
    status: Status = Status.COMPLETED


def video(
    database: Database,
    user_id: str,
    *iterations: Sequence[Take],
    at: datetime = MONDAY,
    model: str = "motion/v1",
    tag: str | None = None,
    title: str = "Watch on wet slate",
    bill: str = "0",
    seconds: int = 5,
) -> str:
    """Write a video down; the id of its group. bill: US dollars for each iteration."""
    with database.writing() as session:
        group = GenerationGroup(user_id=user_id, title=title, tag=tag, created_at=at)
        session.add(group)
        session.flush()
        for number, takes in enumerate(iterations, 1):
            then = at + timedelta(minutes=number)
            order = Generation(
                id=new_id(),
                user_id=user_id,
                kind=GenerationKind.TAKE,
                listed=False,
                prompt=title,
                prompt_key=title,
                status=Status.COMPLETED,
                quoted_cost=Decimal(0),
                created_at=then,
            )
            session.add(order)
            session.flush()
            session.add(Iteration(generation_id=order.id, group_id=group.id, number=number, model=model, created_at=then))
            if Decimal(bill):
                of = {"id": new_id(), "key": order.id, "user_id": user_id, "generation_id": order.id, "model": model, "created_at": then}
                session.add(PaidCall(**of, state=CallState.SETTLED, reserved=Decimal(bill), cost=Decimal(bill)))
            for position, take in enumerate(takes):
                made = VideoAttempt(
                    id=new_id(),
                    group_id=group.id,
                    generation_id=order.id,
                    iteration_index=number,
                    position=position,
                    model=model,
                    status=take.status,
                    n_frames=24 * seconds,
                    fps=24,
                    overall=take.overall,
                    is_system_selected_best=take.marked,
                    is_user_selected_best=take.chosen,
                    created_at=then,
                )
                session.add(made)
                session.flush()
                if take.final:
                    group.final_attempt_id = made.id
                session.add(_measure(AttemptMetric(attempt_id=made.id), EXACT, take.exact, then, high=1.0))
                session.add(_measure(AttemptMetric(attempt_id=made.id), PROXY, take.proxy, then))
                session.add(_measure(AttemptMetric(attempt_id=made.id), "vbench.subject_consistency", None, then, high=1.0))
                part = {"name": "steady light", "measure": EXACT, "value": take.exact, "goodness": take.exact, "weight": 1.0}
                session.add(AttemptScores(attempt_id=made.id, scores={}, parts=[part]))
        return group.id


def ad(
    database: Database, user_id: str, sharpness: float, *, at: datetime = MONDAY, status: Status = Status.COMPLETED, around: str = ""
) -> str:
    """Write an ad down that measured this as a whole, and something else in its first scene; its id. around: the clip that is its main
    scene."""
    with database.writing() as session:
        made = Generation(
            id=new_id(),
            user_id=user_id,
            prompt="An ad",
            prompt_key="an ad",
            brief={HERO_CLIP: around} if around else {},
            status=status,
            quoted_cost=Decimal(0),
            created_at=at,
        )
        session.add(made)
        session.flush()
        session.add(_measure(QualityMetric(generation_id=made.id, scene=0), PROXY, sharpness, at))
        session.add(_measure(QualityMetric(generation_id=made.id, scene=1), PROXY, 9999.0, at))
        return made.id


def _measure(row: T, name: str, value: float | None, at: datetime, high: float | None = None) -> T:
    space, metric = name.split(".")
    kind = "unavailable" if value is None else {"vbench": "exact", "proxy": "proxy"}[space]
    row.metric, row.name, row.kind, row.value = metric, name, kind, value
    row.low, row.high, row.direction, row.created_at = 0.0, high, "higher", at
    row.reason = "This installation has no weights for it." if value is None else ""
    row.fps, row.width, row.height = 24.0, 1080, 1920
    return row
