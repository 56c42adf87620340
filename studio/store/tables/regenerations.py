"""Clips made again inside an ad's edit (FR-036): what was asked, and every attempt at it.

They have tables of their own: neither the gallery nor any dashboard of takes counts them. Their files are made for the ad that is edited
and go with it. An attempt that was accepted is an `EditorAsset` of that ad as well, with the same file.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Double, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studio.store.tables.base import Base, Id
from studio.store.tables.generations import Status
from studio.store.tables.media import MediaFile


class Regeneration(Base):
    """One order; its id is its generation's. piece: of the draft. asked: how it was planned. pinned: {"which", "why"}. ranking:
    {"sentence", "decided", "margin", "interval"}, None until there is something to rank. accepted_id: the attempt that went into the
    draft."""

    __tablename__ = "regenerations"
    __table_args__ = (Index(None, "ad_id", "created_at"),)

    generation_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"), primary_key=True)
    ad_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"))
    piece: Mapped[str] = mapped_column(String(80))
    prompt: Mapped[str] = mapped_column(Text)
    model: Mapped[str] = mapped_column(String(100))
    asked: Mapped[dict[str, Any]]
    pinned: Mapped[dict[str, Any]]
    notes: Mapped[list[Any]]
    ranking: Mapped[dict[str, Any] | None]
    accepted_id: Mapped[str | None] = mapped_column(String(36))
    created_at: Mapped[datetime]


class RegenerationAttempt(Base):
    """One clip of it. position counts from 0. fit: {"cuts": [{"side", "delta_e", "matched"}], "correction"}. scores: eval.scores.Scores as
    JSON; parts: of `overall`, 0..1; degenerate: what makes it worthless whatever it scores."""

    __tablename__ = "regeneration_attempts"
    __table_args__ = (UniqueConstraint("generation_id", "position"),)

    id: Mapped[Id]
    generation_id: Mapped[str] = mapped_column(ForeignKey("regenerations.generation_id", ondelete="CASCADE"))
    position: Mapped[int]
    status: Mapped[Status] = mapped_column(default=Status.PENDING)
    seed: Mapped[int | None] = mapped_column(BigInteger)
    model: Mapped[str] = mapped_column(String(100), default="")
    video_id: Mapped[str | None] = mapped_column(ForeignKey("media_files.id", ondelete="SET NULL"), index=True)
    thumbnail_id: Mapped[str | None] = mapped_column(ForeignKey("media_files.id", ondelete="SET NULL"), index=True)
    n_frames: Mapped[int | None]
    fps: Mapped[int | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    made: Mapped[dict[str, Any] | None]
    fit: Mapped[dict[str, Any] | None]
    scores: Mapped[dict[str, Any] | None]
    parts: Mapped[list[Any]] = mapped_column(default=list)
    degenerate: Mapped[list[Any]] = mapped_column(default=list)
    overall: Mapped[float | None] = mapped_column(Double)
    is_best: Mapped[bool] = mapped_column(default=False)
    cost: Mapped[Decimal | None]
    error_code: Mapped[str | None] = mapped_column(String(40))
    error_message: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]

    video: Mapped[MediaFile | None] = relationship(foreign_keys=[video_id])
    thumbnail: Mapped[MediaFile | None] = relationship(foreign_keys=[thumbnail_id])
