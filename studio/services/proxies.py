"""Small copies of an edit's clips, which browsers seek in quickly: made in the background when an ad is opened in the Editor, once each.

    540 pixels on the shorter side, H.264, a keyframe every KEY_EVERY frames, the same frames at the same times, no sound

They lie in a folder that may be emptied at any time. Until one is there the page shows the clip itself. What was asked for is noted in that
folder until it is made: a process that ends, however it ends, leaves it to the next one. Knows media and no HTTP.
"""

import logging
import queue
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path

from models.errors import Cancelled, MediaError, ModelError
from models.media.encoding import Encoding
from models.media.video_file import VideoReader, VideoWriter
from studio.errors import NotFound, StudioError
from studio.services.drafts import Draft
from studio.store.database import Database
from studio.store.media import Media
from studio.store.tables import MediaFile

log = logging.getLogger(__name__)

SHORT_SIDE = 540
KEY_EVERY = 6
WANTED = ".wanted"
MOST_WAITING = 200
"""Beyond that none is asked for: it is again, the next time the ad is opened."""


class Proxies:
    """One thread of this process makes them, one after the other. Thread-safe."""

    def __init__(self, database: Database, media: Media, folder: Path) -> None:
        self._database = database
        self._media = media
        self._folder = folder
        self._waiting: queue.Queue[MediaFile | None] = queue.Queue()
        self._asked: set[str] = set()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def of(self, draft: Draft) -> Mapping[str, str]:
        """The media ids of the draft's clips that have a proxy, by their names; those that lack one are asked for."""
        own = draft.edit.settings
        size = min(int(own["width"]), int(own["height"]))
        clips = {part.name: part.media_id for part in draft.parts if part.role == "clip"} if size > SHORT_SIDE else {}
        for asset in draft.assets:
            if asset.kind != "sound" and min(asset.width or 0, asset.height or 0) > SHORT_SIDE:
                clips[asset.name] = asset.media_id
        if not clips:
            return {}
        with self._database.reading() as session:
            files = {id: file for id in clips.values() if (file := session.get(MediaFile, id)) is not None}
        there = {id for id, file in files.items() if self._place(file).exists()}
        self._ask(file for id, file in files.items() if id not in there)
        return {name: id for name, id in clips.items() if id in there}

    def file(self, user_id: str, media_id: str) -> Path:
        """The proxy of the user's clip. Raises NotFound (also while there is none), NotYours."""
        place = self._place(self._media.find(media_id, owner_id=user_id))
        if not place.exists():
            raise NotFound("There is no small copy of this clip.")
        return place

    def carry_on(self) -> int:
        """Begin what was asked for and not made before this process; how many there are."""
        noted = {mark: mark.read_text() for mark in self._folder.glob(f"*{WANTED}")} if self._folder.is_dir() else {}
        with self._database.reading() as session:
            files = {mark: session.get(MediaFile, id) for mark, id in noted.items()}
        for mark, file in files.items():
            if file is None or self._place(file).exists():
                mark.unlink(missing_ok=True)
        left = [file for mark, file in files.items() if file is not None and mark.exists()]
        self._ask(left)
        return len(left)

    def close(self) -> None:
        """Stop; what is half made is made by the next process."""
        self._stop.set()
        self._waiting.put(None)
        if self._thread is not None:
            self._thread.join(timeout=10)

    def _place(self, file: MediaFile) -> Path:
        return self._folder / f"{file.sha256}.mp4"

    def _mark(self, file: MediaFile) -> Path:
        return self._folder / f"{file.sha256}{WANTED}"

    def _ask(self, files: Iterable[MediaFile]) -> None:
        with self._lock:
            self._folder.mkdir(parents=True, exist_ok=True)
            for file in files:
                if file.sha256 not in self._asked and len(self._asked) < MOST_WAITING and not self._stop.is_set():
                    self._asked.add(file.sha256)
                    self._mark(file).write_text(file.id)
                    self._waiting.put(file)
                    if self._thread is None or not self._thread.is_alive():
                        self._thread = threading.Thread(target=self._work, name="proxies", daemon=True)
                        self._thread.start()

    def _work(self) -> None:
        while (file := self._waiting.get()) is not None and not self._stop.is_set():
            try:
                with self._media.local(file) as clip:
                    self._make(clip, self._place(file))
            except Cancelled:
                return
            except (ModelError, StudioError, OSError) as error:  # the clip itself is shown; it is not tried again in this process
                log.warning("No small copy of %s could be made: %s", file.id, error)
                self._mark(file).unlink(missing_ok=True)
                continue
            self._mark(file).unlink(missing_ok=True)
            with self._lock:
                self._asked.discard(file.sha256)

    def _make(self, clip: Path, out: Path) -> None:
        with VideoReader(clip) as reader:
            if reader.fps.denominator != 1:
                raise MediaError("Only clips at a whole rate have small copies.")
            with VideoWriter(out, *small(reader.width, reader.height), reader.fps, PROXY, threads=1) as writer:
                for planes in reader.planes(size=(writer.width, writer.height)):
                    if self._stop.is_set():
                        raise Cancelled("This process stops.")
                    writer.write_planes(*planes)


PROXY = Encoding("superfast", 24, gop=KEY_EVERY)


def small(width: int, height: int) -> tuple[int, int]:
    """The size of a proxy: even, SHORT_SIDE on the shorter side."""
    scale = SHORT_SIDE / min(width, height)
    return 2 * round(width * scale / 2), 2 * round(height * scale / 2)
