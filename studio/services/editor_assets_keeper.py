"""The application's side of a file that is being made to fit an ad's edit: when it is there, it is one of the ad's media by its name.

Knows no HTTP, no queue and no pixels.
"""

from typing import Any

from sqlalchemy.orm import Session

from pipelines.brought_media import Fitted
from studio.errors import NotFound
from studio.jobs.assets_job import AssetKept
from studio.jobs.job_rows import JobState
from studio.services.ad_parts import mime_of
from studio.store.database import Database
from studio.store.media import Media
from studio.store.tables import BroughtMedia, EditorAsset, Generation, MediaFile
from studio.store.times import Clock, utc_now

ORIGIN = "upload"


class EditorAssetsKeeper:
    """studio.services.keepers.KindKeeper for brought media. Thread-safe."""

    def __init__(self, database: Database, media: Media, clock: Clock = utc_now) -> None:
        self._database = database
        self._media = media
        self._clock = clock

    def changed(self, session: Session, generation: Generation, state: JobState) -> None:
        """Its generation says all there is to say."""
        return None

    def delivered(self, job: str) -> frozenset[int]:
        """It is kept whole."""
        return frozenset()

    def deliver(self, job: str, position: int, made: Any) -> Any:
        """It is kept whole."""
        raise TypeError("A brought file is kept whole; nothing of it is delivered by itself.")

    def keep(self, job: str, made: Any) -> AssetKept:
        """Put it into the ad's media. Raises NotFound when the ad, or the file in its list, was removed meanwhile; DiskFull, StoreError."""
        done: Fitted = made
        with self._database.reading() as session:
            brought = session.get(BroughtMedia, job)
            if brought is None:
                raise NotFound("The ad that this file was brought to was removed.")
            if session.get(EditorAsset, job) is not None:  # kept just before a crash
                return AssetKept(job)
            owner_id, ad_id, kind = session.get_one(Generation, job).user_id, brought.ad_id, brought.kind
            original = session.get(MediaFile, brought.original_id or "")
        put = self._media.put(
            done.path, owner_id=owner_id, kind="sound" if kind == "sound" else "clip", mime=mime_of(done.path), made_for=ad_id
        )
        with self._database.writing(lock=f"user:{owner_id}") as session:
            row = session.get(BroughtMedia, job)
            if row is None:
                raise NotFound("The ad that this file was brought to was removed.")
            row.notes = list(done.notes)
            session.add(
                EditorAsset(
                    id=job,
                    ad_id=ad_id,
                    name=row.name,
                    kind="clip" if kind == "film" else kind,
                    title=row.title,
                    origin=ORIGIN,
                    media_id=put.id,
                    n_frames=done.n_frames,
                    width=done.width or None,
                    height=done.height or None,
                    about={"original": row.original_id, "sha256": original.sha256 if original else None, "notes": list(done.notes)},
                    created_at=self._clock(),
                )
            )
        return AssetKept(job)
