"""Backup: accounts, ads, jobs, media and the signing secret in one file, consistent although the application runs on.

The database is copied in one moment, and every content it names then is held by a hard link before it can go. Work in
progress is not: an ad that was half made when the backup was taken is told apart when it is restored (see restore.py).
"""

import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from studio.errors import MediaMissing, StoreError
from studio.services.archive import DATABASE, FONTS, FORMAT, MEDIA, SECRET, WITH_FONTS, Manifest, writing
from studio.services.database_copies import copy_out
from studio.settings import Settings
from studio.store.blobs import Blobs, blobs_at
from studio.store.database import connect
from studio.store.opening import database_address, fonts_folder, media_address, secret_file
from studio.store.revisions import known_revisions, revision_of
from studio.store.times import utc_now

ARRIVING_S = 2.0
"""A content may arrive a moment after its row."""


@dataclass(frozen=True)
class Taken:
    """What a backup holds. bytes: of the file."""

    manifest: Manifest
    bytes: int


def take_backup(settings: Settings, file: Path) -> Taken:
    """Write a backup to the new file `file`. Raises StoreError, DiskFull."""
    if file.exists():
        raise StoreError(f"{file} exists already; name a new file.")
    blobs = blobs_at(media_address(settings))
    database = connect(database_address(settings))
    scratch = Path(tempfile.mkdtemp(prefix=".backup-", dir=_beside(settings, blobs, file)))
    try:
        database.check()
        revision = revision_of(database.engine)
        with database.engine.connect() as connection:
            if revision is not None and revision not in known_revisions(connection):
                raise StoreError("This database was written by a newer version; take the backup with that one.")
        if revision is None:
            raise StoreError("There is nothing to back up yet: nobody has started the application here.")
        held, copy = scratch / "held", scratch / DATABASE

        def hold(named: dict[str, int]) -> tuple[dict[str, int], tuple[str, ...]]:
            return named, (_hold(blobs, named, held) if blobs.is_local else ())

        contents, missing = copy_out(database, copy, hold)
        if missing:  # somebody deleted an ad just then; once more, while nobody can
            copy.unlink()
            contents, missing = copy_out(database, copy, hold, still=True)
        secret = secret_file(settings)
        has_secret = settings.secret_key is None and secret.exists()
        with writing(file) as archive:
            archive.add(DATABASE, copy)
            if has_secret:
                archive.add(SECRET, secret)
            for sha256 in sorted(set(contents) - set(missing)) if blobs.is_local else ():
                archive.add(MEDIA + sha256, held / sha256)
            fonts = own_fonts(settings)
            for font in fonts:
                archive.add(FONTS + font.name, font)
            manifest = Manifest(
                made_at=utc_now().isoformat(timespec="seconds"),
                kind="sqlite" if database.is_sqlite else "postgresql",
                revision=revision,
                has_secret=has_secret,
                media_at="" if blobs.is_local else media_address(settings),
                media_count=len(contents),
                media_bytes=sum(contents.values()),
                missing=tuple(missing),
                format=WITH_FONTS if fonts else FORMAT,
            )
            archive.finish(manifest)
        return Taken(manifest, file.stat().st_size)
    finally:
        database.close()
        shutil.rmtree(scratch, ignore_errors=True)


def own_fonts(settings: Settings) -> list[Path]:
    """What brands' type and logos are kept as, by content; see models.typefaces.own. Nothing is ever taken out of that folder."""
    return sorted(path for path in fonts_folder(settings).glob("[0-9a-f]" * 64 + "*") if len(path.name) == 64)


def _beside(settings: Settings, blobs: Blobs, file: Path) -> Path:
    """Where hard links to the media can be made; the folder of the backup itself when the media are elsewhere."""
    folder = Path(media_address(settings)).absolute().parent if blobs.is_local else file.absolute().parent
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _hold(blobs: Blobs, contents: dict[str, int], folder: Path) -> tuple[str, ...]:
    """Keep each content from going; returns those that are not there."""
    folder.mkdir(exist_ok=True)
    wanted, ends = set(contents), time.monotonic() + ARRIVING_S
    while wanted:
        for sha256 in sorted(wanted):
            target = folder / sha256
            if target.exists() or (blobs.has(sha256) and _linked(blobs, sha256, target)):
                wanted.discard(sha256)
        if not wanted or time.monotonic() > ends:
            break
        time.sleep(0.1)
    return tuple(sorted(wanted))


def _linked(blobs: Blobs, sha256: str, target: Path) -> bool:
    try:
        with blobs.local(sha256) as there:
            try:
                os.link(there, target)
            except OSError:
                shutil.copyfile(there, target)
    except (StoreError, MediaMissing, FileNotFoundError):  # removed since it was named
        return False
    return True
