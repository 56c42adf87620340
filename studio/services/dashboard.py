"""The figures of the Quality page (PRD FR-043): what one person's attempts, final versions and ads measured, and what iterating came to.

    Dashboard.of(scope)      dashboard_scope.py      which part of the work
                             dashboard_measures.py   how each measure is spread
                             dashboard_columns.py    what attempts measured, read once and kept
                             dashboard_takes.py      iterations, agreement, cost, models, weeks
    Dashboard.video(…)       dashboard_video.py      one video, attempt by attempt

Read-only; knows no HTTP and no pages. Nothing is averaged over measures, and exact ones never meet stand-ins.
"""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ColumnElement, Subquery, literal, select, text, union
from sqlalchemy.orm import Session

from studio.services import dashboard_takes as takes
from studio.services.dashboard_columns import Columns
from studio.services.dashboard_measures import Measure, Missing, spread, told
from studio.services.dashboard_scope import Scope, ads_in
from studio.services.dashboard_video import Video, VideoLine, lines, video
from studio.store.access import own
from studio.store.database import Database
from studio.store.money import NOTHING
from studio.store.tables import AttemptMetric, Clip, Generation, GenerationGroup, QualityMetric, VideoAttempt

LINES = 24
"""Videos that are listed; the Workspace has all of them."""


@dataclass(frozen=True)
class Figures:
    """One scope in figures. attempts, videos, finals: how many there are. adoption: of its ads, those around a hero frame.
    missing_*: measures nobody could take."""

    scope: Scope
    models: tuple[str, ...]
    tags: tuple[str, ...]
    attempts: int
    videos: int
    finals: int
    measures: tuple[Measure, ...]
    missing: tuple[Missing, ...]
    iterations: takes.Iterations
    agreement: takes.Share
    rising: takes.Rising
    by_model: tuple[takes.ModelFigures, ...]
    by_week: tuple[takes.Week, ...]
    lines: tuple[VideoLine, ...]
    adoption: takes.Share
    ad_measures: tuple[Measure, ...]
    ad_missing: tuple[Missing, ...]

    @property
    def ads(self) -> int:
        """Finished ads in the scope."""
        return self.adoption.n

    @property
    def spent(self) -> Decimal:
        """US dollars for the iterations in the scope."""
        return sum((row.spent for row in self.by_model), NOTHING)

    @property
    def seconds(self) -> float:
        """Of the final versions."""
        return sum(row.seconds for row in self.by_model)

    @property
    def per_second(self) -> float | None:
        """US dollars that a second of a final version cost; None without one."""
        return float(self.spent) / self.seconds if self.seconds else None


class Dashboard:
    """The dashboards of this installation, each person's own. Thread-safe."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._columns = Columns()

    def of(self, scope: Scope) -> Figures:
        """All figures of the scope, seen at one moment."""
        sqlite = self._database.is_sqlite
        with self._database.reading() as session:
            if not sqlite:  # counting is done in memory; with the usual 4 MB a hundred thousand values are sorted on the disk
                session.execute(text("SET LOCAL work_mem = '64MB'"))
            measures, missing = told(session, AttemptMetric, *self._columns.cells(session, scope))
            ad_measures, ad_missing = spread(session, QualityMetric, _ad_values(scope), sqlite=sqlite)
            models, weeks = takes.over_time(session, scope, sqlite=sqlite)
            steps = takes.steps_of(session, scope)
            return Figures(
                scope=scope,
                models=_models(session, scope.user_id),
                tags=_tags(session, scope.user_id),
                attempts=sum(row.attempts for row in models),
                videos=len({step.group_id for step in steps}),
                finals=sum(row.finals for row in models),
                measures=measures,
                missing=missing,
                iterations=takes.iterations_per_final(session, scope),
                agreement=takes.agreement(session, scope),
                rising=takes.rising(steps),
                by_model=models,
                by_week=weeks,
                lines=lines(session, scope.user_id, steps, LINES),
                adoption=takes.adoption(session, scope),
                ad_measures=ad_measures,
                ad_missing=ad_missing,
            )

    def video(self, user_id: str, group_id: str) -> Video:
        """One video, attempt by attempt. Raises NotFound also when it is somebody else's."""
        with self._database.reading() as session:
            return video(session, user_id, group_id)


def _ad_values(scope: Scope) -> Subquery:
    """What the finished ads measured as a whole."""
    m = QualityMetric
    columns = (m.id, m.name, m.value)
    return select(*columns, literal(0).label("final")).where(m.generation_id == Generation.id, m.scene == 0, *ads_in(scope)).subquery()


def _models(session: Session, user_id: str) -> tuple[str, ...]:
    """Every model that filmed something of the person's."""
    taken = select(VideoAttempt.model).where(VideoAttempt.group_id == GenerationGroup.id, *_own_groups(user_id))
    filmed = select(Clip.model).where(Clip.generation_id == Generation.id, Generation.user_id == user_id)
    return tuple(sorted(model for model in session.scalars(union(taken, filmed)) if model))


def _own_groups(user_id: str) -> tuple[ColumnElement[bool], ...]:
    return own(GenerationGroup.user_id, GenerationGroup.team_id, user_id)


def _tags(session: Session, user_id: str) -> tuple[str, ...]:
    found = select(GenerationGroup.tag).where(*_own_groups(user_id), GenerationGroup.tag.is_not(None)).distinct()
    return tuple(sorted(tag for tag in session.scalars(found) if tag))
