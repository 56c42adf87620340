"""The application's side of takes that are being made: each goes to the media with what it measured as soon as it is there, and when all
are there the best is marked.

    deliver   a take: film, poster, measures, its score alone            or what it failed with
    keep      all of them: scores that compare, the ranking, the mark    (weights: what people here have taught, see learned_weights)

Knows no HTTP, no queue and no model.
"""

import json
import logging
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from pipelines.credentials import Signer
from studio.jobs.job_rows import JobState
from studio.jobs.takes_job import Take, TakesKept
from studio.services.ad_checks import score_row
from studio.services.attempt_rows import fail, follow, positions_there
from studio.services.hero_briefs import Pictures, pictures_in
from studio.services.learned_weights import LearnedWeights
from studio.services.provenance_seal import sealed
from studio.services.quality import KEPT
from studio.services.take_ranking import Ranked, parts_alone, ranked
from studio.store.database import Database
from studio.store.media import Media
from studio.store.money import counted
from studio.store.tables import AttemptMetric, AttemptScores, Generation, GenerationGroup, Iteration, Status, VideoAttempt, new_id
from studio.store.times import Clock, utc_now

if TYPE_CHECKING:
    from eval.scores import Scores

log = logging.getLogger(__name__)


class TakesKeeper:
    """studio.services.keepers.KindKeeper for takes. Thread-safe."""

    def __init__(
        self,
        database: Database,
        media: Media,
        learned: LearnedWeights,
        clock: Clock = utc_now,
        *,
        signer: Callable[[], Signer | None] = lambda: None,
    ) -> None:
        """signer: what takes are signed with; None: they are not."""
        self._signer = signer
        self._database = database
        self._media = media
        self._learned = learned
        self._clock = clock

    def changed(self, session: Session, generation: Generation, state: JobState) -> None:
        """Takes that are not there yet follow their iteration."""
        follow(session, VideoAttempt, generation, state)

    def delivered(self, job: str) -> frozenset[int]:
        """Positions of the takes that are there."""
        with self._database.reading() as session:
            return positions_there(session, VideoAttempt, job)

    def deliver(self, job: str, position: int, made: Any) -> str:
        """Keep a take, or what it failed with; its id. Raises DiskFull, StoreError."""
        with self._database.reading() as session:
            attempt = _attempt(session, job, position)
            owner_id = session.get_one(Generation, job).user_id
        if attempt.status is Status.COMPLETED:
            return attempt.id
        if isinstance(made, Exception):
            with self._database.writing(lock=f"user:{owner_id}") as session:
                fail(_attempt(session, job, position), made)
            return attempt.id
        take: Take = made
        film, credentials = self._sealed(attempt, take)
        video = self._media.put(film, owner_id=owner_id, kind="clip", mime="video/mp4", made_for=job)
        poster = self._media.put(take.poster, owner_id=owner_id, kind="thumbnail", mime="image/jpeg", made_for=job)
        with self._database.writing(lock=f"user:{owner_id}") as session:
            row = _attempt(session, job, position)
            row.status, row.error_code, row.error_message = Status.COMPLETED, None, None
            row.video_id, row.thumbnail_id = video.id, poster.id
            row.n_frames, row.fps = take.clip.n_frames, take.clip.fps
            row.width, row.height = take.clip.width, take.clip.height
            row.model, row.seed = take.clip.made.model, take.clip.made.seed
            row.cost = counted(take.clip.made.cost_usd)
            row.made = _made(take) | {"credentials": credentials}
            self._keep_measures(session, row, take)
        return attempt.id

    def keep(self, job: str, made: Any) -> TakesKept:
        """Compare the takes that are there and mark the best, where its group wants that and it can be told."""
        weights = self._learned.in_force()
        with self._database.reading() as session:
            rows = _there(session, job)
            number = session.get_one(Iteration, job).number
            scores = {row.id: measured for row in rows if (measured := _scores(session, row.id)) is not None}
        places = {row.id: f"{number}.{row.position + 1}" for row in rows}
        found = ranked(scores, [row.id for row in rows], places, weights)
        with self._database.writing(lock=f"user:{self._owner(job)}") as session:
            iteration = session.get_one(Iteration, job)
            group = session.get_one(GenerationGroup, iteration.group_id)
            iteration.ranking = found.told
            for row in _there(session, job):
                _mark(session, row, found, group.auto_select)
        return TakesKept(len(rows))

    def _sealed(self, attempt: VideoAttempt, take: Take) -> tuple[Path, dict[str, Any]]:
        """The take with its credentials, beside the one that steps may still read; and how signing went (see Provenance.credentials)."""
        with self._database.reading() as session:
            frame = session.get_one(GenerationGroup, attempt.group_id).hero_frame
            still, pictures = (frame.model, pictures_in(frame.brief)) if frame else ("", Pictures())
        brought = not still or pictures != Pictures()
        shot = {"still": {"model": still}, "clip": {"model": take.clip.made.model}}
        film = Path(shutil.copyfile(take.clip.path, take.clip.path.with_name(f"{take.clip.path.stem}-signed.mp4")))
        return film, sealed(film, {"shots": [shot], "brief": {"product_image": brought}}, self._signer)

    def _keep_measures(self, session: Session, row: VideoAttempt, take: Take) -> None:
        for table in (AttemptMetric, AttemptScores):
            session.execute(delete(table).where(table.attempt_id == row.id))
        row.overall = None
        if not take.measures.scores:
            return
        scores = scores_from(take.measures.scores)
        for metric, score in scores.by_metric.items():
            values = score_row(0, metric, score)
            kept = {name: values[name] for name in KEPT if name != "scene"}
            session.add(AttemptMetric(attempt_id=row.id, reason=values["reason"][:500], created_at=self._clock(), **kept))
        row.overall, parts = parts_alone(scores, self._learned.in_force())
        degenerate = [asdict(bad) for bad in scores.degenerate]
        session.add(AttemptScores(attempt_id=row.id, scores=json.loads(take.measures.scores), parts=parts, degenerate=degenerate))

    def _owner(self, job: str) -> str:
        with self._database.reading() as session:
            return session.get_one(Generation, job).user_id


