"""The session of a browser: the token of a login in a cookie that no script can read. Knows no accounts.

Over https the cookie's name begins with __Host-, so that no other name of the same domain can set it.
"""

from starlette.requests import HTTPConnection
from starlette.responses import Response

from studio.security import TOKEN_LIFE

NAME = "studio_session"
HOST_NAME = f"__Host-{NAME}"


def cookie_name(asking: HTTPConnection) -> str:
    """What the cookie is called on the connection of this request."""
    return HOST_NAME if is_https(asking) else NAME


def is_https(asking: HTTPConnection) -> bool:
    """Whether the browser speaks https to us, or to a proxy in front that says so."""
    return str(asking.scope.get("scheme")) == "https"


def carries_cookie(asking: HTTPConnection) -> bool:
    """Whether there is a session cookie at all, good or not."""
    return cookie_name(asking) in asking.cookies


def token_of(asking: HTTPConnection) -> str:
    """The token that a request bears: in its Authorization header, else in its cookie; "" for none."""
    scheme, _, token = asking.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    return asking.cookies.get(cookie_name(asking), "")


def remember(reply: Response, asking: HTTPConnection, token: str) -> None:
    """Give the browser the token to keep."""
    reply.set_cookie(
        cookie_name(asking),
        token,
        max_age=int(TOKEN_LIFE.total_seconds()),
        path="/",
        secure=is_https(asking),
        httponly=True,
        samesite="lax",
    )


def forget(reply: Response, asking: HTTPConnection) -> None:
    """Take it back."""
    reply.delete_cookie(cookie_name(asking), path="/", secure=is_https(asking), httponly=True, samesite="lax")
