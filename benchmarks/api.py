"""How long the API takes with many ads in the store, beside a floor measured in the same run.

    python -m benchmarks.api [--ads 100000] [--clients 20] [--seconds 10] [--databases sqlite postgresql]

A real server process (`python -m studio serve`, its worker idle beside it) on SQLite and on PostgreSQL; the clients are one other
process with keep-alive connections, each a different person. Each request is counted against the person's rate limit, as always.

    paced       every client asks once a second, as a page that watches an ad does
    flat out    every client asks again as soon as it is answered: how much the server can do, and how long the queue gets
    floor       the same clients at an empty FastAPI route in a server of its own; and the bare SQL of the same answer, one thread
    login       one after the other; bcrypt at cost 12 is what takes the time, by design, and is measured beside it

Goals, paced, 20 clients, 100,000 ads, an idle machine of two cores: status p95 under 20 ms, gallery of 20 under 100 ms.
"""

import argparse
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import text

from benchmarks.keep_alive import Answered, Asked, ask
from benchmarks.many_ads import PASSWORD, fill
from studio.jobs.engine import JobEngine
from studio.security import Passwords
from studio.store.database import Database, connect
from studio.store.migrations import upgrade
from tests.postgres import postgres_cluster, run_sql

ROOT = Path(__file__).parents[1]
GALLERY = "/api/generations?limit=20"
FLOOR = "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/')\ndef nothing() -> dict[str, bool]:\n    return {}\n"


def main() -> None:
    """Print one table per database."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ads", type=int, default=100_000)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=10, help="of each paced run")
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"])
    args = parser.parse_args()
    print(f"{args.ads} ads, {args.clients} clients, {os.cpu_count()} cores, load {os.getloadavg()[0]:.2f}")
    with tempfile.TemporaryDirectory() as folder:
        with _floor(Path(folder)) as port:
            floor = _both(port, [Asked("/")] * args.clients, args.seconds)
        for kind in args.databases:
            with ExitStack() as stack:
                data = Path(folder) / kind
                data.mkdir()
                address = f"sqlite:///{data / 'studio.db'}"
                if kind == "postgresql":
                    cluster = stack.enter_context(postgres_cluster())
                    run_sql(cluster, "CREATE DATABASE many")
                    address = f"{cluster}/many"
                _measure(kind, address, data, args, floor)


def _measure(kind: str, address: str, data: Path, args: argparse.Namespace, floor: tuple[Answered, Answered]) -> None:
    database = connect(address)
    upgrade(database.engine)
    engine = JobEngine(database.engine)
    engine.prepare()
    engine.close()
    began = time.perf_counter()
    people = fill(database, args.ads, max(2, args.clients))[: args.clients]
    print(f"\n{kind}: filled in {time.perf_counter() - began:.0f} s")
    try:
        with _studio(address, data) as port:
            logins, tokens = _log_in(port, len(people))
            newest = [_newest(port, token) for token in tokens]
            paths = {
                "status": [f"/api/status/{ad}" for ad in newest],
                "gallery of 20": [GALLERY] * len(people),
                "… completed only": [f"{GALLERY}&status=completed"] * len(people),
                "… search, substring": [f"{GALLERY}&q=perfume+ad+in"] * len(people),
            }
            print(f"{'':<22}{'paced p50':>10}{'p95 ms':>9}{'flat out p50':>15}{'p95 ms':>9}{'per s':>8}{'bare SQL ms':>13}")
            _row("floor: empty route", *floor, None)
            for name, asked in paths.items():
                clients = [Asked(path, token) for path, token in zip(asked, tokens, strict=True)]
                _row(name, *_both(port, clients, args.seconds), _bare(database, name, people, newest))
        print(f"login                 p50 {1000 * statistics.median(logins):.0f} ms, of which bcrypt {1000 * _bcrypt():.0f} ms")
    finally:
        database.close()


def _both(port: int, clients: list[Asked], seconds: int) -> tuple[Answered, Answered]:
    ask(port, clients, 3)  # connections, caches and statements are warm
    return ask(port, clients, seconds, every_s=1.0), ask(port, clients, 50)


def _row(name: str, paced: Answered, flat: Answered, bare_s: float | None) -> None:
    bare = f"{1000 * bare_s:>13.2f}" if bare_s is not None else ""
    print(
        f"{name:<22}{paced.ms(0.5):>10.1f}{paced.ms(0.95):>9.1f}{flat.ms(0.5):>15.1f}{flat.ms(0.95):>9.1f}{flat.per_s:>8.0f}{bare}",
        flush=True,
    )


def _bare(database: Database, name: str, people: list[str], newest: list[str]) -> float:
    """Seconds (median) for the one query that no answer of this kind can do without."""
    which = {"… completed only": "AND status = 'completed'", "… search, substring": "AND prompt_key LIKE '%perfume ad in%'"}.get(name, "")
    gallery = text(f"SELECT * FROM generations WHERE user_id = :id {which} ORDER BY created_at DESC, id DESC LIMIT 20")
    query, ids = (text("SELECT * FROM generations WHERE id = :id"), newest) if name == "status" else (gallery, people)
    took = []
    with database.engine.connect() as connection:
        for id in [*ids[:3], *ids * 5]:
            began = time.perf_counter()
            connection.execute(query, {"id": id}).all()
            took.append(time.perf_counter() - began)
    return statistics.median(took[3:])


def _log_in(port: int, n: int) -> tuple[list[float], list[str]]:
    took, tokens = [], []
    for i in range(n):
        began = time.perf_counter()
        answer = _json(port, "POST", "/api/auth/login", {"username": f"person{i}", "password": PASSWORD})
        took.append(time.perf_counter() - began)
        tokens.append(str(answer.get("token") or answer["access_token"]))
    return took, tokens


def _bcrypt() -> float:
    passwords = Passwords()
    hashed, took = passwords.hash(PASSWORD), []
    for _ in range(5):
        began = time.perf_counter()
        passwords.match(PASSWORD, hashed)
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def _newest(port: int, token: str) -> str:
    return str(_json(port, "GET", "/api/generations?limit=1", token=token)["generations"][0]["id"])


def _json(port: int, method: str, path: str, body: object = None, token: str = "") -> dict[str, object]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    connection.request(method, path, json.dumps(body) if body is not None else None, headers)
    answer = connection.getresponse()
    found = json.loads(answer.read())
    connection.close()
    if answer.status >= 300:
        raise RuntimeError(f"{path} answered {answer.status}: {found}")
    return dict(found)


@contextmanager
def _studio(address: str, data: Path) -> Iterator[int]:
    port = _free_port()
    env = {
        **os.environ,
        "DATABASE_URL": address,
        "DATA_DIR": str(data),
        "CACHE_DIR": str(data / "cache"),
        "REQUESTS_PER_MINUTE": "1000000",
        "OPENAI_API_KEY": "",
        "LOG_LEVEL": "WARNING",
    }
    with _server([sys.executable, "-m", "studio", "serve", "--port", str(port)], port, "/api/health", env):
        yield port


@contextmanager
def _floor(folder: Path) -> Iterator[int]:
    (folder / "empty_route.py").write_text(FLOOR)
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", "empty_route:app", "--app-dir", str(folder), "--port", str(port), "--log-level", "warning"]
    with _server(command, port, "/", dict(os.environ)):
        yield port


@contextmanager
def _server(command: list[str], port: int, path: str, env: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 300
        while True:
            try:
                _json(port, "GET", path)
                break
            except (OSError, http.client.HTTPException):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
        yield
    finally:
        process.terminate()
        process.wait(60)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
