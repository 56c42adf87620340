"""Migrations bring an empty database to exactly what the tables declare, once, whoever else tries at the same time."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text

from studio.errors import StoreError
from studio.services.library import Library
from studio.store.blobs import blobs_at
from studio.store.database import Database, connect
from studio.store.media import Media
from studio.store.migrations import config, upgrade
from studio.store.tables import Base, MediaFile


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


def test_a_landed_database_goes_on(empty_address: str) -> None:
    """From the second migration's shape, with an ad, its files and its job in it."""
    database = connect(empty_address)
    with database.engine.execution_options(writing=True).begin() as connection:
        command.upgrade(config(connection), "0002")
        for line in LANDED:
            connection.execute(text(line))
    upgrade(database.engine)
    media = Media(database, blobs_at("memory://landed"))
    library = Library(database, media)
    ad = library.get("u", ONE)
    assert (ad.progress, ad.current_step, ad.cost, ad.plan) == (100, "Done", Decimal("0.25"), {"shots": 5})
    assert ad.blueprint is not None
    assert ad.blueprint.report is None
    cards = {card.id: (card.progress, card.current_step) for card in library.gallery("u").cards}
    assert cards == {ONE: (100, "Done"), TWO: (42, "Filming")}
    library.delete("u", ONE)
    with database.reading() as session:
        assert session.scalars(select(MediaFile.id)).all() == ["upload"]
        assert session.execute(text("SELECT generation_id, cost FROM paid_calls")).one()[0] is None
    database.close()


ONE, TWO = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
AD = "INSERT INTO generations"
AD += " (id, user_id, prompt, prompt_key, duration, aspect_ratio, brief, status, models, notes, quoted_cost, cost, created_at"
JOB = "INSERT INTO jobs (id, owner, kind, state, attempt, priority, created, queued, resumed) VALUES "
LANDED = (
    "INSERT INTO users (id, username, username_key, password_hash, total_generations, total_cost, created_at)"
    " VALUES ('u', 'ada', 'ada', 'x', 1, 0.25, '2026-11-01 12:00:00')",
    *(
        "INSERT INTO media_files (id, owner_id, sha256, kind, mime, size, created_at)"
        f" VALUES ('{name}', 'u', '{letter * 64}', '{name}', 'image/png', 7, '2026-11-01 12:00:00')"
        for name, letter in (("film", "a"), ("poster", "b"), ("upload", "c"))
    ),
    f"{AD}, video_id, thumbnail_id) VALUES ('{ONE}', 'u', 'A watch ad', 'a watch ad', 15, '9:16', '{{}}', 'completed', '[]', '[]',"
    " 0.3, 0.25, '2026-11-01 12:00:00', 'film', 'poster')",
    f"{AD}) VALUES ('{TWO}', 'u', 'A can ad', 'a can ad', 15, '9:16', '{{}}', 'processing', '[]', '[]', 0, NULL, '2026-11-01 13:00:00')",
    f"{JOB} ('{ONE}', 'u', 'k', 'completed', 1, 1, 0, 0, false)",
    f"{JOB} ('{TWO}', 'u', 'k', 'processing', 1, 1, 0, 0, false)",
    f"INSERT INTO job_progress VALUES ('{ONE}', 100, 'done', 'Done', 0, 9)",
    f"INSERT INTO job_progress VALUES ('{TWO}', 42.5, 'visuals', 'Filming', 0, 4)",
    f"INSERT INTO blueprints (generation_id, plan) VALUES ('{ONE}', '{{\"shots\": 5}}')",
    f"INSERT INTO progress (generation_id, percent, step, text, revision, updated_at)"
    f" VALUES ('{ONE}', 3, 's', 't', 1, '2026-11-01 12:00:00')",
    "INSERT INTO paid_calls (id, key, user_id, generation_id, model, state, reserved, cost, created_at)"
    f" VALUES ('p', 'k', 'u', '{ONE}', 'm', 'settled', 0.25, 0.25, '2026-11-01 12:00:00')",
)
