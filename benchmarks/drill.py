"""Many ads through many processes while those are killed, stopped and cut off: nothing may be lost, made twice or paid twice.

    python -m benchmarks.drill [--ads 200] [--webs 2] [--workers 3] [--seed 1] [--json report.json]

    orders      over REST, by eight people, at every web process in turn; the clips of each ad are bought from a shop that keeps count
    chaos       every few seconds a worker or a web process is killed (-9) or stopped (SIGSTOP) for longer than its lease, and started again
                as a supervisor would; once the database crashes and comes back
    the report  lost, duplicated, paid twice (each has to be 0, else the exit status is 1); how long it took; after each blow to a worker
                the seconds until others had taken over all of its work

Films are little and models are stubs: what is measured is that the work is done once, not how fast ads are made.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg

from benchmarks.drill_ad import CLIPS, PRICE, SHOP
from benchmarks.drill_process import Process
from benchmarks.drill_proxy import NAME
from tests.postgres import Cluster, run_sql
from tests.studio.jobs.provider import RemoteShop

ROOT = Path(__file__).parents[1]
PEOPLE, PASSWORD = 8, "drill password"
LEASE_S = 4.0
PAUSE_S = (2.0, 5.0)
PATIENCE_S = 900.0


@dataclass
class Report:
    """What came of it. recovery_s: after each blow to a worker, until none of its work was waiting for it."""

    ads: int
    webs: int
    workers: int
    seed: int
    lost: int = 0
    duplicated: int = 0
    paid_twice: int = 0
    unpaid: int = 0
    ordering_s: float = 0.0
    took_s: float = 0.0
    blows: dict[str, int] = field(default_factory=dict)
    recovery_s: list[float] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether everything was made and paid exactly once."""
        return not (self.lost or self.duplicated or self.paid_twice or self.unpaid)


