"""Films, sounds and pictures brought along for an edit: known by their content, checked before much of them is decoded, kept as they came.

Pictures go the way of all uploads (see uploads.py). Knows no HTTP.
"""

import shutil
import tempfile
from pathlib import Path
from typing import BinaryIO

from models.errors import MediaError
from pipelines.brought_media import checked, is_picture
from studio.errors import InputRefused
from studio.services.uploads import Uploads
from studio.store.database import Database
from studio.store.media import Media
from studio.store.tables import Upload, new_id
from studio.store.times import Clock, utc_now

MOST_MEDIA_BYTES = 500 * 1024 * 1024
ORIGINAL = "application/octet-stream"
"""An original is handed out to be saved, never to be shown."""


class EditorUploads:
    """Takes media in. Thread-safe."""

    def __init__(self, database: Database, media: Media, uploads: Uploads, clock: Clock = utc_now) -> None:
        self._database = database
        self._media = media
        self._uploads = uploads
        self._clock = clock

    def take(self, user_id: str, file: BinaryIO, name: str) -> Upload:
        """Keep what is in `file` for the user. Raises InputRefused with the reason, DiskFull."""
        head = file.read(16)
        file.seek(0)
        if is_picture(head):
            return self._uploads.take(user_id, file, name)
        with tempfile.TemporaryDirectory(prefix="adstudio-") as folder:
            path = Path(folder) / "brought"
            with path.open("wb") as out:
                shutil.copyfileobj(file, out, 1 << 20)
            try:
                found = checked(path)
            except MediaError as error:
                raise InputRefused(str(error), field="file") from error
            kept = self._media.put(path, owner_id=user_id, kind="upload", mime=ORIGINAL)
        upload = Upload(
            id=new_id(),
            owner_id=user_id,
            file_id=kept.id,
            name="".join(c for c in name if c.isprintable())[:200],
            width=found.width,
            height=found.height,
            kind=found.kind,
            created_at=self._clock(),
        )
        with self._database.writing() as session:
            session.add(upload)
        return upload
