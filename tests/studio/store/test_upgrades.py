"""From every shape that a database ever had, with rows in all its tables: upgraded, nothing is lost, and it is what the tables declare."""

import datetime
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.orm import Session

from studio.store.database import Database, connect
from studio.store.migrations import HERE, config, upgrade
from studio.store.tables import Base
from tests.postgres import _postgres_database

REVISIONS = sorted(file.name[1:5] for file in (HERE / "versions").glob("m*.py"))
ROWS = 2
"""In every table."""

READ = {mapper.local_table.name for mapper in Base.registry.mappers}  # type: ignore[attr-defined]
"""Tables that the program reads as objects."""

A_DAY = datetime.datetime(2026, 11, 1, 12, tzinfo=datetime.UTC)

GIVES_WAY = {"stage_times", "progress"}
"""Tables that went, on purpose (m0003): the jobs keep what was in them."""


def at(database: Database, revision: str) -> None:
    with database.engine.execution_options(writing=True).begin() as connection:
        command.upgrade(config(connection), revision)


def fill(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Rows for every table that is there, by the table's name; parents first."""
    shape = sa.MetaData()
    with database.engine.connect() as connection:
        shape.reflect(connection)
    tables = [table for table in shape.sorted_tables if table.name != "alembic_version"]
    rows: dict[str, list[dict[str, Any]]] = {}
    with database.engine.execution_options(writing=True).begin() as connection:
        for table in tables:
            rows[table.name] = [{column.name: value(table, column, i, rows) for column in table.columns} for i in range(ROWS)]
            connection.execute(table.insert(), rows[table.name])
    return rows


def value(table: sa.Table, column: sa.Column[Any], i: int, rows: dict[str, list[dict[str, Any]]]) -> Any:
    """Something that fits: the parent's key, one of the words that the column knows today, or anything of its type."""
    for key in column.foreign_keys:
        parent = key.column.table.name
        return rows[parent][i][key.column.name] if parent in rows else None  # of its own table: nobody
    today = Base.metadata.tables.get(table.name)
    declared = today.columns[column.name].type if today is not None and column.name in today.columns else column.type
    if isinstance(declared, sa.Enum):
        return declared.enums[0]
    if isinstance(declared, sa.JSON) or isinstance(column.type, sa.JSON):
        return {"number": i}
    if isinstance(column.type, sa.Boolean):
        return bool(i)
    if isinstance(column.type, sa.DateTime):
        return A_DAY + datetime.timedelta(days=i)
    if isinstance(column.type, sa.Integer | sa.BigInteger):
        return i + 1
    if isinstance(column.type, sa.Float):
        return i + 0.5
    if isinstance(column.type, sa.Numeric):
        return Decimal(i) + Decimal("0.25")
    length = getattr(column.type, "length", None) or 40
    return f"{i}-{table.name}-{column.name}"[:length]


def told(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, as the database itself gives it."""
    with database.engine.connect() as connection:
        names = set(sa.inspect(connection).get_table_names()) - {"alembic_version"}
        return {name: [dict(row._mapping) for row in connection.execute(sa.text(f"SELECT * FROM {name}"))] for name in sorted(names)}


def lost(database: Database, before: dict[str, list[dict[str, Any]]]) -> list[str]:
    """What of `before` (as `told`) is not there any more, or is another value, in words."""
    now, found = told(database), list[str]()
    for name, rows in before.items():
        if name not in now:
            found += [] if name in GIVES_WAY else [f"the table {name}"]
            continue
        kept = [column for column in rows[0] if column in (now[name] or rows)[0]]
        there = [{column: one[column] for column in kept} for one in now[name]]
        found += [f"a row of {name}" for row in rows if {column: row[column] for column in kept} not in there]
    return found


def drift(database: Database) -> list[Any]:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, Base.metadata))


def read_all(database: Database) -> int:
    """Every row as the program reads it; how many."""
    with Session(database.engine) as session:
        return sum(len(session.scalars(sa.select(mapper.class_)).unique().all()) for mapper in Base.registry.mappers)


@contextmanager
def opened(address: str) -> Iterator[Database]:
    database = connect(address)
    try:
        yield database
    finally:
        database.close()


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An empty SQLite file at each revision."""
    folder, found = tmp_path_factory.mktemp("shapes"), {}
    growing = folder / "growing.db"
    with opened(f"sqlite:///{growing}") as database:
        for revision in REVISIONS:
            at(database, revision)
            with sqlite3.connect(growing) as there, sqlite3.connect(folder / f"{revision}.db") as copy:
                there.backup(copy)
            found[revision] = folder / f"{revision}.db"
    return found


SHAPE = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"


def shape_of(rows: Iterable[Any]) -> dict[str, list[str]]:
    """What each table and index is declared as, line by line; a table that was copied has its constraints in another order."""
    return {name: sorted(line.strip(" \t,") for line in sql.replace('"', "").splitlines()) for name, sql in rows}


@pytest.fixture
def shaped(shapes: dict[str, Path], tmp_path: Path) -> Callable[[str], str]:
    """The address of an empty database at a revision, of the test's own."""
    return lambda revision: f"sqlite:///{shutil.copy(shapes[revision], tmp_path / 'studio.db')}"


@pytest.mark.parametrize("revision", REVISIONS)
def test_from_every_revision(shaped: Callable[[str], str], migrated_sqlite: Path, revision: str) -> None:
    """What the tables declare is what `migrated_sqlite` is (test_migrations.py)."""
    with opened(shaped(revision)) as database:
        fill(database)
        before = told(database)
        upgrade(database.engine)
        assert lost(database, before) == []
        with sqlite3.connect(migrated_sqlite) as anew, database.engine.connect() as connection:
            assert shape_of(connection.execute(sa.text(SHAPE))) == shape_of(anew.execute(SHAPE))
            assert connection.execute(sa.text("PRAGMA foreign_key_check")).all() == []
        assert read_all(database) >= ROWS * len(before.keys() & READ)


def test_from_the_first_on_postgres(postgres: str) -> None:
    for address in _postgres_database(postgres):
        with opened(address) as database:
            at(database, REVISIONS[0])
            fill(database)
            before = told(database)
            upgrade(database.engine)
            assert lost(database, before) == []
            assert drift(database) == []


def test_step_by_step_on_postgres(postgres: str) -> None:
    """Each revision's own tables have rows before the next one comes."""
    for address in _postgres_database(postgres):
        with opened(address) as database:
            known: dict[str, list[dict[str, Any]]] = {}
            before: dict[str, list[dict[str, Any]]] = {}
            for revision in REVISIONS:
                at(database, revision)
                with database.engine.execution_options(writing=True).begin() as connection:
                    shape = sa.MetaData()
                    new = set(sa.inspect(connection).get_table_names()) - set(known) - {"alembic_version"}
                    shape.reflect(connection, only=sorted(new))
                    for table in shape.sorted_tables:
                        if table.name not in known and table.name != "alembic_version":
                            known[table.name] = [{c.name: value(table, c, i, known) for c in table.columns} for i in range(ROWS)]
                            connection.execute(table.insert(), known[table.name])
                before = before | {name: rows for name, rows in told(database).items() if name not in before}
            assert lost(database, before) == []
            assert drift(database) == []


def test_a_lost_row_would_be_noticed(shaped: Callable[[str], str]) -> None:
    with opened(shaped(REVISIONS[-1])) as database:
        fill(database)
        before = told(database)
        with database.engine.execution_options(writing=True).begin() as connection:
            connection.execute(sa.text("UPDATE users SET email = 'other' WHERE id = '0-users-id'"))
            connection.execute(sa.text("DELETE FROM leases WHERE executor_id LIKE '1-%'"))
        assert lost(database, before) == ["a row of leases", "a row of users"]
