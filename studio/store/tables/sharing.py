"""Links under which somebody without an account may see one finished ad."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from studio.store.tables.base import Base, Id


class ReviewLink(Base):
    """One link. token_hash: sha256 (64 hex digits) of what the address holds; the token itself is nowhere. It goes with its ad."""

    __tablename__ = "review_links"

    id: Mapped[Id]
    generation_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"), index=True)
    owner_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
