"""Files that were made to do harm: refused before they cost anything, or kept as nothing but pixels."""

import io
import struct
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PIL import Image, PngImagePlugin

from models.errors import MediaError
from pipelines.brought_media import checked
from studio.errors import InputRefused
from studio.services.uploads import Uploads
from studio.store.database import Database
from studio.store.media import Media

SCRIPT = b"<script>alert(document.domain)</script>"


class Kept:
    """Media in memory, as far as uploads use it."""

    def __init__(self) -> None:
        self.files: list[bytes] = []

    def put(self, file: Path, **_: Any) -> SimpleNamespace:
        self.files.append(file.read_bytes())
        return SimpleNamespace(id="kept")


@pytest.fixture
def kept() -> Kept:
    return Kept()


class Nowhere:
    """A database that takes everything and keeps nothing."""

    @contextmanager
    def writing(self) -> Iterator[Any]:
        yield SimpleNamespace(add=lambda row: None)


@pytest.fixture
def uploads(kept: Kept) -> Uploads:
    return Uploads(cast(Database, Nowhere()), cast(Media, kept))


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, rows: bytes) -> bytes:
    """A picture that says it is this large, whatever is in it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def jpeg_header(width: int, height: int) -> bytes:
    return b"\xff\xd8\xff\xc0" + struct.pack(">HBHHB", 17, 8, height, width, 3) + bytes((1, 34, 0, 2, 17, 1, 3, 17, 1)) + b"\xff\xd9"


BOMBS = {
    "100,000 x 100,000 in a header": png(100_000, 100_000, b"\0" * 100),
    "the largest there is": png(2**31 - 1, 2**31 - 1, b""),
    "no area": png(0, 0, b""),
    "a line of 60,000": png(60_000, 64, b"\0" * 100),
    "a JPEG of 65,500 x 65,500": jpeg_header(65_500, 65_500),
    "64 MB of nothing in 64 kB": png(100, 100_000, b"\0" * (64 << 20)),
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_refused_by_its_header(uploads: Uploads, kept: Kept, bomb: bytes) -> None:
    tracemalloc.start()
    with pytest.raises(InputRefused):
        uploads.take("nobody", io.BytesIO(bomb), "watch.png")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 << 20
    assert kept.files == []


def test_a_text_chunk_that_unpacks_to_much_is_refused(uploads: Uploads, kept: Kept) -> None:
    whole = png(100, 100, b"\0" * (301 * 100))
    bomb = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"A" * (80 << 20), 9))
    with pytest.raises(InputRefused):
        uploads.take("nobody", io.BytesIO(whole[:33] + bomb + whole[33:]), "watch.png")
    assert kept.files == []


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_of_a_polyglot_only_the_pixels_are_kept(uploads: Uploads, kept: Kept, kind: str) -> None:
    """A picture that is a page, too, for a browser that guesses: behind its end, and in its comment."""
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", SCRIPT.decode())
    buffer = io.BytesIO()
    described = Image.Exif()
    described[270] = SCRIPT.decode()
    more = {"pnginfo": told} if kind == "PNG" else {}
    Image.new("RGB", (100, 100), "teal").save(buffer, kind, exif=described, **more)
    sent = buffer.getvalue() + SCRIPT + b"PK\x03\x04" + b"%PDF-1.7"
    uploads.take("somebody", io.BytesIO(sent), "watch.png")
    (clean,) = kept.files
    assert SCRIPT in sent
    assert not any(trace in clean for trace in (SCRIPT, b"PK\x03\x04", b"%PDF", b"Exif"))
    assert Image.open(io.BytesIO(clean)).size == (100, 100)


POINTING = {
    "a playlist of this machine's files": b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n",
    "a playlist of the network's": b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://169.254.169.254/latest/meta-data\n#EXT-X-ENDLIST\n",
    "a list of files": b"ffconcat version 1.0\nfile /etc/hostname\n",
    "a session": b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n",
    "a manifest": b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period/></MPD>',
    "a drawing": b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/hostname'/></svg>",
    "a page": b"<!doctype html>" + SCRIPT,
    "half a sound": b"RIFF\xff\xff\xff\x7fWAVEfmt \x10\0\0\0",
    "a sound without end": b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
    + b"data\xff\xff\xff\xff",
    "half a film": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom\x7f\xff\xff\xffmoov",
}


@pytest.mark.parametrize("sent", POINTING.values(), ids=POINTING)
def test_what_points_elsewhere_or_is_half_is_no_film(tmp_path: Path, sent: bytes) -> None:
    """A reader of films that follows playlists reads this machine's files, and asks the network in its name."""
    for name in ("brought", "brought.mp4", "brought.m3u8"):
        (tmp_path / name).write_bytes(sent)
        with pytest.raises(MediaError):
            checked(tmp_path / name)
