"""A set's films and their list as one zip, put together while it is sent: nothing is written to disk, nothing is held in memory.

Films are stored as they are (they are compressed already), with their sizes and checksums behind them.
"""

import io
import time
import zipfile
from collections.abc import Iterable, Iterator

from typing_extensions import Buffer

CHUNK = 256 * 1024


class _Outlet(io.RawIOBase):
    """Takes what a zip writes and gives it away; it cannot be gone back in."""

    def __init__(self) -> None:
        self._ready: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer) -> int:
        self._ready.append(bytes(data))
        return len(self._ready[-1])

    def take(self) -> bytes:
        """What came since."""
        ready, self._ready = b"".join(self._ready), []
        return ready


def zipped(files: Iterable[tuple[str, Iterable[bytes]]], folder: str) -> Iterator[bytes]:
    """The zip, piece by piece. files: (name, what is in it, piece by piece)."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as archive:
        for name, pieces in files:
            entry = zipfile.ZipInfo(f"{folder}/{name}", time.localtime()[:6])
            with archive.open(entry, "w", force_zip64=True) as target:
                for piece in pieces:
                    target.write(piece)
                    yield outlet.take()
            yield outlet.take()
    yield outlet.take()
