"""Ordering an ad: all of it or nothing, followed to its end, stopped, tried again, removed."""

import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models.catalog import CATALOG, ModelRow
from models.pricing import Use
from pipelines.brief import read_brief
from studio.errors import InputRefused, NotFound, NotReady, NotYours, TooMany
from studio.jobs.failures import UnknownJob
from studio.services.prices import Prices
from studio.store.database import Database
from studio.store.tables import Generation, MediaFile, RateEvent, Status, new_id
from tests.studio.three_step_ad import AdHouse, ad_house

BRIEF = read_brief("Create a luxury watch ad for Instagram", duration=30)


@pytest.fixture
def house(database: Database, tmp_path: Path) -> Iterator[AdHouse]:
    with ad_house(database, tmp_path, per_hour=2) as opened:
        yield opened


def join(house: AdHouse, name: str = "ada") -> str:
    return house.accounts.register(name, "correct horse").id


def test_an_order_waits_in_line_with_its_quote_held(house: AdHouse) -> None:
    ada = join(house)
    first, second = (house.generations.submit(ada, BRIEF) for _ in range(2))
    now = house.generations.follow(ada, second)
    assert (now.ad.status, now.percent, now.queue_position) == (Status.PENDING, 0, 2)
    assert (now.ad.duration, now.ad.aspect_ratio) == (30, "9:16")
    assert house.spending.budget(ada).held == 2 * now.ad.quoted_cost > 0
    assert house.generations.unfinished(ada) == (first, second)


def test_a_refused_order_leaves_nothing(house: AdHouse) -> None:
    ada = join(house)
    for _ in range(2):
        house.generations.submit(ada, BRIEF)
    with pytest.raises(TooMany):
        house.generations.submit(ada, BRIEF)
    with pytest.raises(InputRefused):
        house.generations.submit(ada, BRIEF, photo=new_id())
    with house.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Generation)) == 2
        assert session.scalar(select(func.count()).select_from(RateEvent)) == 2


