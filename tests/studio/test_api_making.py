"""The HTTP side through a real client: making, media, errors, and the guard in front."""

import json
import time
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import gradio as gr
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from studio.api.local_application import application
from studio.api.local_guard import BODY_LIMIT, is_loopback
from studio.api.local_serving import refuse_public
from studio.services.making import Making, Snapshot
from studio.ui import islands, shell
from studio.words import generate
from tests.studio.quick_ads import QuickAd, QuickMake

HERE = "http://127.0.0.1:7860"
PROMPT = "Create a luxury watch ad for Instagram"


@pytest.fixture
def make(tmp_path: Path) -> QuickMake:
    return QuickMake(tmp_path / "ads")


@pytest.fixture
def client(make: QuickMake) -> Iterator[TestClient]:
    app = application(Making(make, max_waiting=1), islands.assets())
    with TestClient(app, base_url=HERE) as client:
        yield client
        make.gate.set()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """With the Gradio shell mounted."""
    app = application(Making(QuickMake(tmp_path_factory.mktemp("ads"))), islands.assets())
    shell.mount(app, shell.build(generate.page()))
    with TestClient(app, base_url=HERE) as client:
        yield client


def finished(client: TestClient, **asked: Any) -> dict[str, Any]:
    ad = client.post("/api/ads", json={"prompt": PROMPT, **asked}).json()
    deadline = time.monotonic() + 20
    while ad["state"] not in ("completed", "failed"):
        assert time.monotonic() < deadline
        time.sleep(0.01)
        ad = client.get(f"/api/ads/{ad['id']}").json()
    return ad


def refused(reply: Any, status: int, code: str) -> dict[str, str]:
    assert reply.status_code == status, reply.text
    assert list(reply.json()) == ["error"]
    error: dict[str, str] = reply.json()["error"]
    assert error["code"] == code
    assert error["message"]
    return error


def test_from_prompt_to_result(client: TestClient) -> None:
    started = client.post("/api/ads", json={"prompt": PROMPT, "duration": 15, "aspect": "1:1", "colors": ["#0A192F"], "seed": 7})
    assert started.status_code == 202
    ad = finished(client, duration=15, aspect="1:1", colors=["#0A192F"], seed=7)
    assert ad["brief"] == {
        "prompt": PROMPT,
        "duration": 15,
        "aspect": "1:1",
        "framework": None,
        "brand": "",
        "colors": ["#0A192F"],
        "seed": 7,
    }
    result = ad["result"]
    assert (ad["state"], ad["percent"], ad["error"], result["cost_usd"]) == ("completed", 100, None, "0.00")
    assert (result["width"], result["height"], result["duration_s"]) == (108, 192, 2.0)
    assert {"name": "visuals", "label": "Filming the shots", "seconds": 61.4} in result["stages"]


def test_the_quick_ad_has_nothing_that_a_real_ad_lacks() -> None:
    from pipelines.ad import Ad

    assert {f.name for f in fields(QuickAd)} <= {f.name for f in fields(Ad)} | {"duration_s"}
    assert hasattr(Ad, "duration_s")


