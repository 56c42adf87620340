"""Accounts: joining, signing in and out, and who a token belongs to. Knows no HTTP and no pages."""

import logging
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import and_, delete, exists, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from studio.errors import InputRefused, NotFound, NotSignedIn, TokenExpired, UsernameTaken, WrongCredentials
from studio.security import TOKEN_LIFE, Claims, Passwords, Tokens
from studio.services.login_throttle import LoginThrottle, network_of
from studio.store.database import Database
from studio.store.tables import RevokedToken, User, is_id, new_id
from studio.store.times import Clock, utc_now

log = logging.getLogger(__name__)

USERNAME = re.compile(r"[\w.@+-]+")
USERNAME_LENGTH = (3, 50)
PASSWORD_LENGTH = (8, 1000)
"""At least 8 characters (PRD §16.1); the upper end only keeps somebody from sending a book."""

EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
EMAIL_LENGTH = 254
"""RFC 5321's longest address."""


@dataclass(frozen=True)
class Account:
    """What a person may know of their own account (PRD FR-034). terms_version: of the terms of service that they accepted, and when."""

    id: str
    username: str
    email: str | None
    total_generations: int
    total_cost: Decimal
    created_at: datetime
    last_login: datetime | None
    terms_version: str | None = None
    terms_accepted_at: datetime | None = None


@dataclass(frozen=True)
class SignedIn:
    """A fresh token, until when it is good, and whose it is."""

    token: str
    expires_at: datetime
    account: Account


class Accounts:
    """The accounts of this installation. Thread-safe. `passwords` sets how slow a guess is."""

    def __init__(self, database: Database, tokens: Tokens, passwords: Passwords | None = None, clock: Clock = utc_now) -> None:
        self._database = database
        self._tokens = tokens
        self._passwords = passwords or Passwords()
        self._clock = clock
        self._throttle = LoginThrottle(database, clock)

    def exist(self) -> bool:
        """Whether anybody has joined yet; if not, the first page asks to."""
        with self._database.reading() as session:
            return session.scalar(select(User.id).limit(1)) is not None

    def register(self, username: str, password: str, email: str | None = None, *, terms: str | None = None) -> Account:
        """Make an account. terms: the version that its owner accepts (terms.py). Raises UsernameTaken, or InputRefused with the field that
        has to change."""
        username, email = checked_username(username), checked_email(email)
        check_password(password)
        key = name_key(username)
        now = self._clock()
        user = User(
            id=new_id(),
            username=username,
            username_key=key,
            password_hash=self._passwords.hash(password),  # slow, so before the transaction
            email=email,
            total_generations=0,
            total_cost=Decimal(0),
            created_at=now,
            terms_version=terms,
            terms_accepted_at=now if terms else None,
        )
        try:
            with self._database.writing() as session:
                session.add(user)
        except IntegrityError as error:
            raise UsernameTaken from error
        return _account(user)

    def login(self, username: str, password: str, *, address: str) -> SignedIn:
        """Sign in from the network address `address`. Raises WrongCredentials, or TooMany with `retry_after`.

        Somebody unknown is refused in the same words and as slowly as somebody known.
        """
        key = name_key(username) if _could_be_a_name(username) else ""
        address = network_of(address)
        self._throttle.begin(key, address)
        with self._database.reading() as session:
            user = session.scalar(select(User).where(User.username_key == key))
        hashed = user.password_hash if user else None
        if not self._passwords.match(password, hashed) or user is None:
            log.warning("Login refused.", extra={"user": user.id if user else None, "address": address})
            raise WrongCredentials
        with self._database.writing() as session:
            self._throttle.succeeded(session, key, address)
            user = session.get_one(User, user.id)
            if user.password_hash != hashed:  # another one was set while this one was looked at
                raise WrongCredentials
            user.last_login = self._clock()
        token, claims = self._tokens.issue(user.id, user.username)
        return SignedIn(token, claims.expires_at, _account(user))

    def who(self, token: str) -> Account:
        """Whose token this is. Raises NotSignedIn (TokenExpired) unless it is ours, in time and not signed out."""
        claims = self._tokens.read(token)
        everywhere = and_(RevokedToken.jti == claims.user_id, RevokedToken.expires_at >= claims.expires_at)
        revoked = exists(select(RevokedToken.jti).where(or_(RevokedToken.jti == claims.jti, everywhere)))
        with self._database.reading() as session:
            user = session.scalar(select(User).where(User.id == claims.user_id, ~revoked))
        if user is None:
            raise NotSignedIn("You have been signed out; sign in again.")
        return _account(user)

    def session(self, token: str) -> Claims:
        """What a token says, whether or not it was signed out since. Raises NotSignedIn, TokenExpired."""
        return self._tokens.read(token)

    def over(self, sessions: Collection[Claims]) -> set[str]:
        """Which of these sessions (by `jti`) are no longer good: expired, signed out, or their account is gone."""
        now = self._clock()
        with self._database.reading() as session:
            users = set(session.scalars(select(User.id).where(User.id.in_({claims.user_id for claims in sessions}))))
            asked = {id_ for claims in sessions for id_ in (claims.jti, claims.user_id)}
            rows = session.execute(select(RevokedToken.jti, RevokedToken.expires_at).where(RevokedToken.jti.in_(asked)))
            revoked = {row.jti: row.expires_at for row in rows}

        def good(c: Claims) -> bool:
            everywhere = c.user_id in revoked and revoked[c.user_id] >= c.expires_at
            return c.expires_at > now and c.jti not in revoked and not everywhere and c.user_id in users

        return {c.jti for c in sessions if not good(c)}

    def logout(self, token: str) -> None:
        """Make `token` worthless from now on. Doing it twice, or too late, is fine. Raises NotSignedIn for a forged one."""
        try:
            claims = self._tokens.read(token)
        except TokenExpired:
            return
        with self._database.writing(lock=f"user:{claims.user_id}") as session:
            session.execute(delete(RevokedToken).where(RevokedToken.expires_at <= self._clock()))
            known = session.scalar(select(User.id).where(User.id == claims.user_id))
            if known is not None and session.get(RevokedToken, claims.jti) is None:
                session.add(RevokedToken(jti=claims.jti, user_id=claims.user_id, expires_at=claims.expires_at))

    def set_password(self, username: str, password: str) -> Account:
        """Give somebody another password and sign them out everywhere. Raises NotFound, InputRefused."""
        check_password(password)
        hashed = self._passwords.hash(password)
        with self._database.writing() as session:
            user = session.scalar(select(User).where(User.username_key == name_key(username)))
            if user is None:
                raise NotFound(f"Nobody is called {username}; `python -m studio user list` shows who has an account.")
            user.password_hash = hashed
            session.merge(RevokedToken(jti=user.id, user_id=user.id, expires_at=self._clock() + TOKEN_LIFE))
        log.info("Password set.", extra={"user": user.id})
        return _account(user)

    def everybody(self) -> tuple[Account, ...]:
        """Every account, by name."""
        with self._database.reading() as session:
            return tuple(_account(user) for user in session.scalars(select(User).order_by(User.username_key)))

    def profile(self, user_id: str) -> Account:
        """The account with its totals as they stand. Raises NotFound."""
        with self._database.reading() as session:
            user = session.get(User, user_id) if is_id(user_id) else None
        if user is None:
            raise NotFound("There is no such account.")
        return _account(user)

    def add_completed(self, session: Session, user_id: str) -> None:
        """Count one more finished ad (PRD FR-035), in the transaction that finishes it."""
        session.execute(update(User).where(User.id == user_id).values(total_generations=User.total_generations + 1))


