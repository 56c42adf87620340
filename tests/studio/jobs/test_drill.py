"""The drill, small: real web and worker processes on PostgreSQL that are killed and stopped while they make a few ads; and what two web
processes must know of each other; and nginx in front of them, with the files that are deployed."""

import http.client
import json
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from benchmarks.drill import Drill, Report, token_of
from benchmarks.drill_proxy import NAME, Proxy, free_port
from studio.words.api import REFUSALS

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


@pytest.fixture(scope="module")
def proxy(drilled: Drill) -> Iterator[Proxy]:
    """nginx with the files of deploy/ in front of both web processes; and of a third that is gone."""
    opened = Proxy([*(web.port for web in drilled.webs), free_port()], drilled.folder / "data" / "media")
    try:
        yield opened
    finally:
        opened.close()


@pytest.fixture
def person(drilled: Drill, proxy: Proxy) -> Iterator[httpx.Client]:
    """Somebody who comes through nginx, and signed in there."""
    with through(proxy) as client:
        client.headers["authorization"] = f"Bearer {token_of(client, 2)}"
        yield client


def through(proxy: Proxy, address: str = "127.0.0.1") -> httpx.Client:
    """A client that trusts the proxy's certificate, and comes from `address`."""
    transport = httpx.HTTPTransport(verify=trusting(proxy), local_address=address, retries=5)
    return httpx.Client(transport=transport, base_url=f"{proxy.address}/api/", headers={"host": NAME}, timeout=120)


def trusting(proxy: Proxy) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(proxy.certificate))


def test_https_alone_and_http2_where_it_is_understood(proxy: Proxy) -> None:
    sent = httpx.get(f"http://127.0.0.1:{proxy.plain_port}/api/health?a=1", headers={"host": NAME})
    assert (sent.status_code, sent.headers["location"]) == (301, f"https://{NAME}/api/health?a=1")
    trust = trusting(proxy)
    trust.set_alpn_protocols(["h2", "http/1.1"])
    with socket.create_connection(("127.0.0.1", proxy.port)) as plain, trust.wrap_socket(plain, server_hostname=NAME) as opened:
        assert opened.selected_alpn_protocol() == "h2"
        assert opened.version() in ("TLSv1.2", "TLSv1.3")


def test_an_ad_goes_through_nginx(drilled: Drill, proxy: Proxy, person: httpx.Client) -> None:
    with through(proxy) as other, other.stream("GET", "events", headers={"authorization": person.headers["authorization"]}) as news:
        lines = (line for line in news.iter_lines())
        next(line for line in lines if line == "event: ready")  # would stand still if it were kept until a buffer is full
        id = person.post("generate", json={"prompt": "Create a watch ad for TikTok"}).raise_for_status().json()["generation_id"]
        told = (json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: {"))
        ended = next(one for one in told if one.get("id", one.get("generation_id")) == id and one["status"] in ("completed", "failed"))
    assert ended["status"] == "completed"
    url = ended["result"]["video_url"].removeprefix("/api/")
    here = next(web for web in drilled.webs if not web.gone)
    direct = httpx.get(f"http://127.0.0.1:{here.port}/api/{url}", headers={"authorization": person.headers["authorization"]})
    film = person.get(url)
    assert (film.status_code, film.content) == (200, direct.content)
    assert film.headers["server"] == "nginx"
    assert film.headers["etag"] != direct.headers["etag"], "nginx read it itself"
    kept = ("content-type", "cache-control", "content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy")
    assert {name: film.headers[name] for name in kept} == {name: direct.headers[name] for name in kept}
    assert "x-accel-redirect" not in film.headers
    part = person.get(url, headers={"range": "bytes=100-299", "if-range": film.headers["etag"]})
    assert (part.status_code, part.content) == (206, direct.content[100:300])
    assert person.get(url, headers={"if-none-match": film.headers["etag"]}).status_code == 304
    assert person.head(url).headers["content-length"] == str(len(direct.content))
    saved = person.get(f"video/{id}")
    assert (saved.headers["content-disposition"], saved.content) == (f'attachment; filename="ad_{id}.mp4"', direct.content)


def test_files_are_read_by_nginx_only_after_the_studio_has_let_it(drilled: Drill, proxy: Proxy, person: httpx.Client) -> None:
    media = drilled.folder / "data" / "media"
    content = next(file for file in media.rglob("*") if file.is_file()).relative_to(media)
    for path in (f"/by-nginx/media/{content}", "/by-nginx/media/../studio.db", "/by-nginx/media/"):
        assert person.get(f"{proxy.address}{path}").status_code == 404, path
    with through(proxy) as stranger:
        ads = person.get("generations").json()["generations"]
        film = stranger.get(ads[0]["video_url"].removeprefix("/api/"))
    assert (film.status_code, film.json()["error"]["code"]) == (401, "not_signed_in")


def test_what_nginx_refuses_is_told_as_the_studio_tells_it(proxy: Proxy) -> None:
    for path, megabytes in (("generate", 13), ("uploads", 102), ("uploads/media", 502)):
        asking = http.client.HTTPSConnection("127.0.0.1", proxy.port, context=trusting(proxy), timeout=120)
        asking.putrequest("POST", f"/api/{path}", skip_host=True)
        for name, value in {"host": NAME, "content-length": str(megabytes << 20)}.items():
            asking.putheader(name, value)
        asking.endheaders()  # told before a byte of it is sent
        refused = asking.getresponse()
        assert (refused.status, refused.headers["content-type"]) == (413, "application/json"), path
        assert json.load(refused)["error"] == {"code": "too_large", "message": REFUSALS["too_large"]}
        asking.close()
    with through(proxy, "127.0.0.9") as hasty:
        tries = (hasty.post("auth/login", json={}) for _ in range(200))
        stopped = next(reply for reply in tries if reply.status_code == 429)
    assert stopped.json()["error"]["code"] == "too_many"
    assert int(stopped.headers["retry-after"]) > 0


def test_a_web_process_that_is_gone_is_not_missed(proxy: Proxy) -> None:
    for last in range(10, 40):  # addresses are spread over the processes, also the one that nobody answers at
        with through(proxy, f"127.0.0.{last}") as client:
            assert client.get("capabilities").json()["error"]["code"] == "not_signed_in"
    assert any("," in asked for asked in proxy.asked()), "the one that is gone was asked first, and another one after it"


def test_when_none_is_left_that_is_said(tmp_path: Path) -> None:
    opened = Proxy([free_port()], tmp_path)
    try:
        with through(opened) as client:
            reply = client.get("capabilities")
    finally:
        opened.close()
    assert (reply.status_code, reply.json()["error"]["code"], reply.headers["retry-after"]) == (503, "away", "5")
