"""How good finished ads measured: a row for each number, and what was found besides, by ad. Attempts are in takes.py."""

from datetime import datetime
from typing import Any

from sqlalchemy import Double, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from studio.store.tables.base import Base, SerialId


class Measured:
    """What every measure has, whatever was measured (PRD §23.7).

    metric: its name here, name: as it may be published (`vbench.*` only for VBench's own formula, network and weights, else `proxy.*`).
    kind: exact, proxy or unavailable; value is None exactly when it is unavailable, and `reason` says why. low, high: the range, None
    where open. direction: higher, lower or neither is better. model, sha256: of the network, "" without one.
    """

    id: Mapped[SerialId]
    metric: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    value: Mapped[float | None] = mapped_column(Double)
    low: Mapped[float | None] = mapped_column(Double)
    high: Mapped[float | None] = mapped_column(Double)
    direction: Mapped[str] = mapped_column(String(10))
    model: Mapped[str] = mapped_column(String(120), default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    fps: Mapped[float] = mapped_column(Double)
    width: Mapped[int]
    height: Mapped[int]
    decoder: Mapped[str] = mapped_column(String(120), default="")
    reason: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime]


class QualityMetric(Measured, Base):
    """One measure of an ad, or of one of its scenes. scene 0: the whole."""

    __tablename__ = "quality_metrics"
    __table_args__ = (UniqueConstraint("generation_id", "scene", "metric"), Index(None, "metric", "created_at"))

    generation_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"))
    scene: Mapped[int]


class QualityReport(Base):
    """What was found besides numbers: {"version", "degenerate", "seams", "findings", "preflight", "troubles", "took_s"}; see
    studio.services.ad_checks."""

    __tablename__ = "quality_reports"

    generation_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"), primary_key=True)
    found: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
