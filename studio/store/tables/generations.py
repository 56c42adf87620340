"""What people have made: what was asked, how far it is, what came out, and each clip of an ad."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, true
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from studio.store.tables.base import Base, Id
from studio.store.tables.jobs import JobProgress
from studio.store.tables.media import MediaFile


class Status(StrEnum):
    """PRD FR-014. A cancelled ad is FAILED with error_code "cancelled" (FR-016)."""

    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"

    @property
    def final(self) -> bool:
        """Nothing will change any more, unless it is tried again."""
        return self in (Status.COMPLETED, Status.FAILED)


class GenerationKind(StrEnum):
    """What is made: an ad; a set of hero frames (hero.py); an iteration of takes (takes.py); a clip of an edit (regenerations.py); a
    file that was brought to one, made to fit (brought.py)."""

    AD = "ad"
    HERO = "hero"
    TAKE = "take"
    CLIP = "clip"
    ASSET = "asset"


CANCELLED = "cancelled"
"""error_code of an ad that somebody stopped."""


def shown_percent(status: Status, error_code: str | None, percent: float | None) -> int:
    """Whole percent 0..100. percent: of the ad's job, None when that is not known (any more). What was cancelled is over."""
    if status is Status.COMPLETED or error_code == CANCELLED:
        return 100
    return 100 * status.final if percent is None else int(percent)


class Generation(Base):
    """PRD §15.2, and what is needed to show, repeat and explain an ad – or whatever else `kind` says it is.

    listed: whether the gallery shows it: ads; never hero frames, nor clips made again for an edit; an iteration of takes as long as it
    holds its group's final version, whose files are `video` and `thumbnail` then.
    prompt_key: the prompt as it is searched (normalised, without capitals). brief: pipelines.brief.Brief as JSON.
    team_id: the team it belongs to, None for its maker's own (no foreign key, which SQLite could not be given without copying the
    table; teams that end let go of their ads). quoted_cost: the promise made before the first payment; cost: what was paid in fact,
    None until something was settled.
    PRD's progress and current_step are those of its job, which has the same id; its plan, recipe and report are in `Blueprint`;
    its paths and addresses follow from the files.
    """

    __tablename__ = "generations"
    __table_args__ = (
        Index("ix_generations_gallery", "user_id", "listed", "created_at", "id"),
        Index("ix_generations_gallery_by_status", "user_id", "status", "listed", "created_at", "id"),
        Index("ix_generations_ended", "user_id", "completed_at"),
        Index(None, "status", "created_at"),
        Index(None, "team_id", "created_at"),
    )

    id: Mapped[Id]
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    team_id: Mapped[str | None] = mapped_column(String(36))
    kind: Mapped[GenerationKind] = mapped_column(default=GenerationKind.AD, server_default="ad")
    listed: Mapped[bool] = mapped_column(default=True, server_default=true())

    prompt: Mapped[str] = mapped_column(Text)
    prompt_key: Mapped[str] = mapped_column(Text)
    duration: Mapped[int] = mapped_column(default=15)
    aspect_ratio: Mapped[str] = mapped_column(String(10), default="9:16")
    brief: Mapped[dict[str, Any]] = mapped_column(default=dict)

    status: Mapped[Status] = mapped_column(default=Status.PENDING)
    cancel_requested_at: Mapped[datetime | None]

    framework: Mapped[str | None] = mapped_column(String(20))
    num_scenes: Mapped[int | None]
    models: Mapped[list[Any]] = mapped_column(default=list)
    notes: Mapped[list[Any]] = mapped_column(default=list)
    video_id: Mapped[str | None] = mapped_column(ForeignKey("media_files.id", ondelete="SET NULL"), index=True)
    thumbnail_id: Mapped[str | None] = mapped_column(ForeignKey("media_files.id", ondelete="SET NULL"), index=True)
    generation_time_seconds: Mapped[int | None]

    quoted_cost: Mapped[Decimal]
    cost: Mapped[Decimal | None]

    error_code: Mapped[str | None] = mapped_column(String(40))
    error_message: Mapped[str | None] = mapped_column(Text)

    created_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]

    video: Mapped[MediaFile | None] = relationship(foreign_keys=[video_id])
    thumbnail: Mapped[MediaFile | None] = relationship(foreign_keys=[thumbnail_id])
    live: Mapped[JobProgress | None] = relationship(primaryjoin=lambda: foreign(JobProgress.job) == Generation.id, viewonly=True)
    blueprint: Mapped["Blueprint | None"] = relationship(passive_deletes=True)
    clips: Mapped[list["Clip"]] = relationship(order_by="Clip.position", passive_deletes=True)

    @property
    def progress(self) -> int:
        """Whole percent, 0..100."""
        return shown_percent(self.status, self.error_code, self.live.percent if self.live else None)

    @property
    def current_step(self) -> str | None:
        """What is being done, in words."""
        return (self.live.text or None) if self.live else None

    @property
    def plan(self) -> dict[str, Any] | None:
        """The scene plan, once there is one."""
        return self.blueprint.plan if self.blueprint else None

    @property
    def recipe(self) -> dict[str, Any] | None:
        """What made the file, once it is made."""
        return self.blueprint.recipe if self.blueprint else None

    @property
    def video_path(self) -> str | None:
        """Where the finished MP4 lies, under the media folder."""
        return self.video.path if self.video else None

    @property
    def video_url(self) -> str | None:
        """Where its owner may fetch the finished MP4."""
        return self.video.url if self.video else None

    @property
    def thumbnail_url(self) -> str | None:
        """Where its owner may fetch the poster."""
        return self.thumbnail.url if self.thumbnail else None


class Blueprint(Base):
    """How an ad is made. plan: the scene plan; recipe: what made the file, enough to make it again; report: what is told of the
    finished ad (see studio.services.blueprints). A table of its own, since many kilobytes in each row would make the gallery
    wade through them."""

    __tablename__ = "blueprints"

    generation_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"), primary_key=True)
    plan: Mapped[dict[str, Any] | None]
    recipe: Mapped[dict[str, Any] | None]
    report: Mapped[dict[str, Any] | None]


class Clip(Base):
    """One shot of an ad, as made or bought: the asset that a retry does not make again. position counts from 0."""

    __tablename__ = "clips"
    __table_args__ = (UniqueConstraint("generation_id", "position"),)

    id: Mapped[Id]
    generation_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"))
    position: Mapped[int]
    shot: Mapped[str] = mapped_column(String(40), default="")
    prompt: Mapped[str] = mapped_column(Text, default="")
    model: Mapped[str] = mapped_column(String(100), default="")
    seed: Mapped[int | None] = mapped_column(BigInteger)
    status: Mapped[Status] = mapped_column(default=Status.PENDING)
    n_frames: Mapped[int | None]
    fps: Mapped[int | None]
    still_id: Mapped[str | None] = mapped_column(ForeignKey("media_files.id", ondelete="SET NULL"), index=True)
    video_id: Mapped[str | None] = mapped_column(ForeignKey("media_files.id", ondelete="SET NULL"), index=True)
    made: Mapped[dict[str, Any] | None]
    cost: Mapped[Decimal | None]
    error_code: Mapped[str | None] = mapped_column(String(40))
    error_message: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]

    still: Mapped[MediaFile | None] = relationship(foreign_keys=[still_id])
    video: Mapped[MediaFile | None] = relationship(foreign_keys=[video_id])