def test_an_order_whose_job_cannot_be_queued_leaves_nothing(house: AdHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = join(house)
    monkeypatch.setattr(house.engine, "enqueue", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        house.generations.submit(ada, BRIEF)
    assert house.generations.unfinished(ada) == ()
    assert house.spending.budget(ada).held == 0


def test_cancelled_while_it_waits(house: AdHouse) -> None:
    ada = join(house)
    id = house.generations.submit(ada, BRIEF)
    now = house.generations.cancel(ada, id)
    assert (now.ad.status, now.ad.error_code, now.ad.error_message) == (Status.FAILED, "cancelled", "Cancelled by user")
    assert (now.ad.cost, now.percent) == (Decimal(0), 100)
    assert house.spending.budget(ada).held == 0
    again = house.generations.retry(ada, id)
    assert (again.ad.status, again.ad.error_code, again.percent) == (Status.PENDING, None, 0)
    with pytest.raises(NotReady):
        house.generations.retry(ada, id)


def test_the_models_that_were_asked_for_are_quoted(database: Database, tmp_path: Path) -> None:
    remote = ModelRow("video/remote", ("video",), "none", "Remote", "terms", price_per_second=Decimal("0.05"))
    unpriced = ModelRow("text/own", ("text",), "none", "Own", "terms", price_known=False)
    reasons = {"video/remote": "", "text/own": "", "image/off": "No key is set; set SOME_KEY."}
    prices = Prices((*CATALOG, remote, unpriced))
    with ad_house(database, tmp_path, prices=prices, why_not=lambda kind, model: reasons.get(model, "")) as house:
        ada = join(house)
        plain, chosen = BRIEF, BRIEF.model_copy(update={"models": {"video": "video/remote", "text": "built-in"}})
        assert [use.model for use, _ in house.generations.estimate(plain).quote.lines] == ["openai/gpt-4o"]
        quote = house.generations.estimate(chosen).quote
        assert [(use.model, cost) for use, cost in quote.lines] == [("video/remote", Decimal("2.00"))]
        assert quote.notes == ()
        own = house.generations.estimate(BRIEF.model_copy(update={"models": {"text": "text/own"}})).quote
        assert own.total == 0
        assert "text/own" in own.notes[0]
        assert "not counted" in own.notes[0]
        off = BRIEF.model_copy(update={"models": {"image": "image/off"}})
        for act in (house.generations.estimate, lambda brief: house.generations.submit(ada, brief)):
            with pytest.raises(InputRefused, match="set SOME_KEY") as caught:
                act(off)
            assert caught.value.field == "models"
        assert house.generations.unfinished(ada) == ()
        id = house.generations.submit(ada, chosen)
        assert house.generations.detail(ada, id).quoted_cost == quote.total
        assert house.generations.detail(ada, id).brief["models"] == {"video": "video/remote", "text": "built-in"}
        house.generations.cancel(ada, id)
        reasons["video/remote"] = "Its key was taken away."
        with pytest.raises(InputRefused, match="taken away"):
            house.generations.retry(ada, id)


def test_what_is_tried_again_is_quoted_what_was_paid_and_what_the_rest_may_cost(database: Database, tmp_path: Path) -> None:
    remote = ModelRow("video/remote", ("video",), "none", "Remote", "terms", price_per_second=Decimal("0.05"))
    prices = Prices((*CATALOG, remote))
    with ad_house(database, tmp_path, prices=prices, why_not=lambda kind, model: "") as house:
        ada = join(house)
        id = house.generations.submit(ada, BRIEF.model_copy(update={"models": {"video": "video/remote", "text": "built-in"}}))
        whole = house.generations.detail(ada, id).quoted_cost
        house.spending.intend("a clip", Use("video/remote", seconds=Decimal(6)), user_id=ada, generation_id=id)
        house.spending.settled("a clip", Decimal("0.30"))
        assert house.spending.budget(ada).held == whole - Decimal("0.30")
        house.generations.cancel(ada, id)
        assert house.spending.budget(ada).held == 0
        house.generations.retry(ada, id)
        assert house.generations.detail(ada, id).quoted_cost == Decimal("0.30") + whole
        budget = house.spending.budget(ada)
        assert (budget.spent, budget.held) == (Decimal("0.30"), whole), "all that may be spent from here on is held back"


def test_a_voice_is_quoted_when_it_is_wanted_and_refused_when_nobody_can_speak(database: Database, tmp_path: Path) -> None:
    speakers = {"auto": ("openai/gpt-4o-mini-tts", ""), "en_speaker_6": ("", "The voice en_speaker_6 cannot speak here: no weights.")}
    with ad_house(database, tmp_path, voice=lambda voice, model: speakers.get(voice, ("", ""))) as house:
        ada = join(house)
        silent, aloud = (
            house.generations.estimate(BRIEF).quote,
            house.generations.estimate(BRIEF.model_copy(update={"voice": "auto"})).quote,
        )
        assert [use.model for use, _ in silent.lines] == ["openai/gpt-4o"]
        assert [use.model for use, _ in aloud.lines] == ["openai/gpt-4o", "openai/gpt-4o-mini-tts"]
        assert Decimal("0.01") < aloud.total - silent.total < Decimal("0.10")
        nobody = BRIEF.model_copy(update={"voice": "en_speaker_6"})
        for act in (house.generations.estimate, lambda brief: house.generations.submit(ada, brief)):
            with pytest.raises(InputRefused, match="no weights") as caught:
                act(nobody)
            assert caught.value.field == "voice"
        assert house.generations.unfinished(ada) == ()


def test_another_person_s_ad_is_out_of_reach(house: AdHouse) -> None:
    ada, bob = join(house), join(house, "bob")
    id = house.generations.submit(ada, BRIEF)
    for act in (house.generations.follow, house.generations.cancel, house.generations.retry, house.generations.delete):
        with pytest.raises(NotYours):
            act(bob, id)
        with pytest.raises(NotFound):
            act(ada, new_id())
    assert house.generations.follow(ada, id).ad.status is Status.PENDING


def test_made_kept_counted_and_removed(database: Database, tmp_path: Path) -> None:
    with ad_house(database, tmp_path) as house, house.working():
        ada = join(house)
        id = house.generations.submit(ada, BRIEF)
        ad = house.ended(ada, id).ad
        assert (ad.status, ad.error_code, ad.cost) == (Status.COMPLETED, None, Decimal("0.0123"))
        assert (ad.framework, ad.num_scenes, ad.models) == ("PAS", 3, ["fake"])
        assert ad.completed_at >= ad.created_at
        assert b"ftyp" in b"".join(house.media.read(ad.video))[:16]
        assert (house.accounts.profile(ada).total_generations, house.accounts.profile(ada).total_cost) == (1, Decimal("0.0123"))
        assert house.generations.cancel(ada, id).ad.status is Status.COMPLETED
        deadline = time.monotonic() + 120
        while (house.work / id).exists():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        house.generations.delete(ada, id)
        with pytest.raises(UnknownJob):
            house.desk.look(id)
        with database.reading() as session:
            assert session.scalar(select(func.count()).select_from(MediaFile)) == 0

        (house.work / "fail").touch()
        id = house.generations.submit(ada, BRIEF)
        ad = house.ended(ada, id).ad
        assert (ad.status, ad.error_code) == (Status.FAILED, "model_refused")
        assert "0x7f" not in ad.error_message
        (house.work / "fail").unlink()
        house.generations.retry(ada, id)
        assert house.ended(ada, id).ad.status is Status.COMPLETED
        assert (house.work / "written").read_text() == "xx"  # once for each ad: the retry did not write again

        (house.work / "hold").touch()
        id = house.generations.submit(ada, BRIEF)
        while house.generations.follow(ada, id).ad.status is Status.PENDING:
            time.sleep(0.02)
        with pytest.raises(NotReady):
            house.generations.delete(ada, id)
        assert house.generations.cancel(ada, id).ad.error_code == "cancelled"
        (house.work / "hold").unlink()
