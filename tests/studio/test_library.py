"""The gallery shows each person their own ads, finds what they look for, and removes an ad with all that belongs to it."""

import random
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, insert, select

from studio.errors import InputRefused, MediaMissing, NotFound, NotReady, NotYours
from studio.jobs.job_rows import JobRows
from studio.jobs.progress_rows import ProgressRows
from studio.services.library import Library, search_key
from studio.store.blobs import blobs_at
from studio.store.database import Database
from studio.store.media import Media
from studio.store.tables import Blueprint, CallState, Clip, Generation, MediaFile, PaidCall, Status, User, new_id
from tests.clock import HandClock

START = HandClock()()
AddAd = Callable[..., str]


@pytest.fixture
def media(database: Database, tmp_path: Path) -> Media:
    return Media(database, blobs_at(str(tmp_path / "media")))


@pytest.fixture
def library(database: Database, media: Media) -> Library:
    return Library(database, media)


@pytest.fixture
def ada(database: Database) -> str:
    return join(database, "ada")


@pytest.fixture
def add(database: Database, ada: str) -> AddAd:
    def ad(prompt: str = "Create a luxury watch ad", minutes: int = 0, *, user_id: str = ada, **fields: Any) -> str:
        fields = {"status": Status.COMPLETED, "quoted_cost": Decimal(0)} | fields
        with database.writing() as session:
            made = Generation(
                user_id=user_id, prompt=prompt, prompt_key=search_key(prompt), created_at=START + timedelta(minutes=minutes), **fields
            )
            session.add(made)
        return made.id

    return ad


def join(database: Database, name: str) -> str:
    with database.writing() as session:
        user = User(username=name, username_key=name, password_hash="x", created_at=START)
        session.add(user)
    return user.id


def test_newest_first_in_pages_of_their_owner(library: Library, database: Database, add: AddAd, ada: str) -> None:
    mine = [add(f"Ad number {n}", minutes=n) for n in range(45)]
    bob = join(database, "bob")
    add("Ad of somebody else", user_id=bob)
    pages = [library.gallery(ada, offset=offset) for offset in (0, 20, 40, 60)]
    assert [card.id for page in pages for card in page.cards] == mine[::-1]
    assert {page.total for page in pages} == {45}
    assert [len(page.cards) for page in pages] == [20, 20, 5, 0]
    assert [card.id for card in library.gallery(ada, sort="created_at_asc", limit=3).cards] == mine[:3]
    assert library.gallery(bob).total == 1


def test_ads_of_one_moment_are_each_on_one_page(library: Library, add: AddAd, ada: str) -> None:
    mine = {add() for _ in range(9)}
    seen = [card.id for offset in range(0, 9, 2) for card in library.gallery(ada, limit=2, offset=offset).cards]
    assert len(seen) == 9
    assert set(seen) == mine


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("watch", {"watch", "big watch"}),
        ("LUXURY", {"watch"}),
        ("  caFÉ ", {"cafe"}),
        ("cafe\u0301", {"cafe"}),
        ("straße", {"street"}),
        ("STRASSE", {"street"}),
        ("100%", {"percent"}),
        ("0_o", {"underscore"}),
        ("%", {"percent"}),
        ("'; DROP TABLE generations; --", set()),
        ("👩\u200d🚀", {"emoji"}),
    ],
)
def test_the_prompt_is_searched_as_people_write(library: Library, add: AddAd, ada: str, q: str, found: set[str]) -> None:
    prompts = {
        "watch": "A luxury watch ad",
        "big watch": "WATCH this",
        "cafe": "Ein Café in Wien",
        "street": "Mode von der Straße",
        "percent": "100% cotton",
        "underscore": "face 0_o",
        "emoji": "For 👩\u200d🚀 only",
        "decoy": "1000 face 0xo",
    }
    names = {add(prompt): name for name, prompt in prompts.items()}
    page = library.gallery(ada, q=q)
    assert {names[card.id] for card in page.cards} == found
    assert page.total == len(found)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=st.text(max_size=30), status=st.sampled_from(["", "completed", "failed"]))
