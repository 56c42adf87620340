"""Who watches this installation: a program that bears the monitoring token, or one on the machine itself. Knows no accounts."""

import hmac

from fastapi import Request

from studio.api.hosts import is_loopback
from studio.api.session_cookie import token_of

PASSED_ON = ("x-forwarded-for", "forwarded", "x-real-ip")
"""What a proxy adds: behind one, everybody seems to be on this machine."""


def is_monitor(request: Request, monitoring_token: str) -> bool:
    """monitoring_token: "" for none."""
    if monitoring_token and hmac.compare_digest(token_of(request).encode(), monitoring_token.encode()):
        return True
    direct = request.client is not None and is_loopback(request.client.host) and not any(name in request.headers for name in PASSED_ON)
    return direct and is_loopback(request.url.hostname or "")
