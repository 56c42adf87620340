"""A worker of the tests, in a process of its own that can be killed: prints its id when it takes work.

python -m tests.studio.jobs.worker_process <database> <work root> <lease seconds> <user> <shop's port or 0> [queues …]
"""

import logging
import sys
from pathlib import Path

from studio.jobs.engine import JobEngine
from studio.jobs.paid_calls import PaidCalls
from studio.jobs.worker import Worker, serve
from studio.store.database import connect
from tests.studio.jobs.fake_pipeline import FakeRuntime
from tests.studio.jobs.provider import RemoteShop


def main(address: str, work_root: str, lease_s: str, user: str, port: str, *queues: str) -> int:
    logging.basicConfig(level=logging.INFO, format="%(name)s %(levelname)s %(message)s")
    database = connect(address)
    runtime = FakeRuntime(PaidCalls(database), RemoteShop(int(port)) if int(port) else None, user)
    engine = JobEngine(database.engine, poll_s=0.1, lease_s=float(lease_s))
    worker = Worker(engine, database.engine, Path(work_root), runtime, rooms=("tests",))
    return serve(worker, queues, started=lambda id: print(id, flush=True), close=lambda: print("closed", flush=True))


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
