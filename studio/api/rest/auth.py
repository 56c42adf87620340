"""Joining, signing in and out with a token (PRD §14.1), and what the pages at the door need to know."""

from fastapi import APIRouter, Request, Response

from studio.api.rest.asking import Person, Stranger, TheServices, Token
from studio.api.rest.shapes import people
from studio.api.rest.shapes.errors import SIGNED_IN, refusals
from studio.api.session_cookie import forget
from studio.errors import RegistrationClosed
from studio.services.address_limits import joining

JOINING = joining()

router = APIRouter(tags=["accounts"])


@router.post(
    "/auth/register",
    status_code=201,
    summary="Make an account",
    responses=refusals("username_taken", "registration_closed", "invalid_input", "invalid_request", "too_many"),
)
def register(asked: people.Joining, address: Stranger, services: TheServices) -> people.Joined:
    """Make an account. Where registration is closed, only the first one can be made. Where whoever runs the studio has terms of service
    (GET /terms), all but the first accept them."""
    first = not services.accounts.exist()
    if not services.registration_open and not first:
        raise RegistrationClosed
    services.addresses.take(JOINING, address)
    terms = None if first else services.terms.accept(asked.terms)
    account = services.accounts.register(asked.username, asked.password, asked.email, terms=terms)
    return people.Joined(message="User created successfully", user_id=account.id)


@router.post("/auth/login", summary="Get a token", responses=refusals("wrong_credentials", "invalid_request", "too_many"))
def login(asked: people.Credentials, address: Stranger, services: TheServices) -> people.TokenReply:
    """A token for seven days, to be sent as `Authorization: Bearer …`. After ten wrong passwords an address has to wait."""
    signed = services.accounts.login(asked.username, asked.password, address=address)
    return people.TokenReply(access_token=signed.token, token_type="bearer", user=people.briefly(signed.account))


@router.get("/auth/me", summary="Whose token this is", responses=refusals(*SIGNED_IN))
def me(account: Person) -> people.Person:
    """The account behind the token."""
    return people.person_of(account)


@router.post("/auth/logout", summary="Make the token worthless", responses=refusals("not_signed_in"))
def logout(token: Token, request: Request, response: Response, services: TheServices) -> people.Message:
    """Neither the token nor a cookie that holds it is good from now on."""
    services.accounts.logout(token)
    forget(response, request)
    return people.Message(message="Signed out")


@router.get("/auth/doors", summary="Who may come in", responses=refusals("too_many"))
def doors(_: Stranger, services: TheServices) -> people.Doors:
    """Whether accounts can be made here, whether there is any yet, and which terms newcomers accept."""
    first_run, terms = not services.accounts.exist(), services.terms.now()
    return people.Doors(
        registration="open" if services.registration_open or first_run else "closed",
        first_run=first_run,
        terms=terms.version if terms and not first_run else None,
    )
