"""Figures of this installation for Prometheus. Knows no HTTP; what it is told of requests are routes, never addresses that were asked for.

What the database knows is read from it at each scrape and is the same from every process: take the largest, do not add it up. Requests
are counted by the process that answered them: scrape every web process and add those up.

METRICS is the table that docs/OPERATIONS.md shows.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from studio.services.health import Health, Report, State
from studio.store.database import Database
from studio.store.tables import AdVersion, Blueprint, CallState, Generation, GenerationKind, PaidCall, Status, User

if TYPE_CHECKING:
    from prometheus_client.core import Metric

METRICS = {
    "studio_requests_total": ("counter", "method, route, status", "Requests that this process answered."),
    "studio_request_seconds": ("histogram", "route", "Seconds until the answer began, of this process."),
    "studio_jobs": ("gauge", "kind, status", "Whatever was ordered and is kept, by what became of it."),
    "studio_queue_waiting": ("gauge", "", "Jobs that nobody has begun."),
    "studio_queue_oldest_seconds": ("gauge", "", "How long the first of them has waited."),
    "studio_queue_tasks": ("gauge", "queue, state", "Jobs and parts of jobs by queue, waiting or running."),
    "studio_workers": ("gauge", "", "Processes that run jobs."),
    "studio_ads_made_total": ("counter", "", "Ads that were made to their end, kept or not."),
    "studio_stage_seconds": ("gauge", "stage", "Mean seconds of each stage, of the last 50 ads that were made."),
    "studio_cost_usd_total": ("counter", "", "What was paid for models, in US dollars."),
    "studio_cost_held_usd": ("gauge", "", "What is held back for calls under way, in US dollars."),
    "studio_disk_free_bytes": ("gauge", "places", "Free bytes of each disk."),
    "studio_disk_used_ratio": ("gauge", "places", "Its used share, 0 to 1."),
    "studio_health": ("gauge", "part", "0 it is well, 1 degraded, 2 down."),
}
"""Name → kind, labels, what it is."""

RANK = {State.OK: 0, State.DEGRADED: 1, State.DOWN: 2}
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.5, 10.0)
LATEST = 50
"""Ads whose stages are counted."""

MOST_ROUTES = 500
"""Routes are a fixed table; should one ever be built of what was asked, it is not counted one by one."""


class Metrics:
    """Counts requests, and reads everything else when it is asked. queues: how many tasks there are, by queue and "waiting" or "running".
    Thread-safe."""

    def __init__(self, database: Database, health: Health, queues: Callable[[], Mapping[tuple[str, str], int]] = dict) -> None:
        from prometheus_client import CollectorRegistry, Counter, Histogram

        self._database = database
        self._health = health
        self._queues = queues
        self._lock = threading.Lock()
        self._routes: set[str] = set()
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "studio_requests", METRICS["studio_requests_total"][2], ["method", "route", "status"], registry=self.registry
        )
        seconds = METRICS["studio_request_seconds"][2]
        self._seconds = Histogram("studio_request_seconds", seconds, ["route"], buckets=BUCKETS, registry=self.registry)
        self.registry.register(self)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request. route: as it is declared, "/api/generations/{generation_id}"."""
        with self._lock:
            if route not in self._routes and len(self._routes) >= MOST_ROUTES:
                route = "other"
            self._routes.add(route)
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def page(self) -> bytes:
        """All of it, in Prometheus' text format."""
        from prometheus_client import generate_latest

        return generate_latest(self.registry)

    def describe(self) -> "list[Metric]":
        """Nothing is read before somebody asks."""
        return []

    def collect(self) -> "Iterator[Metric]":
        """What is read at each scrape; without the database, what can be told without it."""
        report = self._health.look()
        yield _metric("studio_health", [((check.name,), RANK[check.state]) for check in report.checks])
        yield _metric("studio_disk_free_bytes", [((disk.places,), disk.free) for disk in report.disks])
        yield _metric("studio_disk_used_ratio", [((disk.places,), disk.used) for disk in report.disks])
        if report.waiting is None:
            return
        yield from self._stored(report)

    def _stored(self, report: Report) -> "Iterator[Metric]":
        assert report.waiting is not None
        yield _metric("studio_queue_waiting", [((), report.waiting.count)])
        yield _metric("studio_queue_oldest_seconds", [((), report.waiting.oldest_s)])
        yield _metric("studio_queue_tasks", sorted(self._queues().items()))
        yield _metric("studio_workers", [((), report.workers or 0)])
        with self._database.reading() as session:
            kinds = session.execute(
                sa.select(Generation.kind, Generation.status, sa.func.count()).group_by(Generation.kind, Generation.status)
            )
            yield _metric("studio_jobs", [((str(kind), str(status)), count) for kind, status, count in kinds])
            made, cost = session.execute(sa.select(sa.func.sum(User.total_generations), sa.func.sum(User.total_cost))).one()
            stages = _stages(session)
            held = session.scalar(
                sa.select(sa.func.sum(PaidCall.reserved)).where(PaidCall.state.in_((CallState.INTENDED, CallState.PLACED)))
            )
        yield _metric("studio_ads_made_total", [((), made or 0)])
        yield _metric("studio_stage_seconds", stages)
        yield _metric("studio_cost_usd_total", [((), cost or 0)])
        yield _metric("studio_cost_held_usd", [((), held or 0)])


def _stages(session: Session) -> list[tuple[tuple[str], float]]:
    """The mean seconds of each stage of the latest ads, by the stage's name; ads that were only cut again are not among them."""
    latest = sa.select(Blueprint.report).join(Generation, Generation.id == Blueprint.generation_id)
    latest = latest.outerjoin(AdVersion, AdVersion.generation_id == Generation.id).where(AdVersion.generation_id.is_(None))
    latest = latest.where(Generation.status == Status.COMPLETED, Generation.kind == GenerationKind.AD)
    seconds: dict[str, list[float]] = {}
    for report in session.scalars(latest.order_by(Generation.created_at.desc()).limit(LATEST)):
        for stage in (report or {}).get("stages", ()):
            seconds.setdefault(str(stage["name"]), []).append(float(stage["seconds"]))
    return [((name,), sum(some) / len(some)) for name, some in sorted(seconds.items())]


def _metric(name: str, samples: Sequence[tuple[tuple[str, ...], Any]]) -> "Metric":
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

    kind, labels, said = METRICS[name]
    family: Any = CounterMetricFamily if kind == "counter" else GaugeMetricFamily
    made: Metric = family(name, said, labels=labels.split(", ") if labels else [])
    for values, value in samples:
        made.add_metric(list(values), float(value))  # type: ignore[attr-defined]
    return made
