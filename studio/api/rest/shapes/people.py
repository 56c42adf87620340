"""Accounts and sessions on the wire. Money is a number of US dollars, as PRD §14 has it."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from studio.services.accounts import Account

A_NAME = "john_doe"
AN_ID = "550e8400-e29b-41d4-a716-446655440000"
A_TIME = "2025-11-10T08:30:00Z"
A_VERSION = "3f9a1c0b7d2e"
A_TOKEN = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9…"


class Credentials(BaseModel):
    """A name and a password."""

    model_config = ConfigDict(extra="forbid", strict=True)

    username: str = Field(description="3 to 50 letters, digits and . _ - + @, in any capitals.", examples=[A_NAME])
    password: str = Field(description="At least 8 characters.", examples=["SecurePass123!"])


class Joining(Credentials):
    """What a new account needs."""

    email: str | None = Field(None, description="For display only.", examples=["john@example.com"])
    terms: str | None = Field(
        None,
        max_length=100,
        description="The version of the terms of service (GET /terms) that is accepted herewith.",
        examples=[A_VERSION],
    )


class Joined(BaseModel):
    """A new account."""

    message: str = Field(examples=["User created successfully"])
    user_id: str = Field(examples=[AN_ID])


class PersonBriefly(BaseModel):
    """Whose session this is."""

    id: str = Field(examples=[AN_ID])
    username: str = Field(examples=[A_NAME])
    total_generations: int = Field(description="Finished ads, deleted ones included.", examples=[5])
    total_cost: float = Field(description="US dollars, over all time.", examples=[12.45])


class Person(BaseModel):
    """One's own account."""

    id: str = Field(examples=[AN_ID])
    username: str = Field(examples=[A_NAME])
    email: str | None = Field(examples=["john@example.com"])
    total_generations: int = Field(description="Finished ads, deleted ones included.", examples=[5])
    total_cost: float = Field(description="US dollars, over all time.", examples=[12.45])
    created_at: datetime = Field(examples=[A_TIME])
    last_login: datetime | None = Field(examples=["2025-11-14T10:15:00Z"])
    terms_version: str | None = Field(description="Of the terms of service that were accepted; null for none.", examples=[A_VERSION])
    terms_accepted_at: datetime | None = Field(description="When they were.", examples=[A_TIME])


class TokenReply(BaseModel):
    """A token for seven days."""

    access_token: str = Field(examples=[A_TOKEN])
    token_type: Literal["bearer"] = Field("bearer", examples=["bearer"])
    user: PersonBriefly


class SessionReply(BaseModel):
    """The token is in the cookie."""

    user: PersonBriefly


class Message(BaseModel):
    """It is done."""

    message: str = Field(examples=["Signed out"])


class Doors(BaseModel):
    """What the pages for people who are not signed in need to know."""

    registration: Literal["open", "closed"] = Field(description="Whether strangers may make accounts.", examples=["open"])
    first_run: bool = Field(description="Nobody has an account yet.", examples=[False])
    terms: str | None = Field(description="Version of the terms that newcomers accept; null where there are none.", examples=[A_VERSION])


class TermsReply(BaseModel):
    """Terms of service."""

    version: str = Field(description="Another text, another version.", examples=[A_VERSION])
    text: str = Field(
        description="Plain text, or Markdown's headings and lists.", examples=["# Terms of Lumen Studio\n\nYour films are yours."]
    )


def briefly(account: Account) -> PersonBriefly:
    """An account as its owner's session has it."""
    return PersonBriefly(
        id=account.id,
        username=account.username,
        total_generations=account.total_generations,
        total_cost=float(account.total_cost),
    )


def person_of(account: Account) -> Person:
    """An account as its owner sees it."""
    return Person(
        id=account.id,
        username=account.username,
        email=account.email,
        total_generations=account.total_generations,
        total_cost=float(account.total_cost),
        created_at=account.created_at,
        last_login=account.last_login,
        terms_version=account.terms_version,
        terms_accepted_at=account.terms_accepted_at,
    )
