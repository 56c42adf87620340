"""Server-sent events over a real connection: order, heartbeat, several listeners, and that a session's end is theirs."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from studio.api.rest import events
from studio.api.serving import serve, server_of
from tests.studio.api.whole import PASSWORD, PROMPT
from tests.studio.three_step_ad import AdHouse


@contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """Address of the application on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = server_of(app, "127.0.0.1", port)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until(lambda: server.started)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(120)
    assert not thread.is_alive()


@pytest.fixture
def base(app: FastAPI) -> Iterator[str]:
    with running(app) as address:
        yield address


def until(what: Callable[[], Any], within_s: float = 120) -> None:
    deadline = time.monotonic() + within_s
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.01)


class Stream:
    """A listener on a thread of its own: everything it was sent, line by line."""

    def __init__(self, client: httpx.Client) -> None:
        self.lines: list[str] = []
        self.ended = threading.Event()
        self.headers: httpx.Headers | None = None
        self._client = client
        self._stop = threading.Event()
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self) -> None:
        try:
            with self._client.stream("GET", "/api/events", timeout=240) as reply:
                self.headers = reply.headers
                for line in reply.iter_lines():
                    self.lines.append(line)
                    if self._stop.is_set():
                        return
        finally:
            self.ended.set()

    def close(self) -> None:
        """Hang up with the next line."""
        self._stop.set()

    @property
    def told(self) -> list[tuple[str, dict[str, Any]]]:
        """(event, data) so far."""
        found, kind = [], ""
        for line in list(self.lines):
            if line.startswith("event: "):
                kind = line[7:]
            elif line.startswith("data: "):
                found.append((kind, json.loads(line[6:])))
        return found

    @property
    def kinds(self) -> list[str]:
        return [kind for kind, _ in self.told]


def signed_in(base: str, name: str = "ada") -> httpx.Client:
    client = httpx.Client(base_url=base, headers={"origin": base})
    who = {"username": name, "password": PASSWORD}
    client.post("/api/auth/register", json=who)
    assert client.post("/api/session", json=who).status_code == 200
    return client


def order(client: httpx.Client) -> str:
    return str(client.post("/api/generate", json={"prompt": PROMPT}).json()["generation_id"])


def test_the_whole_story_of_an_ad(base: str, house: AdHouse) -> None:
    ada = signed_in(base)
    waiting = order(ada)
    stream = Stream(ada)
    until(lambda: "ready" in stream.kinds)
    assert stream.headers is not None
    assert stream.headers["content-type"].startswith("text/event-stream")
    assert stream.headers["cache-control"] == "no-store"
    assert stream.lines[0] == "retry: 2000"
    assert [(kind, data.get("id")) for kind, data in stream.told] == [("generation", waiting), ("ready", None)]
    assert stream.told[0][1] == ada.get(f"/api/generations/{waiting}").json()
    with house.working():
        until(lambda: stream.told[-1][1].get("status") == "completed")
    percents = [data["progress"] for kind, data in stream.told if kind == "generation"]
    assert percents == sorted(percents)
    done = stream.told[-1][1]
    assert done == ada.get(f"/api/generations/{waiting}").json()
    assert done["result"]["video_url"].startswith("/api/media/")
    new = order(ada)
    until(lambda: stream.told[-1][1].get("id") == new)
    ada.delete(f"/api/generations/{waiting}")
    until(lambda: stream.told[-1] == ("deleted", {"id": waiting}))
    stream.close()


def test_every_listener_hears_and_nobody_else_s_ads(base: str, app: FastAPI) -> None:
    ada, bob = signed_in(base), signed_in(base, "bob")
    streams = [Stream(client) for client in (ada, ada, bob)]
    until(lambda: all(stream.kinds == ["ready"] for stream in streams))
    id = order(ada)
    until(lambda: all(stream.kinds == ["ready", "generation"] for stream in streams[:2]))
    ada.post(f"/api/generations/{id}/cancel")
    until(lambda: all(stream.told[-1][1].get("cancelled") for stream in streams[:2]))
    assert streams[2].kinds == ["ready"]
    for stream in streams:
        stream.close()


def test_signing_out_ends_the_stream(base: str) -> None:
    ada, elsewhere = signed_in(base), signed_in(base)
    here, there = Stream(ada), Stream(elsewhere)
    until(lambda: here.kinds == ["ready"] == there.kinds)
    assert ada.delete("/api/session").status_code == 204
    until(here.ended.is_set)
    assert not there.ended.is_set()
    assert ada.get("/api/events").status_code == 401
    there.close()


def test_a_comment_breaks_the_silence(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "HEARTBEAT_S", 0.1)
    stream = Stream(signed_in(base))
    until(lambda: stream.lines.count(": still here") >= 3)
    assert stream.kinds == ["ready"]
    stream.close()


def test_whoever_hangs_up_is_forgotten(base: str, app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "HEARTBEAT_S", 0.1)
    feed = app.state.services.feed
    streams = [Stream(signed_in(base)) for _ in range(3)]
    until(lambda: feed.listeners == 3)
    for stream in streams:
        stream.close()
    until(lambda: feed.listeners == 0)
    until(lambda: feed._thread is None)


def test_many_listeners_do_not_hold_up_other_requests(base: str, app: FastAPI) -> None:
    people = [signed_in(base, f"person{n}") for n in range(4)]
    streams = [Stream(client) for client in people for _ in range(15)]  # more than there are worker threads
    until(lambda: all(stream.kinds == ["ready"] for stream in streams))
    assert people[0].get("/api/auth/me").status_code == 200
    refused = [Stream(people[0]) for _ in range(6)]
    until(lambda: sum(stream.ended.is_set() for stream in refused) == 1)  # the twenty-first
    for stream in (*streams, *refused):
        stream.close()


def test_a_server_that_stops_ends_the_streams_itself(app: FastAPI, caplog: pytest.LogCaptureFixture) -> None:
    with running(app) as address:
        stream = Stream(signed_in(address))
        until(lambda: stream.kinds == ["ready"])
    until(stream.ended.is_set)
    assert "timeout graceful shutdown exceeded" not in caplog.text


def test_an_address_that_others_reach_is_said_to_be_open(
    app: FastAPI, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uvicorn.Server, "run", lambda _: None)
    serve(app, "127.0.0.1", 7860)
    assert caplog.text == ""
    serve(app, "0.0.0.0", 7860)
    assert "HOST=0.0.0.0" in caplog.text
    assert "https" in caplog.text
