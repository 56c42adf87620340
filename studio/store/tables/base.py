"""What all tables share: names of constraints, ids, JSON. Knows no table."""

import re
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any
from uuid import uuid4

from sqlalchemy import JSON, BigInteger, Enum, Integer, MetaData, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, mapped_column

from studio.store.money import Money
from studio.store.times import UtcDateTime

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def new_id() -> str:
    """A random UUID as text, as PRD §15 has them. It cannot be guessed."""
    return str(uuid4())


def is_id(text: str) -> bool:
    """Whether `text` can be an id at all. What arrives in an address can hold anything, even what no database can be asked."""
    return UUID.fullmatch(text) is not None


Id = Annotated[str, mapped_column(String(36), primary_key=True, default=new_id)]

SerialId = Annotated[int, mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)]
"""For rows that come by the million and that nobody names."""

Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def _words(states: type[StrEnum]) -> list[str]:
    """An enumeration is kept as its values, in a plain text column: a new state needs no migration."""
    return [state.value for state in states]


class Base(DeclarativeBase):
    """Declares every table. Constraints have names, so that a migration can address them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own way to say it
        datetime: UtcDateTime(),
        Decimal: Money(),
        dict[str, Any]: Json,
        list[Any]: Json,
        StrEnum: Enum(StrEnum, native_enum=False, length=20, values_callable=_words),
    }
