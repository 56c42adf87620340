"""Files that belong to people. The bytes are in the media folder, named by their content; here is whose they are."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studio.store.tables.base import Base, Id


class MediaFile(Base):
    """One use of one content: the same bytes put twice are two rows and one file, which goes with the last row.

    sha256: 64 hex digits, also the file's name. size in bytes. made_for: the ad that it belongs to and goes with (no foreign
    key: ads refer to files already, and `Library.delete` takes these along).
    """

    __tablename__ = "media_files"

    id: Mapped[Id]
    owner_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"), index=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    mime: Mapped[str] = mapped_column(String(60))
    size: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    made_for: Mapped[str | None] = mapped_column(String(36), index=True)

    @property
    def path(self) -> str:
        """Where the bytes lie, under the media folder."""
        return f"{self.sha256[:2]}/{self.sha256}"

    @property
    def url(self) -> str:
        """Where its owner may fetch it."""
        return f"/api/media/{self.id}"


class Upload(Base):
    """What a person brought along. name: what they called it, for display only. kind: "picture", or "film" or "sound" for an edit; width,
    height: 0 for sound."""

    __tablename__ = "uploads"

    id: Mapped[Id]
    owner_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[str] = mapped_column(ForeignKey("media_files.id", ondelete="RESTRICT"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    width: Mapped[int]
    height: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10), default="picture", server_default="picture")
    created_at: Mapped[datetime]

    file: Mapped[MediaFile] = relationship(lazy="joined")
