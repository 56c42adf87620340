"""Figures for Prometheus: who may read them, that they are true, and that the page that explains them is."""

import json
import logging
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from studio.api.application import application
from studio.api.doors import DOORS
from studio.jobs.queues import names
from studio.logs import JsonLine, _gather
from studio.services.metrics import METRICS
from studio.store.database import connect
from tests.studio.api.whole import HERE, finished, join, order, services_of
from tests.studio.three_step_ad import AdHouse, ad_house

PAGE = Path(__file__).parents[2] / "docs" / "OPERATIONS.md"
WATCHING = {"authorization": "Bearer a token for monitoring"}


@pytest.fixture(scope="module")
def house(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AdHouse]:
    folder = tmp_path_factory.mktemp("metrics")
    shutil.copy(migrated_sqlite, folder / "studio.db")
    database = connect(f"sqlite:///{folder / 'studio.db'}")
    with ad_house(database, folder) as opened:
        yield opened
    database.close()


def figures(client: TestClient) -> dict[tuple[str, str], float]:
    """By name and labels in order."""
    reply = client.get("/metrics", headers=WATCHING)
    assert reply.status_code == 200, reply.text
    return {
        (sample.name, " ".join(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(reply.text)
        for sample in family.samples
    }


def test_an_ad_is_counted_and_so_are_requests(house: AdHouse, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    caplog.handler.addFilter(_gather)
    with TestClient(application(services_of(house), {}, {name: tmp_path / name for name in DOORS}), base_url=HERE) as client:
        ada = join(client)
        client.headers["x-request-id"] = "asked.by.ada"
        ad = finished(client, house, ada)
        for _ in range(3):
            client.get(f"/api/generations/{ad['id']}", headers=ada.bearer)
        client.get("/api/generations/never-there", headers=ada.bearer)
        client.get("/wp-admin.php")
        found = figures(client)
        assert found["studio_jobs", "ad completed"] == 1
        assert found["studio_ads_made_total", ""] == 1
        assert found["studio_cost_usd_total", ""] == pytest.approx(0.0123)
        assert found["studio_requests_total", "GET /api/generations/{generation_id} 200"] >= 3
        assert found["studio_requests_total", "GET /api/generations/{generation_id} 404"] == 1
        assert found["studio_requests_total", "GET other 404"] == 1
        assert not any(ad["id"] in labels or "never-there" in labels for _, labels in found)
        assert found["studio_queue_waiting", ""] == 0
        assert found["studio_stage_seconds", "film"] == 0.5
        assert {found["studio_queue_tasks", f"{queue} {state}"] for queue in names() for state in ("waiting", "running")} == {0}
        order(client, ada)
        assert figures(client)["studio_queue_tasks", "generations waiting"] == 1
        assert found["studio_health", "database"] == 0
    lines = [json.loads(JsonLine().format(record)) for record in caplog.records]
    worked = [line for line in lines if line.get("job") == ad["id"] and line["logger"].startswith("studio.jobs")]
    assert worked, "a worker tells of the job"
    assert {line.get("request") for line in worked} == {"asked.by.ada"}, "and of the request that ordered it"


def test_nobody_else_may_read_them(house: AdHouse, tmp_path: Path) -> None:
    app = application(services_of(house), {}, {name: tmp_path / name for name in DOORS})
    with TestClient(app, base_url=HERE) as client:
        person = join(client, "bob")
        for headers in ({}, person.bearer, {"authorization": "Bearer "}, {"x-forwarded-for": "127.0.0.1"}):
            assert client.get("/metrics", headers=headers).status_code == 404
    with TestClient(app, base_url=HERE, client=("127.0.0.1", 50000)) as here:
        assert here.get("/metrics").status_code == 200
        assert here.get("/metrics", headers={"x-forwarded-for": "203.0.113.9"}).status_code == 404


def test_the_page_explains_every_figure() -> None:
    rows = re.findall(r"^\| `(studio_\w+)` \| (\w+) \| ([^|]*) \| ([^|]*) \|$", PAGE.read_text(), re.MULTILINE)
    assert {name: (kind, labels.strip(), said) for name, kind, labels, said in rows} == METRICS
