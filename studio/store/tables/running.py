"""What the machinery keeps: who works, how often somebody asked, how long stages took."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from studio.store.tables.base import Base, SerialId


class Lease(Base):
    """A worker process that says it is alive. Once dead it stays dead: it must not come back under the same id."""

    __tablename__ = "leases"

    executor_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)
    dead: Mapped[bool] = mapped_column(default=False)


class RateEvent(Base):
    """One counted act of a user. rule: which limit it counts for. Rows older than the rule's window are removed."""

    __tablename__ = "rate_events"
    __table_args__ = (Index(None, "user_id", "rule", "at"),)

    id: Mapped[SerialId]
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    rule: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]


class StageTime(Base):
    """How long one stage of one finished ad took, from which the next ad of its kind is estimated.

    kind: ads of one kind take about the same time. percent: where the bar stood when the stage began; began_s: seconds
    since the ad began; seconds: how long the stage took.
    """

    __tablename__ = "stage_times"
    __table_args__ = (Index(None, "kind", "created_at"),)

    id: Mapped[SerialId]
    generation_id: Mapped[str | None] = mapped_column(ForeignKey("generations.id", ondelete="SET NULL"), index=True)
    kind: Mapped[str] = mapped_column(String(80))
    stage: Mapped[str] = mapped_column(String(40))
    percent: Mapped[float]
    began_s: Mapped[float]
    seconds: Mapped[float]
    created_at: Mapped[datetime]
