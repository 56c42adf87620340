"""Media that people bring to an ad's edit: which file, and what becomes of it.

One that is ready is an `EditorAsset` of the ad as well, with the same id; until then timelines cannot name it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from studio.store.tables.base import Base


class BroughtMedia(Base):
    """One file. generation_id: of the job that makes it fit, and its own id. original_id: the file as it came. kind: "image", "clip" or
    "sound". name: as timelines will name it. notes: what was done to it, in sentences."""

    __tablename__ = "brought_media"
    __table_args__ = (Index(None, "ad_id", "created_at"),)

    generation_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"), primary_key=True)
    ad_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"))
    original_id: Mapped[str | None] = mapped_column(ForeignKey("media_files.id", ondelete="SET NULL"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(120))
    notes: Mapped[list[Any]]
    created_at: Mapped[datetime]
