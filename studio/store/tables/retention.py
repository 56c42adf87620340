"""How long things are kept: what a person wished, which ads they keep whatever their age; and what is done by itself, and when it was."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from studio.store.tables.base import Base


class KeepingWish(Base):
    """A person's own rule; without a row the installation's counts. days: None for everything, as long as they do not remove it."""

    __tablename__ = "keeping_wishes"

    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    days: Mapped[int | None]
    changed_at: Mapped[datetime]


class KeptAd(Base):
    """An ad that its owner keeps, whatever its age."""

    __tablename__ = "kept_ads"

    generation_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"), primary_key=True)
    kept_at: Mapped[datetime]


class Chore(Base):
    """Something that this installation does by itself, once in a while, whichever of its processes. begun_at: of the last time; seen_at:
    when whoever is at it was last heard of; ended_at: None while it is under way, or where it was cut off. told: what it remembers."""

    __tablename__ = "chores"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    begun_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    told: Mapped[dict[str, Any]] = mapped_column(default=dict)
