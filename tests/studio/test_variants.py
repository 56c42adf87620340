"""Sets of variants: planned, quoted, made with shared clips, stopped; on plain pictures at 120 pixels."""

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from models.backends import BackendConfig
from models.catalog import CATALOG
from models.runtime import Runtime
from pipelines.aspect import Aspect
from pipelines.brief import read_brief
from pipelines.frameworks import Framework
from studio.errors import InputRefused, NotReady, NotYours, TooMany
from studio.services.prices import Prices
from studio.services.variant_asked import VariantsAsked
from studio.store.database import connect
from studio.store.tables import Clip, Generation, Status
from tests.plain_films import FILM_ROW, PlainFilms
from tests.plain_pictures import ROW, PlainPictures
from tests.studio.quick_finish import cut_off
from tests.studio.takes_house import person
from tests.studio.three_step_ad import AdHouse, ad_house

SOUND_ROW = next(row for row in CATALOG if "sound" in row.kinds and not row.paid)
MODELS = {"image": "plain/v1", "video": "plain/film", "sound": SOUND_ROW.id}
PROMPT = "Create a luxury watch ad for Instagram"


@pytest.fixture
def house(migrated_sqlite: Path, tmp_path: Path) -> Iterator[AdHouse]:
    shutil.copy(migrated_sqlite, tmp_path / "studio.db")
    database = connect(f"sqlite:///{tmp_path / 'studio.db'}")
    runtime = Runtime(BackendConfig(cache_dir=tmp_path / "cache"), catalog=(ROW, FILM_ROW, SOUND_ROW))
    runtime._backends |= {"plain": PlainPictures(), "plain_film": PlainFilms(lambda ask: "black")}
    with ad_house(database, tmp_path, runtime=runtime, made_by=MODELS, prices=Prices((ROW, FILM_ROW, SOUND_ROW))) as opened:
        yield opened
    database.close()


def asked(**more: Any) -> VariantsAsked:
    brief = read_brief(PROMPT, short_side=120, brand="Aurelia", duration=15, coherence={"color_matching": False}).model_copy(
        update={"models": MODELS}
    )
    return VariantsAsked(brief, **{"hooks": ("", ""), "calls": ("", "Try one on"), "frameworks": (Framework.PAS,)} | more)


def test_shots_that_are_the_same_are_quoted_once(house: AdHouse) -> None:
    ada = person(house)
    found = house.variants.estimate(ada, asked())
    assert [(cell.cell.hook, cell.cell.call) for cell in found.cells] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert [[shot.lender for shot in cell.shots] for cell in found.cells] == [[0, 0, 0, 0], [0, 0, 0, 0], [2, 0, 0, 0], [2, 0, 0, 0]]
    assert (found.n_shots, found.n_made) == (16, 5)
    assert found.cells[0].hook_text != found.cells[2].hook_text
    assert [cell.call_text for cell in found.cells[:2]] == ["See the watch", "Try one on"]
    lead, other, opening, _ = (cell.quote.total for cell in found.cells)
    assert other == 0 < opening < lead
    assert found.quote.total == lead + opening
    assert found.unshared == 4 * lead
    assert found.cells[3].name == "aurelia_wrist-watch_hookB_ctaB_9x16_PAS_15s_v1"
    alike = house.variants.estimate(ada, asked(own_openings=False))
    assert alike.n_made == 4
    shapes = house.variants.estimate(ada, asked(calls=("",), aspects=(Aspect.VERTICAL, Aspect.SQUARE)))
    assert shapes.n_made == 10, "each shape is photographed anew"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"hooks": ("",), "calls": ("",)}, "a single ad"),
        ({"hooks": ("",) * 4, "calls": ("",) * 4}, "16 ads; 12 are the most"),
        ({"hooks": ("Hold still.", "hold  STILL.")}, "hooks A and B say the same"),
        ({"calls": ("x" * 40,)}, "call to action A has 40 characters"),
        ({"hooks": ()}, "one to 4"),
        ({"aspects": (Aspect.SQUARE, Aspect.SQUARE)}, "named twice"),
        ({"landing": "javascript:alert(1)"}, "begins with https://"),
        ({"utm": {"content": "x"}}, "utm_content cannot be set"),
    ],
)
def test_what_makes_no_set_is_said(house: AdHouse, more: dict[str, Any], says: str) -> None:
    with pytest.raises(InputRefused, match=says):
        house.variants.submit(person(house), asked(**more))


