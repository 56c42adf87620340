"""The application's side of an ad that is being made: its row follows its job, its files go to the media, its calls to the ledger.

A job's state and the ad's status change in one transaction, so no crash can come between them. Knows no HTTP and no queue.
"""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import ModelError
from models.till import Till
from pipelines.credentials import Signer
from pipelines.errors import PipelineError
from pipelines.recut import Recut
from studio import words
from studio.errors import NotFound, StudioError
from studio.jobs.ad_job import Kept
from studio.jobs.failures import JobFailure, from_json
from studio.jobs.job_rows import JobState
from studio.services.accounts import Accounts
from studio.services.ad_parts import keep_parts, mime_of
from studio.services.blueprints import blueprint_of, clips_of
from studio.services.provenance_keeping import Sealing
from studio.services.quality import keep_quality
from studio.services.spending import Spending
from studio.services.till import UserTill
from studio.services.versions import keep_version
from studio.store.database import Database
from studio.store.media import Media, MediaKind
from studio.store.tables import CANCELLED, AdPart, Clip, Generation, GenerationKind, MediaFile, Status
from studio.store.tables.jobs import jobs
from studio.store.times import Clock, utc_now

if TYPE_CHECKING:
    from pipelines.ad import Ad

CANCELLED_BY = "Cancelled by user"
"""PRD §14.2's words."""

STATUS_OF = {
    JobState.PENDING: Status.PENDING,
    JobState.PROCESSING: Status.PROCESSING,
    JobState.COMPLETED: Status.COMPLETED,
    JobState.FAILED: Status.FAILED,
    JobState.CANCELLED: Status.FAILED,
}


