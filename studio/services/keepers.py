"""The application's side of every job: one keeper in front, and behind it one for each kind of generation.

    job ─▶ Keepers ─┬─ AdKeeper     what all have in common (status, end, cost, till, files), and ads themselves
                    └─ by kind      hero sets, takes: what they deliver one by one, and what their rows follow

Which one is asked is read from the generation (its id is the job's). Knows no HTTP and no queue.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.till import Till
from studio.jobs.job_rows import JobState
from studio.jobs.keeper import LentShot
from studio.services.ad_keeper import AdKeeper
from studio.services.variant_lending import lent_to
from studio.store.database import Database
from studio.store.tables import Generation, GenerationKind


class KindKeeper(Protocol):
    """What is peculiar to one kind of generation. Thread-safe."""

    def changed(self, session: Session, generation: Generation, state: JobState) -> None:
        """The generation has just followed its job to `state` (its own row is up to date); let its other rows follow. Within the
        same transaction."""

    def deliver(self, job: str, position: int, made: Any) -> Any:
        """See studio.jobs.keeper.Keeper."""

    def delivered(self, job: str) -> frozenset[int]:
        """See studio.jobs.keeper.Keeper."""

    def keep(self, job: str, made: Any) -> Any:
        """See studio.jobs.keeper.Keeper."""


class Keepers:
    """studio.jobs.keeper.Keeper of this installation. others: for every kind but ads. Thread-safe."""

    def __init__(self, database: Database, ads: AdKeeper, others: Mapping[GenerationKind, KindKeeper]) -> None:
        self._database = database
        self._ads = ads
        self._others = others

    def changed(self, connection: sa.Connection, job: str, state: JobState, error: dict[str, Any] | None) -> None:
        """What every generation does when its job changes, then what its kind does."""
        self._ads.changed(connection, job, state, error)
        with Session(connection, join_transaction_mode="rollback_only") as session:
            generation = session.get(Generation, job)
            if generation is not None and generation.kind in self._others:
                self._others[generation.kind].changed(session, generation, state)
                session.flush()

    def till(self, job: str, place: str) -> Till:
        """Where the job's owner pays. Raises NotFound when the generation was removed."""
        return self._ads.till(job, place)

    def fetch(self, job: str, file: str, into: Path) -> Path:
        """A copy of the owner's file `file` in the folder `into`. Raises NotFound, NotYours, MediaMissing."""
        return self._ads.fetch(job, file, into)

    def deliver(self, job: str, position: int, made: Any) -> Any:
        """Into the keeping of the job's kind. Raises TypeError for an ad, which is kept whole."""
        keeper = self._others.get(self._kind(job))
        if keeper is None:
            raise TypeError("An ad is kept whole; its parts are not delivered one by one.")
        return keeper.deliver(job, position, made)

    def delivered(self, job: str) -> frozenset[int]:
        """Nothing of an ad."""
        keeper = self._others.get(self._kind(job))
        return keeper.delivered(job) if keeper is not None else frozenset()

    def lent(self, job: str, keys: Mapping[str, str]) -> Mapping[str, LentShot] | None:
        """What other ads of the same set lend."""
        return lent_to(self._database, job, keys)

    def keep(self, job: str, made: Any) -> Any:
        """Into the keeping of the job's kind."""
        return (self._others.get(self._kind(job)) or self._ads).keep(job, made)

    def keeps_folder(self, job: str) -> bool:
        """What is worth keeping of a completed job is in the media."""
        return self._ads.keeps_folder(job)

    def _kind(self, job: str) -> GenerationKind:
        with self._database.reading() as session:
            return session.scalar(sa.select(Generation.kind).where(Generation.id == job)) or GenerationKind.AD
