"""The ledger of paid calls: one row from before the money is spent until it is known how much it was."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from studio.store.tables.base import Base, Id


class CallState(StrEnum):
    """intended → placed → settled; or void, when the provider charged nothing; or lost, when it did (or may have) for nothing.

    An intended call may or may not have reached the provider: whoever comes back to one after a crash asks the provider
    for its key before buying again, and where the provider cannot be asked, counts it as lost.
    """

    INTENDED = "intended"
    PLACED = "placed"
    SETTLED = "settled"
    VOID = "void"
    LOST = "lost"


class PaidCall(Base):
    """One purchase. key: idempotency key, also sent to the provider. reserved: the most it may cost, rounded up; cost: what was
    billed, or is counted because nobody can know; None as long as it is still to be found out. team_id: the team that the ad belonged to
    then (no foreign key: a team that ends does not unspend its money either).
    Rows outlive the ad they were made for: deleting an ad does not unspend its money."""

    __tablename__ = "paid_calls"
    __table_args__ = (Index(None, "user_id", "created_at"),)

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(200), unique=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    generation_id: Mapped[str | None] = mapped_column(ForeignKey("generations.id", ondelete="SET NULL"), index=True)
    team_id: Mapped[str | None] = mapped_column(String(36))
    model: Mapped[str] = mapped_column(String(100))
    state: Mapped[CallState] = mapped_column(default=CallState.INTENDED)
    reserved: Mapped[Decimal]
    cost: Mapped[Decimal | None]
    prediction: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime]
    placed_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
