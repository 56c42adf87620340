"""The doctor: everything an installation needs to make and keep ads, examined one by one, each with what to do about it.

It changes nothing: no table is made or migrated, no model is loaded; what it writes to see whether it can, it removes.
"""

import os
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from models.devices import cores, cuda_devices
from models.errors import ModelError
from models.runtime import Runtime
from studio.errors import StudioError
from studio.services.capability_card import CapabilityCard, capability_card
from studio.services.disks import disks, existing
from studio.services.health import probe
from studio.settings import Settings
from studio.store.database import Database, connect, shown
from studio.store.opening import database_address, media_address, secret_file

GIGABYTE = 1_000_000_000
SCARCE = 5 * GIGABYTE
"""Free space below which a warning is due: some fifty ads with all that is between."""


class State(StrEnum):
    """broken: ads cannot be made, or not be kept."""

    OK = "ok"
    NOTE = "note"
    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True)
class Finding:
    """One thing examined. said: how it is; fix: what to do, "" when there is nothing to do."""

    name: str
    state: State
    said: str
    fix: str = ""


@dataclass(frozen=True)
class Diagnosis:
    """What was found, beside the capability card."""

    card: CapabilityCard
    findings: tuple[Finding, ...]

    @property
    def can_make_ads(self) -> bool:
        """Every kind of model is there, and nothing is broken."""
        return self.card.can_make_ads and all(f.state is not State.BROKEN for f in self.findings)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return self.card.as_json() | {"can_make_ads": self.can_make_ads, "findings": [asdict(f) for f in self.findings]}

    def as_text(self) -> str:
        """For a terminal."""
        lines = self.card.as_text().splitlines()
        if self.card.can_make_ads and not self.can_make_ads:
            lines[0] = "This installation cannot make ads until what is broken below is mended."
        lines.append("")
        for finding in self.findings:
            lines.append(f"{finding.name:<18} {finding.state:<8} {finding.said}")
            lines += [f"{'':<18} {'':<8} → {finding.fix}"] if finding.fix else []
        return "\n".join(lines)


def examine(settings: Settings, runtime: Runtime) -> Diagnosis:
    """Look at everything."""
    found = [*_machine(), *_database(settings), *_media(settings), *_disk(settings), *_encoders(), *_fonts(), *_secrets(settings)]
    return Diagnosis(capability_card(runtime), (*found, *_hosted(runtime)))


def _machine() -> Iterator[Finding]:
    yield Finding("processor", State.OK, f"{cores()} cores for this process")
    names, why_not = cuda_devices()
    if names:
        yield Finding("graphics card", State.OK, ", ".join(names))
    else:
        fix = "Not needed: the embedded studios render on the processor. Models that need a card stay off."
        yield Finding("graphics card", State.NOTE, f"no CUDA device: {why_not}", fix)


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        address = database_address(settings)
        if address.startswith("sqlite:") and not Path(address.removeprefix("sqlite:///")).exists():
            yield Finding("database", State.NOTE, f"SQLite in {settings.data_dir.absolute()}, not made yet", "The first start makes it.")
            return
        database = connect(address)
    except StudioError as error:
        yield _broken("database", error)
        return
    try:
        database.check()
        yield Finding("database", State.OK, f"{'SQLite' if database.is_sqlite else 'PostgreSQL'}: {shown(database.engine.url)}")
        tables = _tables(database)
        yield tables
        if tables.state is State.OK:
            yield _hands(database)
    except StudioError as error:
        yield _broken("database", error)
    finally:
        database.close()


def _tables(database: Database) -> Finding:
    from studio.store.revisions import known_revisions, revision_of

    now = revision_of(database.engine)
    with database.engine.connect() as connection:
        known = known_revisions(connection)
    if now is None:
        return Finding("tables", State.NOTE, "none yet", "The first start makes them.")
    if now not in known:
        return Finding(
            "tables", State.BROKEN, f"at {now}, which a newer version wrote", "Install that version again, or restore an older backup."
        )
    if now != known[-1]:
        return Finding("tables", State.NOTE, f"at {now}; this version has {known[-1]}", "The next start migrates them; back up before.")
    return Finding("tables", State.OK, f"at {now}, up to date")


def _hands(database: Database) -> Finding:
    from studio.jobs.leases import at_work

    there = at_work(database.engine)
    if there:
        return Finding("workers", State.OK, there)
    return Finding("workers", State.NOTE, "nobody is making ads at the moment", "Start `python -m studio serve`, or a `worker`.")