def name_key(username: str) -> str:
    """The form in which names are compared: "Ada", "ADA" and "ａｄａ" are one person."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", username.strip()).casefold())


def _could_be_a_name(username: str) -> bool:
    """Anything can be typed at the door; what no account can be called need not be looked up."""
    try:
        return bool(checked_username(username))
    except InputRefused:
        return False


def checked_username(username: str) -> str:
    """The name as it will be shown. Raises InputRefused."""
    username = unicodedata.normalize("NFKC", username.strip())
    low, high = USERNAME_LENGTH
    if not low <= len(username) <= high:
        raise InputRefused(f"A username has {low} to {high} characters; this one has {len(username)}.", field="username")
    if not USERNAME.fullmatch(username):
        raise InputRefused("A username has only letters, digits and the characters . _ - + @.", field="username")
    return username


def check_password(password: str) -> None:
    """Raise InputRefused unless this may become a password."""
    low, high = PASSWORD_LENGTH
    if len(password) < low:
        raise InputRefused(f"A password has at least {low} characters; this one has {len(password)}.", field="password")
    if len(password) > high:
        raise InputRefused(f"A password has at most {high} characters.", field="password")


def checked_email(email: str | None) -> str | None:
    """The address, or None when there is none. Raises InputRefused for what cannot be one."""
    email = (email or "").strip()
    if not email:
        return None
    if len(email) > EMAIL_LENGTH or not email.isprintable() or not EMAIL.fullmatch(email):
        raise InputRefused("That is not an e-mail address; correct it or leave it out.", field="email")
    return email


def _account(user: User) -> Account:
    return Account(
        *(user.id, user.username, user.email, user.total_generations, user.total_cost, user.created_at, user.last_login),
        terms_version=user.terms_version,
        terms_accepted_at=user.terms_accepted_at,
    )
