"""Brand kits: how a brand looks and speaks, kept once and used in every ad."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studio.store.tables.base import Base, Id
from studio.store.tables.media import MediaFile


class BrandKit(Base):
    """A brand. owner_id: who made it; team_id: the team it belongs to, None for its maker's own. name: as it stands in ads. colors:
    ["#RRGGBB"], ground first, then accent. tone: how it speaks, in words, "" for none. call: its usual call to action, "" for none.
    font_style: the manner its type is set in, None where the ad's mood decides."""

    __tablename__ = "brand_kits"

    id: Mapped[Id]
    owner_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    team_id: Mapped[str | None] = mapped_column(ForeignKey("teams.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    colors: Mapped[list[Any]] = mapped_column(default=list)
    tone: Mapped[str] = mapped_column(String(200), default="")
    call: Mapped[str] = mapped_column(String(40), default="")
    font_style: Mapped[str | None] = mapped_column(String(40))
    logo_id: Mapped[str | None] = mapped_column(ForeignKey("media_files.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    logo: Mapped[MediaFile | None] = relationship(lazy="joined")
    fonts: Mapped[list["BrandFont"]] = relationship(lazy="selectin", order_by="BrandFont.role", passive_deletes=True)


class BrandFont(Base):
    """A kit's own font. role: "display" (headlines and the name) or "text" (everything small). title: the font's full name, as it says
    itself. embedding: what it says about being embedded."""

    __tablename__ = "brand_fonts"
    __table_args__ = (UniqueConstraint("kit_id", "role"),)

    id: Mapped[Id]
    kit_id: Mapped[str] = mapped_column(ForeignKey("brand_kits.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(10))
    file_id: Mapped[str] = mapped_column(ForeignKey("media_files.id", ondelete="RESTRICT"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    embedding: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]

    file: Mapped[MediaFile] = relationship(lazy="joined")
