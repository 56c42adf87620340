"""A media file as an answer: whole or a part of it, to be shown or to be saved, unless the browser has it already.

Works on files that somebody else found and allowed; the bytes come in chunks from wherever the media are, or nginx is told where they lie.
"""

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from studio.api.byte_ranges import Unsatisfiable, wanted_bytes
from studio.api.download_names import attachment
from studio.api.error_replies import error_reply
from studio.api.rest.services import Services
from studio.store.tables import MediaFile

BY_NGINX = "/by-nginx/media/"
"""What deploy/nginx.conf calls the media folder; nobody but nginx can ask for what is below it."""

CACHING = "private, no-cache"
"""Kept by this browser alone, and shown again only after asking: a signed-out browser shows nothing."""


def file_reply(request: Request, services: Services, file: MediaFile, *, save_as: str = "") -> Response:
    """200, 206 for a Range, 304 for what the browser has, 416; where nginx hands out files, an address for it alone, and the rest is its
    own. save_as: the name to be saved under; "" to be shown.

    Raises MediaMissing.
    """
    etag = f'"{file.sha256}"'
    headers = {"accept-ranges": "bytes", "etag": etag, "cache-control": CACHING}
    if save_as:
        headers["content-disposition"] = attachment(save_as)
    if _has_it(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    same = request.headers.get("if-range", etag) == etag
    try:
        part = wanted_bytes(request.headers.get("range"), file.size) if same else None
    except Unsatisfiable:
        reply = error_reply(416, "no_such_range")
        reply.headers["content-range"] = f"bytes */{file.size}"
        return reply
    media = services.media
    if services.media_by_nginx and media.is_local and "x-forwarded-for" in request.headers:
        del headers["etag"]  # nginx compares its own
        return Response(None, 200, headers | {"x-accel-redirect": BY_NGINX + media.place(file)}, media_type=file.mime)
    start, end = part or (0, file.size)
    headers["content-length"] = str(end - start)
    if part is not None:
        headers["content-range"] = f"bytes {start}-{end - 1}/{file.size}"
    status = 200 if part is None else 206
    if request.method == "HEAD":
        return Response(None, status, headers, media_type=file.mime)
    chunks = media.read(file, start, end)  # opened now, so that a missing file is still an error and not half an answer
    return StreamingResponse(chunks, status, headers, media_type=file.mime)


def _has_it(header: str | None, etag: str) -> bool:
    tags = {tag.strip().removeprefix("W/") for tag in (header or "").split(",")}
    return etag in tags or "*" in tags
