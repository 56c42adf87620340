"""What became of ads where they were shown: one import for each file that a platform gave, one row for each ad in it."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Double, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from studio.store.tables.base import Base, Id


class ResultImport(Base):
    """One file. platform: meta, tiktok, google or other. columns: what was read -> the file's own column. problems: [{"line", "why"}] of
    rows that could not be read. n_rows: rows that could; n_known: of those, rows of ads made here. digest: SHA-256 of the file."""

    __tablename__ = "result_imports"
    __table_args__ = (Index(None, "user_id", "created_at"),)

    id: Mapped[Id]
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    platform: Mapped[str] = mapped_column(String(20))
    file_name: Mapped[str] = mapped_column(String(160))
    digest: Mapped[str] = mapped_column(String(64))
    columns: Mapped[dict[str, Any]]
    problems: Mapped[list[Any]]
    n_rows: Mapped[int]
    n_known: Mapped[int]
    created_at: Mapped[datetime]


class ResultRow(Base):
    """One ad's figures in one file. line: in the file, from 1. name: as the file has it, or the part of it that is a name of ours.
    generation_id: the ad, None when it was removed or was never ours. factors: {"set", "hook", "call", "aspect", "framework"} of the ad,
    so that what was learned outlives it. views, conversions, spend: None where the file has no such column; spend in its currency."""

    __tablename__ = "result_rows"

    import_id: Mapped[str] = mapped_column(ForeignKey("result_imports.id", ondelete="CASCADE"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(300))
    generation_id: Mapped[str | None] = mapped_column(ForeignKey("generations.id", ondelete="SET NULL"), index=True)
    factors: Mapped[dict[str, Any] | None]
    impressions: Mapped[int] = mapped_column(BigInteger)
    views: Mapped[int | None] = mapped_column(BigInteger)
    clicks: Mapped[int] = mapped_column(BigInteger)
    conversions: Mapped[float | None] = mapped_column(Double)
    spend: Mapped[Decimal | None]