def _media(settings: Settings) -> Iterator[Finding]:
    from studio.store.blobs import blobs_at

    address = media_address(settings)
    try:
        blobs = blobs_at(address)
        if blobs.is_local:
            yield _writable("media folder", Path(address), "DATA_DIR (or MEDIA_URL)")
            return
        probe(blobs)
        yield Finding("media folder", State.OK, f"{address}: written, read and removed")
    except (StudioError, OSError) as error:
        yield _broken("media folder", error, "Correct MEDIA_URL, or the rights and keys it is reached with.")


def _writable(name: str, folder: Path, setting: str) -> Finding:
    there = existing(folder)
    try:
        with tempfile.TemporaryFile(dir=there):
            return Finding(name, State.OK, f"{folder} can be written" + ("" if folder.exists() else " (made at the first start)"))
    except OSError as error:
        fix = f"Give this user the right to write there, or choose another {setting}."
        return Finding(name, State.BROKEN, f"{folder} cannot be written ({error.strerror})", fix)


def _disk(settings: Settings) -> Iterator[Finding]:
    places = {"data": settings.data_dir.absolute(), "cache": settings.cache_dir.absolute(), "output": settings.output_dir.absolute()}
    for disk in disks(places):
        said = f"{disk.free / GIGABYTE:.1f} GB free for {disk.places}"
        state = State.BROKEN if disk.is_full else State.WARNING if disk.free < SCARCE else State.OK
        yield Finding("disk", state, said, "" if state is State.OK else "Free some, delete old ads, or lower CACHE_GB.")
    yield _writable("cache folder", places["cache"], "CACHE_DIR")


def _encoders() -> Iterator[Finding]:
    try:
        from models.media.encoders import missing_encoders

        missing = missing_encoders()
    except ImportError as error:
        yield Finding("encoders", State.BROKEN, f"PyAV cannot be loaded ({error})", "Run pip install -r requirements.txt.")
        return
    if missing:
        yield Finding("encoders", State.BROKEN, f"missing: {', '.join(missing)}", "Run pip install -r requirements.txt; its PyAV has them.")
    else:
        yield Finding("encoders", State.OK, "H.264 and AAC, inside the PyAV package; no ffmpeg program is needed")


def _fonts() -> Iterator[Finding]:
    from models.typefaces import TYPEFACES, font_file

    files = {font_file(style, role) for style in TYPEFACES for role in ("display", "text", "accent")}
    damaged = sorted(file.name for file in files if not _is_font(file))
    if damaged:
        yield Finding("fonts", State.BROKEN, f"missing or damaged: {', '.join(damaged)}", "Check the program out again.")
    else:
        yield Finding("fonts", State.OK, f"{len(files)} files of {len(TYPEFACES)} styles")


def _is_font(file: Path) -> bool:
    try:
        return file.stat().st_size > 1000 and file.open("rb").read(4) in (b"\0\1\0\0", b"OTTO", b"true")
    except OSError:
        return False


def _secrets(settings: Settings) -> Iterator[Finding]:
    file = secret_file(settings)
    if settings.secret_key is not None:
        yield Finding("signing secret", State.OK, "given by SECRET_KEY")
    elif not file.exists():
        yield Finding("signing secret", State.NOTE, "not made yet", "The first start makes it.")
    elif os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
        fix = f"chmod 600 {file}; remove it instead if somebody may have read it (everybody then signs in again)."
        yield Finding("signing secret", State.WARNING, f"{file} can be read by other users", fix)
    else:
        yield Finding("signing secret", State.OK, f"{file}, for this user alone")
    folder = settings.data_dir.absolute()
    if os.name == "posix" and folder.exists() and stat.S_IMODE(folder.stat().st_mode) & 0o007:
        said = f"{folder} can be opened by other users; accounts and ads are in it"
        yield Finding("data folder", State.WARNING, said, f"chmod 700 {folder}")


def _hosted(runtime: Runtime) -> Iterator[Finding]:
    if not runtime.config.keys.get("replicate"):
        fix = "Set REPLICATE_API_TOKEN to let hosted models make pictures and clips, for money."
        yield Finding("Replicate", State.NOTE, "no token is set", fix)
        return
    from models.backends.replicate.account import Account

    first = {row.kinds: row for row in reversed(runtime.catalog) if row.backend == "replicate"}  # the default of each kind
    try:
        with Account(runtime.config) as account:
            yield Finding("Replicate", State.OK, f"the token is taken (account {account.name()})")
            for row in first.values():
                if strange := account.strange_inputs(row):
                    said = f"{row.id} is asked differently by now ({', '.join(strange)})"
                    yield Finding("Replicate", State.WARNING, said, "Choose another model, or a newer version of this program.")
    except ModelError as error:
        yield Finding("Replicate", State.WARNING, str(error), "Until then hosted models fail, and others stand in for them by name.")


def _broken(name: str, error: Exception, fix: str = "") -> Finding:
    return Finding(name, State.BROKEN, str(error), fix)
