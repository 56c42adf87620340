"""What the job engine says of itself, without what is no news: a cancelled job is not an error, a failed one is told once."""

import logging

ENGINE = "dbos"

NO_NEWS = (
    "was cancelled during execution",
    "is no longer owned by this execution",
    "outcome was not recorded",
    "Exception encountered in background workflow",  # the workflow itself logs why it failed, with its traceback
    "is not the latest version",
    "not found for dequeue",
)
"""Parts of messages. Anything else of level WARNING and above is passed on."""


class QuietEngine(logging.Filter):
    """Drops routine messages of the engine, and tracebacks of jobs that were told elsewhere."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        return record.levelno >= logging.WARNING and not any(part in message for part in NO_NEWS)


def quiet() -> None:
    """Route the engine's messages through the application's own handlers. Call before the engine is made; idempotent."""
    logger = logging.getLogger(ENGINE)
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())  # with any handler in place the engine adds none of its own
    if not any(isinstance(f, QuietEngine) for f in logger.filters):
        logger.addFilter(QuietEngine())
    logger.propagate = True
