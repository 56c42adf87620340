"""A picture is taken for what it is, not for what it says it is, and nothing but its pixels is kept."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from studio.errors import InputRefused
from studio.services.uploads import Uploads
from studio.store.blobs import blobs_at
from studio.store.database import Database
from studio.store.media import Media
from tests.studio.test_library import join


@pytest.fixture
def media(database: Database, tmp_path: Path) -> Media:
    return Media(database, blobs_at(str(tmp_path / "media")))


def jpeg(width: int = 120, height: int = 80, tail: bytes = b"") -> io.BytesIO:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "secret place"  # lies on its side
    Image.new("RGB", (width, height), "navy").save(out, "JPEG", exif=exif)
    return io.BytesIO(out.getvalue() + tail)


def test_pixels_are_kept_upright_and_nothing_else(database: Database, media: Media) -> None:
    upload = Uploads(database, media).take(ada := join(database, "ada"), jpeg(tail=b"<script>"), "watch\n.png")
    assert (upload.name, upload.width, upload.height) == ("watch.png", 80, 120)
    file = media.find(upload.file_id, owner_id=ada)
    raw = b"".join(media.read(file))
    assert file.mime == "image/jpeg"
    assert b"secret" not in raw
    assert b"script" not in raw


def bomb() -> bytes:
    chunk = b"IHDR" + struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


@pytest.mark.parametrize("sent", [b"", b"<svg/>", b"GIF89a", bomb(), jpeg(20, 20).getvalue(), jpeg().getvalue()[:300]])
def test_what_is_no_usable_picture_is_refused(database: Database, media: Media, sent: bytes) -> None:
    with pytest.raises(InputRefused):
        Uploads(database, media).take(join(database, "ada"), io.BytesIO(sent), "x.png")
