"""Takes on a real database, made by a real worker: delivered one by one, compared, chosen from; failing, stopped, crashed."""

import time
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from studio.api.rest.shapes.detail import detail_reply
from studio.errors import NotFound, NotReady, NotYours
from studio.store.database import Database
from studio.store.tables import Act, FeedbackEvent, MediaFile, Status
from tests.studio.takes_house import a_frame, acting, asked, house, lite, made, person, until
from tests.studio.three_step_ad import AdHouse, ad_house

__all__ = ["house", "lite"]


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
    assert one.n_failed == 1
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


def test_what_is_missing_is_made_once_more_and_paid_for_once(house: AdHouse) -> None:
    ada, bob = person(house), person(house, "bob")
    noted = acting(house, "pan", "fail", "pan", "pan", "fail")
    frame = a_frame(house, ada)
    with house.working():
        before = made(house, ada, house.takes.submit(ada, asked(frame, 1)))
        group = made(house, ada, house.takes.submit(ada, asked(frame, 4, before.id)))  # takes 1 to 4 of the frame; 1 and 4 fail
        assert [group.iterations[1].n_failed, group.iterations[0].n_failed] == [2, 0]
        wanted = house.takes.missing(ada, group.id, 2)
        assert house.takes.estimate(ada, wanted).quote.total == Decimal("0.04")
        failed = [ask for ask in noted if ask.variant in (1, 4)]
        there = len(noted)
        acting(house)
        ordered = house.takes.submit(ada, wanted)
        with pytest.raises(NotReady, match="as iteration 3"):
            house.takes.submit(ada, wanted)
        with pytest.raises(NotReady, match="as iteration 3"):
            house.takes.missing(ada, group.id, 2)
        told = made(house, ada, ordered)
    first, second, third = told.iterations
    assert [attempt.status for attempt in third.attempts] == [Status.COMPLETED] * 2
    assert {(ask.seed, ask.variant) for ask in noted[there:]} == {(ask.seed, ask.variant) for ask in failed}
    assert (third.cost, third.quoted_cost, second.missing_in, first.missing_in) == (Decimal("0.04"), Decimal("0.04"), 3, None)
    assert [attempt.status for attempt in second.attempts].count(Status.FAILED) == 2  # as it was
    for number, error in ((1, "No attempt"), (3, "No attempt")):
        with pytest.raises(NotReady, match=error):
            house.takes.missing(ada, group.id, number)
    with pytest.raises(NotFound):
        house.takes.missing(ada, group.id, 9)
    with pytest.raises(NotYours):
        house.takes.missing(bob, group.id, 2)


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
