"""Files over HTTP: finished ads (with ranges, so that players can seek) and the page's own scripts and styles.

Serves exactly the files it was told of; no path is ever built from what a request says.
"""

import mimetypes
from collections.abc import Mapping
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse

from studio.api.error_replies import Refused
from studio.api.making import TheMaking
from studio.services.making import Making

ASSET_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}

router = APIRouter(prefix="/api/ads")


@router.api_route("/{ad_id}/video", methods=["GET", "HEAD"])
def video(ad_id: str, making: TheMaking, download: bool = False) -> FileResponse:
    """The finished MP4; 206 for a Range. download=1 saves it as ad_{id}.mp4."""
    path = _finished(making, ad_id)[0]
    headers = {"cache-control": "private, max-age=3600"}
    if download:
        return FileResponse(path, media_type="video/mp4", headers=headers, filename=f"ad_{ad_id}.mp4")
    return FileResponse(path, media_type="video/mp4", headers=headers)


@router.api_route("/{ad_id}/poster", methods=["GET", "HEAD"])
def poster(ad_id: str, making: TheMaking) -> FileResponse:
    """The finished ad's still picture."""
    path = _finished(making, ad_id)[1]
    return FileResponse(path, media_type=mimetypes.guess_type(path.name)[0], headers={"cache-control": "private, max-age=3600"})


def _finished(making: Making, ad_id: str) -> tuple[Path, Path]:
    ad = making.status(ad_id).ad
    if ad is None:
        raise Refused(409, "not_finished")
    if not (ad.path.is_file() and ad.poster.is_file()):
        raise Refused(410, "file_gone")
    return ad.path, ad.poster


def asset_router(assets: Mapping[str, Path]) -> APIRouter:
    """/s/{name} for each of `assets`, and 404 for anything else. Never cached unasked, so an upgrade shows at once."""
    routes = APIRouter(prefix="/s")

    @routes.api_route("/{name}", methods=["GET", "HEAD"])
    def asset(name: str) -> FileResponse:
        if name not in assets:
            raise Refused(404, "not_found")
        path = assets[name]
        return FileResponse(path, media_type=ASSET_TYPES[path.suffix], headers={"cache-control": "no-cache"})

    return routes
