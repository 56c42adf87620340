"""What a durable job costs beyond its work: eight steps that do nothing, on both databases, beside a floor measured in the same run.

    python -m benchmarks.engine [--jobs 30] [--queued 100] [--databases sqlite postgresql]

    a job       from its beginning to its end, one after the other (median): eight checkpoints and two changes of state
    handed in   from handing it in to its end, one after the other (median); the worker looks at its queues four times a second
    queued      many at once: wall time divided by their number (ten run side by side)
    floor       eight bare INSERTs, each in a transaction of its own, in the same database: nothing durable can be cheaper

An ad has some eight steps of its own and takes a minute and more; the goal is that keeping it safe stays under a hundredth of that.
"""

import argparse
import os
import resource
import statistics
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

from benchmarks.nothing_to_do import STEPS, idle_job
from studio.jobs.desk import Desk
from studio.jobs.engine import JobEngine
from studio.jobs.worker import Worker
from studio.store.database import Database, connect
from studio.store.migrations import upgrade
from tests.postgres import postgres_cluster, run_sql

PATIENCE_S = 600.0


def main() -> None:
    """Print one row per database."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=30)
    parser.add_argument("--queued", type=int, default=100)
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"])
    args = parser.parse_args()
    print(f"{STEPS} steps, {os.cpu_count()} cores, load {os.getloadavg()[0]:.2f}; milliseconds")
    print(f"{'':<12}{'floor':>8}{'a job':>8}{'x floor':>9}{'handed in':>11}{'queued, each':>14}{'peak MB':>9}", flush=True)
    for kind in args.databases:
        with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
            address = f"sqlite:///{folder}/studio.db"
            if kind == "postgresql":
                cluster = stack.enter_context(postgres_cluster())
                run_sql(cluster, "CREATE DATABASE engine")
                address = f"{cluster}/engine"
            _measure(kind, address, Path(folder), args.jobs, args.queued)


def _measure(kind: str, address: str, folder: Path, n_jobs: int, n_queued: int) -> None:
    database = connect(address)
    upgrade(database.engine)
    engine = JobEngine(database.engine)
    engine.prepare()
    worker = Worker(engine, database.engine, folder / "work", None, rooms=("benchmarks",))
    worker.start()
    desk = Desk(engine, database.engine, folder / "work")
    try:
        _finish(desk, [_submit(database, desk)])  # everything is loaded
        floor_ms = _floor(database)
        running, waiting = [], []
        for _ in range(n_jobs):
            began = time.perf_counter()
            id = _submit(database, desk)
            _finish(desk, [id])
            waiting.append(1000 * (time.perf_counter() - began))
            row = desk.look(id).row
            assert row.started is not None
            assert row.finished is not None
            running.append(1000 * (row.finished - row.started))
        began = time.perf_counter()
        _finish(desk, [_submit(database, desk) for _ in range(n_queued)])
        queued_ms = 1000 * (time.perf_counter() - began) / n_queued
    finally:
        worker.stop()
        engine.close()
        database.close()
    job_ms, peak_mb = statistics.median(running), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = f"{kind:<12}{floor_ms:>8.1f}{job_ms:>8.1f}{job_ms / floor_ms:>9.1f}{statistics.median(waiting):>11.0f}"
    print(f"{line}{queued_ms:>14.1f}{peak_mb:>9.0f}", flush=True)


def _submit(database: Database, desk: Desk) -> str:
    id = uuid4().hex
    with database.writing() as session:
        desk.submit(session, id, owner=f"person {id[0]}", kind="idle", fn=idle_job, args=(0,))
    return id


def _finish(desk: Desk, ids: list[str]) -> None:
    deadline, left = time.monotonic() + PATIENCE_S, list(ids)
    while left:
        row = desk.rows.read(left[-1])
        if row.state.final:
            if row.result != STEPS:
                raise RuntimeError(f"a job ended as {row.state}: {row.error}")
            left.pop()
        elif time.monotonic() > deadline:
            raise RuntimeError("the jobs did not end")
        else:
            time.sleep(0.005)


def _floor(database: Database) -> float:
    """Milliseconds (median) for STEPS inserts, committed one by one."""
    took = []
    with database.engine.execution_options(writing=True).connect() as connection:
        connection.execute(sa.text("CREATE TABLE floor (id VARCHAR(64) PRIMARY KEY, value TEXT)"))
        connection.commit()
        for _ in range(30):
            began = time.perf_counter()
            for _ in range(STEPS):
                connection.execute(sa.text("INSERT INTO floor VALUES (:id, :value)"), {"id": uuid4().hex, "value": "x" * 200})
                connection.commit()
            took.append(1000 * (time.perf_counter() - began))
    return statistics.median(took)


if __name__ == "__main__":
    main()
