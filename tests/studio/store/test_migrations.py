"""Migrations bring an empty database to exactly what the tables declare, once, whoever else tries at the same time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from studio.errors import StoreError
from studio.store.database import Database, connect
from studio.store.migrations import upgrade
from studio.store.tables import Base


def test_migrations_and_tables_agree(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_a_changed_table_is_noticed(database: Database) -> None:
    with database.engine.execution_options(writing=True).begin() as connection:
        connection.execute(text("ALTER TABLE users DROP COLUMN email"))
    with database.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert [(d[0], d[3].name) for d in differences] == [("add_column", "email")]


def test_from_empty_and_again(empty_address: str) -> None:
    database = connect(empty_address)
    upgrade(database.engine)
    upgrade(database.engine)
    assert set(Base.metadata.tables) < set(inspect(database.engine).get_table_names())
    database.close()


def test_two_processes_start_at_once(empty_address: str) -> None:
    databases = [connect(empty_address) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda database: upgrade(database.engine), databases))
    with databases[0].reading() as session:
        assert session.execute(text("SELECT count(*) FROM alembic_version")).scalar_one() == 1
    for database in databases:
        database.close()


def test_a_failed_migration_leaves_nothing_behind(empty_address: str) -> None:
    database = connect(empty_address)
    with database.engine.execution_options(writing=True).begin() as connection:
        connection.execute(text("CREATE TABLE users (id INTEGER)"))  # in the way of the first migration
    with pytest.raises(Exception, match="users"):
        upgrade(database.engine)
    assert inspect(database.engine).get_table_names() == ["users"]
    database.close()


def test_a_database_of_a_newer_program_is_refused(database: Database) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer version"):
        upgrade(database.engine)
