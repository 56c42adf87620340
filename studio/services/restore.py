"""Restore: a backup becomes what this installation keeps. Verified first, migrated after; the application must be stopped.

A store in which somebody has an account is replaced only on demand, and then wholly. What was half made when the backup was
taken cannot be carried on, since its folder of work is gone: `Desk.shelve` turns such ads into failed ones that say so and
can be tried again from the start.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from studio.errors import StoreError
from studio.jobs.failures import RunnerBusy
from studio.jobs.leases import RunnerLock, at_work
from studio.services.archive import DATABASE, FONTS, MEDIA, SECRET, Manifest, unpack
from studio.services.bucket_claim import CHORE
from studio.services.chores import Chores
from studio.services.database_copies import check_copy, copy_in
from studio.settings import Settings
from studio.store.blobs import blobs_at
from studio.store.database import Database, connect
from studio.store.migrations import upgrade
from studio.store.opening import database_address, fonts_folder, media_address, secret_file
from studio.store.revisions import known_revisions, revision_of


def restore_backup(settings: Settings, file: Path, *, force: bool = False) -> Manifest:
    """Put everything in `file` back. Raises StoreError, DiskFull; until all is verified nothing has been touched."""
    if not file.is_file():
        raise StoreError(f"There is no file {file}.")
    data = settings.data_dir.absolute()
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    blobs = blobs_at(media_address(settings))
    database = connect(database_address(settings))
    scratch = Path(tempfile.mkdtemp(prefix=".restore-", dir=data))
    try:
        database.check()
        with _nobody_works(database):
            _check_empty(database, force)
            manifest = unpack(file, scratch)
            _check_fits(manifest, database, is_local=blobs.is_local)
            check_copy(scratch / DATABASE, manifest.kind)
            if blobs.is_local:
                for name in manifest.parts:
                    if name.startswith(MEDIA):
                        blobs.add(name.removeprefix(MEDIA), scratch / name)
            _put_fonts(manifest, scratch, fonts_folder(settings))
            copy_in(scratch / DATABASE, database)
            if manifest.has_secret and settings.secret_key is None:
                (scratch / SECRET).chmod(0o600)
                os.replace(scratch / SECRET, secret_file(settings))
            upgrade(database.engine)
            Chores(database).forget(CHORE)  # a bucket that another installation may still use is not this one's to tidy
            if force and blobs.is_local:
                _forget_others(Path(media_address(settings)), manifest)
        return manifest
    finally:
        database.close()
        shutil.rmtree(scratch, ignore_errors=True)


def _put_fonts(manifest: Manifest, scratch: Path, folder: Path) -> None:
    """Brands' own fonts and logos, beside those that are there: a name is its content."""
    for name in manifest.parts:
        if name.startswith(FONTS):
            folder.mkdir(parents=True, exist_ok=True)
            os.replace(scratch / name, folder / name.removeprefix(FONTS))


@contextmanager
def _nobody_works(database: Database) -> Iterator[None]:
    """Hold the place of the one process that runs jobs on SQLite; on PostgreSQL, look whether anybody does."""
    if database.is_sqlite:
        lock = RunnerLock(Path(str(database.engine.url.database)).absolute())
        try:
            lock.take()
        except RunnerBusy as error:
            raise StoreError("The application is running; stop it, then restore.") from error
        try:
            yield
        finally:
            lock.give_up()
        return
    if sa.inspect(database.engine).has_table("leases") and (who := at_work(database.engine)):
        raise StoreError(f"Workers are running ({who}); stop them, then restore. One that was killed is forgotten after two minutes.")
    yield


def _check_empty(database: Database, force: bool) -> None:
    if force or revision_of(database.engine) is None:
        return
    with database.engine.connect() as connection:
        people = connection.execute(sa.text("SELECT count(*) FROM users")).scalar_one()
    if people:
        raise StoreError(
            f"There are accounts here already ({people}); restoring would replace them and their ads. If that is meant, say --force."
        )


def _check_fits(manifest: Manifest, database: Database, *, is_local: bool) -> None:
    here = "sqlite" if database.is_sqlite else "postgresql"
    if manifest.kind != here:
        raise StoreError(f"This backup is of a {manifest.kind} database and DATABASE_URL names {here}; set up the same kind.")
    with database.engine.connect() as connection:
        if manifest.revision not in known_revisions(connection):
            raise StoreError("This backup was written by a newer version; update the program first.")
    if not manifest.media_at and manifest.media_count and not is_local:
        raise StoreError("This backup holds its media, and MEDIA_URL names a bucket; leave MEDIA_URL empty to restore.")


def _forget_others(folder: Path, manifest: Manifest) -> None:
    """Contents of the store that was replaced."""
    kept = {name.removeprefix(MEDIA) for name in manifest.parts}
    for content in folder.glob("[0-9a-f][0-9a-f]/" + "[0-9a-f]" * 64):
        if content.name not in kept:
            content.unlink(missing_ok=True)
