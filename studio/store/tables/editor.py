"""What the Editor keeps of an ad: the draft that is open, its saved states, and media that were added to it.

A draft is a base timeline and the actions done on it since; its timeline now is kept beside them, and every so many actions a snapshot,
so that undoing replays a few of them and not all.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from studio.store.tables.base import Base, Id


class EditorDraft(Base):
    """The one draft of an ad. revision: grows with every change; who names another one has not seen the last. base, now: OpenTimelineIO
    JSON. done, undone: [{"action", "words", "at"}], the one to be done again last. saved_id: the version that the draft was last the
    same as, at revision saved_at."""

    __tablename__ = "editor_drafts"
    __table_args__ = (Index(None, "user_id", "changed_at"),)

    ad_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    revision: Mapped[int]
    base: Mapped[str] = mapped_column(Text)
    now: Mapped[str] = mapped_column(Text)
    done: Mapped[list[Any]]
    undone: Mapped[list[Any]]
    saved_id: Mapped[str | None] = mapped_column(String(36))
    saved_at: Mapped[int | None]
    changed_at: Mapped[datetime]


class EditorSnapshot(Base):
    """The draft's timeline after its first `step` actions."""

    __tablename__ = "editor_snapshots"

    ad_id: Mapped[str] = mapped_column(ForeignKey("editor_drafts.ad_id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True)
    timeline: Mapped[str] = mapped_column(Text)


class EditorVersion(Base):
    """A saved state. number: 1, 2, … of its ad. actions: what led to it, as in a draft's `done`."""

    __tablename__ = "editor_versions"
    __table_args__ = (UniqueConstraint("ad_id", "number"),)

    id: Mapped[Id]
    ad_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(80))
    timeline: Mapped[str] = mapped_column(Text)
    actions: Mapped[list[Any]]
    created_at: Mapped[datetime]


class EditorAsset(Base):
    """A file that was added to an ad's media. name: as timelines name it; it never means another file. kind: "clip", "image" or
    "sound". origin: "upload" or "regenerated". n_frames: at the ad's rate; width, height: None for sound. about: prompt, model, seed."""

    __tablename__ = "editor_assets"
    __table_args__ = (UniqueConstraint("ad_id", "name"),)

    id: Mapped[Id]
    ad_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(120))
    origin: Mapped[str] = mapped_column(String(20))
    media_id: Mapped[str] = mapped_column(ForeignKey("media_files.id", ondelete="CASCADE"), index=True)
    n_frames: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    about: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
