"""What the routes stand on, and who is asking. Every rule is in the services."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request

from studio.errors import NotFound, NotSignedIn, NotYours
from studio.services.accounts import Account, Accounts
from studio.services.generations import Generations
from studio.services.library import Library
from studio.services.limits import Limits, Rule
from studio.store.database import Database
from studio.store.media import Media


@dataclass(frozen=True)
class Services:
    """The services of one installation. rule: how often a person may ask; capabilities: the capability card as plain JSON."""

    database: Database
    media: Media
    accounts: Accounts
    library: Library
    generations: Generations
    limits: Limits
    rule: Rule
    capabilities: Callable[[], dict[str, Any]]


def the_services(request: Request) -> Services:
    """The services of this application."""
    services: Services = request.app.state.services
    return services


TheServices = Annotated[Services, Depends(the_services)]


def bearer(request: Request) -> str:
    """The token in the Authorization header. Raises NotSignedIn."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotSignedIn
    return token.strip()


Token = Annotated[str, Depends(bearer)]


def viewer(token: Token, services: TheServices) -> Account:
    """Who asks, not counted: a player that seeks sends many requests for one film."""
    return services.accounts.who(token)


Viewer = Annotated[Account, Depends(viewer)]


def person(account: Viewer, services: TheServices) -> Account:
    """Who asks, counted as one request. Raises TooMany."""
    services.limits.take(services.rule, account.id)
    return account


Person = Annotated[Account, Depends(person)]


@contextmanager
def concealed(what: str) -> Iterator[None]:
    """What belongs to somebody else does not exist."""
    try:
        yield
    except NotYours as error:
        raise NotFound(what) from error
