"""The folders in which jobs keep what they have made so far, and how long each is kept.

    pending, processing     as long as it takes
    failed, cancelled       for a retry, `keep_failed_s` seconds; a later retry begins at the first step (Desk.retry)
    completed               not at all, once its keeper has what it wants
    no such job             not at all

A folder is first renamed, in the transaction that sees that its job is over: a retry in the same instant finds it whole or not
at all, never half removed. It knows jobs and files, and no ads.
"""

import logging
import shutil
import time
from pathlib import Path

import sqlalchemy as sa

from studio.jobs.job_rows import JobState
from studio.jobs.keeper import Keeper
from studio.jobs.patience import in_transaction
from studio.jobs.tables import jobs, now

log = logging.getLogger(__name__)

GONE = ".gone-"
"""What the names of folders begin with that are being removed."""

STRANGER_S = 3600.0
"""Age from which a folder that no job knows is removed; it may belong to a program that somebody is just looking at."""


class WorkFolders:
    """The folders below `root`, each named after its job. Any number of processes may sweep at once."""

    def __init__(self, engine: sa.Engine, root: Path, keeper: Keeper, keep_failed_s: float) -> None:
        self._engine = engine
        self._root = root
        self._keeper = keeper
        self._keep_failed_s = keep_failed_s

    def sweep(self) -> list[str]:
        """Remove what is kept no longer; the names of these folders. Raises OSError when they cannot be listed."""
        if not self._root.is_dir():
            return []
        swept = [folder.name for folder in sorted(self._root.iterdir()) if folder.is_dir() and self._take_away(folder)]
        for gone in self._root.glob(f"{GONE}*"):
            shutil.rmtree(gone, ignore_errors=True)
        if swept:
            log.info("The work of %d jobs was removed.", len(swept))
        return swept

    def _take_away(self, folder: Path) -> bool:
        """Rename the folder, unless it is still needed."""
        if folder.name.startswith(GONE):
            return False

        def work(connection: sa.Connection) -> bool:
            query = sa.select(jobs.c.state, (now(connection) - jobs.c.finished).label("since")).where(jobs.c.id == folder.name)
            row = connection.execute(query.with_for_update()).one_or_none()
            if not (self._is_strange(folder) if row is None else self._is_over(folder.name, JobState(row.state), row.since)):
                return False
            try:
                folder.rename(folder.with_name(f"{GONE}{folder.name}"))
            except FileNotFoundError:  # another process was quicker
                return False
            return True

        return in_transaction(self._engine, work)

    def _is_over(self, job: str, state: JobState, since_s: float | None) -> bool:
        if state is JobState.COMPLETED:
            return not self._keeper.keeps_folder(job)
        return state.final and since_s is not None and since_s > self._keep_failed_s

    def _is_strange(self, folder: Path) -> bool:
        try:
            return time.time() - folder.stat().st_mtime > STRANGER_S
        except FileNotFoundError:
            return False
