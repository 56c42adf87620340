"""Opening the store as it is set up: the database at its present shape, and the media beside it."""

from dataclasses import dataclass
from pathlib import Path

from studio.settings import Settings
from studio.store.blobs import blobs_at
from studio.store.database import Database, connect
from studio.store.media import Media
from studio.store.migrations import upgrade


@dataclass(frozen=True)
class Store:
    """What is kept. Close it once; other processes may have it open at the same time."""

    database: Database
    media: Media

    def close(self) -> None:
        """Give every connection back."""
        self.database.close()


def open_store(settings: Settings) -> Store:
    """The store of this installation, made on the first start and brought up to date after an update. Raises StoreError."""
    media = blobs_at(media_address(settings))
    database = connect(database_address(settings))
    database.check()
    upgrade(database.engine)
    return Store(database, Media(database, media))


def database_address(settings: Settings) -> str:
    """DATABASE_URL, or SQLite in DATA_DIR."""
    return settings.database_url.get_secret_value() if settings.database_url else f"sqlite:///{settings.data_dir.absolute() / 'studio.db'}"


def media_address(settings: Settings) -> str:
    """MEDIA_URL, or a folder in DATA_DIR."""
    return settings.media_url or str(settings.data_dir.absolute() / "media")


def fonts_folder(settings: Settings) -> Path:
    """Where brands' own fonts and logos lie by their content for whoever sets type; all workers of one installation share it."""
    return settings.data_dir.absolute() / "fonts"


def secret_file(settings: Settings) -> Path:
    """Where the signing secret is kept, unless SECRET_KEY gives it."""
    return settings.data_dir.absolute() / "secret"
