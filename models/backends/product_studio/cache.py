"""Finished photographs on disk, by what they show: found again instead of rendered again.

An entry is a folder of files with a list of their sizes; it appears whole (one rename) or not at all, so readers and writers
in several processes never meet half an entry. Entries least recently used go first when the cache outgrows its limit.
"""

import contextlib
import errno
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from models.errors import DiskFull, MediaError

STILL, LAYERS, MASK = "still.png", "layers.npz", "mask.png"  # the files of an entry
LIMIT_BYTES = 4 * 1024**3
LEFT_S = 86_400.0
"""Age of a scratch folder from which nobody works in it any more."""

CONTENTS = "contents.json"


@lru_cache(maxsize=1)
def code_version() -> str:
    """Changes whenever this package's code or its renderer does."""
    digest = hashlib.sha256()
    root = Path(__file__).parent
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    for package in ("mitsuba", "drjit", "pyoidn", "opencv-python-headless", "numpy"):
        digest.update(version(package).encode())
    return digest.hexdigest()[:16]


class StillCache:
    """Entries by key (hex digits). limit_bytes: kept below it after every new entry, the newest entry always staying."""

    def __init__(self, folder: Path, limit_bytes: int = LIMIT_BYTES) -> None:
        self._folder, self._limit = folder, limit_bytes

    def find(self, key: str) -> Path | None:
        """The entry's folder, or None. An entry with missing or cut files is thrown away."""
        entry = self._folder / "stills" / key
        try:
            sizes = json.loads((entry / CONTENTS).read_text())
            whole = all((entry / name).stat().st_size == size for name, size in sizes.items())
            if whole:
                os.utime(entry)
                return entry
        except FileNotFoundError:
            if not entry.exists():
                return None
        except (OSError, ValueError, AttributeError):
            pass  # damaged: handled below like an incomplete one
        shutil.rmtree(entry, ignore_errors=True)
        return None

    @contextlib.contextmanager
    def workshop(self) -> Iterator[Path]:
        """A scratch folder on the cache's disk, removed afterwards. Raises DiskFull or MediaError when none can be made."""
        try:
            scratch = self._folder / "scratch"
            scratch.mkdir(parents=True, exist_ok=True)
            for left in scratch.iterdir():  # by a process that was killed in the middle
                with contextlib.suppress(OSError):  # somebody else removes it, too
                    if left.stat().st_mtime < time.time() - LEFT_S:
                        shutil.rmtree(left, ignore_errors=True)
            folder = Path(tempfile.mkdtemp(dir=scratch))
        except OSError as cause:
            raise _translated(cause, "The cache folder cannot be written") from cause
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def publish(self, key: str, folder: Path) -> Path:
        """Make `folder` (inside a workshop) the entry `key`; an entry that somebody else made meanwhile stays."""
        entry = self._folder / "stills" / key
        try:
            sizes = {path.name: path.stat().st_size for path in folder.iterdir()}
            (folder / CONTENTS).write_text(json.dumps(sizes))
            entry.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(OSError):  # the target exists: the same picture, already there
                folder.rename(entry)
        except OSError as cause:
            raise _translated(cause, "The still could not be kept") from cause
        found = self.find(key)
        if found is None:
            raise MediaError("The still could not be kept in the cache folder; check its permissions.")
        self._evict(found)
        return found

    def _evict(self, newest: Path) -> None:
        entries = []
        for entry in (self._folder / "stills").iterdir():
            with contextlib.suppress(OSError):  # another process may be evicting too
                entries.append((entry.stat().st_mtime, sum(f.stat().st_size for f in entry.iterdir()), entry))
        total = sum(size for _, size, _ in entries)
        for _, size, entry in sorted(entries):
            if total <= self._limit:
                return
            if entry != newest:
                shutil.rmtree(entry, ignore_errors=True)
                total -= size


def place(source: Path, target: Path) -> Path:
    """Put a cached file into a job's folder: a hard link where the disk allows, a copy otherwise. Raises DiskFull, MediaError."""
    try:
        target.unlink(missing_ok=True)
        try:
            os.link(source, target)
        except OSError:
            shutil.copyfile(source, target)
    except OSError as cause:
        raise _translated(cause, f"{target.name} could not be written") from cause
    return target


def _translated(error: OSError, what: str) -> MediaError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(f"{what}: the disk is full. Free some space and try again.")
    return MediaError(f"{what} ({error.strerror or error}); check the folder and its permissions.")
