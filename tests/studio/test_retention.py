"""How long things are kept: what goes with age, what stays and why, and that files go with it; by a clock that is moved."""

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from studio.errors import InputRefused
from studio.services.chores import SILENT, Chores
from studio.services.leftovers import DAY_S, ORPHAN_S, PREFIX, Leftovers
from studio.services.library import search_key
from studio.services.retention import NOTICE, Retention
from studio.services.retention_chore import EVERY, RetentionChore
from studio.store.blobs import blobs_at
from studio.store.database import Database
from studio.store.money import NOTHING
from studio.store.tables import (
    AdVersion,
    Decision,
    EditorDraft,
    Generation,
    GenerationGroup,
    GenerationKind,
    HeroFrame,
    Iteration,
    MediaFile,
    Rating,
    ReviewDecision,
    ReviewLink,
    Status,
    Upload,
    VersionKind,
    VideoAttempt,
    new_id,
)
from tests.studio.three_step_ad import AdHouse, ad_house

TODAY = datetime(2026, 11, 26, 12, tzinfo=UTC)
LONG_AGO = TODAY - timedelta(days=200)


class Clock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.now = TODAY

    def __call__(self) -> datetime:
        return self.now


class Home:
    """A person's things of any age, and what keeps them."""

    def __init__(self, house: AdHouse, folder: Path, days: int = 30) -> None:
        self.house, self.folder, self.clock = house, folder, Clock()
        self.who = house.accounts.register("ada", "correct horse").id
        self.chores = Chores(house.database, self.clock)
        self.retention = Retention(house.database, house.media, house.library, house.desk, self.chores, days, self.clock)
        self.retention.note_rule()
        self.strips = folder / "strips"
        self.leftovers = Leftovers(house.database, house.media, blobs_at(str(folder / "media")), folder, (self.strips,))

    def file(self, kind: Any = "video", made_for: str | None = None) -> str:
        path = self.folder / "file"
        path.write_bytes(os.urandom(64))
        return self.house.media.put(path, owner_id=self.who, kind=kind, mime="video/mp4", made_for=made_for).id

    def add(self, *rows: Any) -> None:
        with self.house.database.writing() as session:
            for row in rows:
                session.add(row)
                session.flush()

    def made(self, title: str, at: datetime = LONG_AGO, kind: GenerationKind = GenerationKind.AD, **more: Any) -> str:
        id = new_id()
        given = {"status": Status.COMPLETED, "brief": {}, "video_id": self.file(made_for=id)} | more
        self.add(
            Generation(
                id=id, user_id=self.who, kind=kind, prompt=title, prompt_key=search_key(title), quoted_cost=NOTHING, created_at=at, **given
            )
        )
        return id

    def upload(self, name: str, at: datetime = LONG_AGO) -> str:
        id = new_id()
        self.add(Upload(id=id, owner_id=self.who, file_id=self.file("upload"), name=name, width=1, height=1, created_at=at))
        return id

    def frames(self, title: str, **more: Any) -> tuple[str, str]:
        set_id, frame_id = self.made(title, kind=GenerationKind.HERO), new_id()
        frame = {"id": frame_id, "user_id": self.who, "set_id": set_id, "position": 0, "root_id": set_id, "prompt": title}
        frame |= {"original_prompt": title, "aspect_ratio": "9:16", "width": 9, "height": 16, "created_at": LONG_AGO}
        self.add(HeroFrame(**frame, image_id=self.file("still", set_id), **more))
        return set_id, frame_id

    def takes(self, title: str, frame_id: str, final: bool = False) -> str:
        """The film of its only attempt."""
        group, made, attempt, film = new_id(), self.made(title, kind=GenerationKind.TAKE), new_id(), self.file("clip")
        final_id = attempt if final else None
        self.add(
            GenerationGroup(
                id=group, user_id=self.who, hero_frame_id=frame_id, title=title, final_attempt_id=final_id, created_at=LONG_AGO
            ),
            Iteration(generation_id=made, group_id=group, number=1, created_at=LONG_AGO),
            VideoAttempt(id=attempt, group_id=group, generation_id=made, iteration_index=1, position=0, video_id=film, created_at=LONG_AGO),
        )
        return film

    def whys(self) -> dict[str, str]:
        """By title: why something stays, or the days until it goes."""
        told = {}
        for one in self.retention.standings(self.who):
            days = "" if one.goes_at is None else f"in {(one.goes_at - self.clock.now).days}"
            told[one.thing.title] = " ".join(filter(None, (one.why, days)))
        return told

    def sweep(self) -> set[str]:
        gone: set[str] = set()
        while True:
            swept = self.retention.sweep(self.who, at_most=2)
            gone |= {thing.title for thing in swept.things}
            if not swept.more:
                return gone

    def left(self) -> set[str]:
        with self.house.database.reading() as session:
            return set(session.scalars(select(Generation.prompt))) | set(session.scalars(select(Upload.name)))


