"""How a film came to be, written down when it was made: what may be done with what is in it, and what its Content Credentials are."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from studio.store.tables.base import Base


class Provenance(Base):
    """Of one finished ad or version. origin: the IPTC digital source type that its credentials bear, by its last word. ledger: rows of
    pipelines.licence_ledger as JSON, with the licences as they were named then. credentials: {"state": "signed" | "off" | "failed",
    "certificate": "own" | "development", "issuer", "label", "why"}; only what is known of a state is in it."""

    __tablename__ = "provenances"

    generation_id: Mapped[str] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"), primary_key=True)
    origin: Mapped[str] = mapped_column(String(60))
    ledger: Mapped[list[Any]]
    credentials: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
