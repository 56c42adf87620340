"""One row of the catalogue: what is known of a model before it is touched."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from models.capabilities import Kind


@dataclass(frozen=True)
class Weights:
    """Files that a local model needs. They lie in WEIGHTS_DIR/<row id with "/" as "--">, laid out as their hub repository is.

    repo, revision: where they come from (a commit, so that they stay what they are). files: glob patterns of what is needed.
    gigabytes: of the download. base: id of the row whose weights these go on top of (adapters).
    """

    repo: str
    revision: str
    files: tuple[str, ...] = ("*",)
    gigabytes: float = 0.0
    base: str = ""


@dataclass(frozen=True)
class ModelRow:
    """One model. price_*: US dollars, as the provider bills; all zero for local models. price_known: False where the provider
    bills, but how much is not known on this installation (models.pricing.as_billed).

    licence: its name; licence_url: where it stands. commercial: whether advertising may use its results as a matter of course; where
    False the row must be accepted by name (ACCEPTED_LICENCES) before its first use. terms: what the licence asks beyond that, in a sentence
    ("free under $10 million of yearly revenue").
    weights: None for models that are not downloaded. vram_gb: device memory below which it cannot run at all, 0 for none.
    durations_s: whole seconds, ascending, of the clips that a video model makes and bills; what is asked is cut from the shortest
    that covers it. () where it makes any length.
    traceable: the provider can be asked for an order by its key, so that none is placed twice; its backend uses till.place_once.
    fallback: ids to try, in order, when this one fails for good; every use of one is reported in the result.
    """

    id: str
    kinds: tuple[Kind, ...]
    backend: str
    title: str
    licence: str
    licence_url: str = ""
    commercial: bool = True
    terms: str = ""
    weights: Weights | None = None
    vram_gb: float = 0.0
    price_per_second: Decimal = Decimal(0)
    price_per_image: Decimal = Decimal(0)
    price_per_million_in: Decimal = Decimal(0)
    price_per_million_out: Decimal = Decimal(0)
    price_known: bool = True
    durations_s: tuple[int, ...] = ()
    traceable: bool = False
    fallback: tuple[str, ...] = ()
    defaults: dict[str, Any] = field(default_factory=dict)

    @property
    def paid(self) -> bool:
        """Whether a call costs money, by all that is known."""
        return any((self.price_per_second, self.price_per_image, self.price_per_million_in, self.price_per_million_out))
