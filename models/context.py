"""What a backend is told about the job it works for: where to write, whom to tell, when to stop, and where to pay."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from models.till import Bill, NoBooks, Till


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
    till: where the runtime writes down what will cost money. bill: what it wrote down for this very ask, None for what is free.
    """

    workdir: Path
    progress: Callable[[float, str], None] = _ignore
    check: Callable[[], None] = _never
    till: Till = field(default_factory=NoBooks)
    bill: Bill | None = None
