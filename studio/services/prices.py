"""What calls of models cost, from the catalogue's prices. Knows no people, no caps and no ledger.

A quote is an upper bound: amounts are rounded up, and what an ad will use is assumed to be as much as it may.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.capabilities import Kind
from models.catalog import CATALOG, ModelRow
from models.pricing import Use, not_counted, price_of
from pipelines.brief import BUILT_IN_WRITER
from studio.errors import UnknownPrice
from studio.store.money import NOTHING, at_most

SHORTEST_SCENE_S = 3
"""PRD FR-008; so an ad has at most this many scenes to a length."""

WRITER_TOKENS_IN = 5500 + 2 * 9500
WRITER_TOKENS_OUT = 3 * 4000
"""What writing one ad spec may take: the first ask with its schema, a second and a repair that quote the answer before them,
and each time the longest answer that is accepted (TextAsk)."""

HANDLES_S = Decimal(1)
"""Seconds of each clip that are made beyond what is shown, for transitions to work with."""


@dataclass(frozen=True)
class Quote:
    """What uses would cost at most, each and together. notes: sentences about what costs money and is not counted in."""

    lines: tuple[tuple[Use, Decimal], ...]
    notes: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        """US dollars."""
        return sum((price for _, price in self.lines), NOTHING)


class Prices:
    """The catalogue as a price list."""

    def __init__(self, catalog: Sequence[ModelRow] = CATALOG) -> None:
        self._rows = {row.id: row for row in catalog}

    def of(self, use: Use) -> Decimal:
        """US dollars for `use`, rounded up. Raises UnknownPrice for a model that is not in the catalogue."""
        if use.model not in self._rows:
            raise UnknownPrice(f"The price of {use.model} is not known; choose a model of the catalogue.")
        return at_most(price_of(self._rows[use.model], use))

    def quote(self, uses: Iterable[Use]) -> Quote:
        """What `uses` cost at most. Raises UnknownPrice."""
        lines = tuple((use, self.of(use)) for use in uses)
        unknown = [row for row in dict.fromkeys(use.model for use, _ in lines) if not self._rows[row].price_known]
        return Quote(lines, tuple(not_counted(self._rows[row]) for row in unknown))


def uses_of_ad(duration_s: int, models: Mapping[Kind, str], n_shots: int | None = None) -> tuple[Use, ...]:
    """What an ad of `duration_s` may use of `models` (an id for each kind that is made by one; the built-in writer costs nothing).

    n_shots: None before there is a plan; then as many as fit.
    """
    shots = n_shots or math.ceil(duration_s / SHORTEST_SCENE_S)
    most: dict[Kind, dict[str, int | Decimal]] = {
        "text": {"tokens_in": WRITER_TOKENS_IN, "tokens_out": WRITER_TOKENS_OUT},
        "image": {"images": shots},
        "video": {"seconds": duration_s + shots * HANDLES_S},
        "sound": {"seconds": Decimal(duration_s)},
    }
    return tuple(Use(model, **most[kind]) for kind, model in models.items() if model != BUILT_IN_WRITER)  # type: ignore[arg-type]
