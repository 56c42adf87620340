"""The one module that knows dbos: durable workflows on SQLite or PostgreSQL, behind the few verbs that jobs need.

`JobEngine` has two roles. Every process may enqueue, cancel and look: no workflow runs there. A worker also calls `launch`,
and from then on runs what its queues hold; inside its workflows it uses `checkpoint`, `start` and `Started`. It knows no
ads, no steps and no people; what it carries is plain JSON.

Facts of dbos 3.4 that shaped this module: its own version is a hash of the code, and a changed one leaves jobs lying, so
ours is pinned; priority 0 is the highest and the default, so it is always given; what is begun again without its queue goes
to an internal one, so queues are always named; it does not notice dead workers at all (see leases.py); an Exception is
recorded as the outcome, a BaseException is not, which is how a worker leaves work for another.
"""

import logging
import os
import socket
import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer, EnqueueOptions, PortableWorkflowError
from dbos import error as dbos_errors
from sqlalchemy.orm import Session

from studio.jobs import tables
from studio.jobs.failures import Abandoned, JobFailure, WorkerLost, as_json, from_json
from studio.jobs.leases import Leases, RunnerLock
from studio.jobs.queues import queues
from studio.jobs.quiet_logs import quiet
from studio.logs import bound

log = logging.getLogger(__name__)

Json = Any
Body = Callable[[str, Json], Json]
"""(workflow id, what it was enqueued with) → result."""

NAME = "adstudio"
VERSION = "engine-1"
"""Raised only when jobs that are half done cannot be carried on by the new code; those jobs then need the old release."""

POOL = 8
CLIENT_POOL = 4
BEGUN_AT_MOST = 20
"""How often a workflow is begun before it is given up: it takes its workers down, or they are replaced all the time."""

SUCCEEDED = "SUCCESS"
ACTIVE = ("ENQUEUED", "PENDING", "DELAYED")

WINDING_UP_S = 3.0
GLANCE_S = 0.5
"""Whoever looks whether somebody runs the jobs holds the lock for an instant (leases.at_work)."""


