"""The process that renders: `python -m models.backends.product_studio.worker VARIANT THREADS`.

Tasks come in on stdin and answers go out on the original stdout, as pickles with their length in front. It exits at once
when stdin closes, so that no worker outlives its parent, however that ended.
"""

import errno
import os
import pickle
import queue
import struct
import sys
import threading
import traceback
from collections.abc import Callable
from typing import IO, Any

LENGTH = struct.Struct(">Q")


def send(stream: IO[bytes], message: Any) -> None:
    """Write one message."""
    body = pickle.dumps(message)
    stream.write(LENGTH.pack(len(body)) + body)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one message. Raises EOFError when the other side is gone."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(head)
    body = stream.read(length)
    if len(body) < length:
        raise EOFError
    return pickle.loads(body)


def main(variant: str, threads: int) -> None:
    """Answer tasks one after the other until stdin closes."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not end up between the answers
    tasks: queue.Queue[Any] = queue.Queue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, tasks), daemon=True).start()
    for name in ("OMP_NUM_THREADS", "OIDN_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = str(threads)

    def report(fraction: float, text: str) -> None:
        send(answers, ("progress", fraction, text))

    table: dict[str, Callable[..., Any]] | None = None
    while True:
        name, arguments = tasks.get()
        try:
            if table is None:
                table = _ready(variant, threads)
            send(answers, ("done", table[name](*arguments, report)))
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
            said = "The disk is full; the product studio could not keep its picture. Free some space and try again." if full else str(error)
            send(answers, ("error", "DiskFull" if full else type(error).__name__, said, traceback.format_exc()))
        except Exception as error:  # noqa: BLE001 - the parent raises it again, with its class when it is one of ours
            send(answers, ("error", type(error).__name__, str(error), traceback.format_exc()))


def _ready(variant: str, threads: int) -> dict[str, Callable[..., Any]]:
    """Load what is heavy, once, when the first task needs it."""
    import cv2
    import drjit
    import mitsuba

    mitsuba.set_variant(variant)
    mitsuba.set_log_level(mitsuba.LogLevel.Error)
    drjit.set_thread_count(threads)
    cv2.setNumThreads(1)
    from models.backends.product_studio.tasks import TASKS
    from models.media.allocation import keep_freed_memory

    keep_freed_memory()
    return TASKS


def _listen(stream: IO[bytes], tasks: "queue.Queue[Any]") -> None:
    while True:
        try:
            tasks.put(receive(stream))
        except EOFError:
            os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
