"""Models that make moving shots, the most preferred first."""

from models.catalog.hosted_videos import HOSTED_VIDEOS
from models.catalog.local_videos import LOCAL_VIDEOS
from models.catalog.row import ModelRow

VIDEOS: tuple[ModelRow, ...] = (*LOCAL_VIDEOS, *HOSTED_VIDEOS)
