"""A worker: takes jobs and parts of jobs from its queues and runs them, until it is told to stop.

Embedded, the web process starts one; in production there is `python -m studio worker --queues …`, any number of them. All
know the same two workflows, `job` and `part`; what these call is looked up by name when it is called, so that a worker for
clips never imports what only the composer needs.
"""

import logging
import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import sqlalchemy as sa

from models.errors import Cancelled, ModelError
from pipelines.errors import PipelineError
from studio.jobs.desk import JOB, Desk
from studio.jobs.durable_run import PART, Bench, DurableRun, JobTools, timed
from studio.jobs.engine import JobEngine, Json
from studio.jobs.failures import Abandoned, JobFailure, as_json
from studio.jobs.job_rows import JobState
from studio.jobs.keeper import Keeper
from studio.jobs.patience import patiently
from studio.jobs.queues import names
from studio.jobs.references import ROOMS, find
from studio.jobs.values import Codec
from studio.jobs.work_folders import WorkFolders

log = logging.getLogger(__name__)

MEND_EVERY_S = 15.0
SWEEP_EVERY_S = 600.0
KEEP_FAILED_S = 86_400.0
"""How long the folder of a failed job is kept for a retry (PRD §17.3: temporary files, one day)."""


class Worker:
    """Runs jobs in this process. runtime: the door to the models, handed to every step. rooms: packages steps may be in.
    keep_failed_s: seconds for which the folder of a failed or cancelled job is kept. chores: called every few seconds as well.
    """

    def __init__(
        self,
        engine: JobEngine,
        database: sa.Engine,
        work_root: Path,
        runtime: Any,
        *,
        keeper: Keeper | None = None,
        rooms: tuple[str, ...] = ROOMS,
        keep_failed_s: float = KEEP_FAILED_S,
        chores: Sequence[Callable[[], object]] = (),
    ) -> None:
        self._engine = engine
        self._desk = Desk(engine, database, work_root, keeper)
        self._bench = Bench(engine, self._desk.rows, self._desk.progress, runtime, work_root, self._desk.keeper)
        self._folders = WorkFolders(database, work_root, self._desk.keeper, keep_failed_s)
        self._rooms = rooms
        self._chores = tuple(chores)
        self._mender = threading.Thread(target=self._mend, name="mend", daemon=True)

    def start(self, queues: Sequence[str] = ()) -> str:
        """Begin to take work from `queues` (default: all); returns this worker's id. Raises RunnerBusy."""
        executor = self._engine.launch({JOB: self._job, PART: self._part}, queues or names())
        self._mender.start()
        return executor

    def stop(self, grace_s: float = 10.0) -> bool:
        """Let go of all work, which goes on elsewhere or after the next start; see JobEngine.stop."""
        return self._engine.stop(grace_s)

    def _job(self, id: str, payload: Json) -> Json:
        attempt = self._bench.rows.begin(id)
        if attempt is None:
            return self._over(id)
        run = DurableRun(self._bench, id, attempt, priority=patiently(lambda: self._bench.rows.read(id)).priority)
        try:
            fn = find(payload["fn"], self._rooms)
            run.codec.learn(fn)
            result = run.codec.encode(fn(run, *(run.codec.decode(arg) for arg in payload["args"])), "result")
        except (Cancelled, Abandoned) as error:
            self._give_way(run, id, error)
        except Exception as error:
            run.drain()
            _tell(f"Job {id}", error)
            self._bench.rows.end(id, attempt, JobState.FAILED, error=as_json(error))
            raise
        self._bench.rows.end(id, attempt, JobState.COMPLETED, result=result)
        self._tidy(id)
        return result

    def _part(self, id: str, payload: Json) -> Json:
        _, attempt = patiently(lambda: self._bench.rows.standing(payload["job"]))
        tools = JobTools(self._bench, payload["job"], attempt, payload["name"], payload["part"], payload["parts"])
        codec = Codec()
        try:
            fn = find(payload["fn"], self._rooms)
            codec.learn(fn)
            return timed(tools, fn, [codec.decode(arg) for arg in payload["args"]], codec)
        except (Cancelled, Abandoned) as error:
            self._give_way(tools, id, error)
        except Exception as error:
            _tell(f"Part {id}", error)
            raise

    def _over(self, id: str) -> Json:
        """The job had ended when this process took it: cancelled, or by a worker that died before it could say so."""
        row = patiently(lambda: self._bench.rows.read(id))
        if row.state is JobState.CANCELLED:
            raise Abandoned(f"Job {id} was cancelled.")
        self._tidy(id)
        return row.result

    def _tidy(self, id: str) -> None:
        """A completed job's folder goes, once nothing can be begun again that needs it; failed ones may be tried again."""
        row = patiently(lambda: self._bench.rows.read(id))
        if row.state is JobState.COMPLETED and not self._bench.keeper.keeps_folder(id):
            shutil.rmtree(self._bench.work_root / id, ignore_errors=True)

    def _give_way(self, tools: JobTools, id: str, error: BaseException) -> NoReturn:
        """Leave no record of work that was cancelled, or that another process goes on with. A step that says it was cancelled
        although nobody asked has failed. The engine is left alone: by now the same id may be a new attempt."""
        if isinstance(error, Cancelled):
            if not tools.unwanted():
                raise JobFailure("A step stopped as if it had been cancelled, but nobody cancelled it.") from error
            raise Abandoned(f"{id} was cancelled.") from error
        raise error

    def _mend(self) -> None:
        swept = -SWEEP_EVERY_S
        while not self._engine.stopping.wait(MEND_EVERY_S):
            try:
                self._desk.mend()
                if time.monotonic() - swept >= SWEEP_EVERY_S:
                    swept = time.monotonic()
                    self._folders.sweep()
                for chore in self._chores:
                    chore()
            except (sa.exc.DBAPIError, OSError) as error:
                log.warning("Jobs could not be put in order (%s: %s).", type(error).__name__, error)


def serve(worker: Worker, queues: Sequence[str], started: Callable[[str], None], close: Callable[[], None]) -> int:
    """Run jobs in this process until SIGTERM or SIGINT; returns the exit status. Call from the main thread.

    started(id) is called once work is taken. close() frees what the runtime holds: rendering processes end, and with them
    whatever did not hear of the stop; threads that even then hold on to their work end with the process, at once.
    """
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    started(worker.start(queues))
    told.wait()
    let_go = worker.stop()
    close()
    if not let_go:
        log.warning("Some work did not stop in time; it is left to the next worker.")
        logging.shutdown()
        os._exit(0)
    return 0


def _tell(what: str, error: Exception) -> None:
    if isinstance(error, ModelError | PipelineError | JobFailure):
        log.warning("%s failed: %s", what, error)
    else:
        log.error("%s broke", what, exc_info=error)
