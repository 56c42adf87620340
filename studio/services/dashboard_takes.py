"""What iterating came to: how many iterations a final version took, whether program and person agree, what a second cost, and which way
the scores go. Aggregates in SQL over one `Scope`; knows no measure (see dashboard_measures.py).

`overall` is eval's ranking score: it orders attempts made and measured here and is no VBench total.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, aliased

from studio.services.dashboard_scope import Scope, ads_in, attempts_in, week_of
from studio.services.generations import HERO_CLIP
from studio.services.proportions import wilson
from studio.services.spending import COUNTED
from studio.store.money import NOTHING
from studio.store.tables import Generation, GenerationGroup, Iteration, PaidCall, Status, VideoAttempt

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
class Step:
    """One iteration of a video. overall: the best ranking score of its attempts, None when none has one. final: the position of the final
    version, None when that is not in it."""

    group_id: str
    iteration: int
    attempts: int
    overall: float | None
    final: int | None


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


def adoption(session: Session, scope: Scope) -> Share:
    """Of the finished ads: how many have a version of hero-frame work as their main scene (PRD §23.4)."""
    around = func.sum(case((Generation.brief[HERO_CLIP].as_string().is_not(None), 1), else_=0))
    n, met = session.execute(select(func.count(), around).where(*ads_in(scope))).one()
    return Share(n, met or 0)


def rising(steps: Iterable[Step]) -> Rising:
    """Whether iterating raised the ranking score. steps: of every video in the scope, iterations of each in order."""
    ends: dict[str, tuple[float, float, int]] = {}
    for step in steps:
        if step.overall is not None:
            first, _, n = ends.get(step.group_id, (step.overall, 0.0, 0))
            ends[step.group_id] = (first, step.overall, n + 1)
    changes = [last - first for first, last, n in ends.values() if n > 1]
    return Rising(Share(len(changes), sum(change > 0 for change in changes)), sum(changes) / len(changes) if changes else None)


def steps_of(session: Session, scope: Scope) -> tuple[Step, ...]:
    """Every iteration in the scope, those of a video together and in order."""
    a = VideoAttempt
    final = func.max(case((FINAL == 1, a.position)))
    each = (a.group_id, a.iteration_index)
    query = select(*each, func.count(), func.max(a.overall), final).where(*attempts_in(scope)).group_by(*each).order_by(*each)
    return tuple(Step(*row) for row in session.execute(query))


def over_time(session: Session, scope: Scope, *, sqlite: bool) -> tuple[tuple[ModelFigures, ...], tuple[Week, ...]]:
    """(models, most attempts first; weeks with attempts, oldest first): one pass over the attempts for both."""
    week = week_of(VideoAttempt.created_at, sqlite=sqlite).label("week")
    of_final = case((FINAL == 1, VideoAttempt.overall))
    seconds = func.sum(case((FINAL == 1, VideoAttempt.n_frames * 1.0 / func.nullif(VideoAttempt.fps, 0)), else_=0.0))
    sums = [part for value in (VideoAttempt.overall, of_final) for part in (func.sum(value), func.count(value))]
    query = select(VideoAttempt.model, week, func.count(), func.sum(FINAL), *sums, seconds).where(*attempts_in(scope))
    models: dict[str, _Sums] = defaultdict(_Sums)
    weeks: dict[str, _Sums] = defaultdict(_Sums)
    for model, monday, *counted in session.execute(query.group_by(VideoAttempt.model, week)):
        models[model].add(counted)
        weeks[monday].add(counted)
    spent = _spent(session, scope)
    figures = (
        ModelFigures(model, one.attempts, one.finals, one.overall, one.overall_finals, spent.get(model, NOTHING), one.seconds)
        for model, one in sorted(models.items(), key=lambda item: (-item[1].attempts, item[0]))
    )
    return tuple(figures), tuple(Week(at, w.attempts, w.overall, w.finals, w.overall_finals) for at, w in sorted(weeks.items()))


class _Sums:
    """Attempts and finals; the sum of overall and how many have one, of all and of finals; seconds of finals."""

    def __init__(self) -> None:
        self._parts = [0.0] * 7

    def add(self, parts: Sequence[float | None]) -> None:
        """One more group of attempts."""
        self._parts = [have + (more or 0) for have, more in zip(self._parts, parts, strict=True)]

    attempts = property(lambda self: int(self._parts[0]))
    finals = property(lambda self: int(self._parts[1]))
    overall = property(lambda self: self._parts[2] / self._parts[3] if self._parts[3] else None)
    overall_finals = property(lambda self: self._parts[4] / self._parts[5] if self._parts[5] else None)
    seconds = property(lambda self: float(self._parts[6]))


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
