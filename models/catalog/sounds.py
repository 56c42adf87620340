"""Models that make music and voices."""

from models.catalog.row import ModelRow

SOUNDS: tuple[ModelRow, ...] = ()
