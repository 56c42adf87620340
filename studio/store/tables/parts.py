"""What a finished ad was cut from, so that it can be cut again; and the ads that were cut again from another one's parts."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studio.store.tables.base import Base
from studio.store.tables.media import MediaFile


class AdPart(Base):
    """One file of an ad's edit. name: as its timeline names it ("clips/01-s1.mp4"), "timeline.otio" for the timeline itself.

    role: timeline, clip, still, music, effects or voice. The file was put for the ad and goes with it.
    """

    __tablename__ = "ad_parts"

    generation_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    role: Mapped[str] = mapped_column(String(20))
    media_id: Mapped[str] = mapped_column(ForeignKey("media_files.id", ondelete="CASCADE"), index=True)

    media: Mapped[MediaFile] = relationship()


class VersionKind(StrEnum):
    """Why an ad was cut again."""

    ENHANCED = "enhanced"
    EXPORTED = "exported"


class AdVersion(Base):
    """That an ad was cut again from the parts of `version_of`, which may be gone meanwhile. made: what was changed, in words and values;
    before: what `version_of` measured then, as studio.services.ad_checks has it, None where it was never measured."""

    __tablename__ = "ad_versions"

    generation_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"), primary_key=True)
    version_of: Mapped[str | None] = mapped_column(ForeignKey("generations.id", ondelete="SET NULL"), index=True)
    kind: Mapped[VersionKind]
    made: Mapped[dict[str, Any]] = mapped_column(default=dict)
    before: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
