"""Takes (PRD §23.7): attempts at setting one hero frame in motion, iteration after iteration, and what each of them measured.

GenerationGroup   one hero frame and everything tried with it
  Iteration       one order: a prompt, a motion, some attempts; a `Generation` of kind "take"
    VideoAttempt  one film of it                ── AttemptMetric, AttemptScores
"""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Double, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studio.store.tables.base import Base, Id
from studio.store.tables.generations import Status
from studio.store.tables.hero import HeroFrame
from studio.store.tables.media import MediaFile
from studio.store.tables.quality import Measured


class ComparisonType(StrEnum):
    """What differs between the iterations of a group."""

    PROMPT = "prompt"
    SETTINGS = "settings"


class GenerationGroup(Base):
    """All that was tried with one hero frame. auto_select: whether the program marks the best attempt. final_attempt_id: the version
    that everything else uses; no foreign key, since attempts refer to their group already. team_id: as its hero frame's tree and its
    iterations' generations have it."""

    __tablename__ = "generation_groups"
    __table_args__ = (Index(None, "user_id", "created_at", "id"), Index(None, "user_id", "tag"), Index(None, "team_id", "created_at"))

    id: Mapped[Id]
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    team_id: Mapped[str | None] = mapped_column(String(36))
    hero_frame_id: Mapped[str | None] = mapped_column(ForeignKey("hero_frames.id", ondelete="SET NULL"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    comparison_type: Mapped[ComparisonType] = mapped_column(default=ComparisonType.PROMPT)
    auto_select: Mapped[bool] = mapped_column(default=True)
    tag: Mapped[str | None] = mapped_column(String(60))
    final_attempt_id: Mapped[str | None] = mapped_column(String(36))
    created_at: Mapped[datetime]

    hero_frame: Mapped[HeroFrame | None] = relationship()
    iterations: Mapped[list["Iteration"]] = relationship(order_by="Iteration.number", passive_deletes=True)


class Iteration(Base):
    """One order of takes; its id is its generation's. number counts from 1 within the group.

    motion: pipelines.motion.MotionBrief as JSON. changes: [{"field", "before", "after"}] against the iteration before. ranking:
    {"sentence", "decided", "margin", "interval"}, None until there is something to rank.
    """

    __tablename__ = "iterations"
    __table_args__ = (UniqueConstraint("group_id", "number"),)

    generation_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"), primary_key=True)
    group_id: Mapped[str] = mapped_column(ForeignKey("generation_groups.id", ondelete="CASCADE"))
    number: Mapped[int]
    motion: Mapped[dict[str, Any]] = mapped_column(default=dict)
    model: Mapped[str] = mapped_column(String(100), default="")
    changes: Mapped[list[Any]] = mapped_column(default=list)
    ranking: Mapped[dict[str, Any] | None]
    note: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]


class VideoAttempt(Base):
    """One film of an iteration. iteration_index: the iteration's number; position counts from 0 within it.

    overall: 0..1, None until measured. vbench_score_overall: only when every part of it is exact VBench. made: how it came about.
    """

    __tablename__ = "video_attempts"
    __table_args__ = (UniqueConstraint("generation_id", "position"), Index(None, "group_id", "iteration_index", "position"))

    id: Mapped[Id]
    group_id: Mapped[str] = mapped_column(ForeignKey("generation_groups.id", ondelete="CASCADE"))
    generation_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"))
    iteration_index: Mapped[int]
    position: Mapped[int]
    seed: Mapped[int | None] = mapped_column(BigInteger)
    model: Mapped[str] = mapped_column(String(100), default="")
    status: Mapped[Status] = mapped_column(default=Status.PENDING)
    video_id: Mapped[str | None] = mapped_column(ForeignKey("media_files.id", ondelete="SET NULL"), index=True)
    thumbnail_id: Mapped[str | None] = mapped_column(ForeignKey("media_files.id", ondelete="SET NULL"), index=True)
    n_frames: Mapped[int | None]
    fps: Mapped[int | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    made: Mapped[dict[str, Any] | None]
    cost: Mapped[Decimal | None]
    overall: Mapped[float | None] = mapped_column(Double)
    vbench_score_overall: Mapped[float | None] = mapped_column(Double)
    is_system_selected_best: Mapped[bool] = mapped_column(default=False)
    is_user_selected_best: Mapped[bool] = mapped_column(default=False)
    error_code: Mapped[str | None] = mapped_column(String(40))
    error_message: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]

    video: Mapped[MediaFile | None] = relationship(foreign_keys=[video_id])
    thumbnail: Mapped[MediaFile | None] = relationship(foreign_keys=[thumbnail_id])


class AttemptMetric(Measured, Base):
    """One measure of an attempt."""

    __tablename__ = "attempt_metrics"
    __table_args__ = (
        UniqueConstraint("attempt_id", "metric"),
        Index(None, "metric", "created_at"),
        Index(None, "attempt_id", "name", "value"),
    )

    attempt_id: Mapped[str] = mapped_column(ForeignKey("video_attempts.id", ondelete="CASCADE"))


class AttemptScores(Base):
    """All that was measured of an attempt, frame by frame. scores: eval.scores.Scores as JSON. parts: of the overall score. degenerate:
    what makes it worthless whatever it scores."""

    __tablename__ = "attempt_scores"

    attempt_id: Mapped[str] = mapped_column(ForeignKey("video_attempts.id", ondelete="CASCADE"), primary_key=True)
    scores: Mapped[dict[str, Any]]
    parts: Mapped[list[Any]] = mapped_column(default=list)
    degenerate: Mapped[list[Any]] = mapped_column(default=list)