@pytest.fixture
def home(database: Database, tmp_path: Path) -> Iterator[Home]:
    with ad_house(database, tmp_path) as house:
        yield Home(house, tmp_path)


def test_what_goes_with_age_and_what_stays(home: Home) -> None:
    photo = home.upload("photo of the old ad")
    old = home.made("old", brief={"product_image": photo})
    home.add(EditorDraft(ad_id=old, user_id=home.who, revision=1, base="{}", now="{}", done=[], undone=[], changed_at=LONG_AGO))
    home.made("failed long ago", status=Status.FAILED)
    home.upload("lonely photo")
    _, plain = home.frames("plain frames")
    home.takes("plain takes", plain)

    home.retention.keep(home.who, home.made("kept", brief={"product_image": home.upload("photo of the kept ad")}), True)
    home.add(Rating(generation_id=home.made("starred"), user_id=home.who, stars=5, rated_at=LONG_AGO))
    source = home.made("source")
    version = home.made("approved version")
    home.add(AdVersion(generation_id=version, version_of=source, kind=VersionKind.EXPORTED, made={}, created_at=LONG_AGO))
    link = ReviewLink(id=new_id(), generation_id=source, owner_id=home.who, token_hash="x", created_at=LONG_AGO, expires_at=LONG_AGO)
    said = {"ad_id": source, "link_id": link.id, "author": "Bob", "note": ""}
    refused = home.made("approved once, refused since")
    home.add(
        link,
        ReviewDecision(id=new_id(), generation_id=version, decision=Decision.APPROVED, created_at=LONG_AGO, **said),
        ReviewDecision(id=new_id(), generation_id=refused, decision=Decision.APPROVED, created_at=LONG_AGO, **said),
        ReviewDecision(id=new_id(), generation_id=refused, decision=Decision.CHANGES, created_at=LONG_AGO + timedelta(1), **said),
    )
    shown = home.made("shared")
    home.add(
        ReviewLink(
            id=new_id(), generation_id=shown, owner_id=home.who, token_hash="y", created_at=LONG_AGO, expires_at=TODAY + timedelta(90)
        )
    )
    _, frame = home.frames("frames of the final takes")
    home.takes("final takes", frame, final=True)
    home.frames("favourite frames", favorite=True)
    home.frames("chosen frames", is_primary=True)
    _, used = home.frames("frames of the used takes")
    film = home.takes("used takes", used)
    home.made("young ad", TODAY - timedelta(days=20), brief={"hero_clip": film})
    home.made("under way", status=Status.PROCESSING, brief={"product_image": home.upload("photo under way")})
    edited = home.made("old ad, edited lately")
    lately = TODAY - timedelta(days=5)
    home.add(EditorDraft(ad_id=edited, user_id=home.who, revision=1, base="{}", now="{}", done=[], undone=[], changed_at=lately))

    told = home.whys()
    for title in ("old", "failed long ago", "lonely photo", "plain frames", "plain takes", "approved once, refused since"):
        assert told.pop(title) == "in 14", f"{title} goes after the days of notice"
    assert told.pop("photo of the old ad") == "in 14"
    assert told == {
        "kept": "kept",
        "photo of the kept ad": "used",
        "starred": "stars",
        "approved version": "approved",
        "source": "used",
        "shared": "shared",
        "final takes": "final",
        "frames of the final takes": "used",
        "favourite frames": "favourite",
        "chosen frames": "chosen",
        "young ad": "in 14",
        "used takes": "in 14",
        "frames of the used takes": "in 14",
        "under way": "working",
        "photo under way": "working",
        "old ad, edited lately": "in 25",
    }
    assert home.sweep() == set(), "nothing within the notice"

    home.clock.now += NOTICE - timedelta(minutes=1)
    assert home.sweep() == set()
    home.clock.now += timedelta(minutes=1)
    with home.house.database.reading() as session:
        before = {row.id: row.path for row in session.scalars(select(MediaFile))}
        film_of_old = session.get_one(Generation, old).video_id
    gone = home.sweep()
    assert gone == {
        *("old", "photo of the old ad", "failed long ago", "lonely photo", "plain frames", "plain takes"),
        *("approved once, refused since", "young ad", "used takes", "frames of the used takes"),
    }
    assert not home.left() & gone
    assert {"kept", "photo of the kept ad", "under way", "photo under way", "source", "shared", "old ad, edited lately"} <= home.left()
    assert not (home.folder / "media" / before[film_of_old or ""]).exists(), "its film is gone"
    with home.house.database.reading() as session:
        assert session.get(EditorDraft, old) is None
        after = {row.path for row in session.scalars(select(MediaFile))}
    assert {path for path in after if not (home.folder / "media" / path).exists()} == set(), "no film of what stays is gone"
    assert home.sweep() == set()


