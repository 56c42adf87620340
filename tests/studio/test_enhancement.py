"""An ad whose scenes do not match is matched as a version of its own; failures leave nothing, a good ad is left alone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from pipelines.brief import read_brief
from pipelines.timeline import conform, read_timeline
from studio.errors import NotFound, NothingToMend, NotReady, NotYours
from studio.services.ad_parts import AdParts, lay_out
from studio.store.database import connect
from studio.store.media import Media
from studio.store.tables import AdPart, AdVersion, MediaFile, Status
from tests.studio.mismatched_ad import mismatched_ad
from tests.studio.three_step_ad import AdHouse, ad_house

COLD = read_brief("Create a luxury watch ad for Instagram", colors="#B39C7D", brand="Aurelia")
GOOD = read_brief("Create a luxury watch ad whose scenes are alike")


class Shop:
    """One house for all tests here, with a finished mismatched ad of Ada's in it."""

    def __init__(self, house: AdHouse) -> None:
        self.house = house
        self.ada, self.bob = (house.accounts.register(name, "correct horse").id for name in ("ada", "bob"))
        self.ad = house.generations.submit(self.ada, COLD)


@pytest.fixture(scope="module")
def shop(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder = tmp_path_factory.mktemp("shop")
    shutil.copy(migrated_sqlite, folder / "studio.db")
    database = connect(f"sqlite:///{folder / 'studio.db'}")
    with ad_house(database, folder, per_hour=100, job=mismatched_ad) as house, house.working():
        shop = Shop(house)
        assert house.ended(shop.ada, shop.ad).ad.status is Status.COMPLETED
        yield shop
    database.close()


def files(house: AdHouse) -> int:
    with house.database.reading() as session:
        return session.scalar(select(func.count()).select_from(MediaFile)) or 0


def test_the_parts_of_an_ad_are_laid_out_as_they_were(shop: Shop, tmp_path: Path) -> None:
    house = shop.house
    parts = AdParts(house.database).of(shop.ada, shop.ad)
    assert [(part.name, part.role) for part in parts] == [
        *(("clips/01-s1.mp4", "clip"), ("clips/02-s2.mp4", "clip"), ("stills/01-s1.png", "still"), ("stills/02-s2.png", "still")),
        ("timeline.otio", "timeline"),
    ]
    timeline = lay_out(parts, tmp_path, lambda file, into: house.desk.keeper.fetch(shop.ad, file, into))
    edl, _ = conform(read_timeline(timeline), tmp_path)
    assert [Path(one.media).stat().st_size > 0 for one in edl.pictures] == [True, True]
    with pytest.raises(NotYours):
        AdParts(house.database).of(shop.bob, shop.ad)


def test_its_scenes_are_matched_in_a_version_of_its_own(shop: Shop) -> None:
    house, before = shop.house, files(shop.house)
    asked = house.enhancements.of(shop.ada, shop.ad)
    assert (asked.may, asked.version_id) == (True, None)
    id = house.enhancements.ask(shop.ada, shop.ad)
    assert house.ended(shop.ada, id).ad.status is Status.COMPLETED
    told = house.enhancements.of(shop.ada, id)
    assert told == house.enhancements.of(shop.ada, id)
    assert (told.version_of, told.version_id, told.status) == (shop.ad, id, Status.COMPLETED)
    assert [change["kind"] for change in told.changes] == ["match_color"]
    colour = told.measures[0]
    assert colour.measure == "delta_c"
    assert colour.before is not None
    assert colour.after is not None
    assert colour.after < 0.6 * colour.before
    assert {finding["code"] for finding in told.gone} == {"color_jump"}
    assert (told.new, told.verdict[:28]) == ((), "The largest jump of colour a")
    original, version = (house.library.get(shop.ada, one) for one in (shop.ad, id))
    assert (original.video_id, version.listed, version.cost) != (version.video_id, False, None)
    assert [clip.shot for clip in version.clips] == ["s1", "s2"]
    assert all(clip.video_id and clip.still_id for clip in version.clips)
    assert version.recipe is not None
    assert version.recipe["changed"]["changes"][0]["scene"] == told.changes[0]["scene"]
    with house.database.reading() as session:
        made = session.get_one(AdVersion, id).made
    assert (made["why_whole"], made["copied"] > 0, made["rendered"] > 0) == ("", True, True), "the first scene is copied as it is"
    assert "#B39C7D" in str(parts_text(house, shop.ada, id))
    with pytest.raises(NothingToMend):
        house.enhancements.ask(shop.ada, id)
    house.generations.delete(shop.ada, id)
    assert files(house) == before
    assert house.enhancements.of(shop.ada, shop.ad).version_id is None


def parts_text(house: AdHouse, user: str, id: str) -> str:
    timeline = AdParts(house.database).of(user, id)[-1]
    return b"".join(house.media.read(house.media.find(timeline.media_id, owner_id=user))).decode()


def test_what_a_dead_worker_left_is_not_kept_twice(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    house, put, broken = shop.house, Media.put, []

    def dying(self: Media, file: Path, **more: object) -> MediaFile:
        if len(broken) == 3:
            broken.append(file)
            raise OSError("The disk went away.")
        if len(broken) < 3:
            broken.append(file)
        return put(self, file, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Media, "put", dying)
    before = files(house)
    id = house.enhancements.ask(shop.ada, shop.ad)
    failed = house.ended(shop.ada, id)
    assert failed.ad.status is Status.FAILED
    assert (files(house), failed.ad.listed) == (before, False)
    assert house.enhancements.of(shop.ada, shop.ad).may  # it may be asked for again
    house.generations.retry(shop.ada, id)
    assert house.ended(shop.ada, id).ad.status is Status.COMPLETED
    with house.database.reading() as session:
        parts = session.scalars(select(AdPart.name).where(AdPart.generation_id == id)).all()
    assert files(house) == before + 2 + len(parts)
    house.generations.delete(shop.ada, id)


def test_a_good_ad_is_left_alone_and_others_are_not_ones_own(shop: Shop) -> None:
    house = shop.house
    good = house.generations.submit(shop.ada, GOOD)
    with pytest.raises(NotReady, match="not finished yet"):
        house.enhancements.ask(shop.ada, good)
    assert house.ended(shop.ada, good).ad.status is Status.COMPLETED
    unfinished = house.generations.unfinished(shop.ada)
    with pytest.raises(NothingToMend, match="belong together already: the largest jump of colour at a cut is ΔE"):
        house.enhancements.ask(shop.ada, good)
    assert house.generations.unfinished(shop.ada) == unfinished == ()
    for ask in (house.enhancements.ask, house.enhancements.of):
        with pytest.raises(NotYours):
            ask(shop.bob, shop.ad)
        with pytest.raises(NotFound):
            ask(shop.ada, "nothing")
