"""Bytes under the name of their own content, in a folder or a bucket, through fsspec. Knows no owners and no tables.

A name is always 64 hex digits that were computed here, never anything a person typed; no path can be built from outside.
"""

import errno
import hashlib
import re
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import fsspec
from fsspec import AbstractFileSystem
from fsspec.implementations.local import LocalFileSystem

from models.errors import DiskFull
from studio.errors import MediaMissing, StoreError

CHUNK = 256 * 1024
"""Bytes handed on at once when a file is read: a few frames of video."""

FETCHED = 2 * 1024 * 1024
"""Bytes fetched from a bucket at once: somebody who jumps about in a film asks for little each time."""

CLIENTS = ("botocore", "aiobotocore", "aiohttp", "s3fs")
"""Where the errors of a bucket's client come from that are no OSErrors; the client itself is loaded only for a bucket."""

NO_KEYS = "The bucket of MEDIA_URL has no keys; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give this machine a role."

SHA256 = re.compile(r"[0-9a-f]{64}")


class Blobs:
    """Contents by their sha256. Adding the same content again is free; half a file is never seen under its name."""

    def __init__(self, files: AbstractFileSystem, root: str) -> None:
        self._files = files
        self._root = root.rstrip("/")

    @property
    def is_local(self) -> bool:
        """Whether the contents are ordinary files of this machine."""
        return isinstance(self._files, LocalFileSystem)

    def has(self, sha256: str) -> bool:
        """Whether this content is there. Raises StoreError when that cannot be known."""
        with self._reached():
            return bool(self._files.exists(self._path(sha256)))

    def add(self, sha256: str, file: Path) -> None:
        """Keep the content of `file`, whose hash is `sha256`, unless it is there already. Raises DiskFull, StoreError."""
        if self.has(sha256):
            return
        path = self._path(sha256)
        try:
            if self.is_local:
                self._add_locally(path, file)
            else:
                with self._reached():
                    self._files.put_file(str(file), path)  # a bucket shows an object only once it is whole
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise DiskFull("There is no space left in the media folder; free some and try again.") from error
            raise StoreError(f"A file could not be written to the media folder ({error.strerror or error}); see MEDIA_URL.") from error

    def _add_locally(self, path: str, file: Path) -> None:
        beside = f"{path}.{uuid.uuid4().hex}.part"
        self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
        try:
            self._files.put_file(str(file), beside)
            Path(beside).replace(path)
        finally:
            Path(beside).unlink(missing_ok=True)

    def read(self, sha256: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Bytes start..end (end excluded, None: to the last) in chunks. Raises MediaMissing now, not at the first chunk."""
        try:
            with self._reached():
                opened = self._files.open(self._path(sha256), "rb", **({} if self.is_local else {"block_size": FETCHED}))
        except FileNotFoundError as error:
            raise MediaMissing("The file is no longer in the media folder; make it again.") from error

        def chunks() -> Iterator[bytes]:
            with opened:
                opened.seek(start)
                left = None if end is None else max(0, end - start)
                while chunk := opened.read(CHUNK if left is None else min(CHUNK, left)):
                    left = None if left is None else left - len(chunk)
                    yield chunk

        return chunks()

    @contextmanager
    def local(self, sha256: str) -> Iterator[Path]:
        """The content as a file of this machine, for as long as the context lasts; not to be changed. Raises MediaMissing."""
        if self.is_local:
            path = Path(self._path(sha256))
            if not path.exists():
                raise MediaMissing("The file is no longer in the media folder; make it again.")
            yield path
            return
        with tempfile.NamedTemporaryFile(prefix="adstudio-media-") as copy:
            for chunk in self.read(sha256):
                copy.write(chunk)
            copy.flush()
            yield Path(copy.name)

    def remove(self, sha256: str) -> None:
        """Forget this content; fine when it is gone already."""
        with suppress(FileNotFoundError), self._reached():
            self._files.rm_file(self._path(sha256))

    @staticmethod
    def place(sha256: str) -> str:
        """Where this content lies below the root, "ab/abcd…"."""
        if not SHA256.fullmatch(sha256):
            raise ValueError(f"{sha256!r} is not the name of a content.")
        return f"{sha256[:2]}/{sha256}"

    def listed(self) -> Iterator[tuple[str, float]]:
        """Every content, and since when it is there in seconds since 1970. Of a bucket that is 16 requests and one more for each thousand
        contents. Raises StoreError."""
        return self._listed_locally() if self.is_local else self._listed_elsewhere()

    def _listed_locally(self) -> Iterator[tuple[str, float]]:
        for file in Path(self._root).glob("??/*"):
            with suppress(FileNotFoundError):
                if SHA256.fullmatch(file.name):
                    yield file.name, file.stat().st_mtime

    def _listed_elsewhere(self) -> Iterator[tuple[str, float]]:
        for first in "0123456789abcdef":  # a sixteenth in memory at a time
            with self._reached():
                there = self._files.find(self._root, prefix=first, detail=True)
            for path, about in there.items():
                name, at = path.rpartition("/")[2], about.get("LastModified")  # without it nothing can be said of its age
                if at and SHA256.fullmatch(name) and path == self._path(name):
                    yield name, at.timestamp()

    def note(self, name: str) -> str | None:
        """The text of the object `name` beside the contents of a bucket; None where there is none. Raises StoreError."""
        with suppress(FileNotFoundError), self._reached():
            return bytes(self._files.cat_file(f"{self._root}/{name}")).decode()
        return None

    def leave_note(self, name: str, text: str) -> None:
        """Write that object. Raises StoreError."""
        with self._reached():
            self._files.pipe_file(f"{self._root}/{name}", text.encode())

    def unfinished(self) -> list[Path]:
        """Files of a folder that were begun and are not whole, also those that are being written at the moment."""
        return [file for file in Path(self._root).glob("??/*.part") if SHA256.fullmatch(file.name[:64])] if self.is_local else []

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """What a bucket's client says when it cannot reach its bucket, as a StoreError; FileNotFoundError passes through."""
        try:
            yield
        except PermissionError as error:
            raise StoreError(f"The bucket of MEDIA_URL refused ({error}); check its keys and what they may do.") from error
        except Exception as error:
            if type(error).__module__.split(".")[0] not in CLIENTS:
                raise
            if type(error).__name__ in ("NoCredentialsError", "PartialCredentialsError"):
                raise StoreError(NO_KEYS) from error
            raise StoreError(f"The bucket of MEDIA_URL cannot be reached ({error}); check MEDIA_URL and the network.") from error

    def _path(self, sha256: str) -> str:
        return f"{self._root}/{self.place(sha256)}"


def blobs_at(address: str) -> Blobs:
    """Contents in a folder ("data/media") or elsewhere ("s3://bucket/ads", with the usual AWS settings). Raises StoreError."""
    try:
        # No listings are remembered: what another process put or removed would not be seen.
        files, root = fsspec.url_to_fs(address, use_listings_cache=False)
    except (ImportError, ValueError) as error:
        raise StoreError(f"MEDIA_URL {address!r} cannot be used ({error}); name a folder, or install what it needs.") from error
    return Blobs(files, str(root))


def digest(file: Path) -> tuple[str, int]:
    """sha256 (64 hex digits) and size in bytes of `file`."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest(), file.stat().st_size