class _Carried(Exception):
    """An error on its way through dbos, which keeps `data` and the message."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.data = as_json(error)


class JobEngine:
    """Durable workflows in the database of `engine`. One launched instance per process; dbos is a singleton."""

    def __init__(self, engine: sa.Engine, *, poll_s: float = 0.25, lease_s: float = 30.0, ads_at_once: int | None = None) -> None:
        quiet()
        self._engine = engine
        self._url = engine.url.set(drivername=engine.dialect.name).render_as_string(hide_password=False)
        self.poll_s = poll_s
        self._lease_s = lease_s
        self._queues = queues(ads_at_once)
        self._clerk = DBOSClient(
            system_database_url=self._url,
            application_name=NAME,
            serializer=DBOSPortableJSONSerializer(),
            system_database_pool_size=CLIENT_POOL,
            sys_db_idle_transaction_timeout_sec=lease_s,
            lazy=True,
        )
        self._leases: Leases | None = None
        self._lock: RunnerLock | None = None
        self._running = 0
        self._quiet = threading.Condition()
        self.stopping = threading.Event()

    def prepare(self) -> None:
        """Make or upgrade the tables of dbos, in a store that is open. Every process calls it once; they wait for each other."""
        with self._engine.connect() as connection:
            if tables.is_postgres(connection):
                # Asked again and again, not waited for: dbos makes indexes concurrently, which waits for every statement under way.
                while not connection.scalar(sa.text("select pg_try_advisory_xact_lock(hashtext('job engine'))")):
                    connection.rollback()
                    time.sleep(0.2)
            DBOS.migrate(self._url)

    def close(self) -> None:
        """Give the connections back; `stop` before, in a worker."""
        self._clerk.destroy()

    # Any process -------------------------------------------------------------------------------------------------

    def enqueue(self, within: sa.Connection | Session, workflow: str, id: str, payload: Json, *, queue: str, priority: int) -> None:
        """Queue a workflow as part of the caller's transaction."""
        self._clerk.enqueue_in_transaction(within, _options(workflow, id, queue, priority), payload)

    def cancel(self, id: str) -> None:
        """Cancel a workflow and all it started; those running notice at their next check."""
        self._clerk.cancel_workflow(id, cancel_children=True)

    def again(self, id: str, queue: str, *, from_the_first: bool = False) -> None:
        """Carry a finished, failed or cancelled workflow on: what succeeded is kept, what comes after is done again. from_the_first:
        nothing is kept; what it had started must be forgotten before."""
        ends = time.monotonic() + WINDING_UP_S
        while self.statuses([id]).get(id) in ACTIVE and time.monotonic() < ends:
            time.sleep(0.05)  # its row says failed a moment before its record does
        steps = self._clerk.list_workflow_steps(id)  # errors come with the outputs, or not at all
        failed = [1] if from_the_first else [step["function_id"] for step in steps if step["error"] is not None]
        after_all = max((step["function_id"] for step in steps), default=0) + 1
        try:
            self._clerk.rewind_workflow(id, start_step=min(failed, default=after_all), queue_name=queue)
        except dbos_errors.DBOSException:
            if self.statuses([id]).get(id) not in ACTIVE:  # already under way again: somebody else was quicker
                raise

    def statuses(self, ids: Sequence[str] = (), *, prefix: str = "") -> dict[str, str]:
        """dbos' word for the state of each of these workflows, or of all whose id begins with `prefix`."""
        found = self._clerk.list_workflows(
            workflow_ids=list(ids) or None, workflow_id_prefix=prefix or None, load_input=False, load_output=False
        )
        return {status.workflow_id: status.status for status in found}

    def tasks(self) -> dict[tuple[str, str], int]:
        """How many workflows each queue holds: (queue, "waiting" or "running") → number; every queue is named."""
        found = {(row.name, state): 0 for row in self._queues for state in ("waiting", "running")}
        listed = self._clerk.list_workflows(status=list(ACTIVE), load_input=False, load_output=False)
        for status in listed:
            key = (str(status.queue_name), "running" if status.status == "PENDING" else "waiting")
            found[key] = found.get(key, 0) + 1
        return found

    def forget(self, id: str) -> None:
        """Delete a workflow with its history and all it started."""
        self._clerk.delete_workflow(id, delete_children=True)

    def forget_succeeded(self, workflow: str, older_s: float, at_most: int = 100) -> int:
        """Delete workflows of this name that have succeeded and were queued longer than `older_s` ago, with all they started;
        returns how many. The engine itself keeps everything for ever."""
        before = datetime.fromtimestamp(time.time() - older_s, UTC).isoformat()
        found = self._clerk.list_workflows(
            name=workflow, status=SUCCEEDED, end_time=before, limit=at_most, load_input=False, load_output=False
        )
        for status in found:
            self.forget(status.workflow_id)
        return len(found)

    # A worker ----------------------------------------------------------------------------------------------------

    def launch(self, workflows: Mapping[str, Body], queues: Sequence[str]) -> str:
        """Run what `queues` hold with `workflows`, which every worker knows all of. Returns this worker's id.

        Raises RunnerBusy when another process runs the jobs of this SQLite database. Call it from a thread without a running
        event loop: dbos refuses to register queues inside one.
        """
        on_postgres = tables.is_postgres(self._engine)
        executor = f"{socket.gethostname()[:60]}-{os.getpid()}-{uuid.uuid4().hex[:8]}" if on_postgres else "local"
        if on_postgres:
            self._leases = Leases(self._engine, executor, self._lease_s, _recover, queues)
            self._leases.take()
        else:
            self._lock = RunnerLock(Path(str(self._engine.url.database)).absolute())
            self._lock.take(GLANCE_S)
        DBOS(
            config=DBOSConfig(
                name=NAME,
                system_database_url=self._url,
                executor_id=executor,
                application_version=VERSION,
                sys_db_pool_size=POOL,
                serializer=DBOSPortableJSONSerializer(),
                sys_db_idle_transaction_timeout_sec=self._lease_s,
                run_migrations=False,
                log_level="WARNING",
            )
        )
        for name, body in workflows.items():
            DBOS.workflow(name=name, max_recovery_attempts=BEGUN_AT_MOST)(self._durable(body))
        try:
            DBOS.listen_queues(list(queues))
            DBOS.launch()
            for row in self._queues:
                DBOS.register_queue(
                    row.name, worker_concurrency=row.per_worker, global_concurrency=row.everywhere, polling_interval_sec=self.poll_s
                )
        except BaseException:
            self.stop(0.0)  # half a worker would hold the lock, and the process's one dbos
            raise
        if self._leases is not None:
            self._leases.start()
        log.info("Worker started.", extra={"worker": executor, "queues": " ".join(queues)})
        return executor

    def stop(self, grace_s: float = 10.0) -> bool:
        """Leave all work for another worker, or for the next start. True when everything here has let go within `grace_s`;
        otherwise the caller must end the process."""
        self.stopping.set()
        with self._quiet:
            let_go = self._quiet.wait_for(lambda: self._running == 0, timeout=grace_s)
        DBOS.destroy(destroy_registry=True)
        if self._leases is not None:
            self._leases.give_up()
        if self._lock is not None:
            self._lock.give_up()
        log.info("Worker stopped.", extra={"let_go": let_go})
        return let_go

    def stand_by(self) -> None:
        """Raise Abandoned when this process is to stop; wait while it cannot be sure that its work is still its own."""
        while not self.stopping.is_set():
            if self._leases is None or self._leases.holds():
                return
            time.sleep(0.05)
        raise Abandoned("This worker stops; the job goes on elsewhere.")

    def checkpoint(self, name: str, call: Callable[[], Json]) -> Json:
        """The result of `call()`; after a restart the recorded one. Errors are recorded and raised as themselves."""

        def carried() -> Json:
            try:
                return call()
            except Exception as error:
                raise _Carried(error) from error

        try:
            return DBOS.run_step({"name": name}, carried)
        except (_Carried, PortableWorkflowError) as error:
            raise _original(error) from error

    def start(self, workflow: str, id: str, payload: Json, *, queue: str, priority: int) -> "Started":
        """Queue a workflow from within another; after a restart the one that was queued before."""
        return Started(self, id, DBOS.enqueue_workflow_with_options(_options(workflow, id, queue, priority), payload))

    def _durable(self, body: Body) -> Callable[[Json], Json]:
        def run(payload: Json) -> Json:
            with self._quiet:
                self._running += 1
            try:
                with bound(**_told(payload), job=str(DBOS.workflow_id)):
                    self.stand_by()
                    return body(str(DBOS.workflow_id), payload)
            except Exception as error:
                raise _Carried(error) from error
            finally:
                with self._quiet:
                    self._running -= 1
                    self._quiet.notify_all()

        return run


