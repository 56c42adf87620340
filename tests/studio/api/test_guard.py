"""The guard in front of everything: names, sites, sizes, and what of Gradio can be reached (nothing but its page)."""

import re
from collections.abc import Iterator
from typing import Any

import gradio as gr
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.routing import Mount
from starlette.websockets import WebSocketDisconnect

from studio.api import guard
from studio.api.application import application
from studio.api.guard import BODY_LIMIT
from studio.api.hosts import Hosts, is_loopback
from studio.ui import shell
from tests.studio.api.whole import HERE, PASSWORD, PROMPT, Person, join, refused, services_of
from tests.studio.three_step_ad import AdHouse

OWN = {"origin": HERE, "sec-fetch-site": "same-origin"}


@pytest.fixture
def page(app: FastAPI) -> Iterator[TestClient]:
    """With a Gradio page that takes a file, mounted as ours is, and somebody signed in to it by cookie."""
    with gr.Blocks(analytics_enabled=False) as blocks:
        file = gr.File()
        gr.Button().click(lambda f: f, file, gr.File(), api_name="take")
    shell.mount(app, blocks)
    with TestClient(app, base_url=HERE, raise_server_exceptions=False) as client:
        join(client)
        assert client.post("/api/session", json={"username": "ada", "password": PASSWORD}).status_code == 200
        client.headers |= OWN
        yield client


def gradio_routes(client: TestClient) -> list[tuple[str, str]]:
    """(method, path) of every route of the mounted Gradio application, asked of itself."""
    app: Any = client.app
    mounted = next(route.app for route in app.routes if isinstance(route, Mount) and route.path == "")
    found = [(method, re.sub(r"{[^}]*}", "x", path)) for path, methods in flat(mounted.routes) for method in sorted(methods)]
    assert {"/", "/gradio_api/upload", "/gradio_api/queue/join"} <= {path for _, path in found}
    return found


def flat(routes: Any) -> Iterator[tuple[str, set[str]]]:
    for route in routes:
        if hasattr(route, "effective_candidates"):
            yield from flat(route.effective_candidates())
        elif isinstance(route, Mount):
            yield f"{route.path}/x", {"GET"}
        else:
            yield route.path, getattr(route, "methods", None) or {"GET"}


def test_of_gradio_only_the_page_and_its_bundle_can_be_reached(page: TestClient) -> None:
    bundle = re.compile(r"/(|static/x|assets/x|theme\.css|favicon\.ico|robots\.txt|login|register|welcome)")
    reached = set()
    for method, path in gradio_routes(page):
        reply = page.request(method, path)
        if bundle.fullmatch(path):
            reached.add(path)
        else:
            assert reply.status_code == 404, (method, path)
            if method != "HEAD":
                refused(reply, 404, "not_found")
    assert "/" in reached
    assert not any(path.startswith("/gradio_api") for path in reached)


CLOSED = (
    *("upload", "file=/etc/hostname", "proxy=http://example.org", "info", "openapi.json", "runs", "queue/join", "component_server"),
    *("run/predict", "call/take", "run/take", "stream/1", "deep_link", "api/predict", "vibe-edit", "app_id", "startup-events"),
    *("heartbeat/x", "queue/data", "cancel", "reset"),
)
NOWHERE = ("/config", "/config/", "/docs", "/redoc", "/openapi.json", "/monitoring", "/manifest.json", "/svelte/x", "//", "/api")


def test_gradio_s_own_endpoints_and_everything_else_are_closed(page: TestClient) -> None:
    for method in ("GET", "POST"):
        for path in CLOSED:
            refused(page.request(method, f"/gradio_api/{path}"), 404, "not_found")
    for path in NOWHERE:
        refused(page.get(f"{HERE}{path}"), 404, "not_found")


def test_a_file_input_takes_no_path_of_this_machine(page: TestClient) -> None:
    """Regression of Gradio 6.31: a mounted Blocks accepts {"path": "/etc/hostname"} unless has_launched is set. Here the way is
    closed twice; the second lock is tried without the first."""
    body = {"data": [{"path": "/etc/hostname", "meta": {"_type": "gradio.FileData"}}]}
    refused(page.post("/gradio_api/call/take", json=body), 404, "not_found")
    mounted = next(route.app for route in page.app.routes if isinstance(route, Mount) and route.path == "")  # type: ignore[attr-defined]
    with TestClient(mounted, base_url=HERE) as bare:
        event = bare.post("/gradio_api/call/take", json=body).json()["event_id"]
        told = bare.get(f"/gradio_api/call/take/{event}").text
        assert "event: error" in told
        assert "complete" not in told
        assert bare.get("/gradio_api/file=/etc/hostname").status_code == 403


def test_the_page_needs_a_session(page: TestClient) -> None:
    shown = page.get("/")
    assert (shown.status_code, shown.headers["cache-control"]) == (200, "no-store")
    page.delete("/api/session")
    refused(page.get("/"), 401, "not_signed_in")
    turned = page.get("/?a=1", headers={"accept": "text/html"}, follow_redirects=False)
    assert (turned.status_code, turned.headers["location"]) == (303, "/login?next=%2F%3Fa%3D1")
    assert page.get("/theme.css").status_code == 200


