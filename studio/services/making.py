"""Ads being made: a small queue, and at any moment an honest answer to "how far is it?".

Works on briefs and on one callable that turns a brief into an ad. It knows no models, no HTTP and no page; jobs live in
this process and end with it.
"""

import logging
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from models.errors import Cancelled, ModelError
from pipelines.brief import Brief
from pipelines.errors import PipelineError
from pipelines.hints import read_hints
from pipelines.progress import Progress
from studio import words
from studio.services.measured_times import MeasuredRun, MeasuredTimes, thinned

if TYPE_CHECKING:
    from pipelines.ad import Ad  # heavy to import, and only named here

log = logging.getLogger(__name__)

Make = Callable[[Brief, Callable[[Progress], None], threading.Event], "Ad"]
"""(brief, on_progress, cancel) → ad. Called on a worker thread; on_progress may be called from several."""


class State(StrEnum):
    """pending → processing → completed | failed | cancelled (PRD FR-014, FR-016)."""

    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """Nothing will change any more."""
        return self in (State.COMPLETED, State.FAILED, State.CANCELLED)


class UnknownAd(Exception):
    """No ad of that id is known here (any more)."""


class QueueFull(Exception):
    """As many ads wait as are allowed to."""


@dataclass(frozen=True)
class Problem:
    """What went wrong, for people: a stable code and one sentence."""

    code: str
    message: str


@dataclass(frozen=True)
class Snapshot:
    """One ad at one moment. percent 0..100; times in seconds; eta_s None: not known; queue_position 1: next in line.

    revision grows with every change, so that a listener can tell news from repetition.
    """

    id: str
    revision: int
    brief: Brief
    state: State
    percent: float
    step: str
    text: str
    elapsed_s: float
    eta_s: float | None
    queue_position: int | None
    error: Problem | None
    ad: "Ad | None"


@dataclass
class _Job:
    id: str
    brief: Brief
    cancel: threading.Event = field(default_factory=threading.Event)
    state: State = State.PENDING
    revision: int = 0
    progress: Progress = field(default_factory=lambda: Progress(0.0, "", ""))
    reported_s: float = 0.0
    began: float | None = None
    elapsed_s: float = 0.0
    marks: list[tuple[float, float]] = field(default_factory=list)
    error: Problem | None = None
    ad: "Ad | None" = None
    future: "Future[None] | None" = None


def kind_of(brief: Brief) -> str:
    """Briefs of one kind take about the same time: the same length, shape and size, chosen or read out of the prompt."""
    hints = read_hints(brief.prompt)
    duration, aspect = brief.duration or hints.duration or "auto", brief.aspect or hints.aspect or "auto"
    return f"{duration} s, {aspect}, {brief.short_side} px"


