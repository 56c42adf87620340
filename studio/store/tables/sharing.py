"""Links under which somebody without an account may see a finished ad, what they say about it, and what they decide."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Double, ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from studio.store.tables.base import Base, Id


class ReviewLink(Base):
    """One link. token_hash: sha256 (64 hex digits) of what the address holds; the token itself is nowhere. It goes with its ad. name:
    for whom it is. password_hash: bcrypt, None where none is asked. with_versions: whether versions that were cut from the ad are
    shown, too. opened_at: when it was last opened."""

    __tablename__ = "review_links"

    id: Mapped[Id]
    generation_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"), index=True)
    owner_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(80), default="", server_default=text("''"))
    password_hash: Mapped[str | None] = mapped_column(String(60))
    with_versions: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]


class ReviewComment(Base):
    """A remark about a film. ad_id: the ad that the link shows; generation_id: the version that is meant. at_s: seconds into it, None
    for the whole. link_id: the guest's link; None for whoever has an account, and once the link is forgotten. user_id: who said it, with
    an account; None for guests, and of earlier releases. by_owner: every guest sees it. done_at: when it was seen to."""

    __tablename__ = "review_comments"
    __table_args__ = (Index(None, "ad_id", "created_at"),)

    id: Mapped[Id]
    ad_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"))
    generation_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"), index=True)
    link_id: Mapped[str | None] = mapped_column(ForeignKey("review_links.id", ondelete="SET NULL"), index=True)
    user_id: Mapped[str | None] = mapped_column(String(36))
    author: Mapped[str] = mapped_column(String(60))
    at_s: Mapped[float | None] = mapped_column(Double)
    text: Mapped[str] = mapped_column(Text)
    by_owner: Mapped[bool]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class Decision(StrEnum):
    """What a reviewer decides of a version."""

    APPROVED = "approved"
    CHANGES = "changes"


class ReviewDecision(Base):
    """A decision about a version; the newest of a link or a member counts, earlier ones are kept. link_id: None for a member of the ad's
    team (user_id), and once the link is forgotten."""

    __tablename__ = "review_decisions"
    __table_args__ = (Index(None, "ad_id", "created_at"),)

    id: Mapped[Id]
    ad_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"))
    generation_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"), index=True)
    link_id: Mapped[str | None] = mapped_column(ForeignKey("review_links.id", ondelete="SET NULL"), index=True)
    user_id: Mapped[str | None] = mapped_column(String(36))
    author: Mapped[str] = mapped_column(String(60))
    decision: Mapped[Decision]
    note: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    created_at: Mapped[datetime]
