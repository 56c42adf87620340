"""What a job has to do with the rest of the application: its state is followed, and what it made is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa

from models.till import NoBooks, Till
from studio.jobs.job_rows import JobState


@dataclass(frozen=True)
class LentShot:
    """A shot that another job made. lender: what its owner calls that one. still, clip: files in the media, "" where it failed to make
    them; ending: of the still's name. still_by, clip_by: the models."""

    lender: str
    still: str = ""
    clip: str = ""
    ending: str = ".png"
    still_by: str = ""
    clip_by: str = ""


class Keeper(Protocol):
    """Follows jobs. A worker and every desk of one installation have the same one."""

    def changed(self, connection: sa.Connection, job: str, state: JobState, error: dict[str, Any] | None) -> None:
        """`job` is in another state from now on; within the transaction that changes it, so that both change or neither."""

    def till(self, job: str, place: str) -> Till:
        """Where `job` pays for what is bought at `place`: "<job>/<step>/<part>", the same after a restart."""

    def fetch(self, job: str, file: str, into: Path) -> Path:
        """A copy, in the folder `into`, of a file that the job's owner has."""

    def deliver(self, job: str, position: int, made: Any) -> Any:
        """Take one of several things that the job makes into keeping, as soon as it is there: its owner sees it while the others are
        still being made, and it survives a crash. position: which one, from 0. What to answer for it; called again, it keeps nothing
        twice."""

    def delivered(self, job: str) -> frozenset[int]:
        """The positions of what was delivered before: a job that begins again need not make them."""

    def lent(self, job: str, keys: Mapping[str, str]) -> "Mapping[str, LentShot] | None":
        """What other jobs of the same set have made of these shots (shot → key), by this job's shot; None as long as one that was begun
        before it is still making one of them."""

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

    def deliver(self, job: str, position: int, made: Any) -> Any:
        return made

    def delivered(self, job: str) -> frozenset[int]:
        return frozenset()

    def lent(self, job: str, keys: Mapping[str, str]) -> Mapping[str, LentShot] | None:
        return {}

    def keep(self, job: str, made: Any) -> Any:
        return made

    def keeps_folder(self, job: str) -> bool:
        return True
