"""A private PostgreSQL for the tests, and the databases that tests run on: a fresh, migrated one each, of either kind.

The cluster lives in a folder under /tmp, listens on a free port of the loopback only, keeps nothing safe (fsync is off),
and ends with the test run, however that ends. PostgreSQL refuses to run as root, so as root it becomes another user.
"""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from studio.jobs.engine import JobEngine
from studio.store.database import Database, connect
from studio.store.migrations import upgrade

PROGRAMS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
"""Where distributions hide initdb and postgres when they are not on PATH."""

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100", "shared_buffers=32MB", "jit=off")
ELSEWHERE = "timezone=Asia/Tokyo"
"""A server need not live in UTC; whatever the application shows must not depend on where it does."""

KINDS = ("sqlite", "postgresql")


class PostgresMissing(Exception):
    """PostgreSQL is not installed. The tests that need it then fail by name; they are never skipped."""


def program(name: str) -> Path:
    """Where `name` ("initdb", "postgres") is installed; the newest, when there are several. Raises PostgresMissing."""
    found = [Path(folder) / name for pattern in PROGRAMS for folder in sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)]
    on_path = shutil.which(name)
    for path in [*([Path(on_path)] if on_path else []), *found]:
        if path.exists():
            return path
    raise PostgresMissing(f"{name} was not found. Install PostgreSQL: python -m tests.system_packages, or apt-get install -y postgresql")


LASTING = ("synchronous_commit=on",)
"""What a cluster that is to crash needs besides: what was committed is there afterwards."""


class Cluster:
    """A cluster in a folder of its own. address: "postgresql://tests@127.0.0.1:port", to which a database's name is added. lasting: what
    was committed outlives `stop`."""

    def __init__(self, lasting: bool = False) -> None:
        self._options = (*FAST, ELSEWHERE, *(LASTING if lasting else ()))
        self._folder = Path(tempfile.mkdtemp(prefix="ad-studio-pg-"))
        self._quiet = {"env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}, "cwd": self._folder, **_unprivileged(self._folder)}
        self._server: subprocess.Popen[bytes] | None = None
        made = [program("initdb"), "-D", self._data, "-A", "trust", "-U", "tests", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8"]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL, **self._quiet)  # type: ignore[call-overload]
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self.address = f"postgresql://tests@127.0.0.1:{self._port}"

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def start(self) -> None:
        """Returns when it answers."""
        options = [part for option in self._options for part in ("-c", option)]
        command = [program("postgres"), "-D", self._data, "-p", str(self._port), "-h", "127.0.0.1", "-k", self._folder, *options]
        log = self._folder / "log"
        with log.open("ab") as out:
            self._server = subprocess.Popen(command, stdout=out, stderr=out, preexec_fn=_die_with_parent, **self._quiet)  # type: ignore[call-overload]
        _wait_for(self.address, self._server, log)

    def stop(self) -> None:
        """At once, with all its children, as in a crash: whoever is connected loses the connection."""
        if self._server is not None:
            self._server.send_signal(signal.SIGQUIT)
            self._server.wait(timeout=30)
            self._server = None

    def remove(self) -> None:
        """Stop it and take its folder away."""
        try:
            self.stop()
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def postgres_cluster() -> Iterator[str]:
    """A running cluster; gives its address."""
    cluster = Cluster()
    try:
        cluster.start()
        yield cluster.address
    finally:
        cluster.remove()


def _unprivileged(folder: Path) -> dict[str, object]:
    """Arguments for subprocess that leave root behind, and the folder handed over; nothing when we are not root."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    someone = names.get("postgres") or names["nobody"]
    os.chown(folder, someone.pw_uid, someone.pw_gid)
    return {"user": someone.pw_uid, "group": someone.pw_gid, "extra_groups": []}


def _die_with_parent() -> None:
    """A test run that is killed must not leave a server behind (Linux; elsewhere the end of the fixture has to do)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)  # PR_SET_PDEATHSIG


def _wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(f"{address}/postgres", connect_timeout=5).close()
            return
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start: {log.read_text()[-2000:]}") from error
            time.sleep(0.05)


def run_sql(address: str, statement: str) -> None:
    """One statement outside any transaction, as CREATE DATABASE needs."""
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute(statement.encode())


def copy_database(address: str, template: str, name: str) -> None:
    """A new database that holds what `template` holds. Files are copied as they are, which takes half of what logging every page does."""
    run_sql(address, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The cluster of this test run, started when the first test asks for it."""
    with postgres_cluster() as address:
        yield address


@pytest.fixture(scope="session")
def migrated_postgres(postgres: str) -> str:
    """Name of a migrated, empty database that others are copied from, with the engine's tables: they take longer than our own."""
    run_sql(postgres, "CREATE DATABASE migrated")
    migrate(f"{postgres}/migrated", engine=True)
    return "migrated"


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty file that others are copied from, with the engine's tables."""
    file = tmp_path_factory.mktemp("migrated") / "studio.db"
    migrate(f"sqlite:///{file}", engine=True)
    return file


def migrate(address: str, engine: bool = False) -> None:
    """Our tables, and those of the engine that runs the jobs if they are wanted."""
    database = connect(address)
    upgrade(database.engine)
    if engine:
        jobs = JobEngine(database.engine)
        jobs.prepare()
        jobs.close()
    database.close()


@pytest.fixture(params=KINDS)
def empty_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a database without a single table, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    yield from _postgres_database(request.getfixturevalue("postgres"))


@pytest.fixture(params=KINDS)
def database_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a migrated database of this test's own, once of each kind."""
    if request.param == "sqlite":
        file = tmp_path / "studio.db"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), file)
        yield f"sqlite:///{file}"
        return
    yield from _postgres_database(request.getfixturevalue("postgres"), template=request.getfixturevalue("migrated_postgres"))


def _postgres_database(postgres: str, template: str = "template0") -> Iterator[str]:
    name = f"t_{uuid.uuid4().hex}"
    copy_database(postgres, template, name)
    yield f"{postgres}/{name}"
    run_sql(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(database_address: str) -> Iterator[Database]:
    """An open, migrated database of this test's own, once of each kind."""
    opened = connect(database_address)
    yield opened
    opened.close()
