"""A worker inside another process, the web application's: it starts before the server listens and stops after it has stopped.

    with working(house.worker()):
        uvicorn.run(app, …)          # handles SIGTERM and Ctrl-C itself, and raises them again when it is done
    house.close()

It knows no HTTP. Where another process runs the jobs of this SQLite database already, this one only serves, and says so.
"""

import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from studio.jobs.failures import RunnerBusy
from studio.jobs.worker import Worker

log = logging.getLogger(__name__)


@contextmanager
def working(worker: Worker) -> Iterator[str | None]:
    """Gives the worker's id, None when another process runs the jobs. Call from the main thread, without an event loop.

    SIGTERM and SIGINT no longer end the process by themselves: whoever runs inside is to return on them.
    """
    before = {number: signal.signal(number, _noted) for number in (signal.SIGTERM, signal.SIGINT)} if _is_main() else {}
    try:
        id = worker.start()
    except RunnerBusy:
        log.warning("Another process runs the jobs of this database; this one only serves.")
        id = None
    try:
        yield id
    finally:
        if id is not None and not worker.stop():
            log.warning("Some work did not stop in time; it is left to the next worker.")
            logging.shutdown()
            os._exit(0)  # its threads would keep the process alive; the jobs are recorded up to their last step
        for number, handler in before.items():
            signal.signal(number, handler)


def _noted(number: int, frame: FrameType | None) -> None:
    log.info("Asked to stop.", extra={"signal": signal.Signals(number).name})


def _is_main() -> bool:
    return threading.current_thread() is threading.main_thread()
