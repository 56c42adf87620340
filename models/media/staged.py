"""An iterator run in its own thread, a bounded queue ahead of whoever reads it."""

import queue
import threading
from collections.abc import Generator, Iterator
from typing import TypeVar, cast

T = TypeVar("T")

_POLL_S = 0.1


def staged(items: Iterator[T], depth: int = 3, name: str = "stage") -> Generator[T, None, None]:
    """Yield what `items` yields, made ahead in a thread, at most `depth` at a time.

    Its errors are raised here. Closing this generator stops the thread, which closes `items` (in its own thread, as generators
    want), and waits for that.
    """
    ahead: queue.Queue[tuple[T | None, BaseException | None]] = queue.Queue(depth)
    stop = threading.Event()

    def put(item: tuple[T | None, BaseException | None]) -> bool:
        while not stop.is_set():
            try:
                ahead.put(item, timeout=_POLL_S)
                return True
            except queue.Full:
                continue
        return False

    def work() -> None:
        try:
            for item in items:
                if not put((item, None)):
                    break
            put((None, StopIteration()))
        except BaseException as error:  # noqa: BLE001 – handed over, raised where it is read
            put((None, error))
        finally:
            close = getattr(items, "close", None)
            if close:
                close()

    thread = threading.Thread(target=work, name=name, daemon=True)
    thread.start()
    try:
        while True:
            item, error = ahead.get()
            if isinstance(error, StopIteration):
                return
            if error is not None:
                raise error
            yield cast(T, item)
    finally:
        stop.set()
        thread.join(timeout=10)
