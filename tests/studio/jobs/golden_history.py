"""A job that an earlier release left half done: `python -m tests.studio.jobs.golden_history` leaves one, with this release's code.

Run it once per release, before jobs, steps or the engine change shape; never rewrite an old file. The database is that of a worker
killed while shot s1 was under way, with the plan, the sound and the shots s0 and s2 on record. Paths in it begin with ROOT_THEN.
"""

import gzip
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from studio.jobs.desk import Desk
from studio.jobs.engine import SUCCEEDED, JobEngine
from studio.store.database import connect
from tests.postgres import migrate
from tests.studio.jobs.conftest import House, settle

GOLDEN = Path(__file__).parents[2] / "golden"
ROOT_THEN = "/where-it-was-made"
TEXTS = (("workflow_input", "inputs"), ("workflow_output", "output"), ("operation_outputs", "output"))


def moved(file: Path, old: str, new: str) -> None:
    """Let every path in the histories begin with `new` instead of `old`."""
    with closing(sqlite3.connect(file)) as database, database:
        for table, column in TEXTS:
            database.execute(f"UPDATE {table} SET {column} = replace({column}, ?, ?)", (old, new))


def main(name: str = "half_done_1.db.gz") -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        file = folder / "studio.db"
        migrate(f"sqlite:///{file}", engine=True)
        settle(f"sqlite:///{file}")
        database = connect(f"sqlite:///{file}")
        engine = JobEngine(database.engine)
        house = House(f"sqlite:///{file}", folder, database, Desk(engine, database.engine, folder / "work"), engine)
        try:
            job = house.submit("hold-s1", owner="ann")
            worker = house.worker()
            house.wait_for_call(job, "at s1")
            parts = [f"{job}:sound", f"{job}:visuals:0", f"{job}:visuals:2"]
            house.wait(lambda: set(engine.statuses(parts).values()) == {SUCCEEDED})
            house.kill(worker.pid)
        finally:
            house.close()
        copy = folder / "copy.db"
        with closing(sqlite3.connect(file)) as there, closing(sqlite3.connect(copy)) as target:
            there.backup(target)
        moved(copy, str(folder), ROOT_THEN)
        with closing(sqlite3.connect(copy)) as target:
            target.execute("PRAGMA journal_mode=DELETE")
            target.execute("VACUUM")
        with copy.open("rb") as plain, gzip.GzipFile(GOLDEN / name, "wb", mtime=0) as packed:
            shutil.copyfileobj(plain, packed)


if __name__ == "__main__":
    main()
