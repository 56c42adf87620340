"""Takes as they are ordered and used: numbers, refusals, seeds, names, advice, an ad around a version."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from eval.suggestions import Advice, Suggestion
from pipelines.brief import Brief
from pipelines.hero import read_hero_brief
from pipelines.hero.hero_frames import ask_for_frame
from studio.errors import InputRefused, NotFound, NotReady, NotYours, OverCap
from studio.jobs.takes_job import TakesOrder
from studio.services import take_advice
from studio.services.hero_ads import HeroAds
from studio.services.spending import Caps
from studio.services.takes import Defaults
from studio.store.database import Database
from studio.store.tables import HeroFrame, Status
from tests.studio.takes_house import PROMPT, a_frame, acting, asked, house, lite, made, person
from tests.studio.three_step_ad import AdHouse, ad_house

__all__ = ["house", "lite"]


def test_orders_at_once_get_numbers_and_takes_of_their_own(database: Database, tmp_path: Path) -> None:
    with ad_house(database, tmp_path, per_hour=50) as house:
        ada = person(house)
        frame = a_frame(house, ada)
        group = house.takes.submit(ada, asked(frame)).group_id
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda _: house.takes.submit(ada, asked(frame, 2, group)), range(4)))
        assert sorted(one.iteration for one in found) == [2, 3, 4, 5]
        told = house.groups.one(ada, group)
        assert [row.number for row in told.iterations] == [1, 2, 3, 4, 5]
        assert (told.n_attempts, told.iterations[4].changes) == (10, ())
        assert [card.n_iterations for card in house.groups.listed(ada).groups] == [5]
        with pytest.raises(NotReady, match="cancel it first"):
            house.groups.delete(ada, group)


def test_what_cannot_be_ordered(lite: Database, tmp_path: Path) -> None:
    with ad_house(lite, tmp_path, caps=Caps(Decimal("0.10"), Decimal(50))) as house:
        ada, bob = person(house), person(house, "bob")
        frame, other = a_frame(house, ada), a_frame(house, ada)
        unmade = a_frame(house, ada, status=Status.PROCESSING)
        house.takes.defaults = Defaults(alert_usd=Decimal("0.05"))
        estimate = house.takes.estimate(ada, asked(frame, 3))
        assert (estimate.per_attempt, estimate.quote.total) == (Decimal("0.02"), Decimal("0.06"))
        assert "look twice" in estimate.notes[0]
        with pytest.raises(OverCap):
            house.takes.submit(ada, asked(frame, 6))
        with pytest.raises(NotReady):
            house.takes.submit(ada, asked(unmade))
        with pytest.raises(NotYours):
            house.takes.submit(bob, asked(frame))
        with pytest.raises(NotFound):
            house.takes.submit(ada, asked("no such frame"))
        for wrong in ({"model": "plain/none"}, {"fps": 30}):
            with pytest.raises(InputRefused) as refused:
                house.takes.submit(ada, asked(frame, **wrong))
            assert refused.value.field == "model"
        assert house.groups.listed(ada).total == 0
        group = house.takes.submit(ada, asked(frame)).group_id
        with pytest.raises(InputRefused, match="another picture"):
            house.takes.submit(ada, asked(other, group=group))
        with house.database.reading() as session:
            root = session.get_one(HeroFrame, frame).root_id
        varied = house.takes.submit(ada, asked(a_frame(house, ada, root), group=group))
        assert [row["field"] for row in house.groups.one(ada, group).iterations[1].changes] == ["hero_frame"]
        assert varied.iteration == 2
        for act in (house.groups.one, house.groups.delete, lambda user, id: house.groups.change(user, id, title="Mine")):
            with pytest.raises(NotYours):
                act(bob, group)
        with pytest.raises(NotFound):
            house.takes.submit(bob, asked(a_frame(house, bob), group=group))


def test_a_seed_of_one_s_own_means_the_same_takes_again(house: AdHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    ada, orders = person(house), list[TakesOrder]()
    monkeypatch.setattr(house.desk, "submit", lambda *_, args, **__: orders.extend(args))
    frame = a_frame(house, ada)
    group = house.takes.submit(ada, asked(frame, 3, seed=5)).group_id
    again = house.takes.submit(ada, asked(frame, 3, group, seed=5))
    other = house.takes.submit(ada, asked(frame, 3, group))
    assert orders[0] == orders[1]
    assert (orders[0].seed, orders[0].first, orders[2].first) == (5, 0, 6)
    rows = {row.number: row for row in house.groups.one(ada, group).iterations}
    assert rows[again.iteration].changes == ()
    assert [row["field"] for row in rows[other.iteration].changes] == ["seed"]


def test_names_tags_and_advice(house: AdHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = person(house)
    acting(house, "shaky")
    ordered = house.takes.submit(ada, asked(a_frame(house, ada), 1))
    with house.working():
        group = made(house, ada, ordered)
    assert group.title == PROMPT
    changed = house.groups.change(ada, group.id, title="<b>Night</b> watch", tag="spring")
    assert (changed.title, changed.tag) == ("Night watch", "spring")
    assert house.groups.listed(ada, tag="spring").total == 1
    assert house.groups.listed(ada, tag="autumn").total == 0
    assert house.groups.change(ada, group.id, tag="").tag is None
    for wrong in ({"title": "  "}, {"tag": "x" * 61}):
        with pytest.raises(InputRefused):
            house.groups.change(ada, group.id, **wrong)  # type: ignore[arg-type]

    measured = house.advice.suggest(ada, group.id)
    assert any("proxy." in row.because for row in measured)
    assert len({row.field for row in measured}) == len(measured)
    said = {row.field: row for row in house.advice.suggest(ada, group.id, words="too chaotic")}
    assert (said["speed"].before, said["speed"].after) == ("real_time", "slow_motion")
    assert "too chaotic" in said["speed"].because
    with pytest.raises(NotYours):
        house.advice.suggest(person(house, "bob"), group.id)

    little = Suggestion("motion", "Little moves.", Advice("Give the camera one clear move.", ("one clear move",), ()))
    monkeypatch.setattr(take_advice, "_measured", lambda scores: (little,))
    for words, heard in (("too chaotic", False), ("boring", True), ("", True)):
        found = house.advice.suggest(ada, group.id, words=words)
        assert any("Little moves." in row.because for row in found) is heard, words  # nothing pulls the other way than what was said


class Desk:
    """Takes the order of an ad and makes none."""

    def __init__(self) -> None:
        self.orders: list[tuple[str, Brief, str, Any]] = []

    def submit(self, user_id: str, brief: Brief, photo: str = "", hero: Any = None, team: str | None = None) -> str:
        self.orders.append((user_id, brief, photo, hero))
        return "an ad"


def test_a_version_becomes_the_main_scene_of_an_ad(house: AdHouse) -> None:
    ada = person(house)
    frame = a_frame(house, ada)
    acting(house)
    ordered = house.takes.submit(ada, asked(frame, 1))
    desk = Desk()
    ads = HeroAds(house.database, desk)  # type: ignore[arg-type]
    with pytest.raises(NotReady, match="Choose the version first"):
        ads.submit(ada, ordered.group_id, {})
    with house.working():
        group = made(house, ada, ordered)
        group = house.groups.select(ada, group.id, group.iterations[0].attempts[0].id)
        assert ads.submit(ada, group.id, {"duration": 30, "voice": "off"}) == "an ad"
        ((_, brief, photo, hero),) = desk.orders
        assert (brief.duration, brief.aspect, brief.brand, brief.seed, brief.short_side) == (30, "9:16", "Aurelia", 7, 120)
        assert brief.prompt.startswith(PROMPT)
        assert photo == ""
        assert group.final_attempt is not None
        assert (f"/api/media/{hero.clip}", hero.clip_by) == (group.final_attempt.video_url, "plain/film")
        ask = ask_for_frame(read_hero_brief(PROMPT, seed=7, short_side=120, brand="Aurelia"), 0)
        assert (hero.subject, hero.palette, hero.seed) == (ask.subject, ask.palette, ask.seed)
        with pytest.raises(InputRefused, match="9:16"):
            ads.submit(ada, group.id, {"aspect": "16:9"})
        ad = house.hero_ads.submit(ada, group.id, {})  # through the real desk, with a quick ad
        assert house.ended(ada, ad).ad.status is Status.COMPLETED
    with pytest.raises(NotYours):
        house.hero_ads.submit(person(house, "bob"), group.id, {})
