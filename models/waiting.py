"""Waiting that can be stopped: for seconds, and for calls that block. It knows no models and no HTTP."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

LOOK_EVERY_S = 0.1


def rest(seconds: float, check: Callable[[], None]) -> None:
    """Sleep; `check` raises to end it early."""
    ends = time.monotonic() + seconds
    while (left := ends - time.monotonic()) > 0:
        check()
        time.sleep(min(LOOK_EVERY_S, left))


def beside(call: Callable[[], T], check: Callable[[], None], late: Callable[[T, BaseException], None] | None = None) -> T:
    """The result of `call`, which blocks and runs in a thread of its own; `check` raises to be let go before it is through.

    late(result, why): called in that thread with what comes after all, and what `check` had raised.
    """
    work: _Work[T] = _Work(call, late)
    threading.Thread(target=work.run, name="beside", daemon=True).start()
    while not work.through.wait(LOOK_EVERY_S):
        try:
            check()
        except BaseException as why:
            if work.leave(why):
                raise
            break  # it came through in the very moment: what it gave counts, and the caller's next look stops it
    if work.error is not None:
        raise work.error
    return work.given[0]


class _Work(Generic[T]):
    def __init__(self, call: Callable[[], T], late: Callable[[T, BaseException], None] | None) -> None:
        self.call, self.late = call, late
        self.given: list[T] = []
        self.error: BaseException | None = None
        self.left: BaseException | None = None
        self.through = threading.Event()
        self._lock = threading.Lock()

    def run(self) -> None:
        try:
            self.given.append(self.call())
        except BaseException as error:  # noqa: BLE001 - carried to the thread that waits, and raised there
            self.error = error
        with self._lock:
            self.through.set()
            left = self.left
        if left is not None and self.late is not None and self.given:
            self.late(self.given[0], left)

    def leave(self, why: BaseException) -> bool:
        """Stop waiting, unless it has just come through."""
        with self._lock:
            if not self.through.is_set():
                self.left = why
            return self.left is not None
