"""One line per request: which, how it was answered, how long it took; and an id that every line written meanwhile bears.

Outermost of the middleware. It logs the path as it was asked for, but never its query (words somebody searched for) and never
the token of a shared ad; it knows no users. Failures of ours (5xx) are warnings, static files and streams that last are DEBUG.
"""

import logging
import re
import time
import uuid

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from studio import traces
from studio.api.monitoring import route_of
from studio.logs import bound

log = logging.getLogger(__name__)

HEADER = b"x-request-id"
ACCEPTABLE = re.compile(rb"[A-Za-z0-9._-]{1,64}")
"""What a proxy in front may call a request; anything else is replaced."""

TOKEN = re.compile(r"(/r/|/shared/)[^/]+")
QUIET = ("/s/", "/gradio_api/", "/assets/", "/static/", "/theme.css", "/api/health", "/api/events")


def _traced() -> dict[str, str]:
    trace = traces.parent()
    return {"trace": trace} if trace else {}


class RequestLog:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = next((value for name, value in scope["headers"] if name == HEADER), b"")
        request = given.decode() if ACCEPTABLE.fullmatch(given) else uuid.uuid4().hex[:16]
        began, status = time.monotonic(), 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (HEADER, request.encode())]
            await send(message)

        with traces.span(f"{scope['method']} request", request=request) as span, bound(request=request, **_traced()):
            try:
                await self._app(scope, receive, answer)
            except Exception:
                status = status or 500
                raise
            finally:
                path = TOKEN.sub(r"\1…", scope["path"])
                level = logging.WARNING if status >= 500 else logging.DEBUG if scope["path"].startswith(QUIET) else logging.INFO
                if span is not None:
                    span.update_name(f"{scope['method']} {route_of(scope)}")
                    span.set_attribute("http.response.status_code", status)
                took_ms = round((time.monotonic() - began) * 1000)
                log.log(level, "%s %s", scope["method"], path, extra={"status": status or None, "ms": took_ms})
