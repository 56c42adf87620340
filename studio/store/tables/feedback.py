"""What people made of their ads: ratings, what they did with them, what they chose, and the weights learned from it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from studio.store.tables.base import Base, Id, SerialId


class Act(StrEnum):
    """What somebody did with an ad."""

    DOWNLOAD = "download"
    REGENERATION = "regeneration"
    CHOICE = "choice"


class Rating(Base):
    """One to five stars that an ad was given by its owner; the last ones count."""

    __tablename__ = "ratings"

    generation_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    stars: Mapped[int]
    rated_at: Mapped[datetime]


class FeedbackEvent(Base):
    """Something that was done with an ad. It outlives the ad: what was learned from it stays.

    details: of a regeneration {"of": id}; of a choice {"taken", "selected": id or null, "parts": {id: {part: goodness 0..1}}}.
    """

    __tablename__ = "feedback_events"
    __table_args__ = (Index(None, "user_id", "act", "at"), Index(None, "act", "at"))

    id: Mapped[SerialId]
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    generation_id: Mapped[str | None] = mapped_column(ForeignKey("generations.id", ondelete="SET NULL"), index=True)
    act: Mapped[Act]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]


class RankingWeights(Base):
    """Weights of the overall that this installation uses or used, by part of eval.ranking. In force: the row without an end.

    n_choices: what they were fitted on; 0: set by hand.
    """

    __tablename__ = "ranking_weights"

    id: Mapped[Id]
    weights: Mapped[dict[str, Any]]
    n_choices: Mapped[int]
    told: Mapped[str] = mapped_column(String(300), default="")
    set_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    set_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
