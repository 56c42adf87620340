"""Hero frames on a real database: ordered, made by a real worker, delivered one by one, and what becomes of them."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from pipelines.errors import BriefError
from studio.errors import InputRefused, NotFound, NotReady, NotYours, OverCap, TooMany
from studio.services.hero_briefs import Pictures
from studio.services.hero_remakes import remake_of
from studio.services.hero_sets import FramesWanted
from studio.services.spending import Caps
from studio.services.uploads import Uploads
from studio.store.database import Database, connect
from studio.store.tables import GenerationGroup, HeroFrame, MediaFile, SetChange, Status, new_id
from studio.store.times import utc_now
from tests.studio.hero_studio import PAID, PROMPT, Studio, asked, ended, filmed, hero_house, until
from tests.studio.three_step_ad import AdHouse


@pytest.fixture
def made(database: Database, tmp_path: Path) -> Iterator[tuple[AdHouse, Studio]]:
    with hero_house(database, tmp_path) as found:
        yield found


@pytest.fixture
def lite(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    """SQLite alone, for rules that know no database."""
    shutil.copy(migrated_sqlite, tmp_path / "studio.db")
    database = connect(f"sqlite:///{tmp_path / 'studio.db'}")
    yield database
    database.close()


def test_a_set_is_made_varied_chosen_and_removed(made: tuple[AdHouse, Studio]) -> None:
    house, _ = made
    ada, bob = (house.accounts.register(name, "correct horse").id for name in ("ada", "bob"))
    id = house.hero_orders.submit(ada, asked())
    waiting = house.hero_sets.one(ada, id)
    assert [frame.status for frame in waiting.frames] == [Status.PENDING] * 4
    assert waiting.frames[1].brief["hero"]["choices"], "a reading is told before it is made"
    with house.working():
        whole = ended(house, ada, id)
        assert [frame.status for frame in whole.frames] == [Status.COMPLETED] * 4
        assert (whole.detail.progress, whole.detail.kind, whole.detail.set_id, whole.detail.cost) == (100, "hero", id, Decimal(0))
        assert len({frame.seed for frame in whole.frames}) == 4
        assert whole.frames[0].seed == 7
        files = [house.media.find(str(frame.image_id), owner_id=ada) for frame in whole.frames]
        for frame in whole.frames:
            assert frame.thumbnail is not None
            with house.media.local(frame.thumbnail) as path, Image.open(path) as small:
                assert (small.format, small.size) == ("WEBP", (frame.width, frame.height))
        assert house.library.gallery(ada).total == house.library.stats(ada).total == 0
        assert house.accounts.profile(ada).total_generations == 0

        frame = whole.frames[2]
        again = ended(house, ada, house.hero_orders.again(ada, frame.id))
        assert {one.seed for one in again.frames}.isdisjoint(one.seed for one in whole.frames)
        assert {one.change for one in again.frames} == {SetChange.AGAIN}
        varied = ended(house, ada, house.hero_orders.vary(ada, again.frames[1].id, {"light": "golden"}, "one drop of water"))
        parent, first = again.frames[1], varied.frames[0]
        assert first.seed == parent.seed
        assert first.brief["hero"]["choices"] == parent.brief["hero"]["choices"] | {"light": "golden"}
        assert first.prompt == f"{PROMPT}, one drop of water"
        assert (first.parent_id, first.root_id, first.change) == (parent.id, id, SetChange.VARY)

    assert [one.generation.id for one in house.hero_sets.lineage(ada, first.id)[1]] == [one.generation.id for one in (whole, again, varied)]
    assert house.hero_sets.lineage(ada, first.id)[0] == id
    house.hero_sets.select(ada, frame.id)
    house.hero_sets.select(ada, first.id)
    with house.database.reading() as session:
        assert session.scalars(select(HeroFrame.id).where(HeroFrame.is_primary)).all() == [first.id]
        remake = remake_of(session, first).ask
        before, once_more = (remake_of(session, one).ask for one in (frame, parent))
    labels = {ask.subject.label for ask in (remake, before, once_more) if ask and ask.subject}
    assert len(labels) == 1  # another seed invents no other name
    assert remake is not None
    assert once_more is not None
    assert remake.palette == once_more.palette  # and one thing changed leaves the set as it is
    assert (remake.seed, remake.width, remake.framing.size) == (first.seed, 120, (first.made or {})["asked"]["framing"]["size"])
    house.hero_sets.favor(ada, frame.id, True)
    house.hero_sets.favor(ada, first.id, True)

    def found(**wanted: Any) -> list[str]:
        return [one.id for one in house.hero_sets.frames(ada, FramesWanted(**wanted)).frames]

    assert found(favorites=True) == [first.id, frame.id]
    assert found(favorites=True, q="DROP of") == found(favorites=True, primary=True) == found(primary=True) == [first.id]
    house.hero_sets.favor(ada, first.id, False)
    assert found(favorites=True) == [frame.id]
    assert found(model="another/v1") == found(filmed=True) == []
    assert (house.hero_sets.frames(ada, limit=3).total, house.hero_sets.frames(ada, limit=3).models) == (12, (frame.model,))
    assert len(found(model=frame.model)) == 12
    nobody = house.hero_sets.frames(bob)
    assert (nobody.total, nobody.models, house.hero_sets.listed(bob).total) == (0, (), 0)
    filmed(house, ada, frame)
    assert found(filmed=True) == [frame.id]
    assert house.hero_sets.frames(bob, FramesWanted(filmed=True)).total == 0

    for act in (house.hero_sets.frame, house.hero_sets.select, house.hero_sets.lineage, house.hero_orders.again):
        with pytest.raises(NotYours):
            act(bob, frame.id)
        with pytest.raises(NotFound):
            act(ada, new_id())
    for act in (house.hero_sets.one, house.hero_sets.delete):
        with pytest.raises(NotYours):
            act(bob, id)
    with pytest.raises(NotReady, match="Hero Frames"):
        house.library.delete(ada, id)

    group = GenerationGroup(id=new_id(), user_id=ada, hero_frame_id=frame.id, title="The watch", created_at=utc_now())
    with house.database.writing() as session:
        session.add(group)
    with pytest.raises(NotReady, match="“The watch”"):
        house.hero_sets.delete(ada, id)
    with house.database.writing() as session:
        session.delete(session.get_one(GenerationGroup, group.id))
    house.hero_sets.delete(ada, id)
    with pytest.raises(NotFound):
        house.hero_sets.one(ada, id)
    root, rest = house.hero_sets.lineage(ada, first.id)
    assert (root, len(rest), rest[0].frames[0].parent_id) == (id, 2, None)
    with house.database.reading() as session:
        assert session.scalars(select(MediaFile.id).where(MediaFile.id.in_([file.id for file in files]))).all() == []


def test_frames_arrive_one_by_one_stop_at_once_and_are_tried_again(made: tuple[AdHouse, Studio]) -> None:
    house, studio = made
    ada = house.accounts.register("ada", "correct horse").id
    (house.work / "hold").touch()
    with house.working():
        id = house.hero_orders.submit(ada, asked(count=5))
        (house.work / "free-7").touch()
        one = until(house, ada, id, lambda now: any(frame.image_id for frame in now.frames))
        assert [frame.status for frame in one.frames] == [Status.COMPLETED] + [Status.PROCESSING] * 4
        told = until(house, ada, id, lambda now: now.detail.current_step.startswith("Frame")).detail
        assert told.current_step.endswith("of 5")
        with pytest.raises(NotReady, match="cancel"):
            house.hero_sets.delete(ada, id)
        with pytest.raises(NotReady, match="not made yet"):
            house.hero_sets.select(ada, one.frames[1].id)

        house.generations.cancel(ada, id)
        stopped = house.hero_sets.one(ada, id)
        assert [frame.error_code for frame in stopped.frames] == [None] + ["cancelled"] * 4
        kept = stopped.frames[0].image_id
        seeds = [frame.seed for frame in stopped.frames]
        (house.work / f"fail-{seeds[3]}").touch()
        (house.work / "hold").unlink()
        house.generations.retry(ada, id)
        failed = ended(house, ada, id)
        assert [frame.status for frame in failed.frames] == [Status.COMPLETED] * 3 + [Status.FAILED, Status.COMPLETED]
        assert failed.detail.error is not None
        assert (failed.detail.error.code, failed.frames[3].error_code) == ("model_failed", "model_failed")
        (house.work / f"fail-{seeds[3]}").unlink()
        before = len(studio.asked)
        house.generations.retry(ada, id)
        whole = ended(house, ada, id)
    assert [frame.status for frame in whole.frames] == [Status.COMPLETED] * 5
    assert [frame.seed for frame in whole.frames] == seeds
    assert whole.frames[0].image_id == kept
    assert [ask.seed for ask in studio.asked[before:]] == [seeds[3]]


def test_a_prompt_is_directed_first_and_everything_is_paid_for(lite: Database, tmp_path: Path) -> None:
    with hero_house(lite, tmp_path, PAID, writer=True, caps=Caps(Decimal("0.5"), Decimal(1))) as (house, _):
        ada = house.accounts.register("ada", "correct horse").id
        quote = house.hero_orders.estimate(asked(direct=True))
        assert {use.model: price for use, price in quote.lines}["plain/v1"] == Decimal("0.1200")
        assert Decimal("0.12") < quote.total < Decimal("0.2")
        with house.working():
            whole = ended(house, ada, house.hero_orders.submit(ada, asked(direct=True)))
        assert whole.detail.quoted_cost == quote.total
        assert whole.detail.cost == Decimal("0.1240")
        assert [frame.cost for frame in whole.frames] == [Decimal("0.0300")] * 4
        for frame in whole.frames:
            assert frame.prompt == frame.enhanced_prompt == f"{PROMPT}, rim light from behind"
            assert frame.original_prompt == PROMPT
            assert "light" not in frame.brief["hero"]["choices"], "the directed prompt decides it"
        assert house.hero_orders.direct(ada, asked().brief).directed == f"{PROMPT}, rim light from behind"
        assert house.spending.budget(ada).spent == Decimal("0.1280")
        for _ in range(3):  # three times $0.24 are held back, and $0.128 are spent
            house.hero_orders.submit(ada, asked(count=8))
        with pytest.raises(OverCap):
            house.hero_orders.submit(ada, asked(count=8))


def test_pictures_lead_as_far_as_the_model_can_follow(lite: Database, tmp_path: Path) -> None:
    Image.new("RGB", (200, 200), "red").save(tmp_path / "a.png")
    with hero_house(lite, tmp_path, references=1) as (house, studio):
        ada, bob = (house.accounts.register(name, "correct horse").id for name in ("ada", "bob"))
        with (tmp_path / "a.png").open("rb") as file:
            upload = Uploads(house.database, house.media).take(ada, file, "a.png")
        with pytest.raises(InputRefused) as refused:
            house.hero_orders.submit(bob, asked(pictures=Pictures(reference=upload.id)))
        assert refused.value.field == "reference_image_id"
        notes = house.hero_orders.estimate(asked(pictures=Pictures(upload.id, upload.id, upload.id))).notes
        assert len(notes) == 1
        assert "layout" in notes[0]
        with house.working():
            id = house.hero_orders.submit(ada, asked(pictures=Pictures(product=upload.id, control=upload.id)))
            whole = ended(house, ada, id)
        assert whole.detail.status is Status.COMPLETED, whole.detail.error
        assert [len(ask.references) for ask in studio.asked] == [1] * 4, "the product photo is what such a model takes after"
        assert all(ask.controls == () for ask in studio.asked)
        assert notes[0] in (whole.frames[0].made or {})["notes"]
        assert notes[0] in whole.generation.notes
        assert whole.detail.brief["product_image_id"] == upload.id
        with house.database.reading() as session:
            remake = remake_of(session, session.get_one(HeroFrame, whole.frames[0].id))
        assert remake.ask is not None
        assert (remake.ask.references, remake.photo) == ((), upload.file_id)


def test_orders_that_cannot_be_leave_nothing(lite: Database, tmp_path: Path) -> None:
    with hero_house(lite, tmp_path, per_hour=1) as (house, _):
        ada = house.accounts.register("ada", "correct horse").id
        with pytest.raises(InputRefused, match="no model"):
            house.hero_orders.submit(ada, replace(asked(), model="nobody/v1"))
        house.hero_orders.submit(ada, asked())
        with pytest.raises(TooMany, match="orders an hour, hero frames among them, is the limit"):
            house.hero_orders.submit(ada, asked())
        assert house.hero_sets.listed(ada).total == 1
        with house.working():
            frame = ended(house, ada, house.hero_sets.listed(ada).sets[0].generation.id).frames[0]
        with pytest.raises(BriefError, match="to be different"):
            house.hero_orders.vary(ada, frame.id, {})
        with pytest.raises(BriefError, match="cannot be varied"):
            house.hero_orders.vary(ada, frame.id, {"weather": "rain"})
        refusals: list[tuple[dict[str, Any], str]] = [
            ({"limit": 0}, "limit"),
            ({"offset": -1}, "offset"),
            ({"wanted": FramesWanted(q="\0")}, "q"),
            ({"wanted": FramesWanted(model="\ud800")}, "model"),
        ]
        for q, field in refusals:
            with pytest.raises(InputRefused) as refused:
                house.hero_sets.frames(ada, **q)
            assert refused.value.field == field
