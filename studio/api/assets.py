"""The pages' own scripts, styles and pictures under /s/. Serves exactly the files it was told of; no path is ever built from
what a request says.

The scripts of the pages are also one file, /s/pages.js (script_bundle.py): a page asks for it instead of for a hundred. Everything is
kept in memory, text also packed, and read again when its file changed.
"""

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response

from studio.api.error_replies import Refused
from studio.api.script_bundle import bundled

TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".woff": "font/woff",
    ".ttf": "font/ttf",
}
PACKED = {".js", ".css", ".svg"}
PAGES = "pages.js"


@dataclass(frozen=True)
class Asset:
    """What is answered for one name. stamp: of the files it was read from, to see whether they changed."""

    body: bytes
    stamp: tuple[tuple[str, int], ...]

    @cached_property
    def etag(self) -> str:
        return f'"{sha256(self.body).hexdigest()[:24]}"'

    @cached_property
    def packed(self) -> bytes:
        return gzip.compress(self.body, 6, mtime=0)


def asset_router(assets: Mapping[str, Path], together: Callable[[], Mapping[str, Path]] = dict) -> APIRouter:
    """/s/{name} for each of `assets` and for PAGES, and 404 for anything else. together: the scripts that PAGES is, by
    name; asked each time, so that one that was added is in it.

    Never used unasked, so an upgrade shows at once: a browser that has a file asks whether it is still the same, and is told so without
    the file."""
    routes = APIRouter(prefix="/s")
    kept: dict[str, Asset] = {}

    def whole(name: str) -> Asset:
        paths = together() if name == PAGES else {name: assets[name]}
        stamp = tuple((name, path.stat().st_mtime_ns) for name, path in paths.items())
        known = kept.get(name)
        if known is None or known.stamp != stamp:
            read = {name: path.read_bytes() for name, path in paths.items()}
            body = bundled({name: source.decode() for name, source in read.items()}).encode() if name == PAGES else read[name]
            known = kept[name] = Asset(body, stamp)
        return known

    @routes.api_route("/{name}", methods=["GET", "HEAD"], include_in_schema=False)
    async def asset(name: str, request: Request) -> Response:
        if name not in assets and name != PAGES:
            raise Refused(404, "not_found")
        return _answered(request, whole(name), Path(name).suffix, "no-cache")

    return routes


def frozen_router(prefix: str, folder: Path) -> APIRouter:
    """{prefix}/{name} for each file that is in `folder` now and has a kind of TYPES. Their names change with what is in them, so browsers
    keep them for good."""
    routes = APIRouter(prefix=prefix)
    files = {path.name: path for path in folder.iterdir() if path.suffix in TYPES}
    kept: dict[str, Asset] = {}

    @routes.api_route("/{name}", methods=["GET", "HEAD"], include_in_schema=False)
    async def frozen(name: str, request: Request) -> Response:
        if name not in files:
            raise Refused(404, "not_found")
        if name not in kept:
            kept[name] = Asset(files[name].read_bytes(), ())
        return _answered(request, kept[name], files[name].suffix, "public, max-age=31536000, immutable")

    return routes


def _answered(request: Request, found: Asset, suffix: str, kept: str) -> Response:
    headers = {"cache-control": kept, "etag": found.etag, "vary": "accept-encoding"}
    if found.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if suffix in PACKED and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.packed, media_type=TYPES[suffix], headers=headers | {"content-encoding": "gzip"})
    return Response(found.body, media_type=TYPES[suffix], headers=headers)
