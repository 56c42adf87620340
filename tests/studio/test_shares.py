"""Links to finished ads, on both databases."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from pipelines.brief import read_brief
from studio.errors import LinkEnded, NotFound, NotReady, NotYours
from studio.services.shares import REMEMBERED, Shares
from studio.store.database import Database
from studio.store.tables import ReviewLink
from tests.clock import HandClock
from tests.studio.three_step_ad import AdHouse, ad_house

BRIEF = read_brief("Create a luxury watch ad for Instagram", duration=15, brand="Aurelia")


@pytest.fixture
def house(database: Database, tmp_path: Path) -> Iterator[AdHouse]:
    with ad_house(database, tmp_path) as opened:
        yield opened


def test_the_life_of_a_link(house: AdHouse) -> None:
    ada, bob = (house.accounts.register(name, "correct horse").id for name in ("ada", "bob"))
    id = house.generations.submit(ada, BRIEF)
    clock = HandClock()
    shares = Shares(house.database, clock)
    with pytest.raises(NotReady):
        shares.share(ada, id)
    with house.working():
        house.ended(ada, id)
    for act in (shares.share, shares.end):
        with pytest.raises(NotYours):
            act(bob, id)
        with pytest.raises(NotFound):
            act(ada, "no such ad")
    first = shares.share(ada, id)
    assert first.expires_at - clock() == timedelta(days=14)
    seen = shares.open(first.token)
    film = seen.film(None)
    assert (seen.brand, film.duration_s, seen.expires_at) == ("Aurelia", 15, first.expires_at)
    assert film.video.mime == "video/mp4"
    clock.advance(days=14)
    with pytest.raises(LinkEnded):
        shares.open(first.token)
    second = shares.share(ada, id)
    shares.end(ada, id)
    shares.end(ada, id)
    with pytest.raises(LinkEnded):
        shares.open(second.token)
    clock.advance(days=REMEMBERED.days + 15)
    third = shares.share(ada, id)
    with house.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ReviewLink)) == 1
    with pytest.raises(NotFound) as never:
        shares.open(second.token)
    assert not isinstance(never.value, LinkEnded)
    house.generations.delete(ada, id)
    with pytest.raises(NotFound):
        shares.open(third.token)
