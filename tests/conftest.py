"""Fixtures that every test may ask for by name."""

from tests.postgres import database, database_address, empty_address, migrated_postgres, migrated_sqlite, postgres

__all__ = ["database", "database_address", "empty_address", "migrated_postgres", "migrated_sqlite", "postgres"]