class Drill:
    """The whole: cluster, shop, processes, people."""

    def __init__(self, report: Report, folder: Path) -> None:
        self.report, self.folder = report, folder
        self._chance = random.Random(report.seed)
        self._cluster = Cluster(lasting=True)
        self._cluster.start()
        run_sql(self._cluster.address, "CREATE DATABASE drill")
        self._address = f"{self._cluster.address}/drill"
        self._shop_process = subprocess.Popen(
            [sys.executable, "-m", "tests.studio.jobs.provider", "0.05"], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert self._shop_process.stdout is not None
        port = self._shop_process.stdout.readline().strip()
        self.shop = RemoteShop(int(port))
        self._environment = os.environ | {
            SHOP: port,
            "DATABASE_URL": self._address,
            "DATA_DIR": str(folder / "data"),
            "CACHE_DIR": str(folder / "cache"),
            "SECRET_KEY": "a drill's secret, which is no secret",
            "WORKER_LEASE_S": str(LEASE_S),
            "GENERATIONS_PER_HOUR": "100000",
            "REQUESTS_PER_MINUTE": "1000000",
            "USER_CAP_USD": "100000",
            "QUEUE_LIMIT": "100000",
            "LOG_LEVEL": "WARNING",
            "ALLOWED_HOSTS": NAME,
            "MEDIA_BY_NGINX": "true",  # counts for what comes through nginx alone
        }
        self.webs: list[Process] = []
        self.workers: list[Process] = []
        self._orphans: dict[str, float] = {}  # workers' ids by when they were struck

    def run(self) -> None:
        """Order, strike until all is done, then count."""
        (self.folder / "data").mkdir()
        for n in range(self.report.webs):  # one after the other: the first one makes the tables
            self.webs.append(Process("web", self._environment, self.folder / f"web-{n}.log"))
            self.webs[-1].ready()
        began = time.monotonic()
        ordered = self._order()
        self.report.ordering_s = time.monotonic() - began
        began = time.monotonic()
        self.workers = [Process("worker", self._environment, self.folder / f"worker-{n}.log") for n in range(self.report.workers)]
        for worker in self.workers:
            worker.ready()
        self._strike_until_done(began)
        self.report.took_s = time.monotonic() - began
        self._count(ordered)

    def settle(self) -> None:
        """Until every process serves or works again."""
        for process in (*self.webs, *self.workers):
            while not process.id:
                if process.gone:
                    process.start()
                process.ready()
        for web in self.webs:
            _until_it_answers(lambda web=web: httpx.get(f"http://127.0.0.1:{web.port}/api/capabilities", timeout=120))  # type: ignore[misc]

    def close(self) -> None:
        """End everything that was started."""
        for process in (*self.webs, *self.workers):
            process.end()
        self._shop_process.kill()
        self._shop_process.wait(timeout=60)
        if self._shop_process.stdout:
            self._shop_process.stdout.close()
        self._cluster.remove()

    def _order(self) -> list[str]:
        """Everybody's orders; the ids of the ads."""
        ordered: list[str] = []
        clients = []
        for n in range(min(PEOPLE, self.report.ads)):
            web = self.webs[n % len(self.webs)]
            client = httpx.Client(base_url=f"http://127.0.0.1:{web.port}/api/", timeout=120)
            _until_it_answers(lambda client=client: client.get("capabilities"))  # type: ignore[misc]
            client.post("auth/register", json={"username": f"person{n}", "password": PASSWORD}).raise_for_status()
            client.headers["authorization"] = f"Bearer {token_of(client, n)}"
            clients.append(client)
        for n in range(self.report.ads):
            reply = clients[n % len(clients)].post("generate", json={"prompt": f"Create a luxury watch ad for Instagram, number {n}"})
            reply.raise_for_status()
            ordered.append(reply.json()["generation_id"])
        for client in clients:
            client.close()
        return ordered

    def _strike_until_done(self, began: float) -> None:
        crash_at = self.report.ads // 2
        next_blow = time.monotonic() + self._chance.uniform(*PAUSE_S)
        stopped: list[tuple[float, Process]] = []
        while True:
            if time.monotonic() - began > PATIENCE_S:
                return  # what is not done by now counts as lost
            done = self._done()
            if done >= self.report.ads:
                break
            if crash_at and done >= crash_at:
                crash_at = 0
                self._blow("database")
                self._cluster.stop()
                time.sleep(1.0)
                self._cluster.start()
            for when, process in list(stopped):
                if time.monotonic() >= when:
                    stopped.remove((when, process))
                    if not process.gone:
                        process.process.send_signal(signal.SIGCONT)
            for process in (*self.webs, *self.workers):
                if process.gone:
                    process.start()
            if time.monotonic() >= next_blow:
                next_blow = time.monotonic() + self._chance.uniform(*PAUSE_S)
                self._strike(stopped)
            self._look_for_orphans()
            time.sleep(0.1)
        for _, process in stopped:
            if not process.gone:
                process.process.send_signal(signal.SIGCONT)
        self._look_for_orphans()

    def _strike(self, stopped: list[tuple[float, Process]]) -> None:
        asleep = {id(process) for _, process in stopped}
        awake: list[Process] = []
        for group in (self.webs, self.workers):  # somebody of each kind is always left: processes take seconds to come back
            up = [process for process in group if id(process) not in asleep and process.id and not process.gone]
            awake += up if len(up) > 1 else []
        if not awake:
            return
        victim = self._chance.choice(awake)
        if victim.role == "worker":
            self._orphans[victim.id] = time.monotonic()
        if self._chance.random() < 0.6:
            self._blow(f"{victim.role} killed")
            victim.process.kill()
            victim.process.wait(timeout=60)
        else:
            self._blow(f"{victim.role} stopped")
            victim.process.send_signal(signal.SIGSTOP)
            stopped.append((time.monotonic() + 2 * LEASE_S, victim))

    def _blow(self, name: str) -> None:
        self.report.blows[name] = self.report.blows.get(name, 0) + 1

    def _look_for_orphans(self) -> None:
        for executor, since in list(self._orphans.items()):
            waiting = self._ask("SELECT count(*) FROM dbos.workflow_status WHERE executor_id = %s AND status = 'PENDING'", executor)
            if waiting == 0:
                del self._orphans[executor]
                self.report.recovery_s.append(round(time.monotonic() - since, 2))

    def _done(self) -> int:
        return int(self._ask("SELECT count(*) FROM generations WHERE status IN ('completed', 'failed')") or 0)

    def _ask(self, statement: str, *values: Any) -> Any:
        """One value; None while the database is away."""
        try:
            with psycopg.connect(self._address, connect_timeout=5) as connection:
                row = connection.execute(statement.encode(), values).fetchone()
                return row[0] if row else None
        except psycopg.OperationalError:
            return None

    def _count(self, ordered: list[str]) -> None:
        """Compare what was ordered with what there is, what was sold and what is on the books."""
        with psycopg.connect(self._address) as connection:
            made: dict[str, str] = dict(connection.execute(b"SELECT id, status FROM generations").fetchall())
            films = connection.execute(
                b"SELECT made_for, count(*) FROM media_files WHERE kind = 'video' GROUP BY made_for HAVING count(*) > 1"
            ).fetchall()
            booked = connection.execute(b"SELECT key, cost FROM paid_calls WHERE state = 'settled'").fetchall()
        self.report.lost = sum(str(made.get(id, "")).lower() != "completed" for id in ordered)
        self.report.duplicated = len(films) + max(0, len(made) - len(set(ordered)))
        sold = [order["tag"] for order in self.shop.orders()]
        self.report.paid_twice = len(sold) - len(set(sold)) + max(0, len(set(sold)) - CLIPS * len(ordered))
        settled = {key for key, cost in booked if cost == PRICE}
        self.report.unpaid = len(set(sold) ^ settled)


def token_of(client: httpx.Client, person: int) -> str:
    """That person, signed in anew."""
    reply = client.post("auth/login", json={"username": f"person{person}", "password": PASSWORD})
    return str(reply.raise_for_status().json()["access_token"])


def drill(ads: int, webs: int, workers: int, seed: int) -> Report:
    """Run it; the report."""
    report = Report(ads, webs, workers, seed)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        one = Drill(report, Path(folder))
        try:
            one.run()
        finally:
            one.close()
    return report


def main() -> int:
    """Print the report; 1 when something was lost, made twice or paid twice."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ads", type=int, default=200)
    parser.add_argument("--webs", type=int, default=2)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1, help="of what is struck when")
    parser.add_argument("--json", type=Path, help="write the report here as well")
    args = parser.parse_args()
    report = drill(args.ads, args.webs, args.workers, args.seed)
    if args.json:
        args.json.write_text(json.dumps(asdict(report) | {"holds": report.holds}, indent=2) + "\n", encoding="utf-8")
    recovery = sorted(report.recovery_s)
    print(f"{report.ads} ads, {report.webs} web and {report.workers} worker processes, {os.cpu_count()} cores, seed {report.seed}")
    print(f"  blows      {', '.join(f'{name} {n}' for name, n in sorted(report.blows.items())) or 'none'}")
    rate = 60 * report.ads / max(report.took_s, 1e-9)
    print(f"  ordered    in {report.ordering_s:.1f} s; made in {report.took_s:.1f} s: {rate:.0f} ads a minute")
    if recovery:
        print(f"  taken over within {recovery[len(recovery) // 2]:.1f} s (median), {recovery[-1]:.1f} s (longest), lease {LEASE_S:g} s")
    print(f"  lost {report.lost}, made twice {report.duplicated}, paid twice {report.paid_twice}, books that differ {report.unpaid}")
    print("  holds" if report.holds else "  DOES NOT HOLD")
    return 0 if report.holds else 1


def _until_it_answers(ask: Any) -> None:
    ends = time.monotonic() + 120
    while True:
        try:
            ask()
            return
        except httpx.TransportError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.1)


if __name__ == "__main__":
    raise SystemExit(main())
