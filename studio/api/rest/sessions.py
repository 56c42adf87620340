"""Signing in and out in a browser: the token stays in a cookie that no script can read."""

from fastapi import APIRouter, Request, Response

from studio.api.rest.asking import Stranger, TheServices, Token
from studio.api.rest.shapes import people
from studio.api.rest.shapes.errors import refusals
from studio.api.session_cookie import forget, remember

router = APIRouter(tags=["accounts"])


@router.post("/session", summary="Sign in", responses=refusals("wrong_credentials", "invalid_request", "too_many"))
def sign_in(
    asked: people.Credentials, request: Request, response: Response, address: Stranger, services: TheServices
) -> people.SessionReply:
    """Sign a browser in for seven days: the answer sets an HttpOnly, SameSite=Lax cookie."""
    signed = services.accounts.login(asked.username, asked.password, address=address)
    remember(response, request, signed.token)
    return people.SessionReply(user=people.briefly(signed.account))


@router.delete("/session", status_code=204, summary="Sign out", responses=refusals("not_signed_in"))
def sign_out(token: Token, request: Request, services: TheServices) -> Response:
    """The token is worthless from now on, and the cookie is taken back."""
    services.accounts.logout(token)
    response = Response(status_code=204)
    forget(response, request)
    return response
