"""The application's side of clips that are being made again: each attempt goes to the media of the ad with how it fits and what it
measured, as soon as it is there; when all are there the best is marked, or nobody where that cannot be told.

Knows no HTTP, no queue and no model.
"""

import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.errors import NotFound
from studio.jobs.job_rows import JobState
from studio.jobs.regeneration_job import Regenerated, RegenerationKept
from studio.services.attempt_rows import fail, follow, positions_there
from studio.services.learned_weights import LearnedWeights
from studio.services.take_ranking import parts_alone, ranked
from studio.services.takes_keeper import scores_from
from studio.store.database import Database
from studio.store.media import Media
from studio.store.money import counted
from studio.store.tables import Generation, Regeneration, RegenerationAttempt, Status


class RegenerationsKeeper:
    """studio.services.keepers.KindKeeper for clips of an edit. Thread-safe."""

    def __init__(self, database: Database, media: Media, learned: LearnedWeights) -> None:
        self._database = database
        self._media = media
        self._learned = learned

    def changed(self, session: Session, generation: Generation, state: JobState) -> None:
        """Attempts that are not there yet follow their order."""
        follow(session, RegenerationAttempt, generation, state)

    def delivered(self, job: str) -> frozenset[int]:
        """Positions of the attempts that are there."""
        with self._database.reading() as session:
            return positions_there(session, RegenerationAttempt, job)

    def deliver(self, job: str, position: int, made: Any) -> str:
        """Keep an attempt, or what it failed with; its id. Raises NotFound when the ad was removed, DiskFull, StoreError."""
        with self._database.reading() as session:
            attempt = _attempt(session, job, position)
            owner_id = session.get_one(Generation, job).user_id
            ad_id = session.get_one(Regeneration, job).ad_id
        if attempt.status is Status.COMPLETED:
            return attempt.id
        if isinstance(made, Exception):
            with self._database.writing(lock=f"user:{owner_id}") as session:
                fail(_attempt(session, job, position), made)
            return attempt.id
        done: Regenerated = made
        video = self._media.put(done.clip.path, owner_id=owner_id, kind="clip", mime="video/mp4", made_for=ad_id)
        poster = self._media.put(done.poster, owner_id=owner_id, kind="thumbnail", mime="image/jpeg", made_for=ad_id)
        with self._database.writing(lock=f"user:{owner_id}") as session:
            row = _attempt(session, job, position)
            row.status, row.error_code, row.error_message = Status.COMPLETED, None, None
            row.video_id, row.thumbnail_id = video.id, poster.id
            row.n_frames, row.fps = done.clip.n_frames, done.clip.fps
            row.width, row.height = done.clip.width, done.clip.height
            row.model, row.seed = done.clip.made.model, done.clip.made.seed
            row.cost = counted(done.clip.made.cost_usd)
            row.made = _made(done)
            row.fit = {"cuts": [asdict(cut) for cut in done.fit.cuts], "correction": _correction(done)}
            if done.measures.scores:
                scores = scores_from(done.measures.scores)
                row.scores = json.loads(done.measures.scores)
                row.degenerate = [asdict(bad) for bad in scores.degenerate]
                row.overall, row.parts = parts_alone(scores, self._learned.in_force())
        return attempt.id

    def keep(self, job: str, made: Any) -> RegenerationKept:
        """Compare the attempts that are there and mark the best, where it can be told."""
        weights = self._learned.in_force()
        with self._database.reading() as session:
            rows = _there(session, job)
            owner_id = session.get_one(Generation, job).user_id
        scores = {row.id: scores_from(json.dumps(row.scores)) for row in rows if row.scores}
        found = ranked(scores, [row.id for row in rows], {row.id: str(row.position + 1) for row in rows}, weights)
        told = found.told
        if found.best is None and (nearest := _nearest(rows)):
            told = {**told, "sentence": f"{told['sentence']} {nearest}"}
        with self._database.writing(lock=f"user:{owner_id}") as session:
            session.get_one(Regeneration, job).ranking = told
            for row in _there(session, job):
                row.overall, row.parts = found.overall.get(row.id), found.parts.get(row.id, [])
                row.is_best = row.id == found.best
        return RegenerationKept(len(rows))


def distance(fit: dict[str, Any] | None) -> float | None:
    """How far an attempt's colours lie from its neighbours', on average over its cuts; None without neighbours."""
    cuts = (fit or {}).get("cuts") or []
    return sum(cut["matched"] for cut in cuts) / len(cuts) if cuts else None


def _nearest(rows: list[RegenerationAttempt]) -> str:
    """Of attempts that measure alike, which one fits best between its neighbours."""
    known = [(far, row.position) for row in rows if not row.degenerate and (far := distance(row.fit)) is not None]
    if len(known) < 2:
        return ""
    (far, position), (other, _) = sorted(known)[:2]
    if other - far < 0.5:
        return "Their colours fit about equally well."
    return f"Attempt {position + 1} lies nearest to the colours beside it (ΔE {far:.1f}; the next {other:.1f})."


def _attempt(session: Session, job: str, position: int) -> RegenerationAttempt:
    mine = (RegenerationAttempt.generation_id == job, RegenerationAttempt.position == position)
    found = session.scalars(select(RegenerationAttempt).where(*mine)).one_or_none()
    if found is None:
        raise NotFound("The ad that this clip was for was removed.")
    return found


def _there(session: Session, job: str) -> list[RegenerationAttempt]:
    mine = (RegenerationAttempt.generation_id == job, RegenerationAttempt.status == Status.COMPLETED)
    return list(session.scalars(select(RegenerationAttempt).where(*mine).order_by(RegenerationAttempt.position)))


def _correction(done: Regenerated) -> dict[str, Any] | None:
    found = done.fit.correction
    return None if found.unchanging else {**asdict(found), "spared": list(found.spared)}


def _made(done: Regenerated) -> dict[str, Any]:
    made = done.clip.made
    return {
        "model": made.model,
        "seed": made.seed,
        "prompt": done.prompt,
        "elapsed_s": round(made.elapsed_s, 2),
        "measured_s": done.measures.took_s,
        "fallback_from": list(made.fallback_from),
        "notes": [*made.notes, *done.measures.troubles],
    }
