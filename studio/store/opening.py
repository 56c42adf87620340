"""Opening the store as it is set up: the database at its present shape, and the media beside it."""

from dataclasses import dataclass

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
    here = settings.data_dir.absolute()
    media = blobs_at(settings.media_url or str(here / "media"))
    database = connect(settings.database_url.get_secret_value() if settings.database_url else f"sqlite:///{here / 'studio.db'}")
    database.check()
    upgrade(database.engine)
    return Store(database, Media(database, media))
