"""What a backend is told about the job it works for: where to write, whom to tell, when to stop."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


def _ignore(fraction: float, text: str) -> None:
    return None


def _never() -> None:
    return None


@dataclass(frozen=True)
class JobContext:
    """Passed with every ask.

    workdir: an existing folder for results; the caller owns and removes it.
    progress(fraction, text): fraction 0..1 of this ask; may be called from another thread.
    check(): raises `models.errors.Cancelled` when the job was asked to stop. Call it at least every 0.5 s of work;
    a backend that cannot (a worker process is busy) must poll it from outside and kill the work.
    """

    workdir: Path
    progress: Callable[[float, str], None] = _ignore
    check: Callable[[], None] = _never
