"""Small pictures of a film and the shape of a sound, for timelines: made when first asked for, from files that never change.

    strip   tiles of TILE_HEIGHT pixels in one row of a JPEG, two for each second of the film
    wave    how loud each fiftieth of a second is, 0..1, as JSON

They lie in a folder that may be emptied at any time. Knows media and no HTTP.
"""

import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import numpy as np

from models.errors import MediaError
from models.media.audio_file import read_audio
from models.media.image_file import write_image
from models.media.planes import planes_to_rgb
from models.media.video_file import VideoReader
from studio.errors import NotFound
from studio.store.media import Media

TILE_HEIGHT = 90
TILES_PER_SECOND = 2
MOST_TILES = 120
"""Two megapixels at 16:9; of a longer film the first minute is shown."""

PER_SECOND = 50


class Strips:
    """Thread-safe; each is made once per process at a time."""

    def __init__(self, media: Media, folder: Path) -> None:
        self._media = media
        self._folder = folder
        self._lock = threading.Lock()

    def strip(self, user_id: str, media_id: str) -> Path:
        """The tiles of the user's film. Raises NotFound (also for what is no film), NotYours, MediaMissing."""
        return self._made(user_id, media_id, "jpg", _tiles)

    def wave(self, user_id: str, media_id: str) -> Path:
        """The loudness of the user's sound. Raises NotFound (also for what is no sound), NotYours, MediaMissing."""
        return self._made(user_id, media_id, "json", _loudness)

    def _made(self, user_id: str, media_id: str, suffix: str, make: Callable[[Path, Path], None]) -> Path:
        file = self._media.find(media_id, owner_id=user_id)
        place = self._folder / f"{file.sha256}.{suffix}"
        if place.exists():
            return place
        with self._lock:
            if not place.exists():
                self._folder.mkdir(parents=True, exist_ok=True)
                part = place.with_name(f".{uuid4().hex}.{suffix}")
                try:
                    with self._media.local(file) as there:
                        make(there, part)
                    os.replace(part, place)
                except MediaError as error:
                    raise NotFound("There is nothing of that kind in this file.") from error
                finally:
                    part.unlink(missing_ok=True)
        return place


def _tiles(film: Path, out: Path) -> None:
    reader = VideoReader(film, threads=1)
    info = reader.info
    every = max(1, round(float(info.fps) / TILES_PER_SECOND))
    frames = range(0, max(1, min(info.n_frames, every * MOST_TILES)), every)
    width = 2 * max(1, round(reader.width * TILE_HEIGHT / reader.height / 2))
    tiles = [planes_to_rgb(planes) for planes in reader.glimpses(frames, size=(width, TILE_HEIGHT))]
    write_image(out, np.concatenate(tiles, axis=1))


def _loudness(sound: Path, out: Path) -> None:
    whole = np.abs(read_audio(sound)).max(axis=1)
    step = 48_000 // PER_SECOND
    whole = whole[: len(whole) // step * step].reshape(-1, step)
    loud = np.sqrt(np.square(whole).mean(axis=1)) if len(whole) else np.zeros(1)
    most = float(loud.max()) or 1.0
    out.write_text(json.dumps({"per_second": PER_SECOND, "peaks": [round(float(one) / most, 3) for one in loud]}), encoding="utf-8")
