"""Tokens in addresses, for whoever has them: a random 256 bits, told once.

What is kept is a hash, so a copy of the database opens nothing.
"""

import hashlib
import secrets

BYTES = 32
LENGTH = 43
"""Characters of the address."""


def new_token() -> str:
    """LENGTH letters, digits, - and _."""
    return secrets.token_urlsafe(BYTES)


def could_be_one(token: str) -> bool:
    """Whether it is worth looking for."""
    return len(token) == LENGTH and token.isascii()


def hashed(token: str) -> str:
    """What is kept of a token: 64 hex digits. Not salted, since a token is as random as a salt would be."""
    return hashlib.sha256(token.encode()).hexdigest()
