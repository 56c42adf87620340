"""Models that make pictures, the most preferred first."""

from models.catalog.hosted_images import HOSTED_IMAGES
from models.catalog.local_images import LOCAL_IMAGES
from models.catalog.row import ModelRow

IMAGES: tuple[ModelRow, ...] = (*LOCAL_IMAGES, *HOSTED_IMAGES)
