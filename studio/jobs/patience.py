"""Database calls that outlive a restart of the database: the same again, until it answers or patience ends."""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import InterfaceError, OperationalError

log = logging.getLogger(__name__)

R = TypeVar("R")

PATIENCE_S = 120.0
FIRST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 5.0


def patiently(call: Callable[[], R], patience_s: float = PATIENCE_S) -> R:
    """`call()`; again while the database is away, so it must bear being repeated. After `patience_s` seconds the database's
    own error is raised."""
    ends, pause = time.monotonic() + patience_s, FIRST_PAUSE_S
    while True:
        try:
            return call()
        except (OperationalError, InterfaceError) as error:
            if time.monotonic() + pause > ends:
                raise
            log.warning("The database does not answer (%s); trying again in %.1f s.", type(error.orig).__name__, pause)
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE_S)


def in_transaction(engine: sa.Engine, work: Callable[[sa.Connection], R], patience_s: float = PATIENCE_S) -> R:
    """`work(connection)` in one writing transaction (see store/database.py), patiently: all of it again, or none."""

    def once() -> R:
        with engine.execution_options(writing=True).begin() as connection:
            return work(connection)

    return patiently(once, patience_s)