def test_events_tell_the_whole_story_and_end(client: TestClient, make: QuickMake) -> None:
    make.pace_s = 0.05
    ad_id = client.post("/api/ads", json={"prompt": PROMPT}).json()["id"]
    with client.stream("GET", f"/api/ads/{ad_id}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        told = [json.loads(line[6:]) for line in stream.iter_lines() if line.startswith("data: ")]
    percents = [ad["percent"] for ad in told]
    assert percents == sorted(percents)
    assert told[-1]["state"] == "completed"
    assert told[-1]["result"]["video_url"] == f"/api/ads/{ad_id}/video"


def test_cancel(client: TestClient, make: QuickMake) -> None:
    make.gate.clear()
    ad_id = client.post("/api/ads", json={"prompt": PROMPT}).json()["id"]
    assert client.post(f"/api/ads/{ad_id}/cancel").json()["state"] == "cancelled"
    refused(client.get(f"/api/ads/{ad_id}/video"), 409, "not_finished")


def test_video_seeks_and_downloads(client: TestClient) -> None:
    ad = finished(client)
    whole = client.get(ad["result"]["video_url"])
    assert (whole.status_code, whole.headers["content-type"], whole.headers["accept-ranges"]) == (200, "video/mp4", "bytes")
    assert "content-disposition" not in whole.headers
    part = client.get(ad["result"]["video_url"], headers={"range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, b"ftyp")
    assert part.headers["content-range"] == f"bytes 4-7/{len(whole.content)}"
    assert client.get(ad["result"]["video_url"], headers={"range": "bytes=99999999-"}).status_code == 416
    saved = client.get(ad["result"]["download_url"])
    assert saved.headers["content-disposition"] == f'attachment; filename="ad_{ad["id"]}.mp4"'
    assert client.head(ad["result"]["video_url"]).headers["content-length"] == str(len(whole.content))
    poster = client.get(ad["result"]["poster_url"])
    assert (poster.headers["content-type"], poster.content[:4]) == ("image/png", b"\x89PNG")


def test_a_file_that_was_removed_is_said_to_be_gone(client: TestClient, make: QuickMake) -> None:
    ad = finished(client)
    for file in make.folder.glob("*.mp4"):
        file.unlink()
    refused(client.get(ad["result"]["video_url"]), 410, "file_gone")


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ({"prompt": "watch"}, "invalid_brief", "prompt"),
        ({"prompt": "a watch " * 100}, "invalid_brief", "prompt"),
        ({"prompt": PROMPT, "duration": 16}, "invalid_brief", "duration"),
        ({"prompt": PROMPT, "aspect": "4:3"}, "invalid_brief", "aspect"),
        ({"prompt": PROMPT, "colors": ["reddish"]}, "invalid_brief", "colors"),
        ({"prompt": PROMPT, "seed": -1}, "invalid_brief", "seed"),
        ({"prompt": 12}, "invalid_request", "prompt"),
        ({"prompt": PROMPT, "product_image": "/etc/hostname"}, "invalid_request", "product_image"),
        ({}, "invalid_request", "prompt"),
    ],
)
def test_unusable_input_is_named_in_one_sentence(client: TestClient, asked: dict[str, Any], code: str, field: str) -> None:
    assert refused(client.post("/api/ads", json=asked), 422, code)["field"] == field


def test_other_errors_have_the_same_shape(client: TestClient, make: QuickMake) -> None:
    refused(client.post("/api/ads", content="{", headers={"content-type": "application/json"}), 422, "invalid_request")
    for path in ("", "/events", "/video", "/poster"):
        refused(client.get(f"/api/ads/{'0' * 32}{path}"), 404, "unknown_ad")
    refused(client.get("/api/nothing"), 404, "not_found")
    refused(client.get("/s/island.py"), 404, "not_found")
    refused(client.get("/s/..%2Fshell.py"), 404, "not_found")
    make.gate.clear()
    for _ in range(2):
        client.post("/api/ads", json={"prompt": PROMPT})
    refused(client.post("/api/ads", json={"prompt": PROMPT}), 503, "queue_full")


def test_a_bug_in_a_route_is_a_sentence_without_details(make: QuickMake) -> None:
    class Broken(Making):
        def status(self, ad_id: str) -> Snapshot:
            raise ZeroDivisionError("secret detail")

    with TestClient(application(Broken(make), {}), base_url=HERE, raise_server_exceptions=False) as client:
        assert "secret" not in refused(client.get("/api/ads/1"), 500, "broken")["message"]


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "null"}]
)
def test_posts_from_other_sites_are_refused(client: TestClient, make: QuickMake, headers: dict[str, str]) -> None:
    refused(client.post("/api/ads", json={"prompt": PROMPT}, headers=headers), 403, "cross_site")
    assert make.made == []
    own = {"origin": HERE, "sec-fetch-site": "same-origin"}
    assert client.post("/api/ads", json={"prompt": PROMPT}, headers=own).status_code == 202


