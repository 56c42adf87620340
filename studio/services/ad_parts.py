"""What a finished ad was cut from: its timeline and every file that it names, kept with the ad and laid out again in a folder.

    keep     timeline in a job's folder ─▶ media files + rows: "timeline.otio", "clips/01-s1.mp4", "sound/music.wav" …
    lay out  rows ─▶ the same names in another folder, where pipelines.timeline reads and conforms them

Nothing has to be made anew to cut the ad again. Knows media and rows, and no HTTP.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipelines.timeline import read_timeline, write_timeline
from pipelines.timeline_media import TIMELINE, files_of_clips, portable
from studio.errors import NotReady, StoreError
from studio.services.ownership import owned_ad
from studio.store.access import Right
from studio.store.database import Database
from studio.store.media import MIMES as ALLOWED
from studio.store.media import MediaKind
from studio.store.tables import AdPart, MediaFile, Status

TIMELINE_ROLE = "timeline"
MIMES = {
    ".mp4": "video/mp4",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".wav": "audio/wav",
    ".otio": "application/json",
}
KINDS: dict[str, MediaKind] = {"clip": "clip", "still": "still", "music": "sound", "effects": "sound", "voice": "sound", "logo": "still"}

Put = Callable[[Path, MediaKind], MediaFile]
"""Puts a file into the media for the ad's owner."""


@dataclass(frozen=True)
class Part:
    """One kept file. name: as the timeline names it. media_id: of the owner's media."""

    name: str
    role: str
    media_id: str


@dataclass(frozen=True)
class KeptParts:
    """rows: not yet added to a session. shots: the media ids of clip and still (None for none) of each clip, by its name."""

    rows: tuple[AdPart, ...]
    shots: Mapping[str, tuple[str | None, str | None]]


def keep_parts(generation_id: str, timeline: Path, put: Put, known: Mapping[Path, MediaFile]) -> KeptParts:
    """Put what `timeline` names into the media, and itself, under portable names. known: files that are there already, by where they
    lie. Raises TimelineError, DiskFull, StoreError."""
    edit, parts = portable(read_timeline(timeline), timeline.parent)
    there = {path.resolve(): file for path, file in known.items()}
    rows = []
    for part in parts:
        file = there.get(part.path) or put(part.path, KINDS[part.role])
        rows.append(AdPart(generation_id=generation_id, name=part.name, role=part.role, media_id=file.id))
    kept = timeline.with_name(f"kept-{TIMELINE}")
    write_timeline(edit, kept)
    rows.append(AdPart(generation_id=generation_id, name=TIMELINE, role=TIMELINE_ROLE, media_id=put(kept, "timeline").id))
    media = {row.name: row.media_id for row in rows}
    shots = {name: (media.get(clip), media.get(still)) for name, (clip, still) in files_of_clips(edit).items()}
    return KeptParts(tuple(rows), shots)


def mime_of(file: Path) -> str:
    """The type that the media keep `file` as. Raises StoreError for a file of a type that is not kept."""
    mime = MIMES.get(file.suffix.lower(), "")
    if mime not in ALLOWED:
        raise StoreError(f"{file.name} is of a type that is not kept here.")
    return mime


def lay_out(parts: Sequence[Part], folder: Path, fetch: Callable[[str, Path], Path]) -> Path:
    """Every part under its name in `folder`; where the timeline is then. What lies there already stays. fetch(media id, folder): a copy
    of that file somewhere in that folder. Raises what `fetch` raises."""
    for part in parts:
        name = PurePosixPath(part.name)
        if name.is_absolute() or ".." in name.parts:
            raise StoreError("The parts of this ad have names that do not stay in their folder.")
        place = folder / name
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            fetch(part.media_id, folder / ".fetched").replace(place)
    return folder / TIMELINE


class AdParts:
    """Reads the parts of ads. Thread-safe."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, user_id: str, generation_id: str) -> tuple[Part, ...]:
        """Of the user's finished ad, the timeline last. Raises NotFound, NotYours, and NotReady for an ad that is not finished or was
        made before parts were kept."""
        with self._database.reading() as session:
            ad = owned_ad(session, user_id, generation_id, need=Right.LOOK)
            if ad.status is not Status.COMPLETED:
                raise NotReady("This ad is not finished yet.")
            return parts_in(session, generation_id)


def parts_in(session: Session, generation_id: str) -> tuple[Part, ...]:
    """The kept parts of an ad, the timeline last. Raises NotReady when none were kept."""
    rows = session.scalars(select(AdPart).where(AdPart.generation_id == generation_id).order_by(AdPart.name)).all()
    if not any(row.name == TIMELINE for row in rows):
        raise NotReady("This ad was made before its parts were kept, so it cannot be cut again; make it again first.")
    parts = [Part(row.name, row.role, row.media_id) for row in rows]
    return (*(part for part in parts if part.name != TIMELINE), *(part for part in parts if part.name == TIMELINE))