def test_a_set_counts_as_its_ads_and_is_ordered_whole_or_not_at_all(house: AdHouse) -> None:
    ada, bob = person(house), person(house, "bob")
    set_id = house.variants.submit(ada, asked(hooks=("", "", "Look again."), calls=("", "")))
    assert house.variants.orders_left(ada) == 4
    with pytest.raises(TooMany, match="6 at once are too many: 10 ads an hour"):
        house.variants.submit(ada, asked(hooks=("", "", "Look again."), calls=("", "")))
    assert house.variants.orders_left(ada) == 4
    assert house.variants.listed(ada).total == 1
    told = house.variants.one(ada, set_id)
    assert [told.ads[cell.generation_id].queue_position for cell in told.cells] == [1, 2, 3, 4, 5, 6]
    with pytest.raises(NotYours):
        house.variants.one(bob, set_id)
    with pytest.raises(NotReady, match="stop the set first"):
        house.variants.delete(ada, set_id)
    stopped = house.variants.cancel(ada, set_id)
    assert all(ad.cancelled for ad in stopped.ads.values())
    house.variants.delete(ada, set_id)
    assert house.variants.listed(ada).total == house.library.gallery(ada).total == 0


def test_a_shared_clip_is_made_and_paid_once(house: AdHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    cut_off(monkeypatch)
    ada = person(house)
    films = house.runtime._backends["plain_film"]
    quoted = house.variants.estimate(ada, asked())
    set_id = house.variants.submit(ada, asked())
    with house.working():
        told = _over(house, ada, set_id)
    ads = [told.ads[cell.generation_id] for cell in told.cells]
    assert [ad.status for ad in ads] == [Status.COMPLETED] * 4
    assert len(films.asked) == 5
    costs = [ad.cost for ad in ads]
    assert costs[1] == costs[3] == 0 < costs[2] < costs[0]  # type: ignore[operator]
    assert sum(costs, Decimal(0)) <= quoted.quote.total  # type: ignore[arg-type]
    assert f"4 clips were made for {told.cells[0].name} and used again." in ads[1].result.notes  # type: ignore[union-attr]
    with house.database.reading() as session:
        texts = [session.get_one(Generation, ad.id).blueprint.plan["titles"] for ad in ads]  # type: ignore[union-attr,index]
        shas = [[clip.video.sha256 for clip in _clips(session, ad.id)] for ad in ads]
    assert shas[0] == shas[1]
    assert shas[2] == shas[3]
    assert len({str(text) for text in texts}) == 4


def test_who_was_to_be_lent_a_clip_makes_it_when_the_lender_failed(house: AdHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    cut_off(monkeypatch)
    ada = person(house)
    films: PlainFilms = house.runtime._backends["plain_film"]  # type: ignore[assignment]
    set_id = house.variants.submit(ada, asked(hooks=("",)))
    lead, heir = house.variants.one(ada, set_id).cells
    house.generations.cancel(ada, lead.generation_id)
    with house.working():
        told = _over(house, ada, set_id)
        assert told.ads[heir.generation_id].status is Status.COMPLETED
        assert len(films.asked) == 4
        said = told.ads[heir.generation_id].result.notes  # type: ignore[union-attr]
        assert f"{lead.name} was to make 4 of these clips and failed; they were made, and paid for, here." in said
        house.generations.retry(ada, lead.generation_id)
        told = _over(house, ada, set_id)
    assert told.ads[lead.generation_id].status is Status.COMPLETED
    assert len(films.asked) == 4, "what the heir made is lent to the lead, tried again"


def _over(house: AdHouse, user: str, set_id: str) -> Any:
    for cell in house.variants.one(user, set_id).cells:
        house.ended(user, cell.generation_id)
    return house.variants.one(user, set_id)


def _clips(session: Any, id: str) -> list[Clip]:
    return list(session.query(Clip).filter_by(generation_id=id).order_by(Clip.position))
