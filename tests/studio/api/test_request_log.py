"""Requests in the log: an id that joins their lines, and nothing a person typed or was entrusted with."""

import logging

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from studio.api.request_log import RequestLog
from studio.logs import TextLine, _gather


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    app.add_middleware(RequestLog)

    @app.get("/r/{token}")
    def shared(token: str) -> str:
        logging.getLogger("studio.tests").info("inside a thread")
        return token

    @app.get("/broken")
    def broken() -> None:
        raise ZeroDivisionError

    return TestClient(app, raise_server_exceptions=False)


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [TextLine().format(record) for record in caplog.records if record.name.startswith("studio")]


@pytest.fixture(autouse=True)
def gathered(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    caplog.handler.addFilter(_gather)


def test_lines_of_one_request_bear_its_id(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    answer = client.get("/r/a-secret-token?q=private+words", headers={"x-request-id": "from.the-proxy_1"})
    assert answer.headers["x-request-id"] == "from.the-proxy_1"
    inside, outside = told(caplog)
    assert "request=from.the-proxy_1" in inside
    assert "request=from.the-proxy_1" in outside
    assert "GET /r/…" in outside
    assert "status=200" in outside
    assert "secret" not in inside + outside
    assert "private" not in inside + outside


def test_an_odd_id_is_replaced(client: TestClient) -> None:
    given = client.get("/r/x", headers={"x-request-id": 'a" injected=1'}).headers["x-request-id"]
    assert len(given) == 16
    assert given.isalnum()


def test_a_failure_of_ours_is_a_warning(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    assert client.get("/broken").status_code == 500
    assert any(record.levelno == logging.WARNING and "GET /broken" in record.getMessage() for record in caplog.records)
