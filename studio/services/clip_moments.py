"""Which clip of a finished ad is shown at a moment of it: asked of the timeline that the ad keeps. Knows no HTTP."""

import threading
from collections import OrderedDict

from pipelines.editing import edit_of
from pipelines.errors import PipelineError
from pipelines.timeline import timeline_from
from studio.errors import NotFound, NotReady
from studio.services.ad_parts import TIMELINE_ROLE, AdParts
from studio.store.media import Media

MOST_REMEMBERED = 64
"""Timelines; a few hundred clip ids each."""


class ClipMoments:
    """Thread-safe. A kept timeline never changes, so what was read of one stays true."""

    def __init__(self, parts: AdParts, media: Media) -> None:
        self._parts = parts
        self._media = media
        self._lock = threading.Lock()
        self._known: OrderedDict[str, tuple[int, tuple[tuple[int, str], ...]]] = OrderedDict()

    def __call__(self, user_id: str, generation_id: str, at_s: float) -> str | None:
        """The id of the clip in the ad's timeline; None past its end, and for an ad whose parts were not kept."""
        with self._lock:
            found = self._known.get(generation_id)
        if found is None:
            found = self._read(user_id, generation_id)
            with self._lock:
                self._known[generation_id] = found
                while len(self._known) > MOST_REMEMBERED:
                    self._known.popitem(last=False)
        fps, ends = found
        return next((clip for end, clip in ends if at_s * fps < end), None)

    def _read(self, user_id: str, generation_id: str) -> tuple[int, tuple[tuple[int, str], ...]]:
        try:
            part = next(part for part in self._parts.of(user_id, generation_id) if part.role == TIMELINE_ROLE)
            text = b"".join(self._media.read(self._media.find(part.media_id, owner_id=user_id))).decode()
            edit = edit_of(timeline_from(text))
        except (NotFound, NotReady, PipelineError):
            return 1, ()
        return edit.fps, tuple((edit.start(i) + piece.n_frames, piece.id) for i, piece in enumerate(edit.pieces))
