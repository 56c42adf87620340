"""A house to test jobs in: a database of either kind with every table, a desk, and worker processes that end with the test."""

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO
from uuid import uuid4

import pytest

from studio.jobs.desk import Desk, Standing
from studio.jobs.engine import JobEngine
from studio.jobs.job_rows import JobState
from studio.store.database import Database, connect
from studio.store.tables import User
from tests.postgres import KINDS, copy_database, run_sql
from tests.preloaded import Started, start
from tests.studio.jobs.fake_pipeline import Wish, fake_ad
from tests.studio.jobs.provider import RemoteShop

LEASE_S = 3.0
PATIENCE_S = 240.0
SHOPPER = "u-shopper"


def settle(address: str) -> None:
    """One person who may buy, in a migrated database."""
    database = connect(address)
    with database.writing() as session:
        session.add(
            User(
                id=SHOPPER,
                username="Shopper",
                username_key="shopper",
                password_hash="",
                total_cost=Decimal(0),
                created_at=datetime.now(UTC),
            )
        )
    database.close()


@pytest.fixture(scope="session")
def sqlite_with_jobs(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("jobs") / "studio.db"
    shutil.copy(migrated_sqlite, file)
    settle(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_with_jobs(postgres: str, migrated_postgres: str) -> str:
    copy_database(postgres, migrated_postgres, "with_jobs")
    settle(f"{postgres}/with_jobs")
    return "with_jobs"


@dataclass
class House:
    """One database, one desk, any number of worker processes, and at most one shop."""

    address: str
    folder: Path
    database: Database
    desk: Desk
    engine: JobEngine
    shop_port: int = 0
    ids: list[str] = field(default_factory=list)
    processes: list[Started] = field(default_factory=list)

    def worker(self, *queues: str) -> Started:
        """A worker that takes work already."""
        log = (self.folder / f"worker-{len(self.processes)}.log").open("w")
        command = [self.address, str(self.folder / "work"), str(LEASE_S), SHOPPER, str(self.shop_port), *queues]
        process = self._start("tests.studio.jobs.worker_process", *command, stderr=log)
        self.ids.append(process.stdout.readline().strip())
        assert self.ids[-1], self.logs()
        return process

    def open_shop(self, accepting_s: float = 0.0) -> RemoteShop:
        """A provider in a process of its own."""
        process = self._start("tests.studio.jobs.provider", str(accepting_s), stderr=None)
        self.shop_port = int(process.stdout.readline())
        return RemoteShop(self.shop_port)

    def submit(self, *switches: str, owner: str = "ann", shots: int = 3, kind: str = "short") -> str:
        """Hand in a fake ad; `switches` are files of its control folder."""
        job = uuid4().hex[:12]
        control = self.control(job)
        control.mkdir(parents=True)
        for switch in switches:
            (control / switch).touch()
        with self.database.writing() as session:
            self.desk.submit(session, job, owner=owner, kind=kind, fn=fake_ad, args=(Wish(control=control, shots=shots),))
        return job

    def control(self, job: str) -> Path:
        return self.folder / "control" / job

    def release(self, job: str, *switches: str) -> None:
        for switch in switches:
            (self.control(job) / switch).unlink()

    def calls(self, job: str) -> list[str]:
        """What was called, in order, without processes and times."""
        return [line.split("|")[0] for line in self._lines(job)]

    def at_work(self, job: str, what: str) -> int:
        """The process that said `what` last."""
        return next(int(line.split("|")[1]) for line in reversed(self._lines(job)) if line.startswith(what + "|"))

    def kill(self, pid: int) -> None:
        """Kill -9, and wait until it is gone."""
        os.kill(pid, signal.SIGKILL)
        next(process for process in self.processes if process.pid == pid).wait(timeout=PATIENCE_S)

    def called_at(self, job: str, what: str) -> float:
        return next(float(line.split("|")[2]) for line in self._lines(job) if line.startswith(what + "|"))

    def _lines(self, job: str) -> list[str]:
        log = self.control(job) / "calls"
        return log.read_text().splitlines() if log.exists() else []

    def wait(self, what: Callable[[], bool]) -> None:
        ends = time.monotonic() + PATIENCE_S
        while not what():
            assert time.monotonic() < ends, self.logs()
            time.sleep(0.03)

    def wait_for_call(self, job: str, *whats: str) -> None:
        self.wait(lambda: set(whats) <= set(self.calls(job)))

    def wait_for(self, job: str, state: JobState) -> Standing:
        self.wait(lambda: self.desk.look(job).row.state in (state, JobState.FAILED))
        standing = self.desk.look(job)
        assert standing.row.state is state, (standing, self.logs())
        return standing

    def wait_for_end_of(self, process: Started) -> int:
        return process.wait(timeout=PATIENCE_S)

    def logs(self) -> str:
        return "\n".join(f"--- {log.name}\n{log.read_text()[-3000:]}" for log in sorted(self.folder.glob("worker-*.log")))

    def close(self) -> None:
        for process in self.processes:
            process.close()
        self.engine.close()
        self.database.close()

    def _start(self, module: str, *arguments: str, stderr: IO[str] | None) -> Started:
        self.processes.append(start(module, *arguments, stderr=stderr))
        return self.processes[-1]


@pytest.fixture(params=KINDS, scope="module")
def open_house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """On each kind of database, with a worker at work; shared by the tests of a module."""
    for opened in _house(request, request.param, tmp_path_factory.mktemp("house")):
        opened.worker()
        yield opened


@pytest.fixture(params=KINDS)
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """On each kind of database."""
    yield from _house(request, request.param, tmp_path)


@pytest.fixture
def postgres_house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    yield from _house(request, "postgresql", tmp_path)


@pytest.fixture
def sqlite_house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    yield from _house(request, "sqlite", tmp_path)


def _house(request: pytest.FixtureRequest, kind: str, folder: Path) -> Iterator[House]:
    if kind == "sqlite":
        file = folder / "studio.db"
        shutil.copy(request.getfixturevalue("sqlite_with_jobs"), file)
        address = f"sqlite:///{file}"
    else:
        cluster, name = request.getfixturevalue("postgres"), f"j_{uuid4().hex}"
        copy_database(cluster, request.getfixturevalue("postgres_with_jobs"), name)
        address = f"{cluster}/{name}"
    database = connect(address)
    engine = JobEngine(database.engine)
    opened = House(address, folder, database, Desk(engine, database.engine, folder / "work"), engine)
    try:
        yield opened
    finally:
        opened.close()
        if kind == "postgresql":
            run_sql(cluster, f"DROP DATABASE {name} WITH (FORCE)")
