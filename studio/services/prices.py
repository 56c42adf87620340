"""What calls of models cost, from the catalogue's prices. Knows no people, no caps and no ledger.

A quote is an upper bound: amounts are rounded up, and what an ad will use is assumed to be as much as it may.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from models.capabilities import Kind
from models.catalog import CATALOG, ModelRow
from models.pricing import SLOWEST_CHARACTERS_A_SECOND, Use, billed_seconds, not_counted, price_of
from pipelines.brief import BUILT_IN_WRITER
from pipelines.speaking import CHARACTERS_A_SECOND
from studio.errors import UnknownPrice
from studio.store.money import NOTHING, at_most, dollars_at_most

SHORTEST_SCENE_S = 3
"""PRD FR-008; so an ad has at most this many scenes to a length."""

WRITER_TOKENS_IN = 5500 + 2 * 9500
WRITER_TOKENS_OUT = 3 * 4000
"""What writing one ad spec may take: the first ask with its schema, a second and a repair that quote the answer before them,
and each time the longest answer that is accepted (TextAsk)."""

VOICE_TRIES = 2
"""How often a line is spoken that turns out too long (pipelines.voice_over.speak)."""

MOST_DIRECTIONS = 200
"""Characters that a voice is told of its manner with each line, at most (pipelines.voice_over.MANNERS)."""

HANDLES_S = 1
"""Seconds of each clip that are made beyond what is shown, for transitions to work with."""

SHORTEST_CLIP_S = 2
"""The shortest shot of any plan (pipelines.timing.MIN_SHOT_S); FR-009 has none below three in ads of 30 seconds and more."""


LONGEST_CLIP_S = 8
"""The longest shot of any plan, seven seconds (FR-009), with its handles."""


@dataclass(frozen=True)
class Quote:
    """What uses would cost at most, each and together. notes: sentences about what costs money and is not counted in.

    stand_ins: US dollars that come on top at the worst: what every model gave was unusable, and all that stand in for it were paid too.
    """

    lines: tuple[tuple[Use, Decimal], ...]
    notes: tuple[str, ...] = ()
    stand_ins: Decimal = NOTHING

    @property
    def total(self) -> Decimal:
        """US dollars."""
        return sum((price for _, price in self.lines), NOTHING)

    def of_stand_ins(self, cap: Decimal) -> str:
        """A sentence where models that stand in for others may make it dearer, "" else. cap: the most that is ever paid."""
        return of_stand_ins((self,), cap)


def of_stand_ins(quotes: Sequence[Quote], cap: Decimal) -> str:
    """A sentence where models that stand in for others may make these orders dearer, "" else. cap: the most that is ever paid for one."""
    total = sum((quote.total for quote in quotes), NOTHING)
    worst = sum((min(quote.total + quote.stand_ins, cap) for quote in quotes), NOTHING)
    return f"Up to {dollars_at_most(worst)} where a model fails and another stands in for it." if worst > total else ""


class Prices:
    """The catalogue as a price list."""

    def __init__(self, catalog: Sequence[ModelRow] = CATALOG) -> None:
        self._rows = {row.id: row for row in catalog}

    def of(self, use: Use) -> Decimal:
        """US dollars for `use`, rounded up. Raises UnknownPrice for a model that is not in the catalogue."""
        if use.model not in self._rows:
            raise UnknownPrice(f"The price of {use.model} is not known; choose a model of the catalogue.")
        return at_most(price_of(self._rows[use.model], use))

    def lengths(self) -> Mapping[str, tuple[int, ...]]:
        """The lengths that models make and bill their clips by, in seconds (ModelRow.durations_s); by id, where there are such."""
        return {id: row.durations_s for id, row in self._rows.items() if row.durations_s}

    def filmed(self, model: str, pieces: Iterable[Decimal]) -> Use:
        """`pieces` of a clip, seconds each, as the model bills them."""
        lengths = self._rows[model].durations_s if model in self._rows else ()
        return Use(model, seconds=sum((billed_seconds(seconds, lengths) for seconds in pieces), Decimal(0)))

    def quote(self, uses: Iterable[Use]) -> Quote:
        """What `uses` cost at most. Raises UnknownPrice."""
        lines = tuple((use, self.of(use)) for use in uses)
        unknown = [row for row in dict.fromkeys(use.model for use, _ in lines) if not self._rows[row].price_known]
        return Quote(lines, tuple(not_counted(self._rows[row]) for row in unknown))

    def quote_of(self, models: Mapping[Kind, str], uses: Callable[[Mapping[Kind, str]], Iterable[Use]]) -> Quote:
        """What `uses(models)` cost at most, and what it may come to with those that stand in. uses: what is used of whoever makes each
        kind; asked of all together, and of each that stands in alone. Raises UnknownPrice."""
        instead = [(kind, other) for kind, model in models.items() if model in self._rows for other in self._rows[model].fallback]
        more = sum((self.of(use) for kind, other in instead for use in uses({kind: other})), NOTHING)
        return replace(self.quote(uses(models)), stand_ins=more)

    def quote_of_ad(self, duration_s: int, models: Mapping[Kind, str], *, made_before: int = 0) -> Quote:
        """What an ad would cost (see uses_of_ad). Raises UnknownPrice."""

        def uses(made_by: Mapping[Kind, str]) -> tuple[Use, ...]:
            return uses_of_ad(duration_s, made_by, lengths=self.lengths(), made_before=made_before)

        return self.quote_of(models, uses)


def uses_of_ad(
    duration_s: int,
    models: Mapping[Kind, str],
    n_shots: int | None = None,
    lengths: Mapping[str, tuple[int, ...]] = MappingProxyType({}),
    *,
    made_before: int = 0,
) -> tuple[Use, ...]:
    """What an ad of `duration_s` may use of `models` (an id for each kind that is made by one; the built-in writer costs nothing).

    n_shots: None before there is a plan; then as many as fit. lengths: see Prices.lengths. made_before: how many of the shots are there
    already, picture and clip: nothing is paid for them again, and each takes its place of SHORTEST_CLIP_S at least.
    """
    spoken = VOICE_TRIES * duration_s * CHARACTERS_A_SECOND
    shots = n_shots or most_shots(duration_s)
    to_make = max(0, shots - made_before)
    filmed = max(0, duration_s - made_before * SHORTEST_CLIP_S + to_make * HANDLES_S)
    most: dict[Kind, dict[str, Any]] = {
        "text": {"tokens_in": WRITER_TOKENS_IN, "tokens_out": WRITER_TOKENS_OUT},
        "image": {"images": to_make},
        "video": {"seconds": most_billed(filmed, to_make, lengths.get(models.get("video", ""), ()))},
        "sound": {"seconds": Decimal(duration_s)},
        "voice": {"seconds": Decimal(spoken) / SLOWEST_CHARACTERS_A_SECOND, "tokens_in": spoken + VOICE_TRIES * shots * MOST_DIRECTIONS},
    }
    return tuple(Use(model, **most[kind]) for kind, model in models.items() if model != BUILT_IN_WRITER)


def most_shots(duration_s: int) -> int:
    """How many shots an ad of that length may have."""
    return math.ceil(duration_s / SHORTEST_SCENE_S)


def most_billed(seconds: int, shots: int, lengths: Sequence[int]) -> Decimal:
    """The most that clips of `seconds` together, `shots` at most, are billed for, where each is billed as the shortest of `lengths` that
    covers it. The worst is looked for: every clip may be a moment longer than the next shorter length.

    most_billed(20, 5, (5, 10)) -> 40: three of just over five seconds, and two short ones
    """
    if not lengths:
        return Decimal(seconds)
    several = range(2, -(-LONGEST_CLIP_S // lengths[-1]) + 1)  # what no single one covers is made of several
    lengths = (*lengths, *(n * lengths[-1] for n in several))
    best = [0] * (seconds + 1)  # by what has been used up of `seconds`, with as many clips as were looked at
    steps = [(shorter, length) for shorter, length in pairwise((SHORTEST_CLIP_S, *lengths)) if length > SHORTEST_CLIP_S]
    for _ in range(shots):
        best = [max([best[used], *(best[used - took] + billed for took, billed in steps if took <= used)]) for used in range(seconds + 1)]
    return Decimal(max(best))
