"""Models that make pictures, the most preferred first."""

from models.catalog.hosted_images import HOSTED_IMAGES
from models.catalog.row import ModelRow

IMAGES: tuple[ModelRow, ...] = (*HOSTED_IMAGES,)
