"""What iterating came to: how many iterations a final version took, whether program and person agree, what a second cost, and which way
the scores go. Aggregates in SQL over one `Scope`; knows no measure (see dashboard_measures.py).

`overall` is eval's ranking score: it orders attempts made and measured here and is no VBench total.
"""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, aliased

from studio.services.dashboard_scope import Scope, attempts_in, week_of
from studio.services.proportions import wilson
from studio.services.spending import COUNTED
from studio.store.money import NOTHING
from studio.store.tables import GenerationGroup, Iteration, PaidCall, Status, VideoAttempt

Interval = tuple[float, float]

FINAL = case((GenerationGroup.final_attempt_id == VideoAttempt.id, 1), else_=0)
"""1 for the attempt that its video's final version is."""


@dataclass(frozen=True)
class Iterations:
    """How many iterations videos with a final version have. mean, median: None when there is none."""

    mean: float | None
    median: float | None
    counts: tuple[tuple[int, int], ...]
    """(iterations, videos), ascending, without those that no video has."""


@dataclass(frozen=True)
class Share:
    """So many of n, and the 95 % interval of the share that they stand for; None without cases."""

    n: int
    met: int

    @property
    def rate(self) -> float | None:
        """0..1; None without cases."""
        return self.met / self.n if self.n else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's."""
        return wilson(self.met, self.n)


@dataclass(frozen=True)
class Rising:
    """Of videos with two iterations or more: whether the best of the last scored higher than the best of the first, and by how much on
    average (None without any)."""

    share: Share
    mean_change: float | None


@dataclass(frozen=True)
class ModelFigures:
    """One model's attempts. overall: mean ranking score of the attempts that have one, None when none has; overall_finals: of its finals.

    spent: US dollars for its iterations; seconds: of its final versions.
    """

    model: str
    attempts: int
    finals: int
    overall: float | None
    overall_finals: float | None
    spent: Decimal
    seconds: float

    @property
    def approved(self) -> Share:
        """How many of its attempts became a final version."""
        return Share(self.attempts, self.finals)


@dataclass(frozen=True)
class Week:
    """The attempts of one week. week: its Monday."""

    week: str
    attempts: int
    overall: float | None
    finals: int
    overall_finals: float | None


def iterations_per_final(session: Session, scope: Scope) -> Iterations:
    """Of the videos whose final version is in the scope."""
    made = select(func.count()).where(Iteration.group_id == GenerationGroup.id).scalar_subquery()
    each = select(made.label("n")).where(GenerationGroup.final_attempt_id == VideoAttempt.id, *attempts_in(scope)).subquery()
    found = session.execute(select(each.c.n, func.count()).group_by(each.c.n).order_by(each.c.n))
    rows = [(int(n), int(often)) for n, often in found]
    videos = sum(n for _, n in rows)
    mean = sum(i * n for i, n in rows) / videos if videos else None
    return Iterations(mean, _median(rows) if videos else None, tuple(rows))


def agreement(session: Session, scope: Scope) -> Share:
    """Of the attempts that a person chose where the program had marked a best one: how often it was the same. An iteration with a single
    attempt left nothing to choose."""
    beside = aliased(VideoAttempt)
    siblings = select(beside.id).where(beside.group_id == VideoAttempt.group_id, beside.iteration_index == VideoAttempt.iteration_index)
    marked = siblings.where(beside.is_system_selected_best).exists()
    another = siblings.where(beside.id != VideoAttempt.id, beside.status == Status.COMPLETED).exists()
    agreed = func.sum(case((VideoAttempt.is_system_selected_best, 1), else_=0))
    chosen = select(func.count(), agreed).where(*attempts_in(scope), VideoAttempt.is_user_selected_best, marked, another)
    n, met = session.execute(chosen).one()
    return Share(n, met or 0)


def rising(session: Session, scope: Scope) -> Rising:
    """Whether iterating raised the ranking score."""
    best = (
        select(VideoAttempt.group_id, VideoAttempt.iteration_index.label("number"), func.max(VideoAttempt.overall).label("overall"))
        .where(*attempts_in(scope), VideoAttempt.overall.is_not(None))
        .group_by(VideoAttempt.group_id, VideoAttempt.iteration_index)
        .cte("best")
    )
    ends = (
        select(best.c.group_id, func.min(best.c.number).label("first"), func.max(best.c.number).label("last"))
        .group_by(best.c.group_id)
        .having(func.count() > 1)
        .cte("ends")
    )
    first, last = best.alias("f"), best.alias("l")
    change = last.c.overall - first.c.overall
    rose = func.sum(case((change > 0, 1), else_=0))
    query = (
        select(func.count(), rose, func.avg(change))
        .select_from(ends)
        .join(first, (first.c.group_id == ends.c.group_id) & (first.c.number == ends.c.first))
        .join(last, (last.c.group_id == ends.c.group_id) & (last.c.number == ends.c.last))
    )
    n, met, mean = session.execute(query).one()
    return Rising(Share(n, met or 0), mean)


def by_model(session: Session, scope: Scope) -> tuple[ModelFigures, ...]:
    """Most attempts first."""
    seconds = func.sum(case((FINAL == 1, VideoAttempt.n_frames * 1.0 / func.nullif(VideoAttempt.fps, 0)), else_=0.0))
    of_final = case((FINAL == 1, VideoAttempt.overall))
    figures = (
        select(VideoAttempt.model, func.count(), func.sum(FINAL), func.avg(VideoAttempt.overall), func.avg(of_final), seconds)
        .where(*attempts_in(scope))
        .group_by(VideoAttempt.model)
        .order_by(func.count().desc(), VideoAttempt.model)
    )
    spent = _spent(session, scope)
    return tuple(
        ModelFigures(model, n, int(finals), overall, of_finals, spent.get(model, NOTHING), float(length or 0.0))
        for model, n, finals, overall, of_finals, length in session.execute(figures)
    )


def by_week(session: Session, scope: Scope, *, sqlite: bool) -> tuple[Week, ...]:
    """Weeks with attempts, oldest first."""
    week = week_of(VideoAttempt.created_at, sqlite=sqlite).label("week")
    of_final = case((FINAL == 1, VideoAttempt.overall))
    query = (
        select(week, func.count(), func.avg(VideoAttempt.overall), func.sum(FINAL), func.avg(of_final))
        .where(*attempts_in(scope))
        .group_by(week)
        .order_by(week)
    )
    return tuple(Week(at, n, overall, int(finals), of_finals) for at, n, overall, finals, of_finals in session.execute(query))


def _spent(session: Session, scope: Scope) -> dict[str, Decimal]:
    """By model of the attempts: what their iterations cost, also those that led to nothing and those that failed."""
    took_part = select(VideoAttempt.generation_id, func.min(VideoAttempt.model).label("model"))
    orders = took_part.where(*attempts_in(scope, whole=False)).group_by(VideoAttempt.generation_id).subquery()
    bills = (
        select(orders.c.model, func.sum(PaidCall.cost))
        .join(PaidCall, PaidCall.generation_id == orders.c.generation_id)
        .where(COUNTED)
        .group_by(orders.c.model)
    )
    return {model: cost or NOTHING for model, cost in session.execute(bills)}


def _median(rows: list[tuple[int, int]]) -> float:
    """rows: (value, how often), ascending, not empty."""
    n = sum(often for _, often in rows)
    values = [value for value, often in rows for _ in range(often)]
    return (values[(n - 1) // 2] + values[n // 2]) / 2
