"""Traces, as a collector is told them: an ad's steps under the request that ordered it. And what is said where they cannot be."""

import shutil
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from studio import traces
from studio.api.application import application
from studio.api.doors import DOORS
from studio.errors import StoreError
from studio.settings import Settings
from studio.store.database import connect
from tests.studio.api.whole import HERE, PROMPT, finished, join, services_of
from tests.studio.three_step_ad import ad_house


@pytest.fixture
def collector() -> Iterator[tuple[str, list[Any]]]:
    """Its address, and the spans that it was told."""
    told: list[Any] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = ExportTraceServiceRequest.FromString(self.rfile.read(int(self.headers["Content-Length"])))
            assert self.path == "/v1/traces"
            told.extend(span for of in sent.resource_spans for scope in of.scope_spans for span in scope.spans)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", told
    traces.end()
    server.shutdown()
    server.server_close()


def settings(address: str | None) -> Settings:
    return Settings(_env_file=None, otel_exporter_otlp_endpoint=address)  # type: ignore[call-arg]


def test_the_steps_of_an_ad_are_under_the_request_that_ordered_it(
    collector: tuple[str, list[Any]], migrated_sqlite: Path, tmp_path: Path
) -> None:
    address, told = collector
    shutil.copy(migrated_sqlite, tmp_path / "studio.db")
    database = connect(f"sqlite:///{tmp_path / 'studio.db'}")
    with ad_house(database, tmp_path) as house:
        app = application(services_of(house), {}, {name: tmp_path / name for name in DOORS})
        with TestClient(app, base_url=HERE) as client:
            ada = join(client)
            traces.begin(settings(address))
            ad = finished(client, house, ada)
            traces.end()
            client.get("/api/health")
    database.close()
    (ordered,) = [span for span in told if span.name == "POST /api/generate"]
    steps = {span.name: span for span in told if span.name.startswith("step ")}
    assert set(steps) == {"step write", "step film", "step keep"}
    for step in steps.values():
        assert (step.trace_id, step.parent_span_id) == (ordered.trace_id, ordered.span_id)
        assert {one.key: one.value.string_value for one in step.attributes} == {"job": ad["id"]}
    assert {one.key: one.value.int_value for one in ordered.attributes}["http.response.status_code"] == 202
    assert "GET /api/generations/{generation_id}" in {span.name for span in told}
    assert not any(PROMPT in str(span) or ada.token in str(span) for span in told)
    assert not any("health" in span.name for span in told), "after the end nothing is told"


def test_without_the_setting_nothing_is_told() -> None:
    traces.begin(settings(None))
    with traces.span("anything") as span:
        assert (span, traces.parent()) == (None, "")


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(StoreError, match=r"requirements-traces\.txt"):
        traces.begin(settings("http://127.0.0.1:9"))
