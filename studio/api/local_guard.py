"""What stands in front of every request: who may ask, what may be reached, how large it may be, and the headers of safety.

Works on raw ASGI requests; it knows paths, not what lies behind them. Gradio's own endpoints are refused unless the page
needs them: its file, proxy and run layers have had one hole after the other, and nothing here uses them.
"""

import ipaddress
import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from studio.api.error_replies import error_reply

ALLOWED = re.compile(
    r"/(?:$"  # the page
    r"|api/|s/"  # ours
    r"|assets/|static/|theme\.css$|favicon\.ico$|robots\.txt$)"  # Gradio's bundle; of /gradio_api/ the page needs nothing yet
)
BODY_LIMIT = 64 * 1024
"""Bytes. The largest request is a prompt and a few options."""

CONTENT_SECURITY = (
    # Gradio's front end does not start without 'unsafe-inline' and 'unsafe-eval'; everything else stays at home.
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
SAFETY_HEADERS = {
    "content-security-policy": CONTENT_SECURITY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


def is_loopback(host: str) -> bool:
    """Whether `host` (a name or an address, without port) is this machine and nobody else's."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class Guard:
    """ASGI middleware. any_host: answer under every host name (only behind a proxy or a login that checks)."""

    def __init__(self, app: ASGIApp, *, any_host: bool = False) -> None:
        self.app, self.any_host = app, any_host

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
                for name, value in SAFETY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        received = 0

        async def receive_measured() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > BODY_LIMIT:
                raise HTTPException(413)  # reaches whoever reads the body, and from there error_replies.py
            return message

        refusal = self._refusal(scope)
        if refusal is not None:
            await error_reply(*refusal)(scope, receive, send_safely)
            return
        await self.app(scope, receive_measured, send_safely)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self.any_host and not is_loopback(urlsplit(f"//{host}").hostname or ""):
            return 421, "unknown_host"  # a foreign name that resolves to 127.0.0.1 would make its page same-origin with ours
        if not ALLOWED.match(scope["path"]):
            return 404, "not_found"
        if scope["method"] not in SAFE_METHODS:
            site, origin = headers.get("sec-fetch-site"), headers.get("origin")
            if site not in (None, "same-origin", "none") or (origin is not None and urlsplit(origin).netloc != host):
                return 403, "cross_site"
            length = headers.get("content-length", "0")
            if not length.isdigit() or int(length) > BODY_LIMIT:
                return 413, "too_large"
        return None
