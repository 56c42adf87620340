"""How the main path tells of itself and is told to stop: `Tools` for one step, `Run` for their order, and the runner in place.

`make_ad` is written once against `Run`. Here `DirectRun` calls each step in place (threads for what goes side by side); the
application's durable runner records the same steps through its job engine, and runs clips on any worker. Steps are therefore
module-level functions `fn(tools, *args)`: called by name in another process, they get all they need through `tools` and small
arguments – frozen values and media paths, never arrays, never closures.
"""

import threading
import time
from bisect import insort
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar, TypeVarTuple

from models.context import JobContext
from models.errors import Cancelled
from models.runtime import Runtime
from models.till import NoBooks, Till

T = TypeVar("T")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
Ts = TypeVarTuple("Ts")


@dataclass(frozen=True)
class Progress:
    """percent 0..100 follows PRD FR-014 (10 spec, 20 plan, 30-70 clips, 80 picture, 90 sound, 100 done); step is the stage's
    stable name, text is for people."""

    percent: float
    step: str
    text: str


@dataclass(frozen=True)
class Stage:
    """How long a step took, wall clock. began: on the clock of time.perf_counter; steps may run beside each other."""

    name: str
    seconds: float
    began: float = 0.0


class Tools(Protocol):
    """What a step has at hand, wherever it runs. runtime: the door to the models. workdir: the job's own folder."""

    @property
    def workdir(self) -> Path: ...
    @property
    def runtime(self) -> Runtime: ...
    def report(self, percent: float, step: str, text: str) -> None: ...
    def check(self) -> None: ...
    def job(self, lo: float, hi: float, step: str) -> JobContext:
        """A context for one model call: its 0..1 maps to lo..hi percent. Within `each`, the mean over the items moves the bar."""


class Pending(Protocol[R_co]):
    """A step under way."""

    def result(self) -> R_co: ...


class Run(Tools, Protocol):
    """What carries the steps of an ad. Names are unique within a run and stable between releases."""

    def step(self, name: str, fn: "Callable[[Tools, *Ts], R]", *args: *Ts) -> R:
        """The result of `fn(tools, *args)`."""

    def submit(self, name: str, fn: "Callable[[Tools, *Ts], R]", *args: *Ts) -> Pending[R]:
        """Start `fn(tools, *args)` beside what follows; `result()` raises its error."""

    def each(self, name: str, fn: "Callable[[Tools, T, *Ts], R]", items: Sequence[T], *shared: *Ts) -> list[R]:
        """`fn(tools, item, *shared)` for every item, side by side; results in order."""


@dataclass
class DirectRun:
    """Runs every step in this process. `cancel` may be set from any thread; `on_progress` is called from several. till: where models
    are paid."""

    workdir: Path
    runtime: Runtime
    on_progress: Callable[[Progress], None] | None = None
    cancel: threading.Event = field(default_factory=threading.Event)
    parallel: int = 2
    till: Till = field(default_factory=NoBooks)
    stages: list[Stage] = field(default_factory=list)
    _best: float = 0.0
    _parts: dict[str, dict[int, float]] = field(default_factory=dict)
    _beside: list["Future[Any]"] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def step(self, name: str, fn: Callable[[Tools, *Ts], R], *args: *Ts) -> R:
        """Call `fn` and note how long it took. Its error is raised once nothing runs beside it any more."""
        self.check()
        try:
            return self._timed(name, fn, args)
        except BaseException:
            wait(self._beside)
            raise

    def submit(self, name: str, fn: Callable[[Tools, *Ts], R], *args: *Ts) -> "Future[R]":
        """Call `fn` in a thread of its own."""
        self.check()
        pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        future: Future[R] = pool.submit(self._timed, name, fn, args)
        pool.shutdown(wait=False)
        self._beside.append(future)
        return future

    def each(self, name: str, fn: Callable[[Tools, T, *Ts], R], items: Sequence[T], *shared: *Ts) -> list[R]:
        """`fn` over `items` in threads, those with the most `effort` (1.0 where an item does not say) first. The first error cancels those
        not begun, and is raised once nothing runs any more."""
        self.check()

        def one(index: int, item: T) -> R:
            self.check()
            return fn(_Item(self, name, index, len(items)), item, *shared)

        def all_of_them(tools: Tools) -> list[R]:
            pool = ThreadPoolExecutor(max_workers=max(1, min(self.parallel, len(items))), thread_name_prefix=name)
            try:
                # The longest first: with two hands, what ends last is then as short as it can be.
                longest_first = sorted(enumerate(items), key=lambda pair: -float(getattr(pair[1], "effort", 1.0)))
                begun = {i: pool.submit(one, i, item) for i, item in longest_first}
                return [begun[i].result() for i in range(len(items))]
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

        return self.step(name, all_of_them)

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

    def job(self, lo: float, hi: float, step: str) -> JobContext:
        """A context for one model call."""
        return self.part_of_job(lo, hi, step, 0, 1)

    def part_of_job(self, lo: float, hi: float, step: str, index: int, total: int) -> JobContext:
        """A context for one of `total` model calls side by side; parts not begun count as 0."""
        parts = self._parts.setdefault(f"{step} {lo:g}-{hi:g}", {})

        def progress(fraction: float, text: str) -> None:
            with self._lock:
                parts[index] = max(parts.get(index, 0.0), min(1.0, fraction))
                mean = sum(parts.values()) / total
            self.report(lo + (hi - lo) * mean, step, text)

        return JobContext(workdir=self.workdir, progress=progress, check=self.check, till=self.till)

    def _timed(self, name: str, fn: Callable[..., R], args: Sequence[Any]) -> R:
        began = time.perf_counter()
        try:
            return fn(self, *args)
        finally:
            with self._lock:
                insort(self.stages, Stage(name, time.perf_counter() - began, began), key=lambda stage: stage.began)


@dataclass(frozen=True)
class _Item:
    """`Tools` for one item of `each`."""

    run: DirectRun
    name: str
    index: int
    total: int

    @property
    def workdir(self) -> Path:
        return self.run.workdir

    @property
    def runtime(self) -> Runtime:
        return self.run.runtime

    def report(self, percent: float, step: str, text: str) -> None:
        self.run.report(percent, step, text)

    def check(self) -> None:
        self.run.check()

    def job(self, lo: float, hi: float, step: str) -> JobContext:
        return self.run.part_of_job(lo, hi, step, self.index, self.total)
