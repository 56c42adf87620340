"""Every error as {"error": {"code", "message"}} (PRD NFR-013), and the handlers that make it so.

Works on exceptions; the sentences are in studio/words.py.
"""

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from pipelines.errors import BriefError
from studio import words
from studio.services.making import QueueFull, UnknownAd

log = logging.getLogger(__name__)

CODE_OF_STATUS = {404: "not_found", 405: "method_not_allowed", 413: "too_large"}


class Refused(Exception):
    """An answer other than the one asked for. `code` is one of words.ERRORS."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


def error_reply(status: int, code: str, message: str = "", *, field: str = "") -> JSONResponse:
    """The one shape of an error; `field` names the offending input where there is one."""
    error = {"code": code, "message": message or words.ERRORS[code]}
    return JSONResponse({"error": error | ({"field": field} if field else {})}, status, headers={"cache-control": "no-store"})


def install_error_replies(app: FastAPI) -> None:
    """Answer every exception of `app` in that shape."""

    @app.exception_handler(Refused)
    async def refused(_: Request, error: Refused) -> JSONResponse:
        return error_reply(error.status, error.code)

    @app.exception_handler(UnknownAd)
    async def unknown_ad(_: Request, __: UnknownAd) -> JSONResponse:
        return error_reply(404, "unknown_ad")

    @app.exception_handler(QueueFull)
    async def queue_full(_: Request, __: QueueFull) -> JSONResponse:
        return error_reply(503, "queue_full")

    @app.exception_handler(BriefError)
    async def unusable_brief(_: Request, error: BriefError) -> JSONResponse:
        return error_reply(422, error.code, words.sentence_for(error), field=error.field)

    @app.exception_handler(RequestValidationError)
    async def unreadable(_: Request, error: RequestValidationError) -> JSONResponse:
        where = [str(part) for part in error.errors()[0]["loc"] if part not in ("body", "path", "query")]
        field = where[0] if where and not where[0].isdigit() else ""
        return error_reply(422, "invalid_request", words.unusable_field(field), field=field)

    @app.exception_handler(HTTPException)
    async def http_error(_: Request, error: HTTPException) -> JSONResponse:
        code = CODE_OF_STATUS.get(error.status_code, "invalid_request")
        return error_reply(error.status_code, code)

    @app.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> JSONResponse:
        log.error("%s %s broke", request.method, request.url.path, exc_info=error)
        return error_reply(500, "broken")
