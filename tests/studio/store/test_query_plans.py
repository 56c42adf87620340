"""What is asked often is answered from an index, on both databases."""

from pathlib import Path

import pytest
from sqlalchemy import event, text

from benchmarks.many_ads import fill
from studio.jobs.desk import Desk
from studio.jobs.engine import JobEngine
from studio.services.details import Details
from studio.services.library import Library
from studio.store.blobs import blobs_at
from studio.store.database import Database
from studio.store.media import Media


@pytest.fixture
def asked(database: Database) -> list[tuple[str, object]]:
    """Every SELECT with its parameters, as it is sent."""
    found: list[tuple[str, object]] = []

    def note(connection: object, cursor: object, statement: str, parameters: object, context: object, many: bool) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            found.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    return found


def plans(database: Database, asked: list[tuple[str, object]]) -> list[str]:
    explain = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
    with database.engine.connect() as connection:
        if not database.is_sqlite:
            connection.execute(text("SET enable_seqscan = off"))  # few rows here; with many the planner needs no telling
        return ["\n".join(str(row[-1]) for row in connection.exec_driver_sql(explain + s, p)) for s, p in list(asked)]  # type: ignore[arg-type]


def test_gallery_and_status_use_their_indexes(database: Database, tmp_path: Path, asked: list[tuple[str, object]]) -> None:
    person = fill(database, 400, 3)[0]
    engine = JobEngine(database.engine)
    engine.prepare()
    library = Library(database, Media(database, blobs_at(str(tmp_path))))
    try:
        for wanted in ({}, {"status": "completed"}, {"q": "perfume"}):
            asked.clear()
            page = library.gallery(person, **wanted)  # type: ignore[arg-type]
            assert page.cards
            told = plans(database, asked)
            assert asked
            for plan in told:
                assert ("ix_generations_gallery" if database.is_sqlite else "ix_generations_") in plan, plan
                assert "Seq Scan" not in plan, plan
                assert "SCAN generations" not in plan.replace("USING", ""), plan
            assert not any("TEMP B-TREE" in plan for plan in told), told  # in order from the index, no sorting (SQLite)

        asked.clear()
        found = Details(database, Desk(engine, database.engine, tmp_path)).of([page.cards[0].id])
        assert found
        for plan in plans(database, [a for a in asked if "generations" in a[0] or "jobs" in a[0]]):
            assert "SCAN generations" not in plan, plan
            assert "Seq Scan" not in plan, plan
    finally:
        engine.close()
