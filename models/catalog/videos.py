"""Models that make moving shots, the most preferred first."""

from models.catalog.local_videos import LOCAL_VIDEOS
from models.catalog.row import ModelRow

VIDEOS: tuple[ModelRow, ...] = (*LOCAL_VIDEOS,)
