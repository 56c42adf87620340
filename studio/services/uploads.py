"""Pictures people bring along: known by their content, measured before they are unpacked, and written anew. Knows no HTTP."""

import tempfile
from pathlib import Path
from typing import BinaryIO

from pipelines.picture_files import PHOTO_FORMATS, PHOTO_PIXELS, PHOTO_SIDES
from studio.errors import InputRefused, NotFound
from studio.store.database import Database
from studio.store.media import Media
from studio.store.tables import Upload, is_id, new_id
from studio.store.times import Clock, utc_now

MOST_BYTES = 100 * 1024 * 1024
"""PRD §16.3."""


class Uploads:
    """Takes pictures in."""

    def __init__(self, database: Database, media: Media, clock: Clock = utc_now) -> None:
        self._database = database
        self._media = media
        self._clock = clock

    def find(self, user_id: str, id: str) -> Upload:
        """One of the user's own uploads. Raises NotFound; other people's do not exist."""
        with self._database.reading() as session:
            upload = session.get(Upload, id) if is_id(id) else None
        if upload is None or upload.owner_id != user_id:
            raise NotFound("There is no such upload.")
        return upload

    def take(self, user_id: str, file: BinaryIO, name: str) -> Upload:
        """Keep the picture in `file` for the user, upright and without whatever else it carried. Raises InputRefused."""
        from PIL import Image, ImageOps, UnidentifiedImageError

        small, large = PHOTO_SIDES
        with tempfile.TemporaryDirectory(prefix="adstudio-") as folder:
            try:
                with Image.open(file, formats=PHOTO_FORMATS) as opened:  # reads the header alone
                    width, height = opened.size
                    if min(width, height) < small or max(width, height) > large or width * height > PHOTO_PIXELS:
                        raise InputRefused(
                            f"The picture is {width}×{height} pixels; each side needs {small} to {large:,}, "
                            f"and {PHOTO_PIXELS // 10**6} megapixels are the most.",
                            field="file",
                        )
                    kind = "JPEG" if opened.format == "JPEG" else "PNG"
                    picture = ImageOps.exif_transpose(opened).convert("RGB" if kind == "JPEG" else "RGBA")
            except Image.DecompressionBombError as error:
                raise InputRefused("The picture is far too large; scale it down.", field="file") from error
            except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
                raise InputRefused("The picture cannot be read; send a PNG, JPEG or WebP file.", field="file") from error
            clean = Image.new(picture.mode, picture.size)  # nothing but pixels
            clean.paste(picture)
            path = Path(folder) / "picture"
            clean.save(path, kind, quality=95)
            kept = self._media.put(path, owner_id=user_id, kind="upload", mime=f"image/{kind.lower()}")
        upload = Upload(
            id=new_id(),
            owner_id=user_id,
            file_id=kept.id,
            name="".join(c for c in name if c.isprintable())[:200],
            width=clean.width,
            height=clean.height,
            created_at=self._clock(),
        )
        with self._database.writing() as session:
            session.add(upload)
        return upload