class AdKeeper:
    """What all generations have in common, and the keeping of ads; see keepers.py. A job's id is its generation's. Thread-safe."""

    def __init__(
        self,
        database: Database,
        media: Media,
        accounts: Accounts,
        spending: Spending,
        clock: Clock = utc_now,
        *,
        signer: Callable[[], Signer | None] = lambda: None,
    ) -> None:
        """signer: what films are signed with; None: they are not."""
        self._sealing = Sealing(database, media, signer, clock)
        self._database = database
        self._media = media
        self._accounts = accounts
        self._spending = spending
        self._clock = clock

    def changed(self, connection: sa.Connection, job: str, state: JobState, error: dict[str, Any] | None) -> None:
        """The ad's status, and with its end: when, how long, what it cost, and one more finished ad for its owner."""
        with Session(connection, join_transaction_mode="rollback_only") as session:
            ad = session.get(Generation, job)
            if ad is None:
                return
            ad.status = STATUS_OF[state]
            ad.completed_at, ad.error_code, ad.error_message = None, None, None
            if state.final:
                ad.completed_at = self._clock()
            if state is JobState.FAILED and error is not None:
                ad.error_code, ad.error_message = explained(from_json(error))
            if state is JobState.CANCELLED:
                ad.error_code, ad.error_message = CANCELLED, CANCELLED_BY
                ad.cancel_requested_at = ad.completed_at
            if state is JobState.COMPLETED:
                took = select(jobs.c.finished - jobs.c.started).where(jobs.c.id == job)
                ad.generation_time_seconds = round(session.scalar(took) or 0)
                if ad.kind is GenerationKind.AD:
                    self._accounts.add_completed(session, ad.user_id)
            session.flush()
            if state.final:
                self._spending.tally_in(session, job)
            session.flush()

    def till(self, job: str, place: str) -> Till:
        """Where the ad's owner pays for it. Raises NotFound when the ad was removed."""
        with self._database.reading() as session:
            owner_id = session.scalar(select(Generation.user_id).where(Generation.id == job))
        if owner_id is None:
            raise NotFound("There is no such ad.")
        return UserTill(self._spending, owner_id, place, job)

    def fetch(self, job: str, file: str, into: Path) -> Path:
        """A copy of the owner's file `file` in the folder `into`; of a team's, any that the order names, since members bring files, change
        and go. Raises NotFound, NotYours, MediaMissing."""
        with self._database.reading() as session:
            ad = session.get_one(Generation, job)
        found = self._media.find(file, owner_id=ad.user_id) if ad.team_id is None else self._media.named(file)
        into.mkdir(parents=True, exist_ok=True)
        with self._media.local(found) as there:
            return Path(shutil.copyfile(there, into / "brought"))

    def keep(self, job: str, made: "Ad | Recut") -> Kept:
        """Copy film, poster and every part of the edit to the media and write down what the ad is. Raises DiskFull, StoreError."""
        with self._database.reading() as session:
            ad = session.get_one(Generation, job)
        if ad.video_id and ad.thumbnail_id:  # kept just before a crash
            return Kept(ad.video_id, ad.thumbnail_id)
        self._media.remove_made_for(job)  # what an attempt that did not come to its end had put there
        try:
            sealed = self._sealing.seal(ad, made.path, made.recipe)
            video = self._put(ad, made.path, "video")
            poster = self._put(ad, made.poster, "thumbnail")
            write = self._version(ad, made, video.size) if isinstance(made, Recut) else self._ad(ad, made, video.size)
        except Exception:
            self._media.remove_made_for(job)
            raise
        with self._database.writing(lock=f"user:{ad.user_id}") as session:
            row = session.get_one(Generation, job)
            row.video_id, row.thumbnail_id = video.id, poster.id
            session.flush()
            write(session)
            if sealed is not None:
                session.merge(sealed)
                row.notes = [*row.notes, *filter(None, [sealed.credentials.get("why")])]
        return Kept(video.id, poster.id)

    def _ad(self, ad: Generation, made: "Ad", size_bytes: int) -> Callable[[Session], None]:
        """Put the parts of an ad that was made anew; what to write down then."""
        shots = [(self._put(ad, shot.still.path, "still"), self._put(ad, shot.clip.path, "clip")) for shot in made.media]
        there: dict[Path, MediaFile] = {}
        for shot, (still, clip) in zip(made.media, shots, strict=True):
            there |= {shot.still.path: still, shot.clip.path: clip}
        parts = keep_parts(ad.id, made.timeline, partial(self._put, ad), there)

        def write(session: Session) -> None:
            row = session.get_one(Generation, ad.id)
            row.duration = round(made.duration_s)
            row.framework = str(made.spec.ad_specifications.framework)
            row.num_scenes = len(made.spec.scenes)
            row.models, row.notes = list(made.models), list(made.notes)
            session.merge(blueprint_of(ad.id, made, size_bytes))
            session.execute(sa.delete(Clip).where(Clip.generation_id == ad.id))
            session.add_all(clips_of(ad.id, made, shots, self._clock()))
            session.execute(sa.delete(AdPart).where(AdPart.generation_id == ad.id))
            session.add_all(parts.rows)
            if made.quality is not None:
                keep_quality(session, ad.id, made.quality, self._clock())

        return write

    def _version(self, ad: Generation, made: Recut, size_bytes: int) -> Callable[[Session], None]:
        """Put the parts of an ad that was cut again; what to write down then."""
        parts = keep_parts(ad.id, made.timeline, partial(self._put, ad), {})
        return lambda session: keep_version(session, ad.id, made, parts, size_bytes, self._clock())

    def _put(self, ad: Generation, file: Path, kind: MediaKind) -> MediaFile:
        return self._media.put(file, owner_id=ad.user_id, kind=kind, mime=mime_of(file), made_for=ad.id)

    def keeps_folder(self, job: str) -> bool:
        """Film and poster are in the media; the rest was temporary (PRD NFR-010)."""
        return False


def explained(error: Exception) -> tuple[str, str]:
    """(code, sentence for people) of what ended an ad."""
    if isinstance(error, ModelError | PipelineError) and (error.code in words.ERRORS or error.code == "invalid_brief"):
        return error.code, words.sentence_for(error)
    if isinstance(error, StudioError) and not isinstance(error, JobFailure):
        return error.code, str(error)
    return "broken", words.ERRORS["broken"]
