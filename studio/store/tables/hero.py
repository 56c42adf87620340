"""Hero frames (PRD §23.7): candidates of one picture, made in sets; a set is a `Generation` of kind "hero"."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studio.store.tables.base import Base, Id
from studio.store.tables.generations import Status
from studio.store.tables.media import MediaFile


class SetChange(StrEnum):
    """What made a set of another: nothing (the first of its tree), the same once more, or one thing changed."""

    NEW = "new"
    AGAIN = "again"
    VARY = "vary"


class HeroFrame(Base):
    """One candidate. position counts from 0 within its set. team_id: as its set's generation has it (see there); a tree is one team's or
    nobody's.

    root_id: the first set of its tree, its name even when that set was removed. parent_id: the frame that its set came from. prompt:
    what it was made from; original_prompt: as the person wrote it; enhanced_prompt: as a cinematographer completed it, None where
    nobody did. brief: what was asked, with ids of files instead of paths (studio.services.hero_briefs). image, thumbnail: None until it
    is made. width, height: pixels, of what was asked and then of what came. is_primary: at most one in a tree. made: how it came about.
    """

    __tablename__ = "hero_frames"
    __table_args__ = (
        UniqueConstraint("set_id", "position"),
        Index(None, "user_id", "created_at", "id"),
        Index("ix_hero_frames_favorites", "user_id", "favorite", "created_at", "id"),
        Index(
            "uq_hero_frames_primary",
            "root_id",
            unique=True,
            sqlite_where=text("is_primary"),
            postgresql_where=text("is_primary"),
        ),
        Index(None, "root_id", "set_id"),
        Index(None, "team_id", "created_at"),
    )

    id: Mapped[Id]
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    team_id: Mapped[str | None] = mapped_column(String(36))
    set_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"))
    position: Mapped[int]
    root_id: Mapped[str] = mapped_column(String(36))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("hero_frames.id", ondelete="SET NULL"), index=True)
    change: Mapped[SetChange] = mapped_column(default=SetChange.NEW)

    prompt: Mapped[str] = mapped_column(Text)
    original_prompt: Mapped[str] = mapped_column(Text)
    enhanced_prompt: Mapped[str | None] = mapped_column(Text)
    negative_prompt: Mapped[str] = mapped_column(Text, default="")
    brief: Mapped[dict[str, Any]] = mapped_column(default=dict)

    image_id: Mapped[str | None] = mapped_column(ForeignKey("media_files.id", ondelete="SET NULL"), index=True)
    thumbnail_id: Mapped[str | None] = mapped_column(ForeignKey("media_files.id", ondelete="SET NULL"), index=True)
    model: Mapped[str] = mapped_column(String(100), default="")
    seed: Mapped[int | None] = mapped_column(BigInteger)
    aspect_ratio: Mapped[str] = mapped_column(String(10))
    width: Mapped[int]
    height: Mapped[int]

    favorite: Mapped[bool] = mapped_column(default=False)
    is_primary: Mapped[bool] = mapped_column(default=False)
    status: Mapped[Status] = mapped_column(default=Status.PENDING)
    made: Mapped[dict[str, Any] | None]
    cost: Mapped[Decimal | None]
    error_code: Mapped[str | None] = mapped_column(String(40))
    error_message: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]

    image: Mapped[MediaFile | None] = relationship(foreign_keys=[image_id])
    thumbnail: Mapped[MediaFile | None] = relationship(foreign_keys=[thumbnail_id])
