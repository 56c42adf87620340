"""Every model the product knows: one row each. Adding a model whose backend exists is adding a row to the file of its kind.

Order matters: within a kind, the first row that can run here is the default, so paid and GPU rows stand above the
embedded ones; those of a kind are in order of preference, local ones first. MUSIC alone stands behind the embedded sound studio.
"""

from models.capabilities import Kind
from models.catalog.embedded import EMBEDDED
from models.catalog.image_addons import IMAGE_ADDONS
from models.catalog.images import IMAGES
from models.catalog.row import ModelRow, Weights
from models.catalog.sounds import MUSIC, SOUNDS
from models.catalog.videos import VIDEOS
from models.catalog.words import WORDS

__all__ = ["CATALOG", "ModelRow", "Weights", "row", "rows"]

CATALOG: tuple[ModelRow, ...] = (*WORDS, *IMAGES, *VIDEOS, *SOUNDS, *EMBEDDED, *MUSIC, *IMAGE_ADDONS)


def row(model_id: str) -> ModelRow:
    """The row with this id. Raises KeyError."""
    return {r.id: r for r in CATALOG}[model_id]


def rows(kind: Kind) -> tuple[ModelRow, ...]:
    """All rows that answer `kind`, in order of preference."""
    return tuple(r for r in CATALOG if kind in r.kinds)