def attempts_for(group_id: str, generation: Generation, number: int, count: int, model: str) -> list[VideoAttempt]:
    """The rows of takes that are yet to be made."""
    return [
        VideoAttempt(
            id=new_id(),
            group_id=group_id,
            generation_id=generation.id,
            iteration_index=number,
            position=position,
            model=model,
            created_at=generation.created_at,
        )
        for position in range(count)
    ]


def scores_from(text: str) -> "Scores":
    """What was measured, as eval reads it."""
    from eval.scores import Scores

    return Scores.from_json(text)


def _scores(session: Session, attempt_id: str) -> "Scores | None":
    row = session.get(AttemptScores, attempt_id)
    return scores_from(json.dumps(row.scores)) if row else None


def _attempt(session: Session, job: str, position: int) -> VideoAttempt:
    mine = (VideoAttempt.generation_id == job, VideoAttempt.position == position)
    return session.scalars(select(VideoAttempt).where(*mine)).one()


def _there(session: Session, job: str) -> list[VideoAttempt]:
    mine = (VideoAttempt.generation_id == job, VideoAttempt.status == Status.COMPLETED)
    return list(session.scalars(select(VideoAttempt).where(*mine).order_by(VideoAttempt.position)))


def _mark(session: Session, row: VideoAttempt, found: Ranked, auto_select: bool) -> None:
    row.overall = found.overall.get(row.id)
    row.vbench_score_overall = found.exact.get(row.id)
    row.is_system_selected_best = auto_select and row.id == found.best
    measured = session.get(AttemptScores, row.id)
    if measured is not None:
        measured.parts = found.parts.get(row.id, [])


def _made(take: Take) -> dict[str, Any]:
    made = take.clip.made
    return {
        "model": made.model,
        "seed": made.seed,
        "prompt": take.prompt,
        "move": take.move,
        "strength": round(take.strength, 3),
        "variant": take.variant,
        "elapsed_s": round(made.elapsed_s, 2),
        "measured_s": take.measures.took_s,
        "fallback_from": list(made.fallback_from),
        "notes": [*made.notes, *take.measures.troubles],
    }