def test_peoples_own_rules(home: Home) -> None:
    home.made("old")
    home.retention.set_rule(home.who, None)
    home.clock.now += timedelta(days=5000)
    assert (home.sweep(), home.whys()) == (set(), {"old": ""})
    home.retention.set_rule(home.who, 90)
    assert home.whys() == {"old": "in 14"}, "a new rule has its notice, too"
    assert home.retention.rule(home.who).own
    for days in (29, 0, 3651):
        with pytest.raises(InputRefused, match="30 to 3650"):
            home.retention.set_rule(home.who, days)
    home.retention.drop_rule(home.who)
    assert home.retention.rule(home.who).days == 30
    home.clock.now += NOTICE
    assert home.sweep() == {"old"}


def test_what_a_job_was_ordered_with_meanwhile_stays(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = home.upload("photo")
    home.clock.now += NOTICE
    due = home.retention.due(home.who)
    assert [thing.title for thing in due] == ["photo"]
    home.made("just ordered", home.clock.now, status=Status.PENDING, brief={"product_image": photo})
    monkeypatch.setattr(home.retention, "due", lambda _: due)  # as it was a moment ago
    assert home.retention.sweep(home.who).things == ()
    assert "photo" in home.left()


def test_once_a_day_by_one_of_many(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    home.made("old")
    tick = Ticking()
    first, second = (RetentionChore(home.retention, home.leftovers, Chores(home.house.database, home.clock), tick) for _ in range(2))
    first()
    second()
    assert home.left() == {"old"}
    home.clock.now += NOTICE
    assert home.chores.begin("retention", EVERY), "somebody begins, and is never heard of again"
    tick.now += 1000
    first()
    assert home.left() == {"old"}
    home.clock.now += SILENT
    tick.now += 1000
    first()
    assert home.left() == set()
    assert not home.chores.begin("retention", EVERY)
    home.made("older")
    tick.now += 1000
    second()
    assert home.left() == {"older"}, "once a day"
    home.clock.now += EVERY
    second._retention = None  # type: ignore[assignment]
    tick.now += 1000
    second()  # whatever goes wrong, the thread goes on
    assert "is tried again" in caplog.text
    home.clock.now += SILENT
    tick.now += 1000
    first()
    assert home.left() == set()


class Ticking:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_leftovers(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    here = home.house.media.find(home.file(), owner_id=home.who)
    home.strips.mkdir(exist_ok=True)
    temporary = home.folder / "tmp"
    temporary.mkdir()
    monkeypatch.setattr("studio.services.leftovers.tempfile.gettempdir", lambda: str(temporary))
    found = Leftovers(home.house.database, home.house.media, blobs_at(str(home.folder / "media")), home.folder, (home.strips,))

    def put(path: Path, age_s: float) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
        at = time.time() - age_s
        os.utime(path, (at, at))
        return path

    gone = [
        put(home.strips / f"{'a' * 64}.jpg", 0),
        put(home.strips / ".half.jpg", DAY_S + 60),
        put(home.folder / "media" / "bb" / ("b" * 64), ORPHAN_S + 60),
        put(home.folder / "media" / "cc" / f"{'c' * 64}.0f.part", DAY_S + 60),
        put(home.folder / ".backup-x" / "file", 0).parent,
        put(temporary / f"{PREFIX}media-x", DAY_S + 60),
    ]
    os.utime(gone[4], (0, 0))
    stays = [
        put(home.strips / f"{here.sha256}.jpg", ORPHAN_S * 9),
        put(home.strips / "notes.txt", ORPHAN_S * 9),
        put(home.strips / ".begun.jpg", 60),
        put(home.folder / "media" / "dd" / ("d" * 64), DAY_S),
        put(home.folder / "media" / "dd" / "readme", ORPHAN_S * 9),
        put(temporary / f"{PREFIX}media-now", 60),
        put(temporary / "somebody-elses", ORPHAN_S * 9),
        home.folder / "media" / here.path,
    ]
    assert len(found.sweep(dry_run=True)) == len(gone)
    assert all(path.exists() for path in gone)
    found.sweep()
    assert [path for path in gone if path.exists()] == []
    assert [path for path in stays if not path.exists()] == []


def test_every_temporary_file_has_our_name() -> None:
    """So that leftovers can be told from what is somebody else's."""
    asked: Callable[[str], bool] = lambda line: "tempfile." in line and "import" not in line  # noqa: E731
    root = Path(__file__).parents[2] / "studio"
    plain = [
        f"{path.name}: {line.strip()}"
        for path in root.rglob("*.py")
        for line in path.read_text().splitlines()
        if asked(line) and "dir=" not in line and PREFIX not in line and "gettempdir" not in line and "migrations" not in str(path)
    ]
    assert plain == []
