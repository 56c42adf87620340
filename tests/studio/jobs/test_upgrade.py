"""A new release carries on what an old one left half done: same steps by name, same values by codec, same engine version."""

import gzip
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from studio.jobs.desk import Desk
from studio.jobs.engine import JobEngine
from studio.jobs.job_rows import JobState
from studio.store.database import connect
from studio.store.migrations import upgrade
from tests.studio.jobs.conftest import House
from tests.studio.jobs.golden_history import GOLDEN, ROOT_THEN, moved
from tests.studio.jobs.test_carrying_on import result_of


@pytest.mark.parametrize("file", sorted(GOLDEN.glob("half_done_*.db.gz")), ids=lambda file: file.name)
def test_half_done_by_an_earlier_release(file: Path, tmp_path: Path) -> None:
    place = tmp_path / "studio.db"
    with gzip.open(file) as packed, place.open("wb") as plain:
        shutil.copyfileobj(packed, plain)
    moved(place, ROOT_THEN, str(tmp_path))
    with closing(sqlite3.connect(place)) as opened:
        ((job,),) = opened.execute("SELECT id FROM jobs").fetchall()
    for folder in ("control", "work"):
        (tmp_path / folder / job).mkdir(parents=True)
    for shot in ("s0", "s2"):  # what its worker had made lies in its folder
        (tmp_path / "work" / job / f"{shot}.txt").write_text(shot)

    database = connect(f"sqlite:///{place}")
    upgrade(database.engine)
    engine = JobEngine(database.engine)
    engine.prepare()
    house = House(f"sqlite:///{place}", tmp_path, database, Desk(engine, database.engine, tmp_path / "work"), engine)
    try:
        house.worker()
        house.wait_for(job, JobState.COMPLETED)
        assert result_of(house, job).path.read_text() == "s0s1s2"
        assert house.calls(job) == ["s1", "done s1", "compose"]  # nothing that was on record is done again
    finally:
        house.close()
