"""Hero frames and takes through Replicate, on loopback: quoted, paid to the cent, and where the provider declines, that is what is told."""

import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from models.backends.replicate import outcome
from models.catalog import ModelRow
from pipelines.hero import read_hero_brief
from pipelines.motion import read_motion_brief
from studio import house as houses
from studio.jobs.references import ROOMS
from studio.security import Passwords
from studio.services.hero_orders import HeroAsked
from studio.services.takes import TakesAsked
from studio.store.tables import CallState, PaidCall, Status
from studio.wiring import runtime_of
from tests.models.replicate.shop import Fate, Shop
from tests.studio.test_hosted_ad import IMAGE, VIDEO, settings, shop

__all__ = ["shop"]

PICTURE, CLIP = Decimal("0.025"), 2 * Decimal("0.026")
"""US dollars: a picture of IMAGE, two seconds of VIDEO."""


class Shut:
    """In the place of the embedded studio, which would stand in for whoever fails."""

    def available(self, row: ModelRow) -> str:
        return "The studio is shut."

    def close(self) -> None:
        return None


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_takes_of_a_hosted_model_are_quoted_paid_and_made_up_for(shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcome, "FIRST_POLL_S", 0.05)
    held = settings(tmp_path, shop.url)
    runtime = runtime_of(held)
    runtime._backends["product_studio"] = Shut()  # type: ignore[assignment]
    house = houses.open_house(held, runtime, passwords=Passwords(4))
    house.hero_orders._side = 120
    house.engine.poll_s = 0.05
    worker = house.worker(rooms=("tests", *ROOMS))
    worker.start()
    try:
        ada = house.accounts.register("ada", "correct horse").id
        hero = HeroAsked(read_hero_brief("A steel watch on wet black stone", count=4), model=IMAGE)
        assert house.hero_orders.estimate(hero).total == 4 * PICTURE
        frames = house.hero_orders.submit(ada, hero)
        until(lambda: house.hero_sets.one(ada, frames).generation.status.final)
        made = house.hero_sets.one(ada, frames)
        assert [(frame.status, frame.model, frame.cost) for frame in made.frames] == [(Status.COMPLETED, IMAGE, PICTURE)] * 4

        shop.plan(Fate(), Fate(end="failed", error="NSFW content detected"))
        motion = read_motion_brief("light glides along the edges", seconds=2, takes=3)
        asked = TakesAsked(made.frames[0].id, motion, model=VIDEO)
        quote = house.takes.estimate(ada, asked)
        assert (quote.per_attempt, quote.quote.total) == (CLIP, 3 * CLIP)
        ordered = house.takes.submit(ada, asked)
        until(lambda: house.groups.one(ada, ordered.group_id).iterations[0].status.final)
        (first,) = house.groups.one(ada, ordered.group_id).iterations
        assert (first.status, first.n_failed, first.cost) == (Status.COMPLETED, 2, CLIP)
        for attempt in first.attempts:
            if attempt.status is Status.COMPLETED:
                assert (attempt.model, attempt.cost, attempt.overall is not None) == (VIDEO, CLIP, True)
            else:
                assert attempt.error is not None
                assert (attempt.error.code, attempt.video_url) == ("model_refused", None)
                assert "declined" in attempt.error.message

        shop.plan(Fate())
        missing = house.takes.missing(ada, ordered.group_id, 1)
        assert house.takes.estimate(ada, missing).quote.total == 2 * CLIP
        again = house.takes.submit(ada, missing)
        until(lambda: house.groups.one(ada, ordered.group_id).iterations[1].status.final)
        second = house.groups.one(ada, ordered.group_id).iterations[1]
        assert (again.iteration, [one.status for one in second.attempts], second.cost) == (2, [Status.COMPLETED] * 2, 2 * CLIP)

        with house.store.database.reading() as session:
            calls = list(session.scalars(select(PaidCall)))
        assert {call.state for call in calls if call.cost} == {CallState.SETTLED}  # what was declined costs nothing
        assert {call.prediction for call in calls} == set(shop.orders)
        assert house.spending.budget(ada).spent == sum(call.cost or 0 for call in calls) == 4 * PICTURE + 3 * CLIP
    finally:
        worker.stop()
        house.close()
