"""Fetching files that a provider made for us: over https, from hosts that are named, no larger than allowed, without any key.

It knows no provider; what the file is worth and what it holds is the caller's to say.
"""

import base64
import binascii
import errno
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx

from models.errors import DiskFull, MediaError, ModelFailed, ModelUnreachable
from models.waiting import beside

TIMEOUT = httpx.Timeout(30.0, connect=10.0)
MOST_REDIRECTS = 3
GONE = (403, 404, 410)
"""Answers of a store whose file was removed, or whose address has run out."""


@dataclass(frozen=True)
class Shelf:
    """Where files may lie. hosts: names, and ".name" for all below one. plain: "http://host:port" of a proxy on this machine or its net,
    the only place without https."""

    hosts: Sequence[str]
    plain: str = ""

    def refuses(self, url: str) -> str:
        """Why nothing is fetched from `url`; "" when it is."""
        parts = urlsplit(url)
        if self.plain and f"{parts.scheme}://{parts.netloc}" == self.plain:
            return ""
        host = (parts.hostname or "").lower()
        if parts.scheme != "https":
            return "its address is not https"
        known = any(host == name.lstrip(".") or (name.startswith(".") and host.endswith(name)) for name in self.hosts)
        return "" if known and parts.port in (None, 443) else f"it lies on a foreign host ({host})"


def fetch(url: str, path: Path, shelf: Shelf, max_bytes: int, check: Callable[[], None]) -> bool:
    """Write the file at `url` to `path`; False when it is not there any more. Nothing half-fetched stays behind.

    Raises ModelUnreachable (try again), ModelFailed (where it lies, or too large), DiskFull; Cancelled by way of `check`.
    """
    if url.startswith("data:"):
        _write(path, [_decoded(url, max_bytes)])
        return True
    stop = threading.Event()
    try:
        return beside(lambda: _fetched(url, path, shelf, max_bytes, stop), check)
    except httpx.HTTPError as error:
        raise ModelUnreachable("The finished file could not be fetched; the connection broke off.") from error
    finally:
        stop.set()


def _fetched(url: str, path: Path, shelf: Shelf, max_bytes: int, stop: threading.Event) -> bool:
    with httpx.Client(timeout=TIMEOUT, follow_redirects=False) as client:
        for _ in range(MOST_REDIRECTS + 1):
            if why := shelf.refuses(url):
                raise ModelFailed(f"The finished file was not fetched: {why}.")
            with client.stream("GET", url) as response:
                if response.is_redirect:
                    url = urljoin(url, response.headers.get("Location", ""))
                    continue
                if response.status_code in GONE:
                    return False
                if response.status_code != 200:
                    raise ModelUnreachable(f"The finished file could not be fetched (HTTP {response.status_code}).")
                _check_size(int(response.headers.get("Content-Length") or 0), max_bytes)
                _write(path, _counted(response, max_bytes, stop))
                return True
    raise ModelFailed("The finished file was not fetched: its address leads nowhere.")


def _counted(response: httpx.Response, max_bytes: int, stop: threading.Event) -> Iterable[bytes]:
    """The body, as long as it is wanted and not too much."""
    total = 0
    for chunk in response.iter_bytes(1 << 16):
        total += len(chunk)
        _check_size(total, max_bytes)
        if stop.is_set():
            raise ModelUnreachable("Fetching was stopped.")
        yield chunk


def _check_size(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise ModelFailed(f"The finished file was not fetched: it is larger than {max_bytes // 1_000_000} MB.")


def _decoded(url: str, max_bytes: int) -> bytes:
    """The content of a data: address."""
    head, _, body = url.partition(",")
    _check_size(len(body) * 3 // 4, max_bytes)
    try:
        return base64.b64decode(body, validate=True) if head.endswith(";base64") else body.encode()
    except (binascii.Error, ValueError) as error:
        raise ModelFailed("The finished file could not be read.") from error


def _write(path: Path, chunks: Iterable[bytes]) -> None:
    try:
        with path.open("wb") as file:
            for chunk in chunks:
                file.write(chunk)
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError) and not isinstance(error, httpx.HTTPError):
            if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                raise DiskFull(f"The disk is full; {path.name} could not be written. Free some space and try again.") from error
            raise MediaError(f"{path.name} could not be written: {error.strerror or error}.") from error
        raise