class Making:
    """Makes ads on `max_running` worker threads; up to `max_waiting` more wait their turn. Thread-safe."""

    def __init__(
        self, make: Make, times: MeasuredTimes | None = None, *, max_running: int = 1, max_waiting: int = 20, remembered: int = 200
    ) -> None:
        self._make = make
        self._times = times or MeasuredTimes()
        self._max_running, self._max_waiting = max_running, max_waiting
        self._remembered = remembered
        self._jobs: dict[str, _Job] = {}
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(max_workers=max_running, thread_name_prefix="making")

    def start(self, brief: Brief) -> str:
        """Queue `brief` and return the new ad's id, which cannot be guessed. Raises QueueFull."""
        job = _Job(uuid.uuid4().hex, brief)
        with self._lock:
            if sum(not other.state.final for other in self._jobs.values()) >= self._max_running + self._max_waiting:
                raise QueueFull
            self._jobs[job.id] = job
            self._forget_oldest()
            job.future = self._pool.submit(self._work, job)
        return job.id

    def status(self, ad_id: str) -> Snapshot:
        """The ad as it stands now. Raises UnknownAd."""
        with self._lock:
            job = self._find(ad_id)
            elapsed_s = self._elapsed(job)
            return Snapshot(
                id=job.id,
                revision=job.revision,
                brief=job.brief,
                state=job.state,
                percent=job.progress.percent,
                step=job.progress.step,
                text=job.progress.text,
                elapsed_s=elapsed_s,
                eta_s=self._eta(job, elapsed_s),
                queue_position=self._place(job),
                error=job.error,
                ad=job.ad,
            )

    def cancel(self, ad_id: str) -> Snapshot:
        """Stop making an ad. It is cancelled at once; its worker follows at its next check. Too late: it stays completed."""
        with self._lock:
            job = self._find(ad_id)
            if not job.state.final:
                job.cancel.set()
                if job.future is not None:
                    job.future.cancel()
                self._end(job, State.CANCELLED)
        return self.status(ad_id)

    def shutdown(self) -> None:
        """Cancel everything and wait for the workers."""
        with self._lock:
            for job in self._jobs.values():
                if not job.state.final:
                    job.cancel.set()
                    self._end(job, State.CANCELLED)
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _work(self, job: _Job) -> None:
        with self._lock:
            if job.state.final:
                return
            job.state, job.began = State.PROCESSING, time.monotonic()
            self._changed()
        try:
            ad = self._make(job.brief, lambda progress: self._report(job, progress), job.cancel)
        except Cancelled:
            self._finish(job, State.CANCELLED)
        except (ModelError, PipelineError) as error:
            log.warning("Ad %s failed: %s", job.id, error, exc_info=error)
            self._finish(job, State.FAILED, error=Problem(error.code, words.sentence_for(error)))
        except Exception:  # the last boundary: a bug must become a sentence here, not a dead worker
            log.exception("Ad %s broke at step %r", job.id, job.progress.step)
            self._finish(job, State.FAILED, error=Problem("broken", words.broke_while(job.progress.step)))
        else:
            if self._finish(job, State.COMPLETED, ad=ad):
                self._times.remember(MeasuredRun(kind_of(job.brief), thinned(job.marks), job.elapsed_s))
            else:
                log.info("Ad %s was finished after it had been cancelled; its files are removed.", job.id)
                for file in (ad.path, ad.poster, ad.timeline):
                    file.unlink(missing_ok=True)

    def _report(self, job: _Job, progress: Progress) -> None:
        with self._lock:
            if job.state.final or progress.percent < job.progress.percent:
                return
            job.progress, job.reported_s = progress, self._elapsed(job)
            job.marks.append((progress.percent, job.reported_s))
            job.revision += 1

    def _finish(self, job: _Job, state: State, *, error: Problem | None = None, ad: "Ad | None" = None) -> bool:
        """End the job unless somebody cancelled it before; whether this was the end."""
        with self._lock:
            if job.state.final:
                return False
            job.error, job.ad = error, ad
            if state is State.COMPLETED:
                job.progress = Progress(100.0, "done", job.progress.text)
            self._end(job, state)
            return True

    def _end(self, job: _Job, state: State) -> None:
        job.elapsed_s = self._elapsed(job)
        job.state = state
        self._changed()

    def _changed(self) -> None:
        """Whoever waits may have moved up, so everybody has news."""
        for job in self._jobs.values():
            job.revision += 1

    def _elapsed(self, job: _Job) -> float:
        if job.state.final or job.began is None:
            return job.elapsed_s
        return time.monotonic() - job.began

    def _eta(self, job: _Job, elapsed_s: float) -> float | None:
        """Counts down between two reports; when it has run out the estimate was wrong, and is no longer shown."""
        if job.state is not State.PROCESSING:
            return None
        rest_s = self._times.remaining_s(kind_of(job.brief), job.progress.percent, job.reported_s)
        if rest_s is None:
            return None
        rest_s -= elapsed_s - job.reported_s
        return rest_s if rest_s > 0 else None

    def _place(self, job: _Job) -> int | None:
        """1: next. None when a worker is free for it, or has it. A cancelled ad holds its worker until that noticed."""
        busy = [j for j in self._jobs.values() if j.future is not None and j.future.running()]
        waiting = [j for j in self._jobs.values() if j.state is State.PENDING and j not in busy]
        if job not in waiting:
            return None
        place = waiting.index(job) + 1 - (self._max_running - len(busy))
        return place if place > 0 else None

    def _find(self, ad_id: str) -> _Job:
        if ad_id not in self._jobs:
            raise UnknownAd(ad_id)
        return self._jobs[ad_id]

    def _forget_oldest(self) -> None:
        over = len(self._jobs) - self._remembered
        for job in [j for j in self._jobs.values() if j.state.final][: max(0, over)]:
            del self._jobs[job.id]
