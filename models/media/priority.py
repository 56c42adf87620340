"""Threads that a library made real-time are put back. Knows no media.

Where it may, which is as root, SVT-AV1 gives its threads, and the one that opens it, the highest real-time priority there is. They and
every program that is started from there after would come before everything else on the machine until they end.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_THREADS = "/proc/self/task"


@contextmanager
def ordinary_priority() -> Iterator[None]:
    """Whichever of this process's threads become real-time in the block are ordinary again when it ends."""
    before = real_time()
    try:
        yield
    finally:
        for thread in real_time() - before:
            with suppress(OSError):  # it has ended since
                os.sched_setscheduler(thread, os.SCHED_OTHER, os.sched_param(0))


def real_time() -> set[int]:
    """This process's real-time threads, by the system's ids; none are found but on Linux."""
    found: set[int] = set()
    if sys.platform == "linux":
        for name in os.listdir(_THREADS):
            with suppress(OSError):
                if os.sched_getscheduler(int(name)) in (os.SCHED_FIFO, os.SCHED_RR):
                    found.add(int(name))
    return found
