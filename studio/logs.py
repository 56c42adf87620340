"""The log: one line per event, as text or JSON, on standard error and, where LOG_DIR names a folder, in a file per day.

    begin(settings, speaking=False)                     once per process, before anything else
    with bound(request="…", user="…"):                  every line written below here bears these fields
    log.info("Job begun.", extra={"kind": "15 s"})      fields of one line

What a line may hold: ids, models, sizes, times, costs, states. Never a prompt, a password, a token or a file's content at INFO
and above; the values of the settings that are secret are blotted out wherever they turn up. It knows no jobs and no HTTP.
"""

import json
import logging
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from pydantic import SecretStr

from studio.errors import StoreError
from studio.settings import Settings

KEPT_DAYS = 30
"""NFR-017."""

BLOT = "***"
SHORTEST_SECRET = 6
"""Shorter ones would blot out ordinary words; a password of a local test database, say."""

_HTTP = ("httpx", "httpcore", "httpx2", "httpcore2")  # the openai client changed from the first two to the others
TALKATIVE = (*_HTTP, "alembic", "openai", "botocore", "aiobotocore", "s3fs", "numba", "PIL", "asyncio", "matplotlib")
"""Libraries whose INFO is no news here, and whose DEBUG quotes what was sent; heard from WARNING up."""

CARRIED = ("request", "trace")
"""Fields that go along with a job to whoever runs it."""

_fields: ContextVar[Mapping[str, str]] = ContextVar("log fields", default={})  # noqa: B039 - never changed in place

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "fields", "color_message"}


@contextmanager
def bound(**fields: str) -> Iterator[None]:
    """Lines written inside, in this thread or task and those that inherit its context, bear these fields. May be nested."""
    token = _fields.set({**_fields.get(), **fields})
    try:
        yield
    finally:
        _fields.reset(token)


def carried() -> dict[str, str]:
    """What lines written elsewhere on behalf of this work are to bear, too: the request that asked for it."""
    return {name: value for name, value in _fields.get().items() if name in CARRIED}


def begin(settings: Settings, *, speaking: bool = False) -> None:
    """Set this process's log up; once more replaces what was. speaking: a command talks to a person on standard error, so that
    only warnings (or everything, at DEBUG) appear beside its own words. Raises StoreError when LOG_DIR cannot be written."""
    level = logging.getLevelNamesMapping()[settings.log_level]
    shape: logging.Formatter = JsonLine() if settings.log_format == "json" else TextLine()
    blot = Blot(secrets_of(settings))
    spoken = logging.StreamHandler(sys.stderr)
    spoken.setLevel(max(level, logging.WARNING) if speaking and level > logging.DEBUG else level)
    handlers: list[logging.Handler] = [spoken]
    if settings.log_dir is not None:
        handlers.append(DailyFile(settings.log_dir.absolute()))
    for handler in handlers:
        handler.setFormatter(shape)
        handler.addFilter(_gather)
        handler.addFilter(blot)
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
        old.close()
    for handler in handlers:
        root.addHandler(handler)
    root.setLevel(level)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """Every value that must not be read in a log: keys, secrets, and passwords inside addresses (DATABASE_URL, OPENAI_BASE_URL and
    whatever else is one). Longest first."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    values = tuple(dict(settings).values())
    found = {value.get_secret_value() for value in values if isinstance(value, SecretStr)}
    for address in (*found, *(value for value in values if isinstance(value, str) and "@" in value)):
        written = address.partition("://")[2].partition("/")[0].rpartition("@")[0].partition(":")[2]
        try:
            read = make_url(address).password
        except (ArgumentError, ValueError):
            read = None  # not an address that a database could have
        found |= {str(password) for password in (written, read) if password}
    return tuple(sorted((s for s in found if len(s) >= SHORTEST_SECRET), key=len, reverse=True))


def _gather(record: logging.LogRecord) -> bool:
    """The fields of the context and of the line, as `record.fields`."""
    own = {name: value for name, value in vars(record).items() if name not in _STANDARD}
    record.fields = {**_fields.get(), **own}
    return True


class Blot(logging.Filter):
    """Blots secrets out of the message, its fields and its traceback."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__()
        self._secrets = secrets

    def filter(self, record: logging.LogRecord) -> bool:
        if not self._secrets:
            return True
        record.msg, record.args = self._clean(record.getMessage()), ()
        record.fields = {name: self._clean(value) if isinstance(value, str) else value for name, value in record.fields.items()}  # type: ignore[attr-defined]
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self._clean(record.exc_text)
        return True

    def _clean(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, BLOT)
        return text


class TextLine(logging.Formatter):
    """2026-11-25 08:00:03.120 INFO studio.jobs.job_rows: Job begun. job=4e69… kind="15 s, 9:16" """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%d %H:%M:%S.") + f"{record.msecs:03.0f}"

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = record.message.replace("\r", "\\r").replace("\n", "\\n")  # nobody else's text may look like a line of ours
        told = "".join(f" {name}={_quoted(value)}" for name, value in getattr(record, "fields", {}).items())
        return super().formatMessage(record) + told


class JsonLine(logging.Formatter):
    """One JSON object per line: time (UTC), level, logger, message, the fields, and error (a traceback) where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: value for name, value in getattr(record, "fields", {}).items() if name not in line}
        if record.exc_text or record.exc_info:
            line["error"] = record.exc_text or self.formatException(record.exc_info)  # type: ignore[arg-type]
        return json.dumps(line, ensure_ascii=False, default=str)


def _quoted(value: object) -> str:
    text = str(value)
    return text if text and not any(c in text for c in ' "=\n\r') else json.dumps(text, ensure_ascii=False)


class DailyFile(logging.Handler):
    """Appends to `folder`/studio-YYYY-MM-DD.log (UTC); on each new day, files of more than KEPT_DAYS days go.

    Named by the day rather than renamed at midnight: several processes write to one folder, and none takes a file from another.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._day = ""
        self._file: IO[str] | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._turn(_day_of(time.time()))
        except OSError as error:
            raise StoreError(f"Nothing can be written in LOG_DIR {folder} ({error.strerror}); choose another folder.") from error

    def emit(self, record: logging.LogRecord) -> None:
        try:
            day = _day_of(record.created)
            if day > self._day:
                self._turn(day)
            assert self._file is not None
            self._file.write(self.format(record) + "\n")  # one write: lines of several processes do not mix
            self._file.flush()
        except Exception:  # noqa: BLE001 - a log that cannot be written must not stop the work it tells of
            self.handleError(record)

    def close(self) -> None:
        self.acquire()
        try:
            if self._file is not None:
                self._file.close()
                self._file = None
        finally:
            self.release()
        super().close()

    def _turn(self, day: str) -> None:
        if self._file is not None:
            self._file.close()
        self._file = (self._folder / f"studio-{day}.log").open("a", encoding="utf-8", errors="backslashreplace")
        self._day = day
        oldest = _day_of(time.time() - KEPT_DAYS * 86400)
        for old in self._folder.glob("studio-????-??-??.log"):
            if old.stem.removeprefix("studio-") < oldest:
                old.unlink(missing_ok=True)


def _day_of(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")
