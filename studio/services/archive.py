"""The file of a backup: a plain tar whose last part, the manifest, names every other part with its size and sha256.

    database            a SQLite file, or what pg_dump wrote
    secret              the signing secret, unless SECRET_KEY gives it
    media/<sha256>      each content once; none when the media are in a bucket
    fonts/<sha256>      brands' own fonts and logos, also those of kits that are gone: older ads are set in them
    manifest.json       what this is, and what belongs to it

It knows parts, not what they mean. Reading it trusts nothing: only these names, only plain files, every byte counted and hashed.
"""

import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from models.errors import DiskFull
from studio.errors import StoreError

FORMAT, WITH_FONTS = 1, 2
"""The second form has fonts, which programs that know the first alone would take for damage."""

DATABASE, SECRET, MEDIA, FONTS, MANIFEST = "database", "secret", "media/", "fonts/", "manifest.json"
NAME = re.compile(r"database|secret|(?:media|fonts)/[0-9a-f]{64}")
CHUNK = 1 << 20
LARGEST_MANIFEST = 1 << 28


@dataclass(frozen=True)
class Manifest:
    """What a backup is. made_at: ISO time, UTC. kind: "sqlite" or "postgresql"; revision: the shape of its tables.

    media_at: "" when the contents are in the archive, else where they stay (a bucket). media_count, media_bytes: contents the
    database names; missing: those of them that were not there any more. parts: name → (size, sha256).
    """

    made_at: str
    kind: str
    revision: str
    has_secret: bool
    media_at: str
    media_count: int
    media_bytes: int
    missing: tuple[str, ...] = ()
    parts: dict[str, tuple[int, str]] = field(default_factory=dict)
    format: int = FORMAT


class Writing:
    """An archive being written."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.parts: dict[str, tuple[int, str]] = {}

    def add(self, name: str, file: Path) -> None:
        """One part. Raises StoreError when a content is not what its name says."""
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = file.stat().st_size, 0o600, int(time.time())
        with file.open("rb") as opened:
            hashed = _Hashed(opened)
            self._tar.addfile(info, hashed)
        sha256 = hashed.sha256.hexdigest()
        folder, _, content = name.rpartition("/")
        if content != sha256 and folder:
            raise StoreError(f"The content {content} in the {folder} folder is damaged; remove it or mend the disk first.")
        self.parts[name] = info.size, sha256

    def finish(self, manifest: Manifest) -> None:
        """The last part."""
        text = json.dumps(asdict(manifest) | {"parts": self.parts}, indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode, info.mtime = len(text), 0o600, int(time.time())
        self._tar.addfile(info, io.BytesIO(text))


@contextmanager
def writing(file: Path) -> Iterator[Writing]:
    """An archive that appears at `file` only when it is whole, readable by this user alone. Raises StoreError, DiskFull."""
    beside = file.with_name(f".{file.name}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as out:
            with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
                yield Writing(tar)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(file)
    except OSError as error:
        raise _translated(error, f"The backup cannot be written to {file}") from error
    finally:
        beside.unlink(missing_ok=True)


def unpack(file: Path, folder: Path) -> Manifest:
    """Every part of the archive as a file under `folder`, verified. Raises StoreError, DiskFull."""
    damaged = StoreError(f"{file} is damaged or no backup of this program; use another one.")
    found: dict[str, tuple[int, str]] = {}
    manifest: Manifest | None = None
    try:
        if shutil.disk_usage(folder).free < file.stat().st_size:
            raise DiskFull(f"There is not enough space to unpack {file}; free some and try again.")
        (folder / MEDIA).mkdir(parents=True)
        (folder / FONTS).mkdir()
        with tarfile.open(file, "r:") as tar:
            for member in tar:
                opened = tar.extractfile(member) if member.isreg() else None
                if opened is None or manifest is not None or member.name in found:
                    raise damaged
                if member.name == MANIFEST and member.size <= LARGEST_MANIFEST:
                    manifest = _manifest(json.loads(opened.read()))
                elif NAME.fullmatch(member.name):
                    found[member.name] = _written(opened, folder / member.name)
                else:
                    raise damaged
    except (tarfile.TarError, ValueError, KeyError, TypeError, EOFError) as error:
        raise damaged from error
    except OSError as error:
        raise _translated(error, f"{file} cannot be unpacked") from error
    if manifest is None or DATABASE not in found or found != manifest.parts:
        raise damaged
    return manifest


def _manifest(stored: dict[str, Any]) -> Manifest:
    if stored["format"] not in (FORMAT, WITH_FONTS):
        raise StoreError("This backup was written by a newer version; update the program first.")
    parts = {name: (int(size), str(sha256)) for name, (size, sha256) in stored["parts"].items()}
    return Manifest(**{**stored, "parts": parts, "missing": tuple(stored["missing"])})


def _written(source: IO[bytes], target: Path) -> tuple[int, str]:
    sha256, size = hashlib.sha256(), 0
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while chunk := source.read(CHUNK):
            sha256.update(chunk)
            size += len(chunk)
            out.write(chunk)
    return size, sha256.hexdigest()


class _Hashed(io.RawIOBase):
    """Reads through and hashes what was read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._source.read(size)
        self.sha256.update(chunk)
        return chunk


def _translated(error: OSError, what: str) -> StoreError | DiskFull:
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(f"{what}: the disk is full. Free some space and try again.")
    return StoreError(f"{what} ({error.strerror or error}).")
