"""An improved prompt and why: what was asked, what it became, and each change with one reason. Values only."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from models.asks import Made

Kind = Literal["set", "light", "framing", "feature", "style", "wording"]


@dataclass(frozen=True)
class Change:
    """One change. before: words of the original that it replaces, "" for an addition. after: words of the improved prompt, exactly as
    they stand there. reason: one sentence for the person whose ad it is."""

    kind: Kind
    before: str
    after: str
    reason: str


@dataclass(frozen=True)
class Improved:
    """improved equals original, and there are no changes, when there was nothing to add; then notes say why.

    writer: who improved it, "built-in copywriter" or the id of a model. made: what the model's asks cost, even when its answer was
    not used. notes: sentences for the person.
    """

    original: str
    improved: str
    changes: tuple[Change, ...]
    writer: str
    made: Made | None = None
    notes: tuple[str, ...] = ()

    @property
    def cost(self) -> Decimal:
        """US dollars."""
        return self.made.cost_usd if self.made else Decimal(0)
