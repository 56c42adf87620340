"""What stands in front of every request: who may ask, what may be reached, how large it may be, and the headers of safety.

Works on raw ASGI requests; it knows paths, not what lies behind them. What is not listed here does not exist: Gradio's file,
proxy and run layers have had one hole after the other, and nothing here uses them.
"""

import re
from collections.abc import Callable
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from studio.api.error_replies import error_reply
from studio.api.hosts import Hosts
from studio.api.safety_headers import safety_headers
from studio.api.session_cookie import carries_cookie
from studio.services.brand_fonts import MOST_BYTES as MOST_FONT_BYTES
from studio.services.editor_uploads import MOST_MEDIA_BYTES
from studio.services.results import MOST_FILE_BYTES
from studio.services.uploads import MOST_BYTES

OPEN = re.compile(
    r"/(?:api/|s/"  # ours; each route of the API asks for a token itself
    r"|metrics$"  # asks who it is itself
    r"|r/[^/]+$|(?:login|register|welcome|join|terms)$"  # the doors
    r"|assets/|static/|(?:theme\.css|favicon\.ico|robots\.txt)$)"  # Gradio's bundle, the same for everybody
)
SIGNED_IN = re.compile(r"/$")
"""The page. Of /gradio_api/ it needs nothing."""

BODY_LIMIT = 64 * 1024
"""Bytes. The largest request is a prompt and a few options, apart from … """

BODY_LIMITS = {
    "/api/uploads": MOST_BYTES + BODY_LIMIT,
    "/api/uploads/media": MOST_MEDIA_BYTES + BODY_LIMIT,
    "/api/brands/*/fonts/display": MOST_FONT_BYTES + BODY_LIMIT,
    "/api/brands/*/fonts/text": MOST_FONT_BYTES + BODY_LIMIT,
    "/api/generations/*/editor/import": 4_000_000 + BODY_LIMIT,
    "/api/results": MOST_FILE_BYTES,
}
"""… pictures and fonts, which come wrapped in a form, timelines, and results."""

ONE_OF_MANY = re.compile(r"^/api/(generations|brands)/[^/]+/")

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}

Asks = Callable[[HTTPConnection], bool]


class Guard:
    """ASGI middleware. signed_in: whether a request bears a session that is good; may block."""

    def __init__(self, app: ASGIApp, *, hosts: Hosts, signed_in: Asks) -> None:
        self.app, self.hosts, self.signed_in = app, hosts, signed_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on with the body measured and the answer's headers completed."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in safety_headers(scope["path"], https=scope["scheme"] == "https").items():
                    headers.setdefault(name, value)
            await send(message)

        limit, received = BODY_LIMITS.get(ONE_OF_MANY.sub(r"/api/\1/*/", scope["path"]), BODY_LIMIT), 0

        async def receive_measured() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413)  # reaches whoever reads the body, and from there error_replies.py
            return message

        asking = HTTPConnection(scope)
        refusal = self._refusal(asking, limit) or await self._turned_away(asking)
        if refusal is not None:
            await refusal(scope, receive, send_safely)
            return
        await self.app(scope, receive_measured, send_safely)

    def _refusal(self, asking: HTTPConnection, limit: int) -> Response | None:
        headers, path, method = asking.headers, asking.scope["path"], asking.scope["method"]
        if not self.hosts.allow(headers.get("host", "")):
            return error_reply(421, "unknown_host")
        if not (OPEN.match(path) or SIGNED_IN.match(path)):
            return error_reply(404, "not_found")
        if method not in SAFE_METHODS:
            if _cross_site(asking):
                return error_reply(403, "cross_site")
            length = headers.get("content-length", "0")
            if not length.isdigit() or int(length) > limit:
                return error_reply(413, "too_large")
        return None

    async def _turned_away(self, asking: HTTPConnection) -> Response | None:
        """To the login page, where there is no session and one is needed."""
        path = asking.scope["path"]
        if OPEN.match(path):
            return None
        if await run_in_threadpool(self.signed_in, asking):
            return None
        if asking.scope["method"] in ("GET", "HEAD") and "text/html" in asking.headers.get("accept", ""):
            wanted = path + (f"?{asking.url.query}" if asking.url.query else "")
            return RedirectResponse(f"/login?next={quote(wanted, safe='')}", 303, {"cache-control": "no-store"})
        return error_reply(401, "not_signed_in")


def _cross_site(asking: HTTPConnection) -> bool:
    """Whether another site's page may be behind this. Browsers say whose page it is with everything that changes something;
    where nobody says, a cookie proves nothing."""
    site, origin = asking.headers.get("sec-fetch-site"), asking.headers.get("origin")
    if site is None and origin is None:
        return carries_cookie(asking) and "authorization" not in asking.headers
    return site not in (None, "same-origin", "none") or (origin is not None and _netloc(origin) != asking.headers.get("host"))


def _netloc(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None
