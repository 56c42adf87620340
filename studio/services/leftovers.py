"""Files that nothing needs any more: small pictures and copies of films that are gone, contents without a row, temporary files of
processes that were killed. Everything is looked at by its name and age; what is not ours is never touched.

    strips, proxies         named by a content that no file has any more
    media folder, bucket    contents that no row names, a week old (a crash between the row and the file)
    .part, .backup-, …      begun and never finished, a day old
    temporary folder        named PREFIX…, a day old (PRD NFR-010, §17.3)
"""

import logging
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from sqlalchemy import select

from studio.services.bucket_claim import BucketClaim
from studio.services.chores import Chores
from studio.store.blobs import Blobs
from studio.store.database import Database
from studio.store.media import Media
from studio.store.tables import MediaFile

log = logging.getLogger(__name__)

PREFIX = "adstudio-"
"""What the names of all our temporary files begin with."""

DAY_S = 86_400.0
ORPHAN_S = 7 * DAY_S
OF_A_CONTENT = re.compile(r"([0-9a-f]{64})\.(?:mp4|jpg|json)")
UNFINISHED = (".backup-*", ".restore-*")
AT_ONCE = 500


class Leftovers:
    """Of this installation's folders, and of this machine's temporary one. made: folders of what is made from contents (strips, proxies).
    now: seconds since 1970. Thread-safe."""

    def __init__(
        self, database: Database, media: Media, blobs: Blobs, data: Path, made: Sequence[Path], now: Callable[[], float] = time.time
    ) -> None:
        self._database = database
        self._media = media
        self._blobs = blobs
        self._claim = BucketClaim(database, blobs, Chores(database))
        self._data = data
        self._made = tuple(made)
        self._temporary = Path(tempfile.gettempdir())
        self._now = now

    def sweep(self, dry_run: bool = False) -> tuple[Path | str, ...]:
        """Remove them; what was removed: files, folders, and contents by their name. dry_run: only say so."""
        files = [*self._of_gone_contents(), *self._old()]
        contents = self._orphans(dry_run)
        if not dry_run:
            for file in files:
                if file.is_dir() and not file.is_symlink():
                    shutil.rmtree(file, ignore_errors=True)
                else:
                    with suppress(OSError):  # somebody else's, in a folder that all users share
                        file.unlink(missing_ok=True)
            self._media.sweep(contents)
            if files or contents:
                log.info("Leftovers were removed.", extra={"files": len(files), "contents": len(contents)})
        return (*files, *sorted(contents))

    def _of_gone_contents(self) -> Iterator[Path]:
        for folder in self._made:
            there = [(file, name[1]) for file in _listed(folder) if (name := OF_A_CONTENT.fullmatch(file.name))]
            gone = self._without_row({sha256 for _, sha256 in there})
            yield from (file for file, sha256 in there if sha256 in gone)

    def _orphans(self, dry_run: bool) -> set[str]:
        if not self._blobs.is_local and not self._claim.holds(claim=not dry_run):
            return set()
        return self._without_row({sha256 for sha256, at in self._blobs.listed() if self._now() - at > ORPHAN_S})

    def _old(self) -> Iterator[Path]:
        begun = [file for folder in self._made for file in _listed(folder) if file.name.startswith(".")]
        begun += [file for pattern in UNFINISHED for file in self._data.glob(pattern)]
        begun += self._blobs.unfinished()
        begun += self._temporary.glob(f"{PREFIX}*")
        for file in begun:
            try:
                if self._now() - file.lstat().st_mtime > DAY_S:
                    yield file
            except FileNotFoundError:
                continue

    def _without_row(self, contents: Collection[str]) -> set[str]:
        names, known = sorted(contents), set[str]()
        with self._database.reading() as session:
            for first in range(0, len(names), AT_ONCE):
                some = names[first : first + AT_ONCE]
                known |= set(session.scalars(select(MediaFile.sha256).where(MediaFile.sha256.in_(some))))
        return set(names) - known


def _listed(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []
