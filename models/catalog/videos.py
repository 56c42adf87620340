"""Models that make moving shots."""

from models.catalog.row import ModelRow

VIDEOS: tuple[ModelRow, ...] = ()
