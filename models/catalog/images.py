"""Models that make pictures."""

from models.catalog.row import ModelRow

IMAGES: tuple[ModelRow, ...] = ()
