"""Renderers in processes of their own: started when first needed, kept warm, killed when a job is cancelled.

Plain subprocesses on pipes rather than multiprocessing: they start the same from a notebook, a script without a `__main__`
guard and a thread. Each renders one task at a time with its share of the cores. `WorkerPool.run` may be called from many
threads; it waits for a free worker.
"""

import contextlib
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from models import errors
from models.backends.product_studio.worker import receive, send
from models.context import JobContext
from models.errors import ModelError, ModelFailed, ModelUnavailable

POLL_S = 0.1


class WorkerPool:
    """At most `size` workers for one render variant (asked for when the first starts)."""

    def __init__(self, size: int, variant: Callable[[], str]) -> None:
        self._variant, self._lock = variant, threading.Lock()
        self._seats: queue.LifoQueue[_Worker | None] = queue.LifoQueue()  # a warm worker first
        self._all: set[_Worker] = set()
        self._closed = False
        self._size = max(size, 1)
        for _ in range(self._size):
            self._seats.put(None)

    def run(self, task: str, arguments: tuple[Any, ...], job: JobContext, span: tuple[float, float] = (0.0, 1.0)) -> Any:
        """Run a task and return its answer. span: the part of the job's progress that it is.

        Raises what job.check() raises (the worker is killed first), the task's own ModelError, or ModelFailed when the worker
        broke or died.
        """
        worker = self._seated(job)
        healthy = False
        try:
            if worker is None:
                worker = self._started()
            answer = worker.ask(task, arguments, job, span)
            healthy = True
            return answer
        except _TaskError as failure:
            healthy = True
            raise failure.translated() from failure
        finally:
            if worker is not None and not healthy:
                worker.kill()
                with self._lock:
                    self._all.discard(worker)
            self._seats.put(worker if healthy else None)

    def close(self) -> None:
        """Kill every worker, busy or not. Tasks still running raise ModelFailed."""
        with self._lock:
            self._closed = True
            workers, self._all = list(self._all), set()
        for worker in workers:
            worker.kill()

    def processes(self) -> tuple[int, ...]:
        """Process ids of the workers alive."""
        with self._lock:
            return tuple(worker.pid for worker in self._all if worker.alive)

    def _seated(self, job: JobContext) -> "_Worker | None":
        while True:
            job.check()
            try:
                worker = self._seats.get(timeout=POLL_S)
            except queue.Empty:
                continue
            if worker is not None and not worker.alive:
                worker.kill()
                with self._lock:
                    self._all.discard(worker)
                return None
            return worker

    def _started(self) -> "_Worker":
        variant = self._variant()
        with self._lock:
            if self._closed:
                raise ModelUnavailable("The product studio was closed; open it again.")
            worker = _Worker(variant, max(_cores() // self._size, 1))
            self._all.add(worker)
        return worker


class _TaskError(Exception):
    """A task raised; what it raised, by name."""

    def __init__(self, kind: str, message: str, trace: str) -> None:
        super().__init__(trace)
        self.kind, self.message = kind, message

    def translated(self) -> ModelError:
        cls = getattr(errors, self.kind, None)
        if isinstance(cls, type) and issubclass(cls, ModelError):
            return cls(self.message)
        if self.kind == "MemoryError":
            return errors.OutOfMemory("The product studio ran out of memory; close other programs or ask for a smaller picture.")
        return ModelFailed(f"The product studio broke while rendering ({self.kind}: {self.message}); try again with another prompt.")


class _Worker:
    """One process and the thread that listens to it."""

    def __init__(self, variant: str, threads: int) -> None:
        root = str(Path(__file__).parents[3])
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))}
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the worker
        self._process = subprocess.Popen(
            [sys.executable, "-m", "models.backends.product_studio.worker", variant, str(threads)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=env,
            start_new_session=True,  # Ctrl-C in a terminal is for the parent to handle
        )
        self._messages: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, task: str, arguments: tuple[Any, ...], job: JobContext, span: tuple[float, float]) -> Any:
        assert self._process.stdin is not None
        try:
            send(self._process.stdin, (task, arguments))
        except OSError as cause:
            raise self._death() from cause
        while True:
            job.check()
            try:
                message = self._messages.get(timeout=POLL_S)
            except queue.Empty:
                continue
            if message is None:
                raise self._death()
            kind, *rest = message
            if kind == "done":
                return rest[0]
            if kind == "error":
                raise _TaskError(*rest)
            job.progress(span[0] + (span[1] - span[0]) * rest[0], rest[1])

    def kill(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._listener.join()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):  # an unsent task has nowhere to go
                    stream.close()
        self._errors.close()

    def _death(self) -> ModelFailed:
        code = self._process.wait()
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        hint = "; the machine may have run out of memory" if code == -9 else ""
        last = ""
        if not self._errors.closed:
            self._errors.seek(max(self._errors.seek(0, os.SEEK_END) - 2000, 0))
            last = "".join(self._errors.read().decode(errors="replace").strip().splitlines()[-1:])
        said = f" It said: {last}" if last else ""
        return ModelFailed(f"A rendering process of the product studio stopped unexpectedly ({how}{hint}); try again.{said}")

    def _listen(self) -> None:
        assert self._process.stdout is not None
        try:
            while True:
                self._messages.put(receive(self._process.stdout))
        except (EOFError, OSError, ValueError):
            self._messages.put(None)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
