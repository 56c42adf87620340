"""The pages' own scripts, styles and pictures under /s/. Serves exactly the files it was told of; no path is ever built from
what a request says."""

from collections.abc import Mapping
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse

from studio.api.error_replies import Refused

TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}


def asset_router(assets: Mapping[str, Path]) -> APIRouter:
    """/s/{name} for each of `assets`, and 404 for anything else. Never kept unasked, so an upgrade shows at once."""
    routes = APIRouter(prefix="/s")

    @routes.api_route("/{name}", methods=["GET", "HEAD"], include_in_schema=False)
    def asset(name: str) -> FileResponse:
        if name not in assets:
            raise Refused(404, "not_found")
        path = assets[name]
        return FileResponse(path, media_type=TYPES[path.suffix], headers={"cache-control": "no-cache"})

    return routes
