"""Passwords and tokens: what proves who somebody is. Knows no database, no accounts and no HTTP.

Passwords are kept as bcrypt hashes. Tokens are JWTs signed with a secret of this installation; whether one was signed
out early is for the caller to look up, by its `jti`.
"""

import base64
import hashlib
import logging
import os
import secrets
import stat
import unicodedata
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import bcrypt
import jwt

from studio.errors import NotSignedIn, StoreError, TokenExpired
from studio.store.times import Clock, utc_now

log = logging.getLogger(__name__)

COST = 12
"""bcrypt's work factor (PRD §16.1): about a quarter of a second for each guess."""

BCRYPT_BYTES = 72
"""All that bcrypt reads of a password."""

SECRET_BYTES = 32
TOKEN_LIFE = timedelta(days=7)
ALGORITHM = "HS256"
AUDIENCE = "studio"
"""Whoever signs other tokens with the same secret (links for reviewers, say) gives them another audience."""


@dataclass(frozen=True)
class Passwords:
    """Hashes and checks passwords. cost: log2 of bcrypt's rounds, 4..31."""

    cost: int = COST

    def hash(self, password: str) -> str:
        """A salted bcrypt hash ("$2b$12$…", 60 characters)."""
        return bcrypt.hashpw(_readable(password), bcrypt.gensalt(self.cost)).decode("ascii")

    def match(self, password: str, hashed: str | None) -> bool:
        """Whether `password` is the one behind `hashed`, in constant time. None (no such person) is False and takes as long."""
        return bcrypt.checkpw(_readable(password), (hashed or self._nobodys).encode("ascii")) and hashed is not None

    @property
    def _nobodys(self) -> str:
        """A hash of the same cost that no password is known for."""
        return f"$2b${self.cost:02d}${'.' * 53}"


def _readable(password: str) -> bytes:
    """The bytes bcrypt gets. Composed, because two keyboards may send one "é" differently; the hash of a password that is
    longer than bcrypt reads (text, because bcrypt implementations differ about zero bytes)."""
    raw = unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")  # JSON can carry half a character
    return raw if len(raw) <= BCRYPT_BYTES else base64.b64encode(hashlib.sha256(raw).digest())


@dataclass(frozen=True)
class Claims:
    """What a good token says."""

    user_id: str
    username: str
    issued_at: datetime
    expires_at: datetime
    jti: str


class Tokens:
    """Issues and reads tokens (PRD §16.1: user id, name, issued, expires), valid for `life`."""

    def __init__(self, secret: bytes, clock: Clock = utc_now, life: timedelta = TOKEN_LIFE) -> None:
        if len(secret) < SECRET_BYTES:
            raise StoreError(f"The signing secret has {len(secret)} bytes; give SECRET_KEY at least {SECRET_BYTES}.")
        self._secret = secret
        self._clock = clock
        self._life = life

    def issue(self, user_id: str, username: str) -> tuple[str, Claims]:
        """A new token, and what it says."""
        now = self._clock()
        claims = Claims(user_id, username, now, now + self._life, str(uuid.uuid4()))
        payload = {
            "sub": user_id,
            "username": username,
            "iat": now.timestamp(),  # to the microsecond: who is signed out everywhere may sign in within the same second
            "exp": claims.expires_at.timestamp(),
            "jti": claims.jti,
            "aud": AUDIENCE,
        }
        return jwt.encode(payload, self._secret, ALGORITHM), claims

    def read(self, token: str) -> Claims:
        """What `token` says. Raises TokenExpired, or NotSignedIn for anything we did not sign as it stands."""
        try:
            payload = jwt.decode(
                token,
                self._secret,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                options={
                    "require": ["sub", "iat", "exp", "jti", "aud"],
                    "verify_exp": False,  # below, by our clock
                    "verify_iat": False,
                },
            )
            claims = Claims(
                user_id=payload["sub"],
                username=str(payload["username"]),
                issued_at=datetime.fromtimestamp(payload["iat"], UTC),
                expires_at=datetime.fromtimestamp(payload["exp"], UTC),
                jti=payload["jti"],
            )
        except (jwt.InvalidTokenError, KeyError, TypeError, ValueError, OverflowError) as error:
            raise NotSignedIn("This token is not valid; sign in again.") from error
        if self._clock() >= claims.expires_at:
            raise TokenExpired
        return claims


def secret_in(file: Path) -> bytes:
    """The secret in `file`: 32 random bytes as hex, made on the first call and readable by this user alone.

    Several processes may start at once; all get the same secret. Raises StoreError when the file cannot be used.
    """
    try:
        if not file.exists():
            _make_secret(file)
        _close_to_others(file)
        secret = bytes.fromhex(file.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise StoreError(f"The signing secret in {file} cannot be used ({error}); remove the file and everybody signs in again.") from error
    if len(secret) < SECRET_BYTES:
        raise StoreError(f"The signing secret in {file} is too short; remove the file and everybody signs in again.")
    return secret


def _make_secret(file: Path) -> None:
    """Written whole beside its place, then linked there: of two that start together the first wins, and both read it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{uuid.uuid4().hex}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(secrets.token_hex(SECRET_BYTES) + "\n")
            out.flush()
            os.fsync(out.fileno())
        os.link(beside, file)
    except FileExistsError:
        log.debug("Another process made %s first.", file)
    finally:
        beside.unlink()


def _close_to_others(file: Path) -> None:
    if os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
        log.warning("%s could be read by others; it is now closed to them. Remove it to make a new secret.", file)
        file.chmod(0o600)