def test_whatever_is_searched_is_answered(library: Library, ada: str, q: str, status: str) -> None:
    try:
        assert library.gallery(ada, q=q, status=status).total == 0
    except InputRefused as error:
        assert "\0" in q or any("\ud800" <= c <= "\udfff" for c in q), error  # noqa: PT017 - either answer is right, by what was asked


def test_status_is_filtered_and_counted(library: Library, add: AddAd, ada: str) -> None:
    for status, n in ((Status.COMPLETED, 3), (Status.FAILED, 2), (Status.PROCESSING, 1)):
        for _ in range(n):
            add(status=status)
    assert library.gallery(ada, status="failed").total == 2
    assert {card.status for card in library.gallery(ada, status="completed", q="watch").cards} == {Status.COMPLETED}
    stats = library.stats(ada)
    assert stats.total == 6
    assert stats.success_rate == 3 / 5
    add(status=Status.FAILED, error_code="cancelled")
    assert library.stats(ada).success_rate == 3 / 5
    assert library.stats(new_id()).success_rate is None
    assert stats.by_status == {Status.PENDING: 0, Status.PROCESSING: 1, Status.COMPLETED: 3, Status.FAILED: 2}


@pytest.mark.parametrize(
    ("field", "value"),
    [("limit", 0), ("limit", 101), ("offset", -1), ("offset", 2**63), ("status", "done"), ("sort", "prompt; --"), ("q", "a\0b")],
)
def test_what_cannot_be_asked_is_named(library: Library, ada: str, field: str, value: object) -> None:
    with pytest.raises(InputRefused) as caught:
        library.gallery(ada, **{field: value})  # type: ignore[arg-type]
    assert caught.value.field == field


def test_progress_is_live(library: Library, database: Database, add: AddAd, ada: str) -> None:
    running, waiting, done = add(status=Status.PROCESSING), add(status=Status.PENDING), add()
    rows = JobRows(database.engine)
    with database.engine.execution_options(writing=True).begin() as connection:
        for id in (running, waiting):
            rows.add(connection, id, ada, "short")
    attempt = rows.begin(running)
    assert attempt
    ProgressRows(database.engine).report(running, attempt, 64.6, "visuals", "Filming shot 2 of 3")
    cards = {card.id: (card.progress, card.current_step) for card in library.gallery(ada).cards}
    assert cards == {running: (64, "Filming shot 2 of 3"), waiting: (0, None), done: (100, None)}
    ad = library.get(ada, running)
    assert (ad.progress, ad.current_step) == (64, "Filming shot 2 of 3")


def test_one_ad_is_its_owners(library: Library, database: Database, add: AddAd, ada: str) -> None:
    ad = add()
    with database.writing() as session:
        session.add(Blueprint(generation_id=ad, plan={"shots": [1]}, recipe={"seed": 7}))
        session.add_all(Clip(generation_id=ad, position=n, seed=2**32 - 1, created_at=START) for n in (1, 0))
    got = library.get(ada, ad)
    assert (got.plan, got.recipe, got.video_url) == ({"shots": [1]}, {"seed": 7}, None)
    assert [(clip.position, clip.seed) for clip in got.clips] == [(0, 2**32 - 1), (1, 2**32 - 1)]
    bob = join(database, "bob")
    for act in (library.get, library.delete):
        with pytest.raises(NotYours):
            act(bob, ad)
        for unknown in (new_id(), "", "a\0b", "\ud800", "x" * 5000):
            with pytest.raises(NotFound) as caught:
                act(ada, unknown)
            assert not isinstance(caught.value, NotYours)
    assert library.get(ada, ad).id == ad


