"""People join, sign in, are known by their token, sign out – and nobody learns or guesses more than that."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import bcrypt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from studio.errors import InputRefused, NotFound, NotSignedIn, StudioError, TokenExpired, TooMany, UsernameTaken, WrongCredentials
from studio.security import Passwords, Tokens
from studio.services.accounts import Accounts
from studio.services.login_throttle import PER_ACCOUNT, PER_ADDRESS, network_of
from studio.store.database import Database
from studio.store.tables import LoginAttempt, RevokedToken, User
from tests.clock import HandClock

SECRET = b"0123456789abcdef0123456789abcdef"
PASSWORD = "SecurePass123!"
HOME = "203.0.113.7"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def accounts(database: Database, clock: HandClock) -> Accounts:
    return Accounts(database, Tokens(SECRET, clock), Passwords(cost=4), clock)


def test_the_first_one_in(accounts: Accounts, database: Database, clock: HandClock) -> None:
    assert not accounts.exist()
    joined = accounts.register("john_doe", PASSWORD, "john@example.com")
    assert accounts.exist()
    assert (joined.username, joined.email, joined.total_generations, joined.total_cost) == ("john_doe", "john@example.com", 0, 0)
    assert joined.last_login is None
    clock.advance(hours=1)
    signed_in = accounts.login("john_doe", PASSWORD, address=HOME)
    assert signed_in.account.id == joined.id
    assert signed_in.account.last_login == clock()
    assert accounts.who(signed_in.token) == signed_in.account == accounts.profile(joined.id)
    with database.reading() as session:
        kept = session.get_one(User, joined.id).password_hash
    assert PASSWORD not in kept
    assert bcrypt.checkpw(PASSWORD.encode(), kept.encode())


@pytest.mark.parametrize("other", ["john_doe", "John_Doe", " JOHN_DOE ", "ｊohn_doe"])
def test_a_name_is_given_once(accounts: Accounts, other: str) -> None:
    accounts.register("john_doe", PASSWORD)
    with pytest.raises(UsernameTaken, match="already exists"):
        accounts.register(other, PASSWORD)
    assert accounts.login(other, PASSWORD, address=HOME).account.username == "john_doe"


def test_two_who_want_one_name_at_once(accounts: Accounts) -> None:
    def join(_: int) -> bool:
        try:
            accounts.register("ada", PASSWORD)
        except UsernameTaken:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(join, range(6))) == 1


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("username", ("ab", PASSWORD, None)),
        ("username", ("a" * 51, PASSWORD, None)),
        ("username", ("a b c", PASSWORD, None)),
        ("username", ("<script>", PASSWORD, None)),
        ("username", ("ada\0lovelace", PASSWORD, None)),
        ("username", ("ada\ud800", PASSWORD, None)),
        ("password", ("ada", "1234567", None)),
        ("password", ("ada", "x" * 1001, None)),
        ("email", ("ada", PASSWORD, "not an address")),
        ("email", ("ada", PASSWORD, "a@b")),
        ("email", ("ada", PASSWORD, "a@b..de")),
        ("email", ("ada", PASSWORD, "a@b.de\nBcc: c@d.de")),
        ("email", ("ada", PASSWORD, f"{'a' * 250}@b.de")),
    ],
)
def test_what_cannot_be_used_is_named(accounts: Accounts, field: str, given: tuple[str, str, str | None]) -> None:
    with pytest.raises(InputRefused) as caught:
        accounts.register(*given)
    assert caught.value.field == field
    assert str(caught.value).endswith(".")
    assert not accounts.exist()


@pytest.mark.parametrize(
    ("name", "password", "email"), [("a_b", "12345678", ""), ("Zoë.Ünal-2", "ю" * 300, "zoë@exämple.org"), ("a" * 50, " spaces ", None)]
)
def test_what_can_be_used_signs_in(accounts: Accounts, name: str, password: str, email: str | None) -> None:
    joined = accounts.register(name, password, email)
    assert joined.email == (email or None)
    assert accounts.login(name, password, address=HOME).account.id == joined.id


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=60), password=st.text(max_size=80), email=st.none() | st.text(max_size=40))
def test_whatever_is_typed_is_taken_or_refused_in_a_sentence(accounts: Accounts, name: str, password: str, email: str | None) -> None:
    refused = ""
    try:
        accounts.register(name, password, email)
    except InputRefused as error:
        refused = error.field
    if refused:
        assert refused in {"username", "password", "email"}
        with pytest.raises((WrongCredentials, TooMany)):
            accounts.login(name, password + "!", address=HOME)
    else:
        assert accounts.login(name, password, address=f"{HOME}{len(name)}").account.total_cost == Decimal(0)


def test_unknown_and_wrong_are_refused_alike(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    accounts.register("ada", PASSWORD)
    checks: list[bytes] = []
    real = bcrypt.checkpw
    monkeypatch.setattr(bcrypt, "checkpw", lambda password, hashed: checks.append(hashed[:7]) or real(password, hashed))
    said = []
    for name in ("ada", "nobody", "no such name, and too long for one " * 3, "\0\ud800"):
        with pytest.raises(WrongCredentials) as caught:
            accounts.login(name, "wrong password", address=HOME)
        said.append(str(caught.value))
    assert len(set(said)) == 1
    assert checks == [b"$2b$04$"] * 4  # one bcrypt of the same cost each


def test_guessing_has_to_wait(accounts: Accounts, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> None:
    accounts.register("ada", PASSWORD)
    for _ in range(PER_ACCOUNT):
        with pytest.raises(WrongCredentials):
            accounts.login("ada", "wrong password", address=HOME)
        clock.advance(seconds=10)
    with pytest.raises(TooMany, match="Too many attempts to sign in") as caught:
        accounts.login("Ada", PASSWORD, address=HOME)  # even the right one, or a wrong one would be told by it
    assert caught.value.retry_after == 15 * 60 - PER_ACCOUNT * 10
    accounts.login("ada", PASSWORD, address="198.51.100.2")  # she herself, elsewhere
    clock.advance(seconds=caught.value.retry_after)
    accounts.login("ada", PASSWORD, address=HOME)
    for _ in range(PER_ACCOUNT):  # a success wipes the slate
        with pytest.raises(WrongCredentials):
            accounts.login("ada", "wrong password", address=HOME)


def test_guessing_at_many_accounts_has_to_wait_too(accounts: Accounts, database: Database, clock: HandClock) -> None:
    with database.writing() as session:
        session.add_all(LoginAttempt(account=f"user{n}", address=HOME, at=clock()) for n in range(PER_ADDRESS - 1))
    with pytest.raises(WrongCredentials):
        accounts.login("ada", PASSWORD, address=HOME)
    with pytest.raises(TooMany):
        accounts.login("somebody_else", PASSWORD, address=HOME)
    clock.advance(minutes=15)
    with pytest.raises(WrongCredentials):
        accounts.login("somebody_else", PASSWORD, address=HOME)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(LoginAttempt)) == 1


def test_guesses_sent_at_once_are_all_counted(accounts: Accounts) -> None:
    accounts.register("ada", PASSWORD)

    def guess(_: int) -> type[StudioError]:
        try:
            accounts.login("ada", "wrong password", address=HOME)
        except StudioError as error:
            return type(error)
        raise AssertionError("signed in with a wrong password")

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(guess, range(3 * PER_ACCOUNT)))
    assert answers.count(WrongCredentials) == PER_ACCOUNT
    assert answers.count(TooMany) == 2 * PER_ACCOUNT


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
    ],
)
def test_an_attacker_is_a_network(address: str, network: str) -> None:
    assert network_of(address) == network


def test_signing_out_ends_that_token_alone(accounts: Accounts, database: Database, clock: HandClock) -> None:
    accounts.register("ada", PASSWORD)
    here, there = (accounts.login("ada", PASSWORD, address=HOME).token for _ in range(2))
    accounts.logout(here)
    accounts.logout(here)
    with pytest.raises(NotSignedIn, match="signed out"):
        accounts.who(here)
    assert accounts.who(there).username == "ada"
    clock.advance(days=7)
    accounts.logout(there)  # too late, and fine
    for token in (here, there):
        with pytest.raises(TokenExpired):
            accounts.who(token)
    accounts.logout(accounts.login("ada", PASSWORD, address=HOME).token)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(RevokedToken)) == 1  # the expired one is no longer remembered


def test_a_token_of_somebody_who_is_gone_or_was_never_here(accounts: Accounts, database: Database, clock: HandClock) -> None:
    token, _ = Tokens(SECRET, clock).issue("no such id", "ghost")
    with pytest.raises(NotSignedIn):
        accounts.who(token)
    accounts.logout(token)
    with pytest.raises(NotSignedIn):
        accounts.logout("forged")
    with pytest.raises(NotFound):
        accounts.profile("no such id")


def test_a_finished_ad_is_counted(accounts: Accounts, database: Database) -> None:
    joined = accounts.register("ada", PASSWORD)
    for _ in range(2):
        with database.writing() as session:
            accounts.add_completed(session, joined.id)
    assert accounts.profile(joined.id).total_generations == 2


def test_sessions_that_are_over_are_told_from_those_that_go_on(accounts: Accounts, database: Database, clock: HandClock) -> None:
    accounts.register("ada", PASSWORD)
    accounts.register("bob", PASSWORD)
    early = accounts.session(accounts.login("ada", PASSWORD, address=HOME).token)
    clock.advance(days=1)
    gone = accounts.login("ada", PASSWORD, address=HOME).token
    here = accounts.session(accounts.login("ada", PASSWORD, address=HOME).token)
    bobs = accounts.session(accounts.login("bob", PASSWORD, address=HOME).token)
    assert accounts.over([early, accounts.session(gone), here, bobs]) == set()
    accounts.logout(gone)
    with database.writing() as session:
        session.delete(session.get_one(User, bobs.user_id))
    clock.advance(days=6, hours=1)
    ended = accounts.over([early, here, bobs])
    assert ended == {early.jti, bobs.jti}


def test_another_password_signs_out_everywhere_and_in_again_within_the_same_second(accounts: Accounts, clock: HandClock) -> None:
    accounts.register("Ada", "correct horse")
    before = accounts.login("Ada", "correct horse", address=HOME)
    clock.advance(seconds=0.001)
    accounts.set_password("Ada", "battery staple")
    with pytest.raises(NotSignedIn):
        accounts.who(before.token)
    with pytest.raises(WrongCredentials):
        accounts.login("Ada", "correct horse", address=HOME)
    clock.advance(seconds=0.001)
    again = accounts.login("Ada", "battery staple", address=HOME)
    assert accounts.who(again.token).username == "Ada"
    assert accounts.over([accounts.session(before.token), accounts.session(again.token)]) == {accounts.session(before.token).jti}
