"""A small hub of weights on loopback, in the shapes of the real one's API; what goes wrong is the test's to say."""

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from json import dumps
from typing import Any
from urllib.parse import unquote, urlsplit

COMMIT = "c0ffee" + "0" * 34
LARGE = 4096
"""Files from this size on are kept as large ones, with a sha256; smaller ones with git's hash."""


class HubServer:
    """One repository. files: path -> content. cut_after: bytes of a file sent before the connection breaks, once per entry.

    status, code: what every request is answered with instead. spoiled: paths sent with their first byte changed, once per entry.
    """

    def __init__(self, files: dict[str, bytes], repo: str = "maker/model") -> None:
        self.files, self.repo = files, repo
        self.cut_after: dict[str, list[int]] = {}
        self.spoiled: list[str] = []
        self.status, self.code, self.headers = 200, "", {}  # type: ignore[var-annotated]
        self.ranges: list[tuple[str, str]] = []
        self.keys: list[str] = []
        self.revisions: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args: Any) -> None:
                return None

            def do_GET(self) -> None:
                outer.keys.append(self.headers.get("Authorization", ""))
                path = unquote(urlsplit(self.path).path)
                if outer.status != 200:
                    self.said(outer.status, b"{}", {"X-Error-Code": outer.code, **outer.headers})
                elif path.startswith(f"/api/models/{outer.repo}/revision/"):
                    outer.revisions.append(path.rsplit("/", 1)[1])
                    self.said(200, dumps({"id": outer.repo, "sha": COMMIT, "siblings": outer.siblings()}).encode())
                elif path.startswith(f"/{outer.repo}/resolve/{COMMIT}/"):
                    self.file(path.removeprefix(f"/{outer.repo}/resolve/{COMMIT}/"))
                else:
                    self.said(404, b"{}", {"X-Error-Code": "RepoNotFound"})

            def said(self, status: int, body: bytes, headers: dict[str, str] | None = None, length: int | None = None) -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body) if length is None else length))
                for name, value in (headers or {}).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def file(self, name: str) -> None:
                asked = self.headers.get("Range", "")
                outer.ranges.append((name, asked))
                start = int(asked.removeprefix("bytes=").rstrip("-") or 0)
                body = outer.files[name]
                if name in outer.spoiled:
                    outer.spoiled.remove(name)
                    body = bytes([body[0] ^ 1]) + body[1:]
                body, length = body[start:], len(body) - start
                if cuts := outer.cut_after.get(name):
                    body = body[: cuts.pop(0)]
                    self.close_connection = True
                self.said(206 if start else 200, body, length=length)

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True).start()

    def siblings(self) -> list[dict[str, Any]]:
        """The files, as the API lists them with blobs=true."""
        found = []
        for name, body in self.files.items():
            entry: dict[str, Any] = {"rfilename": name, "size": len(body)}
            entry["blobId"] = hashlib.sha1(f"blob {len(body)}\0".encode() + body).hexdigest()
            if len(body) >= LARGE:
                entry["lfs"] = {"sha256": hashlib.sha256(body).hexdigest(), "size": len(body), "pointerSize": 130}
            found.append(entry)
        return found

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()
