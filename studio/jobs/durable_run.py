"""The runner of the application: `Run` whose steps are checkpoints, and whose clips are jobs of their own.

    job ──┬─ step "spec"      in place, result recorded
          ├─ submit "sound"   ─▶ part  <job>:sound
          ├─ each "visuals"   ─▶ parts <job>:visuals:0 … 3        on any worker that listens to their queue
          └─ step "compose"   ─▶ part  <job>:compose              (routed by queues.ROUTES)

After a kill the job is begun again from its first line; steps that were recorded answer from the record, parts that go on
elsewhere are waited for, and what was finished is not made again. It knows no ads: functions come by name, values by codec.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar, TypeVarTuple

from sqlalchemy.exc import InterfaceError, OperationalError

from models.context import JobContext
from models.errors import Cancelled
from models.till import Till
from pipelines.progress import Stage, Tools
from studio import traces
from studio.jobs.engine import JobEngine, Json, Started
from studio.jobs.failures import Abandoned, UnknownJob
from studio.jobs.job_rows import JobRows, JobState
from studio.jobs.keeper import Keeper
from studio.jobs.patience import patiently
from studio.jobs.progress_rows import ProgressRows
from studio.jobs.queues import ROUTES, SIDE
from studio.jobs.references import name_of
from studio.jobs.values import Codec
from studio.logs import carried

log = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R")
Ts = TypeVarTuple("Ts")

PART = "part"
LOOK_EVERY_S = 0.3
"""How stale the answer to "is this still wanted?" may be; a cancelled job has two seconds."""

TELL_EVERY_S = 0.25
BEGUN_AGAIN = 3


@dataclass(frozen=True)
class Bench:
    """What every job of a worker shares. runtime: the door to the models. keeper: where finished things go."""

    engine: JobEngine
    rows: JobRows
    progress: ProgressRows
    runtime: Any
    work_root: Path
    keeper: Keeper


@dataclass
class JobTools:
    """`Tools` for one step of a job, or for part `part` of `parts` of it. name: of the step, "" for none. Thread-safe."""

    bench: Bench
    id: str
    attempt: int
    name: str = ""
    part: int = 0
    parts: int = 1
    _till: Till | None = None
    _looked: float = 0.0
    _standing: tuple[JobState, int] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def workdir(self) -> Path:
        """The job's own folder, the same for all its parts."""
        folder = self.bench.work_root / self.id
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    @property
    def runtime(self) -> Any:
        """The door to the models."""
        return self.bench.runtime

    @property
    def keeper(self) -> Keeper:
        """Where finished things go."""
        return self.bench.keeper

    @property
    def till(self) -> Till:
        """Where this step pays for what it buys, one thing after the other."""
        with self._lock:
            if self._till is None:
                self._till = patiently(lambda: self.bench.keeper.till(self.id, f"{self.id}/{self.name}/{self.part}"))
            return self._till

    def report(self, percent: float, step: str, text: str) -> None:
        """Tell of progress; percent never goes back."""
        self.bench.progress.report(self.id, self.attempt, percent, step, text)

    def check(self) -> None:
        """Raise Cancelled when the job was cancelled, Abandoned when this process is not to go on with it."""
        self.bench.engine.stand_by()
        state, attempt = self._still()
        if attempt != self.attempt:
            raise Abandoned(f"Job {self.id} was begun again.")
        if state is JobState.CANCELLED:
            raise Cancelled("Cancelled.")

    def job(self, lo: float, hi: float, step: str) -> JobContext:
        """A context for one model call; see pipelines.progress.Tools.job."""
        span, told = f"{step} {lo:g}-{hi:g}", 0.0

        def progress(fraction: float, text: str) -> None:
            nonlocal told
            with self._lock:
                if fraction < 1.0 and time.monotonic() - told < TELL_EVERY_S:
                    return
                told = time.monotonic()
            fraction = min(max(fraction, 0.0), 1.0)
            if self.parts > 1:
                fraction = self.bench.progress.span(self.id, span, self.part, self.parts, fraction)
            self.report(lo + (hi - lo) * fraction, step, text)

        return JobContext(workdir=self.workdir, progress=progress, check=self.check, till=self.till)

    def unwanted(self) -> bool:
        """Whether the job was cancelled, superseded or deleted."""
        try:
            state, attempt = self.bench.rows.standing(self.id)
        except UnknownJob:
            return True
        return state is JobState.CANCELLED or attempt != self.attempt

    def _still(self) -> tuple[JobState, int]:
        with self._lock:
            if self._standing is None or time.monotonic() - self._looked > LOOK_EVERY_S:
                try:
                    self._standing = self.bench.rows.standing(self.id)
                except UnknownJob:
                    self._standing = JobState.CANCELLED, self.attempt
                except (OperationalError, InterfaceError) as error:
                    log.warning("Whether job %s is still wanted cannot be read (%s).", self.id, type(error).__name__)
                    self._standing = self._standing or (JobState.PROCESSING, self.attempt)
                self._looked = time.monotonic()
            return self._standing


