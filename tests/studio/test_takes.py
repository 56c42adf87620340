"""Takes on a real database: ordered, made by a real worker, delivered one by one, compared, chosen from."""

import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select

from models.asks import VideoAsk
from models.media.image_file import write_image
from pipelines.brief import Brief
from pipelines.hero import read_hero_brief
from pipelines.hero.hero_frames import ask_for_frame
from pipelines.motion import read_motion_brief
from studio.api.rest.shapes.detail import detail_reply
from studio.errors import InputRefused, NotFound, NotReady, NotYours, OverCap
from studio.jobs.takes_job import TakesOrder
from studio.services.group_told import GroupTold
from studio.services.hero_ads import HeroAds
from studio.services.hero_briefs import Pictures, kept, kept_ask
from studio.services.spending import Caps
from studio.services.takes import Defaults, Ordered, TakesAsked
from studio.store.database import Database, connect
from studio.store.tables import Act, FeedbackEvent, Generation, GenerationKind, HeroFrame, MediaFile, Status, new_id
from studio.store.times import utc_now
from tests.studio.three_step_ad import AdHouse, ad_house

PROMPT = "A steel watch on wet black stone"


@pytest.fixture
def lite(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    shutil.copy(migrated_sqlite, tmp_path / "studio.db")
    database = connect(f"sqlite:///{tmp_path / 'studio.db'}")
    yield database
    database.close()


@pytest.fixture
def house(lite: Database, tmp_path: Path) -> Iterator[AdHouse]:
    with ad_house(lite, tmp_path, per_hour=50) as opened:
        yield opened


def person(house: AdHouse, name: str = "ada") -> str:
    return house.accounts.register(name, "correct horse").id


def a_frame(house: AdHouse, user: str, root: str = "", *, status: Status = Status.COMPLETED) -> str:
    """A hero frame as if it had been made."""
    brief = read_hero_brief(PROMPT, seed=7, short_side=120, brand="Aurelia")
    ask, at = ask_for_frame(brief, 0), utc_now()
    path = write_image(house.work / f"{new_id()}.png", np.full((128, 72, 3), 90, np.uint8))
    file = house.media.put(path, owner_id=user, kind="still", mime="image/png").id
    with house.database.writing() as session:
        made = Generation(
            id=new_id(),
            user_id=user,
            kind=GenerationKind.HERO,
            listed=False,
            prompt=PROMPT,
            prompt_key=PROMPT.lower(),
            status=status,
            quoted_cost=Decimal(0),
            created_at=at,
        )
        session.add(made)
        session.flush()
        frame = HeroFrame(
            id=new_id(),
            user_id=user,
            set_id=made.id,
            position=0,
            root_id=root or made.id,
            prompt=PROMPT,
            original_prompt=PROMPT,
            brief=kept(brief, Pictures()) | {"ask": kept_ask(ask)},
            image_id=file if status is Status.COMPLETED else None,
            thumbnail_id=file,
            model="plain/v1",
            seed=ask.seed,
            aspect_ratio="9:16",
            width=72,
            height=128,
            status=status,
            created_at=at,
        )
        session.add(frame)
        return frame.id


def asked(frame: str, takes: int = 2, group: str = "", **more: Any) -> TakesAsked:
    names = ("model", "seed", "auto_select", "note")
    own = {name: more.pop(name) for name in names if name in more}
    motion = read_motion_brief(more.pop("words", ""), seconds=2, takes=takes, **more)
    return TakesAsked(frame, motion, group_id=group, **{"model": "plain/film"} | own)


def acting(house: AdHouse, *acts: str) -> list[VideoAsk]:
    """What happens to the first take, the second … of a hero frame; what is asked is noted."""
    films = house.runtime._backends["plain_film"]
    films.act = lambda ask: acts[ask.variant] if ask.variant < len(acts) else "pan"
    noted: list[VideoAsk] = films.asked
    return noted


def until(house: AdHouse, user: str, group: str, true: Callable[[GroupTold], bool]) -> GroupTold:
    deadline = time.monotonic() + 60
    while not true(now := house.groups.one(user, group)):
        assert time.monotonic() < deadline, now
        time.sleep(0.1)
    return now


def made(house: AdHouse, user: str, ordered: Ordered) -> GroupTold:
    house.ended(user, ordered.generation_id)
    return house.groups.one(user, ordered.group_id)


def test_the_loop_from_attempts_to_another_version(house: AdHouse) -> None:
    ada = person(house)
    frame, asks = a_frame(house, ada), acting(house, "shaky", "pan", "black")
    assert house.takes.estimate(ada, asked(frame, 3)).quote.total == Decimal("0.06")
    first = house.takes.submit(ada, asked(frame, 3))
    waiting = house.groups.one(ada, first.group_id)
    assert [attempt.label for attempt in waiting.iterations[0].attempts] == ["1.1", "1.2", "1.3"]
    assert (waiting.status, waiting.iterations[0].ranking) == (Status.PENDING, None)
    with house.working():
        group = made(house, ada, first)
        (one,) = group.iterations
        shaky, best, black = one.attempts
        assert len({ask.seed for ask in asks}) == 3
        assert (one.selected_attempt_id, one.chosen_attempt_id, group.final_attempt) == (best.id, best.id, None)
        assert one.ranking is not None
        assert one.ranking["decided"]
        assert one.ranking["sentence"].startswith("Attempt 1.2 leads")
        assert (black.overall, black.is_system_selected_best) == (None, False)
        assert "black" in black.degenerate[0]
        assert any(score.metric == "motion_amount_dis_v1" and score.value is not None for score in best.scores)
        assert (one.quoted_cost, one.cost) == (Decimal("0.06"), Decimal("0.06"))
        assert house.library.gallery(ada).total == 0

        chosen = house.groups.select(ada, first.group_id, shaky.id)  # against what was marked
        assert (chosen.final_attempt_id, chosen.iterations[0].chosen_attempt_id) == (shaky.id, shaky.id)
        house.groups.select(ada, first.group_id, shaky.id)  # once more is no other choice
        with house.database.reading() as session:
            (event,) = session.scalars(select(FeedbackEvent).where(FeedbackEvent.act == Act.CHOICE)).all()
        assert (event.details["taken"], event.details["selected"]) == (shaky.id, best.id)
        (card,) = house.library.gallery(ada).cards
        assert card.id == first.generation_id
        detail = detail_reply(house.generations.detail(ada, first.generation_id))
        assert (detail.kind, detail.group_id, detail.brief.models) == ("take", first.group_id, {"video": "plain/film"})
        assert detail.result is not None
        assert detail.result.video_url == shaky.video_url
        assert card.video_id is not None
        assert shaky.video_url == f"/api/media/{card.video_id}"

        again = house.takes.submit(ada, asked(frame, 2, first.group_id, movement="pan", direction="left", note="calmer"))
        group = made(house, ada, again)
    two = group.iterations[1]
    assert again.iteration == two.number == 2
    assert [(row["field"], row["before"], row["after"]) for row in two.changes] == [
        ("camera", "push_in", "pan"),
        ("direction", "", "left"),
        ("auto_attempts", 3, 2),
    ]
    assert (two.note, group.comparison_type) == ("calmer", "settings")
    assert len({ask.seed for ask in asks}) == len({ask.variant for ask in asks}) == 5  # no take is made twice
    assert group.final_attempt_id == shaky.id  # nothing is written over
    last = house.groups.select(ada, first.group_id, two.attempts[1].id)
    assert [step.iteration for step in last.trend] == [1, 2]
    assert last.trend[0].attempt_id == shaky.id
    (card,) = house.library.gallery(ada).cards
    assert card.id == again.generation_id
    frames = house.groups.frames(ada, best.id)
    assert frames.n_frames == 48
    assert all(len(row.frames) == len(row.values) for row in frames.metrics)

    house.groups.delete(ada, first.group_id)
    assert house.library.gallery(ada).total == 0
    with pytest.raises(NotFound):
        house.groups.one(ada, first.group_id)
    with house.database.reading() as session:
        assert session.scalar(select(MediaFile.id).where(MediaFile.made_for == first.generation_id)) is None


def test_one_that_fails_takes_nothing_from_the_others(house: AdHouse) -> None:
    ada = person(house)
    acting(house, "pan", "fail", "shaky")
    ordered = house.takes.submit(ada, asked(a_frame(house, ada), 3, auto_select=False))
    with house.working():
        group = made(house, ada, ordered)
    (one,) = group.iterations
    assert (one.status, [attempt.status for attempt in one.attempts]) == (
        Status.COMPLETED,
        [Status.COMPLETED, Status.FAILED, Status.COMPLETED],
    )
    assert one.attempts[1].error is not None
    assert one.attempts[1].error.code == "model_failed"
    assert one.cost == Decimal("0.04")
    assert one.ranking is not None
    assert one.ranking["decided"]
    assert one.selected_attempt_id is None  # nobody is to be marked in this group
    with pytest.raises(NotReady):
        house.groups.select(ada, group.id, one.attempts[1].id)
    house.groups.select(ada, group.id, one.attempts[2].id)
    with house.database.reading() as session:
        (event,) = session.scalars(select(FeedbackEvent)).all()
    assert event.details["selected"] is None


def test_stopped_at_once_and_tried_again_it_makes_what_is_missing(house: AdHouse) -> None:
    ada = person(house)
    asks = acting(house, "pan", "wait")
    ordered = house.takes.submit(ada, asked(a_frame(house, ada)))
    with house.working():
        until(house, ada, ordered.group_id, lambda now: now.iterations[0].attempts[0].status is Status.COMPLETED and len(asks) == 2)
        began = time.monotonic()
        house.generations.cancel(ada, ordered.generation_id)
        stopped = house.groups.one(ada, ordered.group_id).iterations[0]
        assert time.monotonic() - began < 2
        assert [attempt.status for attempt in stopped.attempts] == [Status.COMPLETED, Status.FAILED]
        assert stopped.attempts[1].error is not None
        assert stopped.attempts[1].error.code == "cancelled"
        assert stopped.attempts[0].overall is not None
        with pytest.raises(NotReady, match="to its end"):
            house.groups.select(ada, ordered.group_id, stopped.attempts[0].id)
        acting(house)
        house.generations.retry(ada, ordered.generation_id)
        (one,) = made(house, ada, ordered).iterations
    assert [attempt.status for attempt in one.attempts] == [Status.COMPLETED] * 2
    assert one.attempts[1].error is None
    assert one.ranking is not None
    assert [ask.variant for ask in asks].count(0) == 1


def test_after_a_crash_what_was_delivered_is_not_made_again(lite: Database, tmp_path: Path) -> None:
    with ad_house(lite, tmp_path) as house:
        ada = person(house)
        asks = acting(house, "pan", "wait")
        ordered = house.takes.submit(ada, asked(a_frame(house, ada)))
        with house.working():
            until(house, ada, ordered.group_id, lambda now: now.iterations[0].attempts[0].status is Status.COMPLETED and len(asks) == 2)
    with ad_house(lite, tmp_path, lease_s=0.5) as house:
        asks = acting(house)
        with house.working():
            (one,) = made(house, ada, ordered).iterations
    assert [attempt.status for attempt in one.attempts] == [Status.COMPLETED] * 2
    assert [ask.variant for ask in asks] == [1]


def test_when_none_is_made_it_has_failed_and_says_why(house: AdHouse) -> None:
    ada = person(house)
    acting(house, "fail")
    ordered = house.takes.submit(ada, asked(a_frame(house, ada), 1))
    with house.working():
        group = made(house, ada, ordered)
        assert (group.status, group.best_overall, group.trend) == (Status.FAILED, None, ())
        assert group.iterations[0].error is not None
        assert group.iterations[0].error.code == "model_failed"
        acting(house)
        house.generations.retry(ada, ordered.generation_id)
        (one,) = made(house, ada, ordered).iterations
    assert one.ranking is not None
    assert (one.attempts[0].error, one.selected_attempt_id) == (None, one.attempts[0].id)  # the only one is the version
    assert not one.ranking["decided"]


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


def test_names_tags_and_advice(house: AdHouse) -> None:
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


class Desk:
    """Takes the order of an ad and makes none."""

    def __init__(self) -> None:
        self.orders: list[tuple[str, Brief, str, Any]] = []

    def submit(self, user_id: str, brief: Brief, photo: str = "", hero: Any = None) -> str:
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
