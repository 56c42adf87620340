"""How the main path tells of itself and is told to stop: the `Run` protocol, and the runner that calls directly.

`make_ad` is written once against `Run`. Here `DirectRun` calls each step in place (threads for `each`); the application's
durable runner checkpoints the same steps through its job engine. Arguments and results of steps are therefore small
values and media paths, never arrays.
"""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

from models.context import JobContext
from models.errors import Cancelled

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True)
class Progress:
    """percent 0..100 follows PRD FR-014 (10 spec, 20 plan, 30-70 clips, 80 picture, 90 sound, 100 done); step is the stage's
    stable name, text is for people."""

    percent: float
    step: str
    text: str


@dataclass(frozen=True)
class Stage:
    """How long a step took, wall clock."""

    name: str
    seconds: float


class Run(Protocol):
    """What carries the steps of an ad. `job(lo, hi, step)` is a context for one model call: its 0..1 maps to lo..hi percent."""

    workdir: Path

    def step(self, name: str, fn: Callable[..., R], *args: Any) -> R: ...
    def each(self, name: str, fn: Callable[[T], R], items: Sequence[T]) -> list[R]: ...
    def report(self, percent: float, step: str, text: str) -> None: ...
    def check(self) -> None: ...
    def job(self, lo: float, hi: float, step: str, share: str = "") -> JobContext: ...


@dataclass
class DirectRun:
    """Runs every step in this process. `cancel` may be set from any thread; `on_progress` is called from several."""

    workdir: Path
    on_progress: Callable[[Progress], None] | None = None
    cancel: threading.Event = field(default_factory=threading.Event)
    parallel: int = 2
    stages: list[Stage] = field(default_factory=list)
    _best: float = 0.0
    _shares: dict[str, dict[int, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def step(self, name: str, fn: Callable[..., R], *args: Any) -> R:
        """Call `fn(*args)` and note how long it took."""
        self.check()
        began = time.perf_counter()
        try:
            return fn(*args)
        finally:
            with self._lock:
                self.stages.append(Stage(name, time.perf_counter() - began))

    def each(self, name: str, fn: Callable[[T], R], items: Sequence[T]) -> list[R]:
        """`fn` over `items` in threads; results in order. The first error cancels the rest and is raised."""
        self.check()
        began = time.perf_counter()
        pool = ThreadPoolExecutor(max_workers=max(1, min(self.parallel, len(items))), thread_name_prefix=name)
        try:
            futures = [pool.submit(self._checked, fn, item) for item in items]
            return [future.result() for future in futures]
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            with self._lock:
                self.stages.append(Stage(name, time.perf_counter() - began))

    def _checked(self, fn: Callable[[T], R], item: T) -> R:
        self.check()
        return fn(item)

    def report(self, percent: float, step: str, text: str) -> None:
        """Tell of progress; percent never goes back."""
        with self._lock:
            self._best = max(self._best, percent)
            percent = self._best
        if self.on_progress:
            self.on_progress(Progress(percent, step, text))

    def check(self) -> None:
        """Raise Cancelled when asked to stop."""
        if self.cancel.is_set():
            raise Cancelled("Cancelled.")

    def job(self, lo: float, hi: float, step: str, share: str = "") -> JobContext:
        """A context for one model call. Calls made in parallel name the same `share`, e.g. "stills/4" for one of four: the
        mean of their fractions moves the bar."""
        total = int(share.rpartition("/")[2]) if share else 1
        with self._lock:
            parts = self._shares.setdefault(share or f"{step}:{lo}", {})
            mine = len(parts)
            parts[mine] = 0.0

        def progress(fraction: float, text: str) -> None:
            with self._lock:
                parts[mine] = max(parts[mine], min(1.0, fraction))
                mean = sum(parts.values()) / max(total, len(parts))
            self.report(lo + (hi - lo) * mean, step, text)

        return JobContext(workdir=self.workdir, progress=progress, check=self.check)
