"""What the machinery keeps: who works, and how often somebody asked."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from studio.store.tables.base import Base, SerialId


class Lease(Base):
    """A worker process that says it is alive. Once dead it stays dead: it must not come back under the same id. queues: what it takes work
    from, names with spaces between; None: it did not say."""

    __tablename__ = "leases"

    executor_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)
    dead: Mapped[bool] = mapped_column(default=False)
    queues: Mapped[str | None] = mapped_column(String(200))


class RateEvent(Base):
    """One counted act of a user. rule: which limit it counts for. Rows older than the rule's window are removed."""

    __tablename__ = "rate_events"
    __table_args__ = (Index(None, "user_id", "rule", "at"),)

    id: Mapped[SerialId]
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    rule: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
