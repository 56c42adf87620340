"""A worker of the tests, in a process of its own that can be killed: prints its id when it takes work.

python -m tests.studio.jobs.worker_process <database> <work root> <lease seconds> <user> <shop's port or 0> [queues …]
"""

import logging
import sys
from decimal import Decimal
from pathlib import Path

from models.catalog import ModelRow
from studio.jobs.engine import JobEngine
from studio.jobs.keeper import Nobody
from studio.jobs.worker import Worker, serve
from studio.services.prices import Prices
from studio.services.spending import Caps, Spending
from studio.services.till import UserTill
from studio.store.database import connect
from tests.studio.jobs.fake_pipeline import FakeRuntime
from tests.studio.jobs.provider import RemoteShop

REMOTE = ModelRow("remote-video", ("video",), "none", "Remote video", "terms", price_per_image=Decimal("0.25"), traceable=True)


class Shopper(Nobody):
    """Everything is bought by one person."""

    def __init__(self, spending: Spending, user: str) -> None:
        self.spending, self.user = spending, user

    def till(self, job: str, place: str) -> UserTill:
        return UserTill(self.spending, self.user, place)


def main(address: str, work_root: str, lease_s: str, user: str, port: str, *queues: str) -> int:
    logging.basicConfig(level=logging.INFO, format="%(name)s %(levelname)s %(message)s")
    database = connect(address)
    runtime = FakeRuntime(RemoteShop(int(port)) if int(port) else None)
    keeper = Shopper(Spending(database, Prices((REMOTE,)), Caps(Decimal(5), Decimal(50))), user)
    engine = JobEngine(database.engine, poll_s=0.1, lease_s=float(lease_s))
    worker = Worker(engine, database.engine, Path(work_root), runtime, keeper=keeper, rooms=("tests",))
    return serve(worker, queues, started=lambda id: print(id, flush=True), close=lambda: print("closed", flush=True))


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
