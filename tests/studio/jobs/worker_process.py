"""A worker of the tests, in a process of its own that can be killed: prints its id when it takes work.

python -m tests.studio.jobs.worker_process <database> <work root> <lease seconds> <user> <shop's port or 0> [queues …]
"""

import logging
import sys
from pathlib import Path

from studio.jobs.engine import JobEngine
from studio.jobs.paid_calls import PaidCalls
from studio.jobs.worker import Worker, until_told_to_stop
from studio.store.database import connect
from tests.studio.jobs.fake_pipeline import FakeRuntime
from tests.studio.jobs.provider import RemoteShop


def main(address: str, work_root: str, lease_s: str, user: str, port: str, *queues: str) -> int:
    logging.basicConfig(level=logging.INFO, format="%(name)s %(levelname)s %(message)s")
    database = connect(address)
    runtime = FakeRuntime(PaidCalls(database), RemoteShop(int(port)) if int(port) else None, user)
    engine = JobEngine(database.engine, poll_s=0.1, lease_s=float(lease_s))
    worker = Worker(engine, database.engine, Path(work_root), runtime, rooms=("tests",))
    print(worker.start(queues), flush=True)
    let_go = False

    def stop() -> None:
        nonlocal let_go
        let_go = worker.stop()

    until_told_to_stop(stop)
    return 0 if let_go else 1


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
