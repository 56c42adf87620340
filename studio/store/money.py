"""US dollars to a hundredth of a cent: `Decimal` in Python, `NUMERIC(12, 4)` in the database. Knows no prices."""

from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal

from sqlalchemy import Dialect, Numeric
from sqlalchemy.types import TypeDecorator, TypeEngine

STEP = Decimal("0.0001")
"""The smallest amount that is kept. A thousand tokens of a small model cost less than a cent."""

NOTHING = Decimal("0.0000")


def counted(amount: Decimal) -> Decimal:
    """An amount somebody billed, to the nearest step."""
    return amount.quantize(STEP, ROUND_HALF_EVEN)


def at_most(amount: Decimal) -> Decimal:
    """An amount that is promised not to be passed: rounded up to the next step."""
    return amount.quantize(STEP, ROUND_CEILING)


def dollars(amount: Decimal) -> str:
    """For people: "$1.20"; four places only below a cent. Never rounded down to "$0.00" when it is something."""
    return f"${amount:.2f}" if amount == 0 or abs(amount) >= Decimal("0.01") else f"${amount:.4f}"


def dollars_at_most(amount: Decimal) -> str:
    """The same of what something may cost: rounded up to the cent, for a bound that is rounded down is none."""
    return dollars(amount.quantize(Decimal("0.01"), ROUND_CEILING))


class Money(TypeDecorator[Decimal]):
    """Exact on PostgreSQL. SQLite keeps NUMERIC as an eight-byte float, which holds four places exactly up to a hundred
    million dollars once rounded again on the way out, as it is here. Binding a float raises TypeError."""

    impl = Numeric(12, 4)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Decimal] | TypeEngine[float]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Numeric(12, 4, asdecimal=False))
        return dialect.type_descriptor(Numeric(12, 4))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        if not isinstance(value, Decimal):
            raise TypeError(f"Money is Decimal, not {type(value).__name__}.")
        return counted(value)

    def process_result_value(self, value: Decimal | float | None, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        return counted(value if isinstance(value, Decimal) else Decimal(repr(float(value))))
