"""Sessions, locks, moments and money behave the same on SQLite and PostgreSQL."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from studio.errors import StoreError
from studio.store.database import Database, connect, serialise
from studio.store.money import at_most, counted, dollars, dollars_at_most
from studio.store.tables import Generation, RateEvent, Status, User

NOON = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)


def add_user(database: Database, name: str = "ada") -> str:
    with database.writing() as session:
        user = User(username=name, username_key=name, password_hash="x", created_at=NOON)
        session.add(user)
    return user.id


def test_moments_come_back_as_utc_whatever_zone_they_had(database: Database) -> None:
    user_id = add_user(database)
    with database.writing() as session:
        session.get_one(User, user_id).last_login = NOON.astimezone(timezone(timedelta(hours=-7)))
    with database.reading() as session:
        user = session.get_one(User, user_id)
        assert (user.created_at, user.last_login) == (NOON, NOON)
        assert user.last_login is not None
        assert user.last_login.utcoffset() == timedelta(0)
        assert session.scalar(select(func.max(User.last_login))) == NOON
        assert session.scalar(select(User.id).where(User.last_login < NOON + timedelta(microseconds=1))) == user_id
        assert session.scalar(select(User.id).where(User.last_login < NOON)) is None


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="no time zone"), database.writing() as session:
        session.add(User(username="b", username_key="b", password_hash="x", created_at=datetime(2026, 1, 1)))


def test_money_is_exact_and_never_float(database: Database) -> None:
    user_id = add_user(database)
    for _ in range(30):
        with database.writing() as session:
            session.get_one(User, user_id).total_cost = User.total_cost + Decimal("0.1")
    with database.reading() as session:
        assert session.scalar(select(func.sum(User.total_cost))) == Decimal("3.0000")
        assert str(session.get_one(User, user_id).total_cost) == "3.0000"
    with pytest.raises(StatementError, match="Money is Decimal"), database.writing() as session:
        session.get_one(User, user_id).total_cost = 0.1  # type: ignore[assignment]


def test_the_largest_amounts_keep_their_last_place(database: Database) -> None:
    user_id = add_user(database)
    for amount in (Decimal("99999999.9999"), Decimal("0.0001"), Decimal("12345678.0003")):
        with database.writing() as session:
            session.get_one(User, user_id).total_cost = amount
        with database.reading() as session:
            assert session.get_one(User, user_id).total_cost == amount


def test_states_and_json_come_back_as_what_they_were(database: Database) -> None:
    user_id = add_user(database)
    with database.writing() as session:
        made = Generation(
            user_id=user_id, prompt="Ünïcode", prompt_key="ünïcode", brief={"colors": ["#0A192F"]}, quoted_cost=Decimal(0), created_at=NOON
        )
        session.add(made)
    with database.reading() as session:
        generation = session.get_one(Generation, made.id)
        assert generation.status is Status.PENDING
        assert generation.brief == {"colors": ["#0A192F"]}
        assert (generation.plan, generation.models, generation.cost, generation.video_url) == (None, [], None, None)


def test_references_are_enforced(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(RateEvent(user_id="nobody", rule="requests", at=NOON))


def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    def break_off() -> None:
        with database.writing() as session:
            session.add(User(username="c", username_key="c", password_hash="x", created_at=NOON))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(User)) == 0


def test_a_lock_makes_count_then_insert_one_act(database: Database) -> None:
    user_id = add_user(database)

    def take(_: int) -> bool:
        with database.writing(lock=f"user:{user_id}") as session:
            if session.scalar(select(func.count()).select_from(RateEvent)) >= 5:
                return False
            session.add(RateEvent(user_id=user_id, rule="x", at=NOON))
            return True

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(take, range(24))) == 5


def test_other_locks_do_not_wait_on_postgres(database: Database) -> None:
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with database.writing(lock="user:a"):
            held.set()
            release.wait(120)

    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(hold)
        held.wait(120)
        if not database.is_sqlite:  # SQLite has one writer; there every lock is the same lock
            with database.writing(lock="user:b") as session:
                assert session.scalar(select(func.count()).select_from(User)) == 0
        with database.reading() as session:  # and a reader never waits, on either
            assert session.scalar(select(func.count()).select_from(User)) == 0
        assert not holding.done()
        release.set()
        holding.result()


def test_a_reader_cannot_hold_a_lock(database: Database) -> None:
    with database.reading() as session, pytest.raises(RuntimeError, match="writing"):
        serialise(session, "user:a")


def test_sqlite_is_set_up_to_survive_and_to_wait(tmp_path: Path) -> None:
    database = connect(f"sqlite:///{tmp_path / 'new folder' / 'studio.db'}")
    with database.writing() as session:
        settings = {
            name: session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "busy_timeout", "foreign_keys", "synchronous")
        }
    database.close()
    assert (tmp_path / "new folder").stat().st_mode & 0o077 == 0
    assert settings == {"journal_mode": "wal", "busy_timeout": 30000, "foreign_keys": 1, "synchronous": 1}


def test_a_writer_waits_for_a_foreign_one(tmp_path: Path) -> None:
    file = tmp_path / "studio.db"
    database = connect(f"sqlite:///{file}")
    with database.writing() as session:
        session.execute(text("CREATE TABLE t (x INTEGER)"))
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.5, lambda: other.execute("COMMIT")).start()
    with database.writing() as session:  # does not fail with "database is locked"
        session.execute(text("INSERT INTO t VALUES (1)"))
    other.close()
    database.close()


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("mysql://root@localhost/x", "only sqlite and postgresql"),
        ("not an address", "cannot be read"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
    ],
)
def test_an_unusable_address_is_refused_in_a_sentence(address: str, says: str) -> None:
    with pytest.raises(StoreError, match=says):
        connect(address)


def test_a_silent_server_is_reported_without_its_password() -> None:
    database = connect("postgres://studio:geheim@127.0.0.1:1/ads")
    with pytest.raises(StoreError, match="does not answer") as caught:
        database.check()
    assert "geheim" not in str(caught.value)


@given(st.decimals(min_value=0, max_value=10**7, places=9))
def test_a_promise_is_never_below_the_price(amount: Decimal) -> None:
    assert 0 <= at_most(amount) - amount < Decimal("0.0001")
    assert abs(counted(amount) - amount) <= Decimal("0.00005")


def test_what_something_may_cost_is_never_rounded_down() -> None:
    said = [dollars_at_most(Decimal(a)) for a in ("0", "0.0001", "0.052", "1.20", "1.2001")]
    assert said == ["$0.00", "$0.01", "$0.06", "$1.20", "$1.21"]


def test_dollars_for_people() -> None:
    assert [dollars(Decimal(a)) for a in ("0", "1.2", "0.0075", "0.01", "12.3456")] == ["$0.00", "$1.20", "$0.0075", "$0.01", "$12.35"]


def test_money_is_on_the_disk_when_it_is_committed(tmp_path: Path) -> None:
    database = connect(f"sqlite:///{tmp_path / 'money.db'}")
    modes = []
    for durable in (False, True, False):
        with database.writing(durable=durable) as session:
            modes.append(session.scalar(text("PRAGMA synchronous")))
    database.close()
    assert modes == [1, 2, 1]  # NORMAL, FULL, NORMAL: also of a connection that was used before
