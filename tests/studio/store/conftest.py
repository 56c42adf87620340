"""Here databases hold what the store itself declares, and nothing of the engine that runs the jobs."""

from pathlib import Path

import pytest

from tests.postgres import migrate, run_sql


@pytest.fixture(scope="session")
def migrated_postgres(postgres: str) -> str:
    """Name of a database with our own tables alone."""
    run_sql(postgres, "CREATE DATABASE of_the_store")
    migrate(f"{postgres}/of_the_store")
    return "of_the_store"


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with our own tables alone."""
    file = tmp_path_factory.mktemp("of_the_store") / "studio.db"
    migrate(f"sqlite:///{file}")
    return file
