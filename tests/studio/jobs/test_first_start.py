"""Several processes start together on an empty PostgreSQL: one makes the engine's tables, the others wait, and nobody for ever."""

import threading
from uuid import uuid4

from studio.jobs.engine import JobEngine
from studio.store.database import connect
from studio.store.migrations import upgrade
from tests.postgres import run_sql


def test_processes_that_start_together_on_an_empty_database_wait_for_each_other(postgres: str) -> None:
    name = f"first_{uuid4().hex}"
    run_sql(postgres, f"CREATE DATABASE {name}")
    databases = [connect(f"{postgres}/{name}") for _ in range(3)]
    upgrade(databases[0].engine)
    engines = [JobEngine(database.engine) for database in databases]
    starts = [threading.Thread(target=engine.prepare, daemon=True) for engine in engines]
    for start in starts:
        start.start()
    for start in starts:
        start.join(60)  # two that hold each other up would do so for ever
    assert [start.is_alive() for start in starts] == [False] * 3
    assert engines[2].statuses(["nobody"]) == {}
    for engine, database in zip(engines, databases, strict=True):
        engine.close()
        database.close()
