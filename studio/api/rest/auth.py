"""Joining, signing in and out (PRD §14.1)."""

from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict

from studio.api.rest.services import Person, TheServices, Token
from studio.services.accounts import Account

router = APIRouter(prefix="/auth", tags=["auth"])


class Credentials(BaseModel):
    """A name and a password."""

    model_config = ConfigDict(extra="forbid")

    username: str
    password: str


class Joining(Credentials):
    """What a new account needs."""

    email: str | None = None


@router.post("/register", status_code=201)
def register(asked: Joining, services: TheServices) -> dict[str, Any]:
    """Make an account. 400: the name is taken; 422: it cannot be used."""
    account = services.accounts.register(asked.username, asked.password, asked.email)
    return {"message": "User created successfully", "user_id": account.id}


@router.post("/login")
def login(asked: Credentials, request: Request, services: TheServices) -> dict[str, Any]:
    """A token for seven days. 401: name and password do not match; 429: too many attempts."""
    signed = services.accounts.login(asked.username, asked.password, address=request.client.host if request.client else "")
    user = as_person(signed.account)
    short = {name: user[name] for name in ("id", "username", "total_generations", "total_cost")}
    return {"access_token": signed.token, "token_type": "bearer", "user": short}


@router.get("/me")
def me(account: Person) -> dict[str, Any]:
    """Whose token this is."""
    return as_person(account)


@router.post("/logout")
def logout(token: Token, services: TheServices) -> dict[str, str]:
    """Make the token worthless."""
    services.accounts.logout(token)
    return {"message": "Signed out"}


def as_person(account: Account) -> dict[str, Any]:
    """An account as JSON; money is a number, as PRD §14 has it."""
    return {
        "id": account.id,
        "username": account.username,
        "email": account.email,
        "total_generations": account.total_generations,
        "total_cost": float(account.total_cost),
        "created_at": account.created_at,
        "last_login": account.last_login,
    }