def test_every_answer_carries_the_headers_of_safety(page: TestClient) -> None:
    for path in ("/", "/api/nothing", "/s/door.js", "/config", "/login", "/r/x", "/api/auth/me"):
        headers = page.get(path, follow_redirects=False).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] in ("same-origin", "no-referrer")
        assert "strict-transport-security" not in headers
        assert "access-control-allow-origin" not in page.get(path, headers={"origin": "https://evil.example"}).headers
        asked = {"origin": "https://evil.example", "access-control-request-method": "POST"}
        assert "access-control-allow-origin" not in page.options(path, headers=asked).headers
    assert "max-age" in page.get("https://127.0.0.1/api/nothing").headers["strict-transport-security"]


def test_only_the_page_may_run_inline_scripts(page: TestClient) -> None:
    assert "unsafe-eval" in page.get("/").headers["content-security-policy"]
    for path in ("/r/x", "/api/auth/me", "/s/door.js"):
        assert not re.search(r"script-src[^;]*unsafe", page.get(path).headers["content-security-policy"])


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "null"},
        {"origin": "http://[::1"},
        {"origin": HERE, "sec-fetch-site": "cross-site"},
        {"origin": "http://127.0.0.1:7861"},
    ],
)
def test_what_other_sites_send_is_refused(client: TestClient, ada: Person, house: AdHouse, headers: dict[str, str]) -> None:
    for path in ("/api/generate", "/api/session", "/api/auth/register", "/api/uploads", "/api/auth/logout"):
        refused(client.post(path, json={"prompt": PROMPT}, headers=ada.bearer | headers), 403, "cross_site")
    refused(client.delete("/api/session", headers=ada.bearer | headers), 403, "cross_site")
    assert house.library.gallery(ada.id).total == 0
    assert client.post("/api/generate", json={"prompt": PROMPT}, headers=ada.bearer | OWN).status_code == 202


def test_a_cookie_alone_changes_nothing(client: TestClient, ada: Person) -> None:
    client.post("/api/session", json={"username": "ada", "password": PASSWORD})
    refused(client.post("/api/generate", json={"prompt": PROMPT}), 403, "cross_site")
    assert client.get("/api/auth/me").status_code == 200
    assert client.post("/api/generate", json={"prompt": PROMPT}, headers={"sec-fetch-site": "same-origin"}).status_code == 202
    assert client.post("/api/generate", json={"prompt": PROMPT}, headers=ada.bearer).status_code == 202


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])
def test_what_a_form_of_another_site_could_send_is_not_read_as_json(client: TestClient, ada: Person, content_type: str) -> None:
    headers = ada.bearer | ({"content-type": content_type} if content_type else {})
    reply = client.post("/api/generate", content=f'{{"prompt": "{PROMPT}"}}'.encode(), headers=headers)
    refused(reply, 422, "invalid_request")


def test_foreign_names_are_refused_unless_allowed(house: AdHouse, doors: Any, client: TestClient) -> None:
    for name in ("rebound.example:7860", "127.0.0.1.example.org", "[::1", "", "localhost.evil"):
        refused(client.get("/api/health", headers={"host": name}), 421, "unknown_host")
    for name in ("localhost", "localhost:7860", "127.0.0.1", "[::1]:7860", "127.9.9.9"):
        assert client.get("/api/health", headers={"host": name}).status_code == 200
    named = application(services_of(house), {}, doors, allowed_hosts="Studio.example, ads.example")
    with TestClient(named, base_url="http://studio.example:7860") as other:
        assert other.get("/api/health").status_code == 200
        refused(other.get("/api/health", headers={"host": "evil.example"}), 421, "unknown_host")
    assert Hosts("*").allow("whatever.example")
    assert not Hosts("").allow("studio.example")


def test_loopback_is_this_machine_and_nobody_else() -> None:
    assert all(is_loopback(host) for host in ("127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost", "LOCALHOST"))
    assert not any(is_loopback(host) for host in ("0.0.0.0", "", "::", "192.168.1.5", "example.org", "127.0.0.1.example.org"))


def test_large_bodies_are_refused_announced_or_not(client: TestClient, ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    refused(client.post("/api/generate", json={"prompt": "x" * BODY_LIMIT}, headers=ada.bearer), 413, "too_large")
    chunks = (b"x" * 1024 for _ in range(80))
    headers = ada.bearer | {"content-type": "application/json"}
    refused(client.post("/api/generate", content=chunks, headers=headers), 413, "too_large")
    huge = {"content-length": str(200 * 2**20), "content-type": "multipart/form-data; boundary=x"}
    refused(client.post("/api/uploads", content=b"", headers=ada.bearer | huge), 413, "too_large")
    monkeypatch.setattr(guard, "BODY_LIMITS", {"/api/uploads": 100_000})
    parts = (b'--x\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\n', *(b"x" * 1024 for _ in range(120)))
    reply = client.post("/api/uploads", content=iter(parts), headers=ada.bearer | {"content-type": "multipart/form-data; boundary=x"})
    refused(reply, 413, "too_large")


def test_websockets_are_closed(client: TestClient) -> None:
    for path in ("/", "/api/events", "/gradio_api/queue/join"):
        with pytest.raises(WebSocketDisconnect), client.websocket_connect(path):
            pass
