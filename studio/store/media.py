"""Files that belong to people: rows that say whose, over contents that are kept once. Knows no ads and no HTTP.

The order of things keeps rows and contents together without holding a transaction while bytes travel: a file's row is
written first and its content after; a content is removed only under its lock, when no row names it. A crash in between
can leave a row nobody refers to, never a referred-to row that lost its content.
"""

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from studio.errors import NotFound, NotYours
from studio.store.access import may_see_file
from studio.store.blobs import Blobs, digest
from studio.store.database import Database
from studio.store.tables import MediaFile, is_id, new_id
from studio.store.times import Clock, utc_now

MediaKind = Literal["video", "thumbnail", "still", "clip", "sound", "upload", "timeline", "font"]

MIMES = frozenset(
    {
        "video/mp4",
        "image/png",
        "image/jpeg",
        "image/webp",
        "audio/wav",
        "font/ttf",
        "font/otf",
        "application/json",
        "application/octet-stream",
    }
)
"""Nothing here runs when a browser opens it."""


class Media:
    """Puts, finds, reads and removes files. Whether somebody may see one is `find`'s to say."""

    def __init__(self, database: Database, blobs: Blobs, clock: Clock = utc_now) -> None:
        self._database = database
        self._blobs = blobs
        self._clock = clock

    @property
    def is_local(self) -> bool:
        """Whether files can be handed out straight from this machine's disk."""
        return self._blobs.is_local

    def put(self, file: Path, *, owner_id: str, kind: MediaKind, mime: str, made_for: str | None = None) -> MediaFile:
        """Keep a copy of `file` for `owner_id`; `file` itself stays the caller's. made_for: the ad that it goes with.

        Raises DiskFull, StoreError.
        """
        if mime not in MIMES:
            raise ValueError(f"{mime} is not a type of media; see MIMES.")
        sha256, size = digest(file)
        row = MediaFile(
            id=new_id(), owner_id=owner_id, sha256=sha256, kind=kind, mime=mime, size=size, created_at=self._clock(), made_for=made_for
        )
        with self._database.writing(lock=f"media:{sha256}") as session:
            session.add(row)
        try:
            self._blobs.add(sha256, file)
        except BaseException:
            self.remove([row.id])
            raise
        return row

    def find(self, media_id: str, *, owner_id: str) -> MediaFile:
        """The file with this id, for `owner_id`, who has to be let see it (studio/store/access.py). Raises NotFound, or NotYours when it is
        somebody else's."""
        with self._database.reading() as session:
            row = session.get(MediaFile, media_id) if is_id(media_id) else None
            if row is None:
                raise NotFound("There is no such file.")
            if not may_see_file(session, owner_id, row):
                raise NotYours("This file belongs to somebody else.")
        return row

    def named(self, media_id: str) -> MediaFile:
        """The file with this id, whoever's it is: for work that was let use it when it was ordered. Raises NotFound."""
        with self._database.reading() as session:
            row = session.get(MediaFile, media_id) if is_id(media_id) else None
        if row is None:
            raise NotFound("There is no such file.")
        return row

    def read(self, file: MediaFile, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Bytes start..end (end excluded, None: to the last) in chunks. Raises MediaMissing before the first."""
        return self._blobs.read(file.sha256, start, end)

    def place(self, file: MediaFile) -> str:
        """Where the file lies below the media folder; of a folder alone. Raises MediaMissing."""
        with self._blobs.local(file.sha256):
            return self._blobs.place(file.sha256)

    def local(self, file: MediaFile) -> AbstractContextManager[Path]:
        """The file on this machine's disk for as long as the context lasts; read only. Raises MediaMissing."""
        return self._blobs.local(file.sha256)

    def remove(self, media_ids: Collection[str]) -> None:
        """Remove these files, and every content that no other file shares. Unknown ids are fine."""
        with self._database.writing() as session:
            orphans = self.forget(session, media_ids)
        self.sweep(orphans)

    def remove_made_for(self, generation_id: str) -> None:
        """Remove every file that was put for this ad."""
        with self._database.writing() as session:
            orphans = self.forget(session, session.scalars(select(MediaFile.id).where(MediaFile.made_for == generation_id)).all())
        self.sweep(orphans)

    def forget(self, session: Session, media_ids: Collection[str]) -> set[str]:
        """Remove the rows of these files in the caller's transaction; afterwards, give what is returned to `sweep`."""
        shas = set(session.scalars(select(MediaFile.sha256).where(MediaFile.id.in_(media_ids))))
        session.execute(delete(MediaFile).where(MediaFile.id.in_(media_ids)))
        return shas

    def sweep(self, contents: Collection[str]) -> None:
        """Remove those of these contents (sha256) that no row names."""
        for sha256 in sorted(contents):
            with self._database.writing(lock=f"media:{sha256}") as session:
                if session.scalar(select(MediaFile.id).where(MediaFile.sha256 == sha256).limit(1)) is None:
                    self._blobs.remove(sha256)