class Started:
    """A workflow that another one waits for."""

    def __init__(self, engine: JobEngine, id: str, handle: Any) -> None:
        self._engine, self._id, self._handle = engine, id, handle

    def result(self, check: Callable[[], None]) -> Json:
        """Its result, or its error raised as itself. `check()` is called all the while. Raises WorkerLost when it was given up,
        JobFailure when it alone was cancelled."""
        self.wait(check)
        check()
        try:
            return self._handle.get_result(polling_interval_sec=self._engine.poll_s)
        except PortableWorkflowError as error:
            raise _original(error) from error
        except dbos_errors.DBOSAwaitedWorkflowCancelledError as error:
            raise JobFailure("A part of this job was cancelled; try the job again.") from error
        except dbos_errors.DBOSAwaitedWorkflowMaxRecoveryAttemptsExceeded as error:
            raise WorkerLost(f"A part of this job was begun {BEGUN_AT_MOST} times, and its worker ended each time.") from error

    def wait(self, check: Callable[[], None]) -> None:
        """Until it has ended, however; dbos' own waiting could not be interrupted."""
        while self._engine.statuses([self._id]).get(self._id) in ACTIVE:
            check()
            time.sleep(self._engine.poll_s)


def _told(payload: Json) -> dict[str, str]:
    """What went along with a job for the log; jobs of earlier releases have nothing."""
    told = payload.get("log") if isinstance(payload, dict) else None
    return told if isinstance(told, dict) else {}


def _options(workflow: str, id: str, queue: str, priority: int) -> EnqueueOptions:
    return {"workflow_name": workflow, "workflow_id": id, "queue_name": queue, "priority": priority, "app_version": VERSION}


def _recover(executor: str) -> None:
    """Queue again what a dead worker held. Private in dbos 3.4, whose public way needs its commercial service; it compares
    and sets the executor, so that doing it twice does no harm. tests/studio/jobs/test_two_workers.py holds the contract."""
    DBOS._recover_pending_workflows([executor])


def _original(error: Exception) -> Exception:
    if isinstance(error, _Carried) and isinstance(error.__cause__, Exception):
        return error.__cause__
    data = getattr(error, "data", None)
    return from_json(data) if isinstance(data, dict) and "type" in data else JobFailure(str(error))
