"""Replicate's API on loopback, as far as we and the official client use it; it can fail on command.

`Shop.plan(...)` says what becomes of the next orders, one `Fate` each; the last one stays. Files it gives lie under /out/.
"""

import json
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "r8_loopback_secret"
PAGE = 5
ENDED = ("succeeded", "failed", "canceled", "aborted")


@dataclass(frozen=True)
class Fate:
    """What becomes of an order. answer: instead of taking it (status, body, headers); taken: it is taken all the same. hang: seconds
    before the answer. polls: looks until it ends. end, error, output: how. misses: looks that find nothing at first."""

    answer: tuple[int, Any, dict[str, str]] | None = None
    taken: bool = False
    hang: float = 0.0
    polls: int = 1
    end: str = "succeeded"
    error: str | None = None
    output: Any = "default"
    data_removed: bool = False
    misses: int = 0


@dataclass(frozen=True)
class File:
    """What lies under /out/<name>. claims: the length that is announced, where it is not the truth."""

    data: bytes = b""
    mime: str = "video/mp4"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    claims: int | None = None


class Shop:
    """schemas: what models say of their inputs, by "owner/name". outages: answers to the next questions (GET), in order.
    keeps_webhook: whether lists and orders show it."""

    def __init__(self) -> None:
        self.orders: dict[str, dict[str, Any]] = {}
        self.files: dict[str, dict[str, Any]] = {}
        self.out: dict[str, File] = {}
        self.fates: list[Fate] = [Fate()]
        self.outages: list[tuple[int, Any, dict[str, str]]] = []
        self.keeps_webhook = True
        self.schemas: dict[str, dict[str, Any]] = {}
        self.log: list[tuple[str, str, dict[str, str]]] = []
        self.on_order: Callable[[dict[str, Any]], None] = lambda order: None
        self.give: Callable[[dict[str, Any]], File] | None = None
        self._lock = threading.Lock()
        outer = self

        class Handler(_Handler):
            shop = outer

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()

    def plan(self, *fates: Fate) -> None:
        self.fates = list(fates)

    def asked(self, method: str, path: str) -> int:
        """How often that was asked; path: a pattern for all of it."""
        return sum(m == method and re.fullmatch(path, p.split("?")[0]) is not None for m, p, _ in self.log)

    def take(self, model: str, body: dict[str, Any], fate: Fate) -> dict[str, Any]:
        with self._lock:
            id = f"order{len(self.orders)}"
            order = {
                "id": id,
                "model": model,
                "version": "hidden",
                "status": "starting",
                "input": body["input"],
                "output": None,
                "error": None,
                "logs": "",
                "metrics": {},
                "created_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                "started_at": None,
                "completed_at": None,
                "data_removed": False,
                "source": "api",
                "webhook": body.get("webhook"),
                "urls": {"get": f"{self.url}/v1/predictions/{id}", "cancel": f"{self.url}/v1/predictions/{id}/cancel"},
                "_fate": fate,
                "_looks": 0,
            }
            self.orders[id] = order
        self.on_order(order)
        return order

    def look(self, order: dict[str, Any]) -> None:
        fate = order["_fate"]
        order["_looks"] += 1
        if order["status"] in ENDED:
            return
        if order["_looks"] - fate.misses >= fate.polls:
            self.end(order, fate)
        else:
            order.update(status="processing", logs=f" {order['_looks'] * 10}%|##  | 3/9 [00:01<00:02]\n")

    def end(self, order: dict[str, Any], fate: Fate) -> None:
        order.update(status=fate.end, error=fate.error, data_removed=fate.data_removed, completed_at=order["created_at"])
        if fate.end != "succeeded" or fate.data_removed:
            return
        if fate.output == "default":
            name = order["id"]
            if self.give is not None:
                self.out[name] = self.give(order)
            order["output"] = f"{self.url}/out/{name}"
        else:
            order["output"] = fate.output

    def shown(self, order: dict[str, Any]) -> dict[str, Any]:
        hidden = () if self.keeps_webhook else ("webhook",)
        return {k: v for k, v in order.items() if not k.startswith("_") and k not in hidden}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    shop: Shop

    def log_message(self, *args: Any) -> None:
        return None

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def do_DELETE(self) -> None:
        self._answer("DELETE")

    def _answer(self, method: str) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        shop, parts = self.shop, urlsplit(self.path)
        shop.log.append((method, self.path, {k.lower(): v for k, v in self.headers.items()}))
        if parts.path.startswith("/out/"):
            return self._file(parts.path.removeprefix("/out/"))
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            return self._send(401, {"title": "Unauthenticated", "detail": "You did not pass a valid authentication token", "status": 401})
        if method == "GET" and shop.outages:
            return self._send(*shop.outages.pop(0))
        if method == "POST" and (model := re.fullmatch(r"/v1/models/([^/]+/[^/]+)/predictions", parts.path)):
            return self._order(model[1], json.loads(body))
        if order := re.fullmatch(r"/v1/predictions/([^/]+)(/cancel)?", parts.path):
            return self._look(order[1], bool(order[2]))
        if parts.path in ("/v1/predictions", "/v1/files") and method == "GET":
            return self._list(parts.path, parse_qs(parts.query))
        if parts.path == "/v1/files":
            return self._keep(body)
        if parts.path.startswith("/v1/files/") and method == "DELETE":
            shop.files.pop(parts.path.rpartition("/")[2], None)
            return self._send(204, b"")
        if model := re.fullmatch(r"/v1/models/([^/]+/[^/]+)", parts.path):
            schema = {"components": {"schemas": {"Input": shop.schemas.get(model[1], {})}}}
            return self._send(200, {"name": model[1], "latest_version": {"id": "v", "openapi_schema": schema}})
        if parts.path == "/v1/account":
            return self._send(200, {"type": "user", "username": "ada", "name": "Ada"})
        return self._send(404, {"detail": "The requested resource could not be found.", "status": 404, "title": "Not found"})

    def _order(self, model: str, body: dict[str, Any]) -> None:
        shop = self.shop
        with shop._lock:
            fate = shop.fates.pop(0) if len(shop.fates) > 1 else shop.fates[0]
        order = shop.take(model, body, fate) if fate.taken or fate.answer is None else None
        time.sleep(fate.hang)
        if fate.answer is not None:
            return self._send(*fate.answer)
        return self._send(201, shop.shown(order))  # type: ignore[arg-type]

    def _look(self, id: str, cancel: bool) -> None:
        order = self.shop.orders.get(id)
        if order is None or order["_looks"] < order["_fate"].misses:
            if order is not None:
                order["_looks"] += 1
            return self._send(404, {"detail": "The requested resource could not be found.", "status": 404})
        if cancel and order["status"] not in ENDED:
            order["status"] = "canceled"
        elif not cancel:
            self.shop.look(order)
        return self._send(200, self.shop.shown(order))

    def _list(self, path: str, query: dict[str, list[str]]) -> None:
        shop, at = self.shop, int(query.get("cursor", ["0"])[0])
        everything = [shop.shown(o) for o in shop.orders.values()] if path.endswith("predictions") else list(shop.files.values())
        everything = everything[::-1]
        more = f"https://foreign.invalid{path}?cursor={at + PAGE}" if len(everything) > at + PAGE else None
        return self._send(200, {"results": everything[at : at + PAGE], "next": more, "previous": None})

    def _keep(self, body: bytes) -> None:
        id = f"file{len(self.shop.log)}"
        found = re.search(rb'name="metadata"\r\n(?:[^\r]+\r\n)*\r\n([^\r]*)\r\n', body)
        self.shop.files[id] = {
            "id": id,
            "name": "frame.jpg",
            "content_type": "image/jpeg",
            "size": len(body),
            "etag": "x",
            "checksums": {"sha256": "x"},
            "metadata": json.loads(found[1]) if found else {},
            "created_at": "2026-11-25T12:00:00Z",
            "expires_at": None,
            "urls": {"get": f"{self.shop.url}/v1/files/{id}"},
        }
        return self._send(201, self.shop.files[id])

    def _file(self, name: str) -> None:
        file = self.shop.out.get(name, File(status=404))
        headers = {"Content-Type": file.mime, **file.headers}
        return self._send(file.status, file.data, headers, len(file.data) if file.claims is None else file.claims)

    def _send(self, status: int, content: Any, headers: dict[str, str] | None = None, length: int | None = None) -> None:
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        try:
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data) if length is None else length))
            self.end_headers()
            self.wfile.write(data)
            if length is not None and length > len(data):
                self.close_connection = True
        except (BrokenPipeError, ConnectionResetError):
            return
