"""Errors that cross processes: written as JSON where a step failed, raised again as themselves where they are read.

JobFailure
├── StepBroke       a step failed for a reason nobody foresaw (a bug); the log of its worker has the traceback
├── WorkerLost      the step was begun again and again, and each time its worker died
├── UnknownJob      there is no such job
├── NotRetryable    the job is not failed or cancelled
└── RunnerBusy      another process already runs the jobs of this database

Abandoned           this process must leave the work as it is, unrecorded: it goes on elsewhere, or nobody wants it
"""

from typing import Any

from models.errors import ModelError
from pipelines.errors import PipelineError
from studio.errors import StudioError


class JobFailure(StudioError):
    """Base of the tree; `code` is stable, the message is one sentence."""

    code = "job_failure"


class StepBroke(JobFailure):
    """A bug in a step."""

    code = "broken"


class WorkerLost(JobFailure):
    """The step takes its workers down."""

    code = "worker_lost"


class UnknownJob(JobFailure):
    """No job of that id."""

    code = "unknown_job"


class NotRetryable(JobFailure):
    """Only a failed or cancelled job can be tried again."""

    code = "not_retryable"


class RunnerBusy(JobFailure):
    """A SQLite database has one process that runs jobs."""

    code = "runner_busy"


class Abandoned(BaseException):
    """Stop working and record nothing. Not an Exception, so that no step takes it for a failure of its own work, and no
    backend for a wish to cancel what was paid for."""


def as_json(error: Exception) -> dict[str, Any]:
    """{type, code, message, fields} of `error`; only plain attributes are kept."""
    known = type(error).__name__ in _trees()
    fields = {k: v for k, v in vars(error).items() if isinstance(v, str | int | float | bool | None)}
    return {
        "type": type(error).__name__ if known else StepBroke.__name__,
        "code": getattr(error, "code", StepBroke.code) if known else StepBroke.code,
        "message": str(error) if known else f"{type(error).__name__}: {error}",
        "fields": fields if known else {},
    }


def from_json(stored: dict[str, Any]) -> Exception:
    """The error again, as the class it was; an error class that this release lacks becomes a StepBroke."""
    one = _trees().get(stored["type"], StepBroke)
    error = one.__new__(one)
    error.args = (stored["message"],)
    vars(error).update(stored["fields"])
    return error


def _trees() -> dict[str, type[Exception]]:
    found: dict[str, type[Exception]] = {}
    waiting: list[type[Exception]] = [ModelError, PipelineError, StudioError]
    while waiting:
        one = waiting.pop()
        found[one.__name__] = one
        waiting.extend(one.__subclasses__())
    return found
