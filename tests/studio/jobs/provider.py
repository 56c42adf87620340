"""A shop of predictions in a process of its own, which goes on when a worker is killed; and the client that orders there.

python -m tests.studio.jobs.provider <seconds each order takes to be accepted>      prints its port
"""

import json
import sys
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class RemoteShop:
    """Orders over HTTP; knows no idempotency keys, but finds an order by its tag."""

    def __init__(self, port: int) -> None:
        self._base = f"http://127.0.0.1:{port}"

    def create(self, key: str) -> str:
        return str(self._ask("POST", "/orders", {"tag": key})["id"])

    def find(self, key: str) -> str | None:
        return next((order["id"] for order in self.orders() if order["tag"] == key), None)

    def cancel(self, order: str) -> None:
        self._ask("POST", "/cancel", {"id": order})

    def orders(self) -> list[dict[str, Any]]:
        """Every order ever placed: id, tag, cancelled."""
        found: list[dict[str, Any]] = self._ask("GET", "/orders")["orders"]
        return found

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(self._base + path, data, method=method), timeout=30) as reply:
            answer: dict[str, Any] = json.loads(reply.read())
            return answer


def serve(accepting_s: float) -> None:
    orders: list[dict[str, Any]] = []
    lock = threading.Lock()

    class Shop(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply({"orders": orders})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                if self.path == "/cancel":
                    next(order for order in orders if order["id"] == body["id"])["cancelled"] = True
                    self._reply({})
                    return
                order = {"id": f"p{len(orders)}", "tag": body["tag"], "cancelled": False}
                orders.append(order)
            time.sleep(accepting_s)  # ordered, but the customer does not know it yet
            self._reply(order)

        def _reply(self, answer: dict[str, Any]) -> None:
            data = json.dumps(answer).encode()
            try:
                self.send_response(200)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
            except BrokenPipeError:
                return  # the customer was killed while it waited

        def log_message(self, format: str, *args: object) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    serve(float(sys.argv[1]))