def test_foreign_host_names_are_refused_unless_allowed(client: TestClient, make: QuickMake) -> None:
    refused(client.get("/api/nothing", headers={"host": "rebound.example:7860"}), 421, "unknown_host")
    with TestClient(application(Making(make), {}, any_host=True), base_url="http://studio.example") as open_client:
        refused(open_client.get("/api/nothing"), 404, "not_found")


def test_large_bodies_are_refused_announced_or_not(client: TestClient) -> None:
    refused(client.post("/api/ads", json={"prompt": "x" * BODY_LIMIT}), 413, "too_large")
    chunks = (b"x" * 1024 for _ in range(80))
    refused(client.post("/api/ads", content=chunks, headers={"content-type": "application/json"}), 413, "too_large")


def test_every_answer_carries_the_headers_of_safety(page: TestClient) -> None:
    for path in ("/", "/api/nothing", "/s/generate.js", "/config"):
        headers = page.get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "same-origin")


@pytest.mark.parametrize(
    "path",
    [
        *("upload", "file=/etc/hostname", "proxy=http://example.org", "info", "openapi.json", "runs", "queue/join", "component_server"),
        *("run/predict", "call/predict", "stream/1", "deep_link", "api/predict", "vibe-edit", "app_id", "startup-events", "heartbeat/x"),
    ],
)
def test_gradio_s_own_endpoints_are_refused_by_default(page: TestClient, path: str) -> None:
    for method in ("GET", "POST"):
        refused(page.request(method, f"/gradio_api/{path}"), 404, "not_found")


@pytest.mark.parametrize(
    "path", ["/config", "/docs", "/redoc", "/openapi.json", "/monitoring", "/manifest.json", "/login", "/svelte/x", "//"]
)
def test_nothing_else_of_gradio_is_reachable(page: TestClient, path: str) -> None:
    refused(page.get(f"{HERE}{path}"), 404, "not_found")


def test_gradio_reflects_no_origin(page: TestClient) -> None:
    reply = page.get("/", headers={"origin": "https://evil.example"})
    assert "access-control-allow-origin" not in reply.headers


def test_the_page_and_its_files_are_served(page: TestClient) -> None:
    reply = page.get("/")
    assert reply.status_code == 200
    assert "/s/generate.js" in reply.text
    for path in ("/favicon.ico", "/s/tokens.css", "/s/generate.css", "/s/mark.svg"):
        assert page.get(path).status_code == 200


def test_gradio_takes_no_paths_of_files_that_nobody_uploaded() -> None:
    """Regression of Gradio 6.31: a mounted Blocks accepts {"path": "/etc/hostname"} unless has_launched is set."""
    with gr.Blocks(analytics_enabled=False) as blocks:
        file = gr.File()
        gr.Button().click(lambda f: f, file, gr.File(), api_name="take")
    app = FastAPI()
    shell.mount(app, blocks)
    body = {"data": [{"path": "/etc/hostname", "meta": {"_type": "gradio.FileData"}}]}
    with TestClient(app, base_url=HERE) as client:
        event = client.post("/gradio_api/call/take", json=body).json()["event_id"]
        told = client.get(f"/gradio_api/call/take/{event}").text
        assert "event: error" in told
        assert "complete" not in told
        assert client.get("/gradio_api/file=/etc/hostname").status_code == 403


def test_public_addresses_are_refused_unless_allowed() -> None:
    assert all(is_loopback(host) for host in ("127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost", "LOCALHOST"))
    assert not any(is_loopback(host) for host in ("0.0.0.0", "", "::", "192.168.1.5", "example.org", "127.0.0.1.example.org"))
    refuse_public("127.0.0.1", allow_public=False)
    refuse_public("0.0.0.0", allow_public=True)
    with pytest.raises(SystemExit, match="ALLOW_PUBLIC=true"):
        refuse_public("0.0.0.0", allow_public=False)
