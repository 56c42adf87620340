"""The terms of service of whoever runs this studio: a text of their own, in the file that TERMS_FILE names, which newcomers accept.

Knows no HTTP.

A text goes by a version, the beginning of its hash: another text, another version. Each one that somebody accepted is kept, so that it can
be shown later what it was.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from studio.errors import InputRefused, NotFound, StoreError
from studio.store.database import Database
from studio.store.tables import TermsText
from studio.store.times import Clock, utc_now

DIGITS = 12
"""Hexadecimal, of a version."""

MOST_BYTES = 200_000
BLANK = "{{"
"""How places that are to be filled in begin in docs/TERMS_TEMPLATE.md."""


@dataclass(frozen=True)
class TermsTold:
    """A text and its version."""

    version: str
    text: str


class Terms:
    """file: None where there are no terms. It is read anew each time, so that all processes ask for the same. Thread-safe."""

    def __init__(self, database: Database, file: Path | None, clock: Clock = utc_now) -> None:
        self._database, self.file, self._clock = database, file, clock

    def now(self) -> TermsTold | None:
        """What newcomers are to accept; None for nothing. Raises StoreError."""
        return None if self.file is None else read_terms(self.file)

    def of(self, version: str) -> TermsTold:
        """A text that holds, or that somebody accepted. Raises NotFound, StoreError."""
        now = self.now()
        if now is not None and now.version == version:
            return now
        with self._database.reading() as session:
            row = session.get(TermsText, version) if len(version) == DIGITS and version.isascii() else None
            if row is None:
                raise NotFound("There are no such terms here.")
            return TermsTold(row.version, row.text)

    def accept(self, version: str | None) -> str | None:
        """The version that a newcomer accepts, whose text is kept from now on; None where there are no terms. Raises InputRefused unless it
        is the one that holds, StoreError."""
        now = self.now()
        if now is None:
            return None
        if not version:
            raise InputRefused("Read the terms of this studio and accept them to go on.", field="terms")
        if version != now.version:
            raise InputRefused("These are not the terms that hold now; read them as they are and accept those.", field="terms")
        with self._database.writing(lock="terms") as session:
            if session.get(TermsText, now.version) is None:
                session.add(TermsText(version=now.version, text=now.text, kept_at=self._clock()))
        return now.version


def read_terms(file: Path) -> TermsTold:
    """Raises StoreError."""
    try:
        raw = file.read_bytes()
        text = raw.decode().replace("\r\n", "\n").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError("The file that TERMS_FILE names cannot be read as text; correct the setting, or the file.") from error
    if not text or len(raw) > MOST_BYTES or "\0" in text:
        raise StoreError(
            f"The file that TERMS_FILE names has to be a text of up to {MOST_BYTES:,} bytes; correct the setting, or the file."
        )
    if BLANK in text:
        raise StoreError("The file that TERMS_FILE names still has places in {{…}} that are to be filled in; fill them in.")
    return TermsTold(hashlib.sha256(text.encode()).hexdigest()[:DIGITS], text)