def test_a_removed_ad_takes_its_files_and_leaves_its_bill(
    library: Library, database: Database, media: Media, add: AddAd, ada: str, tmp_path: Path
) -> None:
    def put(content: str, kind: Any, mime: str) -> MediaFile:
        file = tmp_path / "file"
        file.write_text(content)
        return media.put(file, owner_id=ada, kind=kind, mime=mime)

    video, poster, clip = put("video", "video", "video/mp4"), put("poster", "thumbnail", "image/jpeg"), put("clip", "clip", "video/mp4")
    shared, kept = put("still", "still", "image/png"), put("still", "still", "image/png")
    gone, stays = add(video_id=video.id, thumbnail_id=poster.id), add(thumbnail_id=kept.id)
    with database.writing() as session:
        session.add(Clip(generation_id=gone, position=0, still_id=shared.id, video_id=clip.id, created_at=START))
        session.add(
            PaidCall(
                key="k",
                user_id=ada,
                generation_id=gone,
                model="m",
                reserved=Decimal(1),
                state=CallState.SETTLED,
                cost=Decimal(1),
                created_at=START,
            )
        )
    assert library.get(ada, gone).video_url == f"/api/media/{video.id}"
    library.delete(ada, gone)
    with pytest.raises(NotFound):
        library.get(ada, gone)
    for file in (video, poster, clip):
        with pytest.raises(MediaMissing):
            media.read(file)
        with pytest.raises(NotFound):
            media.find(file.id, owner_id=ada)
    assert b"".join(media.read(kept)) == b"still"
    assert [p.name for p in (tmp_path / "media").rglob("*") if p.is_file()] == [kept.sha256]
    assert [card.id for card in library.gallery(ada).cards] == [stays]
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Clip)) == 0
        bill = session.scalars(select(PaidCall)).one()
    assert (bill.generation_id, bill.cost) == (None, Decimal(1))


@pytest.mark.parametrize("status", [Status.PENDING, Status.PROCESSING])
def test_an_ad_in_the_making_is_cancelled_first(library: Library, add: AddAd, ada: str, status: Status) -> None:
    ad = add(status=status)
    with pytest.raises(NotReady, match="cancel it first"):
        library.delete(ada, ad)
    assert library.get(ada, ad).id == ad


def test_the_gallery_reads_its_page_from_an_index(database: Database, library: Library, ada: str) -> None:
    """However many ads there are: the plan of the query says so, where a stopwatch could not be trusted."""
    moments = random.Random(1).sample(range(100_000), 3000)
    with database.writing() as session:
        rows = [
            {"id": new_id(), "user_id": ada, "prompt": "x" * 40, "prompt_key": "x" * 40, "brief": {}, "models": [], "notes": [],
             "status": Status.COMPLETED, "quoted_cost": Decimal(0), "created_at": START + timedelta(seconds=s)}
            for s in moments
        ]  # fmt: skip
        session.execute(insert(Generation), rows)
    for which, index in (({}, "ix_generations_gallery"), ({"status": "completed"}, "ix_generations_gallery")):
        plan = " ".join(plan_of(database, library, ada, which))
        assert index in plan, plan
        assert "TEMP B-TREE" not in plan, plan
        assert "Sort" not in plan, plan


def plan_of(database: Database, library: Library, user_id: str, which: dict[str, str]) -> list[str]:
    """How the database answers the query behind `gallery`."""
    from sqlalchemy import event, text

    asked: list[tuple[str, Any]] = []

    def note(_: object, __: object, statement: str, parameters: Any, *___: object) -> None:
        asked.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        assert library.gallery(user_id, **which).total == 3000  # type: ignore[arg-type]
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
    statement, parameters = next((s, p) for s, p in asked if "ORDER BY" in s)
    if not database.is_sqlite:
        with database.writing() as session:
            session.execute(text("ANALYZE generations"))
    explain = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
    with database.engine.connect() as connection:
        return [str(tuple(row)) for row in connection.exec_driver_sql(explain + statement, parameters)]
