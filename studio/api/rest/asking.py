"""Who is asking, and whether they ask too often. A token comes in the Authorization header or in the session's cookie."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyCookie, HTTPBearer

from studio.api.rest.services import TheServices
from studio.api.session_cookie import NAME, token_of
from studio.errors import NotFound, NotSignedIn, NotYours
from studio.logs import bound
from studio.services.accounts import Account
from studio.services.address_limits import anonymous
from studio.services.limits import Rule

BEARER = HTTPBearer(scheme_name="bearer", bearerFormat="JWT", description="The token of POST /auth/login.", auto_error=False)
COOKIE = APIKeyCookie(
    name=NAME,
    scheme_name="cookie",
    description="The cookie of POST /session; over https it is called __Host-studio_session. What changes something has to come "
    "from a page of this studio (Origin or Sec-Fetch-Site).",
    auto_error=False,
)


def token(request: Request, _: Annotated[object, Security(BEARER)], __: Annotated[object, Security(COOKIE)]) -> str:
    """The token of this request, good or not. Raises NotSignedIn when there is none."""
    if not (given := token_of(request)):
        raise NotSignedIn
    return given


Token = Annotated[str, Depends(token)]


def known(token: Token, services: TheServices) -> Account:
    """Whose token it is. Raises NotSignedIn."""
    return services.accounts.who(token)


async def viewer(account: Annotated[Account, Depends(known)]) -> AsyncIterator[Account]:
    """Who asks, not counted: a player that seeks sends many requests for one film. Lines of the log say who it was."""
    with bound(user=account.id):
        yield account


Viewer = Annotated[Account, Depends(viewer)]


def person(account: Viewer, services: TheServices) -> Account:
    """Who asks, counted as one request. Raises TooMany."""
    services.limits.take(services.rule, account.id)
    return account


Person = Annotated[Account, Depends(person)]


def address_of(request: Request) -> str:
    """The network address that asks, as far as the server (or the proxy in front that it trusts) says."""
    return request.client.host if request.client else ""


def stranger(request: Request, services: TheServices) -> str:
    """The address of somebody who need not say who they are, counted as one request. Raises TooMany."""
    address = address_of(request)
    services.addresses.take(ANONYMOUS, address)
    return address


ANONYMOUS: Rule = anonymous()
Stranger = Annotated[str, Depends(stranger)]


@contextmanager
def concealed(what: str) -> Iterator[None]:
    """What belongs to somebody else does not exist."""
    try:
        yield
    except NotYours as error:
        raise NotFound(what) from error
