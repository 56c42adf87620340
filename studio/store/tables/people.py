"""Who may come in: users, and what is remembered of tokens and login attempts."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from studio.store.money import NOTHING
from studio.store.tables.base import Base, Id, SerialId


class User(Base):
    """PRD §15.1. username_key: the name as it is compared (normalised, without capitals). email is for display only.

    total_generations and total_cost only grow; deleting an ad takes nothing back. terms_version, terms_accepted_at: of the terms that they
    accepted when they joined; None where there were none, or somebody else made the account.
    """

    __tablename__ = "users"

    id: Mapped[Id]
    username: Mapped[str] = mapped_column(String(100))
    username_key: Mapped[str] = mapped_column(String(200), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    email: Mapped[str | None] = mapped_column(String(255))
    total_generations: Mapped[int] = mapped_column(default=0)
    total_cost: Mapped[Decimal] = mapped_column(default=NOTHING)
    created_at: Mapped[datetime]
    last_login: Mapped[datetime | None]
    terms_version: Mapped[str | None] = mapped_column(String(12))
    terms_accepted_at: Mapped[datetime | None]


class TermsText(Base):
    """Terms of service that somebody accepted, word for word. version: the beginning of the text's sha256."""

    __tablename__ = "terms_texts"

    version: Mapped[str] = mapped_column(String(12), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime]


class RevokedToken(Base):
    """A token that was signed out before its time. The row may go once the token would have expired anyway.

    A row whose jti is its user's own id means every token of theirs that expires no later than it: all that were out when their
    password was changed."""

    __tablename__ = "revoked_tokens"

    jti: Mapped[str] = mapped_column(String(36), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class LoginAttempt(Base):
    """An attempt that has not (yet) succeeded; a success removes its forerunners. account: username_key, known or not."""

    __tablename__ = "login_attempts"
    __table_args__ = (Index(None, "account", "address", "at"), Index(None, "address", "at"))

    id: Mapped[SerialId]
    account: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(index=True)
