"""How long the Quality page's figures take with many measured attempts in the store, beside a floor measured in the same run.

    python -m benchmarks.dashboard [--rows 100000] [--runs 15] [--databases sqlite postgresql]

One person has as many measures of attempts as --rows says, a third as many of ads, and somebody else a tenth of it; each request is
everything the page shows.

    all           no filter: every row is in it          a month      the last 30 days
    first look    all, by a process that has kept nothing of the attempts yet
    one model     what one model filmed                  CSV          all, as one chart's rows
    floor         the sum over the same rows by the same indexes: what reading them costs before anything is told

Goal: under 300 ms for all of 100,000 rows, an idle machine of two cores. CPU ms is this process's own (SQLite computes in it, PostgreSQL
does not).
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.many_takes import BEGAN, MEASURES, analyse, fill, fill_ads, person
from studio.services.dashboard import Dashboard
from studio.services.dashboard_scope import Scope, attempts_in
from studio.services.dashboard_tables import chart_csv
from studio.store.database import Database, connect
from studio.store.migrations import upgrade
from studio.store.tables import AttemptMetric, VideoAttempt
from tests.postgres import postgres_cluster, run_sql

GOAL_MS = 300
PER_VIDEO = 6.3 * (len(MEASURES) + 1)
"""Rows of measures that a made-up video has on average."""
PER_AD = 5 * (len(MEASURES) + 1)


def main() -> None:
    """Print one table per database."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000, help="measures of attempts")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"])
    args = parser.parse_args()
    for kind in args.databases:
        with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
            address = f"sqlite:///{Path(folder) / 'studio.db'}"
            if kind == "postgresql":
                cluster = stack.enter_context(postgres_cluster())
                run_sql(cluster, "CREATE DATABASE many")
                address = f"{cluster}/many"
            database = connect(address)
            try:
                _measure(kind, database, args.rows, args.runs)
            finally:
                database.close()


def _measure(kind: str, database: Database, rows: int, runs: int) -> None:
    upgrade(database.engine)
    ada, bob = person(database, "ada"), person(database, "bob")
    videos = round(rows / PER_VIDEO)
    fill(database, ada, videos)
    fill(database, bob, videos // 10)
    fill_ads(database, ada, round(rows / 3 / PER_AD))
    analyse(database)
    with database.reading() as session:
        there = session.scalar(select(func.count()).select_from(AttemptMetric)) or 0
    print(f"\n{kind}: {there} measures of attempts, {os.cpu_count()} cores, load {os.getloadavg()[0]:.2f}; goal {GOAL_MS} ms")
    print(f"{'':<12}{'p50 ms':>9}{'p95 ms':>9}{'CPU ms':>9}")
    dashboard = Dashboard(database)
    last = BEGAN + timedelta(hours=3 * videos)
    month = Scope(ada, first=(last - timedelta(days=30)).date())
    _row("floor", lambda: _floor(database, Scope(ada)), runs)
    _row("first look", lambda: Dashboard(database).of(Scope(ada)), runs)
    _row("all", lambda: dashboard.of(Scope(ada)), runs)
    _row("a month", lambda: dashboard.of(month), runs)
    _row("one model", lambda: dashboard.of(Scope(ada, model="wan-2.2")), runs)
    _row("CSV", lambda: chart_csv(dashboard.of(Scope(ada)), "attempts"), runs)


def _floor(database: Database, scope: Scope) -> object:
    with database.reading() as session:
        return session.scalar(select(func.sum(AttemptMetric.value)).where(AttemptMetric.attempt_id == VideoAttempt.id, *attempts_in(scope)))


def _row(name: str, ask: Callable[[], object], runs: int) -> None:
    ask()  # connections, caches and statements are warm
    took, cpu = [], []
    for _ in range(runs):
        began, used = time.perf_counter(), time.process_time()
        ask()
        took.append(1000 * (time.perf_counter() - began))
        cpu.append(1000 * (time.process_time() - used))
    p95 = sorted(took)[min(len(took) - 1, round(0.95 * len(took)))]
    print(f"{name:<12}{statistics.median(took):>9.0f}{p95:>9.0f}{statistics.median(cpu):>9.0f}", flush=True)


if __name__ == "__main__":
    main()
