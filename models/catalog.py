"""Every model the product knows: one row each. Adding a model whose backend exists is adding a row.

Order matters: within a kind, the first row that can run here is the default, so paid and GPU rows stand above the
embedded ones once their backends exist and their keys or weights are present.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from models.capabilities import Kind


@dataclass(frozen=True)
class ModelRow:
    """One model. price_*: US dollars, as the provider bills; all zero for local models. price_known: False where the provider
    bills, but how much is not known on this installation (models.pricing.as_billed).

    traceable: the provider can be asked for an order by its key, so that none is placed twice; its backend uses till.place_once.
    fallback: ids to try, in order, when this one fails for good; every use of one is reported in the result.
    """

    id: str
    kinds: tuple[Kind, ...]
    backend: str
    title: str
    licence: str
    weights: str = ""
    price_per_second: Decimal = Decimal(0)
    price_per_image: Decimal = Decimal(0)
    price_per_million_in: Decimal = Decimal(0)
    price_per_million_out: Decimal = Decimal(0)
    price_known: bool = True
    traceable: bool = False
    fallback: tuple[str, ...] = ()
    defaults: dict[str, Any] = field(default_factory=dict)

    @property
    def paid(self) -> bool:
        """Whether a call costs money, by all that is known."""
        return any((self.price_per_second, self.price_per_image, self.price_per_million_in, self.price_per_million_out))


CATALOG: tuple[ModelRow, ...] = (
    ModelRow(
        id="openai/gpt-4o",
        kinds=("text",),
        backend="openai_text",
        title="GPT-4o (or the model named by LLM_MODEL at an OpenAI-compatible address)",
        licence="provider terms",
        price_per_million_in=Decimal("2.50"),
        price_per_million_out=Decimal("10.00"),
        defaults={"model": "gpt-4o", "provider": "openai"},
    ),
    ModelRow(
        id="product-studio/v1",
        kinds=("image", "video"),
        backend="product_studio",
        title="Product studio: path-traced product photography with camera motion",
        licence="this project's; Mitsuba 3 (BSD-3-Clause), OIDN (Apache-2.0)",
    ),
    ModelRow(
        id="sound-studio/v1",
        kinds=("sound",),
        backend="sound_studio",
        title="Sound studio: music and effects from code",
        licence="this project's; no samples, no weights",
    ),
)


def row(model_id: str) -> ModelRow:
    """The row with this id. Raises KeyError."""
    return {r.id: r for r in CATALOG}[model_id]


def rows(kind: Kind) -> tuple[ModelRow, ...]:
    """All rows that answer `kind`, in order of preference."""
    return tuple(r for r in CATALOG if kind in r.kinds)
