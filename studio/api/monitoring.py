"""/metrics for Prometheus, told to whoever watches this installation and to nobody else; and the counting of requests.

Requests are counted by route as it is declared, never by the address that was asked for. It knows no figures.
"""

import time
from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from studio.api.error_replies import Refused
from studio.api.rest.monitors import is_monitor
from studio.api.rest.services import Services

TEXT = "text/plain; version=0.0.4; charset=utf-8"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def monitoring_router(services: Services) -> APIRouter:
    """One route; for everybody else it does not exist."""
    routes = APIRouter()

    @routes.get("/metrics", include_in_schema=False)
    def metrics(request: Request) -> Response:
        if not is_monitor(request, services.monitoring_token):
            raise Refused(404, "not_found")
        return Response(services.metrics.page(), media_type=TEXT, headers={"cache-control": "no-store"})

    return routes


class RequestMeter:
    """ASGI middleware. answered(method, route, status, seconds until the answer began); a film or a stream goes on after that."""

    def __init__(self, app: ASGIApp, *, answered: Callable[[str, str, int, float], None]) -> None:
        self._app = app
        self._answered = answered

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.monotonic(), 0

        def count() -> None:
            method = scope["method"] if scope["method"] in METHODS else "other"
            self._answered(method, route_of(scope), status or 500, time.monotonic() - began)

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start" and not status:
                status = message["status"]
                count()
            await send(message)

        try:
            await self._app(scope, receive, answer)
        finally:
            if not status:
                count()


def route_of(scope: Scope) -> str:
    """As it is declared; "other" for what is none of ours."""
    path = getattr(scope.get("route"), "path", None)
    return f"{scope.get('root_path', '')}{path}" if path else "other"
