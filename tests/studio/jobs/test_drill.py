"""The drill, small: real web and worker processes on PostgreSQL that are killed and stopped while they make a few ads; and what two web
processes must know of each other."""

import json
from collections.abc import Iterator

import httpx
import pytest

from benchmarks.drill import Drill, Report, token_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def drilled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    """After the drill, its processes still at work."""
    drill = Drill(Report(ads=6, webs=2, workers=2, seed=3), tmp_path_factory.mktemp("drill"))
    try:
        drill.run()
        drill.settle()
        yield drill
    finally:
        drill.close()


@pytest.fixture
def doors(drilled: Drill) -> Iterator[list[httpx.Client]]:
    """A client of each web process."""
    clients = [httpx.Client(base_url=f"http://127.0.0.1:{web.port}/api/", timeout=120) for web in drilled.webs]
    yield clients
    for client in clients:
        client.close()


def test_nothing_is_lost_made_twice_or_paid_twice(drilled: Drill) -> None:
    assert drilled.report.holds, drilled.report
    assert drilled.report.blows, "nothing was struck, so nothing was shown"


def test_who_signs_out_at_one_is_signed_out_at_the_other(doors: list[httpx.Client]) -> None:
    here, there = doors
    bearer = {"authorization": f"Bearer {token_of(here, 0)}"}
    assert there.get("user/profile", headers=bearer).status_code == 200
    assert here.post("auth/logout", headers=bearer).status_code == 200
    assert there.get("user/profile", headers=bearer).status_code == 401


def test_news_of_an_ad_ordered_at_one_come_at_the_other(doors: list[httpx.Client]) -> None:
    here, there = doors
    bearer = {"authorization": f"Bearer {token_of(here, 1)}"}
    with there.stream("GET", "events", headers=bearer) as news:
        lines = (line for line in news.iter_lines())
        next(line for line in lines if line == "event: ready")
        id = here.post("generate", headers=bearer, json={"prompt": "Create a candle ad"}).json()["generation_id"]
        told = (json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: {"))
        statuses = []
        for one in told:
            if one.get("id", one.get("generation_id")) == id:
                statuses.append(one["status"])
                if one["status"] in ("completed", "failed"):
                    break
    assert statuses[-1] == "completed"
    assert there.get(f"generations/{id}", headers=bearer).json()["status"] == "completed"
