"""The REST API as one sub-application: `app.mount("/api", rest_api(services))`. Its errors have one shape, whatever went wrong."""

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from studio.api.error_replies import error_reply, install_error_replies
from studio.api.rest import auth, generations, people
from studio.api.rest.services import Services
from studio.errors import InputRefused, NotFound, NotReady, NotSignedIn, NotYours, OverCap, StudioError, TooMany, UsernameTaken

STATUS_OF: dict[type[StudioError], int] = {
    UsernameTaken: 400,
    InputRefused: 422,
    NotSignedIn: 401,
    OverCap: 402,
    NotYours: 403,
    NotFound: 404,
    NotReady: 409,
    TooMany: 429,
}
"""PRD §14; the nearest class counts."""


def rest_api(services: Services) -> FastAPI:
    """The sub-application."""
    api = FastAPI(title="Ad Studio", version="1", openapi_url="/openapi.json", docs_url=None, redoc_url=None)
    api.state.services = services
    install_error_replies(api)
    api.add_exception_handler(StudioError, _refusal)
    for part in (auth, generations, people):
        api.include_router(part.router)
    return api


async def _refusal(_: Request, error: Exception) -> JSONResponse:
    status = next((STATUS_OF[kind] for kind in type(error).__mro__ if kind in STATUS_OF), 503)
    reply = error_reply(status, getattr(error, "code", "broken"), str(error), field=getattr(error, "field", ""))
    if isinstance(error, TooMany):
        reply.headers["retry-after"] = str(error.retry_after)
    if status == 401:
        reply.headers["www-authenticate"] = "Bearer"
    return reply
