"""kill -9 at each point of a purchase: the clip is bought once, and the ledger says so."""

import os
import shutil
import signal
import time
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from studio.security import Passwords, Tokens
from studio.services.accounts import Accounts
from studio.store.database import Database, connect
from studio.store.tables import CallState, PaidCall
from tests.models.replicate.shop import Fate, Shop
from tests.preloaded import Started, start


def buyer(address: str, shop: Shop, folder: Path, user: str) -> Started:
    return start("tests.models.replicate.buyer", address, shop.url, str(folder), user)


def ledger(database: Database) -> list[tuple[CallState, Decimal | None, str | None]]:
    with database.reading() as session:
        return [(call.state, call.cost, call.prediction) for call in session.scalars(select(PaidCall))]


@pytest.mark.parametrize("point", ["inside the order", "while it is made"])
def test_killed_and_begun_again_the_clip_is_bought_once(shop: Shop, migrated_sqlite: Path, tmp_path: Path, point: str) -> None:
    shutil.copy(migrated_sqlite, tmp_path / "studio.db")
    address = f"sqlite:///{tmp_path / 'studio.db'}"
    database = connect(address)
    user = Accounts(database, Tokens(b"s" * 32), Passwords(4)).register("ada", "correct horse").id
    Image.new("RGB", (96, 160), "#405060").save(tmp_path / "still.png")
    shop.plan(Fate(polls=6))
    first = buyer(address, shop, tmp_path, user)
    try:
        if point == "inside the order":  # taken there, and nobody here knows it
            shop.on_order = lambda order: os.kill(first.pid, signal.SIGKILL)
        else:
            ends = time.monotonic() + 240
            while not any(order["_looks"] > 1 for order in shop.orders.values()):
                assert time.monotonic() < ends
                time.sleep(0.005)
            os.kill(first.pid, signal.SIGKILL)
        assert first.wait(240) == -signal.SIGKILL
        known = None if point == "inside the order" else "order0"
        assert ledger(database) == [(CallState.PLACED if known else CallState.INTENDED, None, known)]
        assert shop.orders["order0"]["status"] in ("starting", "processing")  # a crash cancels nothing
        shop.on_order = lambda order: None
        second = buyer(address, shop, tmp_path, user)
        assert second.wait(240) == 0
        assert second.stdout.read().strip() == "0.04"
        second.close()
        assert ledger(database) == [(CallState.SETTLED, Decimal("0.04"), "order0")]
        assert shop.asked("POST", "/v1/models/.*") == 1
    finally:
        first.close()
        database.close()
