"""Passwords are kept as bcrypt hashes; tokens are believed only as we signed them, and only for a week."""

import base64
import json
import logging
import stat
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import bcrypt
import jwt
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from studio.errors import NotSignedIn, StoreError, TokenExpired
from studio.security import Passwords, Tokens, secret_in

SECRET = b"0123456789abcdef0123456789abcdef"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CHEAP = Passwords(cost=4)

Change = Callable[[dict[str, Any]], dict[str, Any]]


def test_the_cost_is_twelve() -> None:
    hashed = Passwords().hash("SecurePass123!")
    assert hashed.startswith("$2b$12$")
    assert bcrypt.checkpw(b"SecurePass123!", hashed.encode())  # any bcrypt can read it


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
@example("\ud800 half a character", "half")
@example("a" * 72 + "b", "a" * 72 + "c")
@example("x" * 100, "x" * 101)
@example("a\0b", "a\0c")
def test_a_password_matches_itself_alone(one: str, other: str) -> None:
    hashed = CHEAP.hash(one)
    assert CHEAP.match(one, hashed)
    assert CHEAP.match(other, hashed) == (unicodedata.normalize("NFKC", one) == unicodedata.normalize("NFKC", other))


def test_one_letter_typed_two_ways_is_one_password() -> None:
    assert CHEAP.match("cafe\u0301 au lait", CHEAP.hash("caf\u00e9 au lait"))


def test_two_hashes_of_one_password_differ() -> None:
    assert CHEAP.hash("SecurePass123!") != CHEAP.hash("SecurePass123!")


def test_nobody_has_no_password_but_costs_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []
    real = bcrypt.checkpw
    monkeypatch.setattr(bcrypt, "checkpw", lambda password, hashed: asked.append(hashed) or real(password, hashed))
    hashed = CHEAP.hash("SecurePass123!")
    assert not CHEAP.match("SecurePass123!", None)
    assert not CHEAP.match("wrong", hashed)
    assert [h[:7] for h in asked] == [b"$2b$04$", b"$2b$04$"]  # one check each, of the same cost


def test_a_token_says_who_and_until_when() -> None:
    token, claims = Tokens(SECRET, lambda: NOW).issue("id-1", "ada")
    assert Tokens(SECRET, lambda: NOW + timedelta(days=6, hours=23)).read(token) == claims
    assert claims.expires_at - claims.issued_at == timedelta(days=7)
    payload = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    assert set(payload) == {"sub", "username", "iat", "exp", "jti", "aud"}


def test_a_token_ends_after_seven_days() -> None:
    token, _ = Tokens(SECRET, lambda: NOW).issue("id-1", "ada")
    with pytest.raises(TokenExpired):
        Tokens(SECRET, lambda: NOW + timedelta(days=7)).read(token)


def test_each_token_can_be_told_from_the_others() -> None:
    tokens = Tokens(SECRET, lambda: NOW)
    assert tokens.issue("id-1", "ada")[1].jti != tokens.issue("id-1", "ada")[1].jti


def payload(**changes: Any) -> dict[str, Any]:
    good = {"sub": "id-1", "username": "ada", "iat": int(NOW.timestamp()), "exp": int(NOW.timestamp()) + 60, "jti": "j", "aud": "studio"}
    return {key: value for key, value in (good | changes).items() if value is not None}


FORGED = {
    "another secret": jwt.encode(payload(), b"another secret of thirty-two bytes", "HS256"),
    "no signature": jwt.encode(payload(), None, "none"),
    "another algorithm": jwt.encode(payload(), SECRET * 2, "HS512"),
    "another audience": jwt.encode(payload(aud="review"), SECRET, "HS256"),
    "no audience": jwt.encode(payload(aud=None), SECRET, "HS256"),
    "no end": jwt.encode(payload(exp=None), SECRET, "HS256"),
    "no id": jwt.encode(payload(jti=None), SECRET, "HS256"),
    "no name": jwt.encode(payload(username=None), SECRET, "HS256"),
    "an end beyond all time": jwt.encode(payload(exp=10**30), SECRET, "HS256"),
    "an end that is no number": jwt.encode(payload(exp="soon"), SECRET, "HS256"),
    "nothing": "",
    "not a token": "Bearer",
    "not even text": "\u2603.\u2603.\u2603",
}


@pytest.mark.parametrize("token", FORGED.values(), ids=FORGED)
def test_what_we_did_not_sign_is_not_believed(token: str) -> None:
    with pytest.raises(NotSignedIn, match="sign in again"):
        Tokens(SECRET, lambda: NOW).read(token)


@given(st.data())
def test_a_changed_token_is_not_believed(data: st.DataObject) -> None:
    tokens = Tokens(SECRET, lambda: NOW)
    token, claims = tokens.issue("id-1", "ada")
    place = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.sampled_from("ABCxyz019-_."))
    changed = token[:place] + letter + token[place + 1 :]
    try:
        assert tokens.read(changed) == claims  # base64's last letter has spare bits; the content is the same
    except NotSignedIn:
        assert changed != token


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(StoreError, match="at least 32"):
        Tokens(b"secret")


def test_the_secret_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    file = tmp_path / "new" / "secret.key"
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: secret_in(file), range(16)))
    assert len(made) == 1
    assert len(made.pop()) == 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_an_open_secret_is_closed_and_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "secret.key"
    before = secret_in(file)
    file.chmod(0o644)
    with caplog.at_level(logging.WARNING):
        assert secret_in(file) == before
    assert "could be read by others" in caplog.text
    assert before.hex() not in caplog.text
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "not hex", "abcdef"])
def test_a_broken_secret_is_not_replaced_silently(tmp_path: Path, content: str) -> None:
    file = tmp_path / "secret.key"
    file.write_text(content)
    with pytest.raises(StoreError, match="remove the file"):
        secret_in(file)
    assert file.read_text() == content
