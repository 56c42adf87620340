"""The pages for people who are not signed in: /login, /register, /welcome, and a shared ad at /r/{token}; /join, where a link
into a team leads whoever has it, behind the # of its address; and /terms, the terms of service.

Each is one constant file; what differs it asks the API for. Here is only who is sent where.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.requests import HTTPConnection
from starlette.responses import FileResponse, RedirectResponse, Response

from studio.api.rest.services import Services
from studio.api.safety_headers import DOOR
from studio.api.session_cookie import token_of
from studio.errors import LinkEnded, LinkLocked, NotFound, NotSignedIn

HOME = "/"
DOORS = ("login", "register", "welcome", "shared", "join", "terms")


def door_router(services: Services, pages: Mapping[str, Path]) -> APIRouter:
    """pages: the file of each of DOORS."""
    routes = APIRouter()

    def door(name: str, elsewhere: Callable[[bool], str]) -> Callable[[Request], Response]:
        """The page `name`, unless one is signed in or `elsewhere(somebody has joined)` names another place."""

        def page(request: Request, next: str = HOME) -> Response:
            if is_signed_in(services, request):
                return RedirectResponse(local(next), 303, NOT_KEPT)
            if place := elsewhere(services.accounts.exist()):
                more = f"?next={quote(local(next), safe='')}" if local(next) != HOME else ""
                return RedirectResponse(place + more, 303, NOT_KEPT)
            return _page(pages[name])

        return page

    def shared(token: str) -> Response:
        try:
            services.shares.open(token)
        except LinkLocked:
            pass  # the page asks for the password
        except NotFound as error:
            return _page(pages["shared"], 410 if isinstance(error, LinkEnded) else 404, GUEST)
        return _page(pages["shared"], 200, GUEST)

    def join() -> Response:
        return _page(pages["join"], 200, GUEST)

    def terms() -> Response:
        return _page(pages["terms"])

    open_ = services.registration_open
    for path, route in (
        ("/login", door("login", lambda joined: "" if joined else "/welcome")),
        ("/register", door("register", lambda joined: "/welcome" if not joined else "" if open_ else "/login")),
        ("/welcome", door("welcome", lambda joined: "/login" if joined else "")),
        ("/r/{token}", shared),
        ("/join", join),
        ("/terms", terms),
    ):
        routes.add_api_route(path, route, methods=["GET", "HEAD"], include_in_schema=False)
    return routes


def is_signed_in(services: Services, request: HTTPConnection) -> bool:
    """Whether this request bears a session that is good."""
    token = token_of(request)
    try:
        return bool(token) and bool(services.accounts.who(token))
    except NotSignedIn:
        return False


def local(place: str) -> str:
    """`place` if it is an address of this studio, else its first page. "//evil.example" and "/\\evil.example" are none."""
    safe = place.startswith("/") and place.isprintable() and not any(c in place[:2] for c in "\\") and place[:2] != "//"
    return place if safe and not place.startswith(("/login", "/register", "/welcome")) else HOME


NOT_KEPT = {"cache-control": "no-store"}
GUEST = {"referrer-policy": "no-referrer", "x-robots-tag": "noindex"}
"""The address is all that is needed to see a shared ad, or to join a team; it is told to nobody."""


def _page(file: Path, status: int = 200, more: Mapping[str, str] | None = None) -> FileResponse:
    headers = {"cache-control": "no-cache", "content-security-policy": DOOR, **(more or {})}
    return FileResponse(file, status, headers, media_type="text/html; charset=utf-8")
