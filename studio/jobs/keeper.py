"""What a job has to do with the rest of the application: its state is followed, and what it made is kept."""

from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa

from models.till import NoBooks, Till
from studio.jobs.job_rows import JobState


class Keeper(Protocol):
    """Follows jobs. A worker and every desk of one installation have the same one."""

    def changed(self, connection: sa.Connection, job: str, state: JobState, error: dict[str, Any] | None) -> None:
        """`job` is in another state from now on; within the transaction that changes it, so that both change or neither."""

    def till(self, job: str, place: str) -> Till:
        """Where `job` pays for what is bought at `place`: "<job>/<step>/<part>", the same after a restart."""

    def fetch(self, job: str, file: str, into: Path) -> Path:
        """A copy, in the folder `into`, of a file that the job's owner has."""

    def keep(self, job: str, made: Any) -> Any:
        """Take what the job made into keeping; what to answer its owner. Called again after a crash, it keeps nothing twice."""

    def keeps_folder(self, job: str) -> bool:
        """Whether the folder of a completed job is still needed."""


class Nobody:
    """Nobody follows these jobs: what they made stays in their folders."""

    def changed(self, connection: sa.Connection, job: str, state: JobState, error: dict[str, Any] | None) -> None:
        return None

    def till(self, job: str, place: str) -> Till:
        return NoBooks()

    def fetch(self, job: str, file: str, into: Path) -> Path:
        raise LookupError(f"Nobody keeps {file}.")

    def keep(self, job: str, made: Any) -> Any:
        return made

    def keeps_folder(self, job: str) -> bool:
        return True
