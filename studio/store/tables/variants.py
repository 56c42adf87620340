"""Sets of ads that differ in a line, a shape or a story, and which of a set's ads is which.

VariantSet ──┬─ VariantCell = Generation     hook A, call A, 9:16, PAS
             └─ VariantCell = Generation     hook A, call B, 9:16, PAS        same shots: their keys are equal
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from studio.store.tables.base import Base, Id


class VariantSet(Base):
    """What was chosen from. brief: pipelines.brief.Brief as JSON, without what differs. asked: how many hooks and calls, which
    aspects and frameworks, whether each hook has an opening of its own; shots shown and made. links: where the ads will
    lead, for the manifest. team_id: the team it belongs to, None for its maker's own. unshared_cost: what the same ads would be quoted
    one by one."""

    __tablename__ = "variant_sets"
    __table_args__ = (Index(None, "user_id", "created_at"), Index(None, "team_id", "created_at"))

    id: Mapped[Id]
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    team_id: Mapped[str | None] = mapped_column(String(36))
    prompt: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(String(80))
    brief: Mapped[dict[str, Any]]
    asked: Mapped[dict[str, Any]]
    links: Mapped[dict[str, Any]]
    quoted_cost: Mapped[Decimal]
    unshared_cost: Mapped[Decimal]
    created_at: Mapped[datetime]


class VariantCell(Base):
    """One ad of a set. position: its place in the order of making, from 0. hook, call: which lines, from 0. name: of its file, without
    ending. keys: [[shot, key]] in playback order; shots with equal keys are the same picture and clip."""

    __tablename__ = "variant_cells"
    __table_args__ = (UniqueConstraint("set_id", "position"),)

    generation_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"), primary_key=True)
    set_id: Mapped[str] = mapped_column(ForeignKey("variant_sets.id", ondelete="CASCADE"))
    position: Mapped[int]
    hook: Mapped[int]
    call: Mapped[int]
    aspect: Mapped[str] = mapped_column(String(10))
    framework: Mapped[str] = mapped_column(String(20))
    hook_text: Mapped[str] = mapped_column(Text)
    call_text: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(String(160))
    keys: Mapped[list[Any]]
