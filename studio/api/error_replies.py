"""Every error as {"error": {"code", "message"}} (PRD NFR-013), and the handlers that make it so.

Works on exceptions; the sentences are theirs, or in studio/words.
"""

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from starlette.exceptions import HTTPException

from models.errors import ModelError
from pipelines.errors import BriefError, PipelineError
from studio import words
from studio.errors import (
    Busy,
    EditRefused,
    InputRefused,
    LinkEnded,
    NotFound,
    NotReady,
    NotSignedIn,
    NotYours,
    OverCap,
    RegistrationClosed,
    RoleRefused,
    StudioError,
    TooMany,
    UsernameTaken,
)
from studio.words.api import REFUSALS

log = logging.getLogger(__name__)

CODE_OF_STATUS = {404: "not_found", 405: "method_not_allowed", 413: "too_large"}
STATUS_OF: dict[type[StudioError], int] = {
    UsernameTaken: 400,
    InputRefused: 422,
    EditRefused: 422,
    NotSignedIn: 401,
    OverCap: 402,
    NotYours: 403,
    RoleRefused: 403,
    RegistrationClosed: 403,
    NotFound: 404,
    NotReady: 409,
    LinkEnded: 410,
    TooMany: 429,
    Busy: 503,
}
"""PRD §14; the nearest class counts, and what is not here is ours to mend: 503."""

FIELDS = {
    "aspect": "aspect_ratio",
    "colors": "brand_colors",
    "product_image": "product_image_id",
    "movement": "camera",
    "seconds": "duration",
}
"""What the API calls a field of the brief, where that is not what the brief calls it."""

NO_DATABASE_S = 5
"""Seconds after which a request that met no database may be tried again: a restart takes about as long."""

SENTENCES = words.ERRORS | REFUSALS


class Refused(Exception):
    """An answer other than the one asked for. `code` is one of SENTENCES."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


def error_reply(status: int, code: str, message: str = "", *, field: str = "") -> JSONResponse:
    """The one shape of an error; `field` names the offending input where there is one."""
    error = {"code": code, "message": message or SENTENCES[code]}
    return JSONResponse({"error": error | ({"field": field} if field else {})}, status, headers={"cache-control": "no-store"})


def install_error_replies(app: FastAPI) -> None:
    """Answer every exception of `app` in that shape."""

    @app.exception_handler(Refused)
    async def refused(_: Request, error: Refused) -> JSONResponse:
        return error_reply(error.status, error.code)

    @app.exception_handler(StudioError)
    async def refusal(_: Request, error: StudioError) -> JSONResponse:
        status = next((STATUS_OF[kind] for kind in type(error).__mro__ if kind in STATUS_OF), 503)
        if status == 503 and not isinstance(error, Busy):
            log.error("%s", error, exc_info=error)
        reply = error_reply(status, error.code, str(error), field=getattr(error, "field", ""))
        if isinstance(error, TooMany | Busy):
            reply.headers["retry-after"] = str(error.retry_after)
        if status == 401:
            reply.headers["www-authenticate"] = "Bearer"
        return reply

    @app.exception_handler(OperationalError)
    @app.exception_handler(InterfaceError)
    async def no_database(request: Request, error: DBAPIError) -> JSONResponse:
        log.warning("%s %s met no database (%s).", request.method, request.url.path, type(error.orig).__name__)
        reply = error_reply(503, "store_error", words.NO_DATABASE)
        reply.headers["retry-after"] = str(NO_DATABASE_S)
        return reply

    @app.exception_handler(ModelError)
    async def no_model(_: Request, error: ModelError) -> JSONResponse:
        log.warning("A model could not answer.", exc_info=error)
        return error_reply(503, error.code, words.sentence_for(error))

    @app.exception_handler(PipelineError)
    async def not_made(_: Request, error: PipelineError) -> JSONResponse:
        log.warning("A story could not be written.", exc_info=error)
        return error_reply(503, error.code, words.sentence_for(error))

    @app.exception_handler(BriefError)
    async def unusable_brief(_: Request, error: BriefError) -> JSONResponse:
        return error_reply(422, error.code, words.sentence_for(error), field=FIELDS.get(error.field, error.field))

    @app.exception_handler(RequestValidationError)
    async def unreadable(_: Request, error: RequestValidationError) -> JSONResponse:
        where = [str(part) for part in error.errors()[0]["loc"] if part not in ("body", "path", "query")]
        field = where[0] if where and not where[0].isdigit() else ""
        return error_reply(422, "invalid_request", words.unusable_field(field), field=field)

    @app.exception_handler(HTTPException)
    async def http_error(_: Request, error: HTTPException) -> JSONResponse:
        status = 422 if error.status_code == 400 else error.status_code  # a body that is not even text
        return error_reply(status, CODE_OF_STATUS.get(status, "invalid_request"))

    @app.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> JSONResponse:
        log.error("%s %s broke", request.method, request.url.path, exc_info=error)
        return error_reply(500, "broken")
