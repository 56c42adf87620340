"""How good a finished ad measured, kept and told: numbers as rows, findings as they were found. Knows no HTTP and measures nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from studio.services.ownership import owned_ad
from studio.store.access import Right
from studio.store.database import Database
from studio.store.tables import QualityMetric, QualityReport

KEPT = ("scene", "metric", "name", "kind", "value", "low", "high", "direction", "model", "sha256", "fps", "width", "height", "decoder")


@dataclass(frozen=True)
class Quality:
    """metrics: of the whole first, then by scene. found: as studio.services.ad_checks has it, without scores. measured_at: None for an ad
    that was never measured, such as one of an earlier release; everything else is empty then."""

    generation_id: str
    measured_at: datetime | None
    metrics: tuple[QualityMetric, ...]
    found: Mapping[str, Any]


class Qualities:
    """Reads what ads measured. Thread-safe."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, user_id: str, generation_id: str) -> Quality:
        """Of the user's ad. Raises NotFound, NotYours."""
        with self._database.reading() as session:
            owned_ad(session, user_id, generation_id, need=Right.LOOK)
            rows = select(QualityMetric).where(QualityMetric.generation_id == generation_id)
            metrics = tuple(session.scalars(rows.order_by(QualityMetric.scene, QualityMetric.id)))
            report = session.get(QualityReport, generation_id)
            return Quality(generation_id, report.created_at if report else None, metrics, report.found if report else {})


def keep_quality(session: Session, generation_id: str, found: Mapping[str, Any], now: datetime) -> None:
    """Write down what was found in an ad, in place of what was before. found: see studio.services.ad_checks.check_ad."""
    for table in (QualityMetric, QualityReport):
        session.execute(delete(table).where(table.generation_id == generation_id))
    for row in found["scores"]:
        values = {name: row[name] for name in KEPT}
        session.add(QualityMetric(generation_id=generation_id, reason=row["reason"][:500], created_at=now, **values))
    rest = {name: value for name, value in found.items() if name != "scores"}
    session.add(QualityReport(generation_id=generation_id, found=rest, created_at=now))
