"""An ad around a version, made by models that cost money: what it is quoted, and what is paid, hold its main scene once."""

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models.backends import BackendConfig
from models.runtime import Runtime
from pipelines.brief import read_brief
from studio.errors import NotReady
from studio.jobs.ad_job import make_ad_job
from studio.services.prices import Prices
from studio.store.database import connect
from studio.store.tables import Clip, Generation, PaidCall, Status
from tests.plain_films import FILM_ROW, PlainFilms
from tests.plain_pictures import ROW, PlainPictures
from tests.studio.quick_finish import cut_off
from tests.studio.takes_house import PROMPT, a_frame, asked, made, person
from tests.studio.test_variants import MODELS, SOUND_ROW
from tests.studio.three_step_ad import AdHouse, ad_house

CATALOG = (FILM_ROW, ROW, SOUND_ROW)  # the first that can is the default


@pytest.fixture
def house(migrated_sqlite: Path, tmp_path: Path) -> Iterator[AdHouse]:
    shutil.copy(migrated_sqlite, tmp_path / "studio.db")
    database = connect(f"sqlite:///{tmp_path / 'studio.db'}")
    runtime = Runtime(BackendConfig(cache_dir=tmp_path / "cache"), catalog=CATALOG)
    runtime._backends |= {"plain": PlainPictures(), "plain_film": PlainFilms()}
    with ad_house(database, tmp_path, runtime=runtime, made_by=MODELS, prices=Prices(CATALOG), job=make_ad_job) as opened:
        yield opened
    database.close()


def test_the_main_scene_is_quoted_and_paid_once(house: AdHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    cut_off(monkeypatch)
    ada = person(house)
    films = house.runtime._backends["plain_film"]
    changes = {"duration": 15, "coherence": {"color_matching": False}}
    ordered = house.takes.submit(ada, asked(a_frame(house, ada), 1))
    with pytest.raises(NotReady, match="Choose the version first"):
        house.hero_ads.estimate(ada, ordered.group_id, changes)
    with house.working():
        group = made(house, ada, ordered)
        house.groups.select(ada, group.id, group.iterations[0].attempts[0].id)
        around = house.hero_ads.estimate(ada, group.id, changes)
        assert around.paid == Decimal("0.02")  # two seconds at a cent; the picture was free
        id = house.hero_ads.submit(ada, group.id, changes)
        with house.database.reading() as session:
            brief = session.get_one(Generation, id).brief
        films.asked.clear()
        ad = house.ended(ada, id).ad
    assert ad.status is Status.COMPLETED, ad.error_message
    whole = house.generations.estimate(read_brief(PROMPT, duration=15)).quote.total
    assert whole - ad.quoted_cost == ROW.price_per_image + 3 * FILM_ROW.price_per_second  # a shot of two seconds, with its handles
    assert brief["hero_clip"]
    assert ad.quoted_cost == around.estimate.quote.total
    with house.database.reading() as session:
        paid = session.scalar(select(func.sum(PaidCall.cost)).where(PaidCall.generation_id == id))
        take = session.scalar(select(func.sum(PaidCall.cost)).where(PaidCall.generation_id == ordered.generation_id))
        shots = session.scalar(select(func.count()).where(Clip.generation_id == id))
    assert (take, paid) == (Decimal("0.02"), ad.cost)
    assert ad.cost is not None
    assert 0 < ad.cost <= ad.quoted_cost
    assert house.spending.budget(ada).spent == ad.cost + take
    assert shots is not None
    assert len(films.asked) == shots - 1
