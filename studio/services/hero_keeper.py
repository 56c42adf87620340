"""The application's side of hero frames that are being made: each goes to the media as soon as it is there, its row says what it is.

Knows no HTTP, no queue and no model.
"""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.jobs.hero_job import Delivery, HeroKept
from studio.jobs.job_rows import JobState
from studio.services.ad_keeper import STATUS_OF, explained
from studio.services.hero_briefs import found, kept, kept_ask
from studio.store.database import Database
from studio.store.media import Media
from studio.store.money import counted
from studio.store.tables import Generation, HeroFrame, MediaFile, Status

PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}


class HeroKeeper:
    """studio.services.keepers.KindKeeper for hero frames. Thread-safe."""

    def __init__(self, database: Database, media: Media) -> None:
        self._database = database
        self._media = media

    def changed(self, session: Session, generation: Generation, state: JobState) -> None:
        """Frames that are not there yet follow their set."""
        mine = select(HeroFrame).where(HeroFrame.set_id == generation.id, HeroFrame.status != Status.COMPLETED)
        for frame in session.scalars(mine):
            if state.final and frame.error_code:
                continue  # it failed by itself, and says why
            frame.status = STATUS_OF[state]
            frame.error_code, frame.error_message = generation.error_code, generation.error_message

    def delivered(self, job: str) -> frozenset[int]:
        """Positions of the frames that are there."""
        with self._database.reading() as session:
            there = (HeroFrame.set_id == job, HeroFrame.status == Status.COMPLETED)
            return frozenset(session.scalars(select(HeroFrame.position).where(*there)))

    def deliver(self, job: str, position: int, made: Any) -> str:
        """Keep a candidate, or what it failed with; its id. Raises DiskFull, StoreError."""
        with self._database.reading() as session:
            frame = _frame(session, job, position)
        if frame.status is Status.COMPLETED:
            return frame.id
        if isinstance(made, Exception):
            with self._database.writing(lock=f"user:{frame.user_id}") as session:
                row = _frame(session, job, position)
                row.status = Status.FAILED
                row.error_code, row.error_message = explained(made)
            return frame.id
        delivery: Delivery = made
        candidate = delivery.candidate
        image, thumbnail = self._put(frame, candidate.still.path, "still"), self._put(frame, delivery.thumbnail, "thumbnail")
        with self._database.writing(lock=f"user:{frame.user_id}") as session:
            row = _frame(session, job, position)
            row.status, row.error_code, row.error_message = Status.COMPLETED, None, None
            row.image_id, row.thumbnail_id = image.id, thumbnail.id
            row.width, row.height = candidate.still.width, candidate.still.height
            row.model, row.seed = candidate.still.made.model, candidate.ask.seed
            row.prompt, row.enhanced_prompt = candidate.brief.prompt, delivery.enhanced or None
            row.cost = counted(candidate.still.made.cost_usd)
            row.brief = row.brief | kept(candidate.brief, found(row.brief)[1]) | {"ask": kept_ask(candidate.ask)}
            row.made = told(delivery)
        return frame.id

    def keep(self, job: str, made: Any) -> HeroKept:
        """Write down of the set what made it and what is to be said about it."""
        with self._database.reading() as session:
            owner_id = session.get_one(Generation, job).user_id
        with self._database.writing(lock=f"user:{owner_id}") as session:
            generation = session.get_one(Generation, job)
            rows = session.scalars(select(HeroFrame).where(HeroFrame.set_id == job).order_by(HeroFrame.position)).all()
            generation.models = list(dict.fromkeys(row.model for row in rows))
            generation.notes = list(dict.fromkeys(note for row in rows for note in (row.made or {}).get("notes", ())))
            return HeroKept(len(rows))

    def _put(self, frame: HeroFrame, file: Path, kind: Any) -> MediaFile:
        return self._media.put(file, owner_id=frame.user_id, kind=kind, mime=PICTURES[file.suffix.lower()], made_for=frame.set_id)


def told(delivery: Delivery) -> dict[str, Any]:
    """How a candidate came about, for whoever wants to know or to make it again."""
    made, ask = delivery.candidate.still.made, delivery.candidate.ask
    return {
        "seconds": round(made.elapsed_s, 1),
        "asked": {
            "prompt": ask.prompt,
            "negative_prompt": ask.negative_prompt,
            "framing": asdict(ask.framing),
            "palette": list(ask.palette),
            "references": len(ask.references),
            "controls": len(ask.controls),
        },
        "cached": made.cached,
        "fallback_from": list(made.fallback_from),
        "notes": list(delivery.notes),
    }


def _frame(session: Session, job: str, position: int) -> HeroFrame:
    return session.scalars(select(HeroFrame).where(HeroFrame.set_id == job, HeroFrame.position == position)).one()