@dataclass
class Part(Generic[R]):
    """A step under way as a job of its own."""

    run: "DurableRun"
    name: str
    started: Started

    def result(self) -> R:
        """What it gave; raises its error, or Cancelled."""
        value: R = self.run.read(self.name, self.started.result(self.run.check))
        return value


@dataclass
class DurableRun(JobTools):
    """`Run` whose steps survive. stages: what ran how long, from the records, so that a job carried on tells the same."""

    priority: int = 1
    codec: Codec = field(default_factory=Codec)
    stages: list[Stage] = field(default_factory=list)
    _parts: dict[str, Started] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)
    _spans: dict[str, tuple[float, float]] = field(default_factory=dict)

    def step(self, name: str, fn: Callable[[Tools, *Ts], R], *args: *Ts) -> R:
        """The result of `fn(tools, *args)`, recorded; in place, or as a part where queues.ROUTES says so."""
        if name in ROUTES:
            return self.submit(name, fn, *args).result()
        self.check()
        self._claim(name)
        name_of(fn)
        self.codec.learn(fn)
        tools = JobTools(self.bench, self.id, self.attempt, name)
        value: R = self.read(name, self.bench.engine.checkpoint(name, lambda: timed(tools, fn, args, self.codec)))
        return value

    def submit(self, name: str, fn: Callable[[Tools, *Ts], R], *args: *Ts) -> Part[R]:
        """Start `fn(tools, *args)` beside what follows."""
        self.check()
        self._claim(name)
        return self._start(name, f"{self.id}:{name}", fn, args, 0, 1)

    def each(self, name: str, fn: Callable[[Tools, T, *Ts], R], items: Sequence[T], *shared: *Ts) -> list[R]:
        """`fn(tools, item, *shared)` for every item, side by side. All are let finish before the first error is raised: what
        was made (and paid for) by then is kept for the next attempt."""
        self.check()
        self._claim(name)
        parts = [self._start(name, f"{self.id}:{name}:{i}", fn, (item, *shared), i, len(items)) for i, item in enumerate(items)]
        results: list[R] = []
        failed: Exception | None = None
        for part in parts:
            try:
                results.append(part.result())
            except Cancelled:
                raise
            except Exception as error:  # noqa: BLE001 - kept while the others finish, raised below
                failed = failed or error
        if failed is not None:
            raise failed
        return results

    def drain(self) -> None:
        """Wait for every part that is still under way, so that none works for a job that has ended."""
        for started in self._parts.values():
            started.wait(self.check)

    def read(self, name: str, record: Json) -> Any:
        """The value in a record of `timed`; its time is noted."""
        self.stages = _noted(self.stages, self._spans, name, record["began"], record["ended"])
        return self.codec.decode(record["value"])

    def _start(self, name: str, id: str, fn: Callable[..., Any], args: Sequence[Any], part: int, parts: int) -> Part[Any]:
        self.codec.learn(fn)
        payload = {
            "job": self.id,
            "name": name,
            "fn": name_of(fn),
            "args": [self.codec.encode(arg, f"{name}({i})") for i, arg in enumerate(args)],
            "part": part,
            "parts": parts,
            "log": carried(),
        }
        started = self.bench.engine.start(PART, id, payload, queue=ROUTES.get(name, SIDE), priority=self.priority)
        self._parts[id] = started
        return Part(self, name, started)

    def _claim(self, name: str) -> None:
        if name in self._names:
            raise ValueError(f"Two steps of one run are named {name!r}; their records could not be told apart.")
        self._names.add(name)


def timed(tools: JobTools, fn: Callable[..., Any], args: Sequence[Any], codec: Codec) -> Json:
    """Call a step and record what it gave and when. A cancelled step leaves no record."""
    tools.check()
    began = time.time()
    try:
        with traces.span(f"step {name_of(fn).rpartition(':')[2]}", under=carried().get("trace", ""), job=tools.id):
            value = codec.encode(_begun_again(tools, lambda: fn(tools, *args)), name_of(fn))
    except Cancelled as error:
        if tools.unwanted():
            raise Abandoned(f"Job {tools.id} was cancelled.") from error
        raise
    return {"value": value, "began": began, "ended": time.time()}


def _begun_again(tools: JobTools, call: Callable[[], R]) -> R:
    """What `call()` gives. Steps bear being begun again, as after a kill; so they are where the database goes away under them, once it
    answers again, BEGUN_AGAIN times."""
    for _ in range(BEGUN_AGAIN):
        try:
            return call()
        except (OperationalError, InterfaceError) as error:
            log.warning("The database went away under a step of job %s (%s); it is begun again.", tools.id, type(error).__name__)
            patiently(lambda: tools.bench.rows.standing(tools.id))
            tools.check()
    return call()


def _noted(stages: list[Stage], spans: dict[str, tuple[float, float]], name: str, began: float, ended: float) -> list[Stage]:
    """A stage of several parts lasts from the first beginning to the last end."""
    first, last = spans.get(name, (began, ended))
    spans[name] = min(first, began), max(last, ended)
    return [Stage(known, end - start) for known, (start, end) in spans.items()]
