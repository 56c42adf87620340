"""Clips of an edit made again and gaps filled, as people order them: quoted, made, compared, accepted, undone, removed."""

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete, func, select

from models.asks import VideoAsk
from pipelines.brief import read_brief
from studio.api.application import application
from studio.api.doors import DOORS
from studio.errors import EditedElsewhere, EditRefused, InputRefused, NotFound, NotReady, NotYours, OverCap
from studio.services.drafts import Draft
from studio.services.regeneration_told import RegenerationTold
from studio.services.regenerations import RegenerationAsked
from studio.services.spending import Caps
from studio.store.database import connect
from studio.store.tables import Generation, MediaFile, PaidCall, Regeneration, Status, VideoAttempt
from tests.studio.api.whole import HERE, PASSWORD, join, refused, services_of
from tests.studio.editable_ad import HANDLE, SHOWN, editable_ad
from tests.studio.three_step_ad import AdHouse, ad_house

FILM = "plain/film"
PROMPT = "Create a luxury watch ad for Instagram"


@dataclass
class Desk:
    """An installation with a finished ad of four clips, s1 to s4, that is open in the Editor. user: whose it is."""

    house: AdHouse
    user: str
    ad: str

    def draft(self) -> Draft:
        return self.house.editor.open(self.user, self.ad)

    def act(self, **action: Any) -> Draft:
        return self.house.editor.act(self.user, self.ad, self.draft().revision, [action])

    def order(self, piece: str, **asked: Any) -> str:
        wish = replace(RegenerationAsked(piece, model=FILM), **asked)
        return self.house.regenerations.order(self.user, self.ad, self.draft().revision, wish)

    def made(self, id: str) -> RegenerationTold:
        self.house.ended(self.user, id)
        return self.house.regenerated.one(self.user, self.ad, id)

    def accept(self, id: str, attempt: str) -> Draft:
        return self.house.regenerated.accept(self.user, self.ad, id, self.draft().revision, attempt)

    def films(self, act: Any) -> list[VideoAsk]:
        """What happens to each attempt, by its number; what is asked is noted."""
        films = self.house.runtime._backends["plain_film"]
        films.act = lambda ask: act(ask.variant)
        noted: list[VideoAsk] = films.asked
        noted.clear()
        return noted


@pytest.fixture(scope="module")
def opened(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("regenerations")
    shutil.copy(migrated_sqlite, folder / "studio.db")
    database = connect(f"sqlite:///{folder / 'studio.db'}")
    with ad_house(database, folder, per_hour=200, job=editable_ad) as house, house.working():
        user = house.accounts.register("ada", "correct horse").id
        house.runtime.sleep = lambda seconds: None
        ad = house.generations.submit(user, read_brief(PROMPT))
        house.ended(user, ad)
        yield Desk(house, user, ad)
    database.close()


@pytest.fixture
def desk(opened: Desk) -> Iterator[Desk]:
    """Each test begins with the ad as it was made."""
    opened.films(lambda variant: "pan")
    opened.draft()
    yield opened
    opened.house.editor.discard(opened.user, opened.ad, opened.draft().revision)
    for one in opened.house.regenerated.of(opened.user, opened.ad):
        opened.house.regenerated.cancel(opened.user, opened.ad, one.id)
        opened.house.ended(opened.user, one.id)
        opened.house.regenerated.remove(opened.user, opened.ad, one.id)


def test_a_gap_is_filled_by_a_clip_of_its_frames_and_undone(desk: Desk) -> None:
    house = desk.house
    desk.act(action="delete", clips=["s3"])
    asked = desk.films(lambda variant: "pan")
    estimate = house.regenerations.estimate(desk.user, desk.ad, desk.draft().revision, RegenerationAsked("s3", model=FILM))
    assert (estimate.attempts, estimate.n_frames, estimate.words.source, estimate.pinned.which) == (2, SHOWN, "scene", "first")
    assert estimate.quote.total == 2 * estimate.per_attempt > 0
    ads = house.library.stats(desk.user)
    told = desk.made(desk.order("s3"))
    assert (told.status, told.prompt, told.pinned["which"]) == (Status.COMPLETED, "picture 3", "first")
    assert told.quoted_cost == estimate.quote.total
    assert told.cost is not None
    assert 0 < told.cost <= told.quoted_cost
    assert [(one.status, one.n_frames, one.fps, one.width, one.height) for one in told.attempts] == [
        (Status.COMPLETED, SHOWN, 24, 180, 320)
    ] * 2
    assert len({one.seed for one in told.attempts}) == 2
    assert all(ask.still is not None and ask.still.path.name == "first.png" for ask in asked)
    assert [cut["side"] for cut in told.attempts[0].fit["cuts"]] == ["before", "after"]
    assert all(cut["matched"] <= cut["delta_e"] for one in told.attempts for cut in one.fit["cuts"])
    assert told.attempts[0].scores
    assert told.ranking is not None
    assert bool(told.best_attempt_id) == told.ranking["decided"]

    chosen = told.attempts[1]
    filled = desk.accept(told.id, chosen.id)
    piece = filled.edit.pieces[2]
    assert (piece.n_frames, piece.media_frames, piece.own["video_model"], piece.own["seed"]) == (SHOWN, SHOWN, FILM, chosen.seed)
    assert (filled.edit.n_frames, filled.done[-1].words) == (4 * SHOWN, "Filled the gap at 3 s")
    asset = next(asset for asset in filled.assets if asset.name == piece.media)
    assert (asset.origin, asset.about["attempt"]) == ("regenerated", chosen.id)
    assert house.regenerated.one(desk.user, desk.ad, told.id).accepted_attempt_id == chosen.id
    undone = house.editor.undo(desk.user, desk.ad, filled.revision)
    assert undone.edit.pieces[2].is_gap

    assert house.library.stats(desk.user) == ads  # never a video of its own
    assert [row.id for row in house.library.gallery(desk.user).cards] == [desk.ad]
    with house.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(VideoAttempt)) == 0
        assert session.get_one(Generation, told.id).listed is False


def test_a_clip_is_made_again_with_the_handles_of_its_transitions_and_the_old_one_is_in_the_bin(desk: Desk) -> None:
    told = desk.made(desk.order("s2", attempts=1, prompt="a macro of the dial", negative_prompt="people", seed=11))
    assert (told.attempts[0].n_frames, told.attempts[0].seed, told.source) == (SHOWN + 4, 11, "local")  # half of its dissolve
    assert any("goes on from the picture before it" in note for note in told.notes)
    was = desk.draft().edit.pieces[1]
    draft = desk.accept(told.id, told.attempts[0].id)
    now = draft.edit.pieces[1]
    assert (now.transition, now.transition_frames, now.media_in, now.n_frames) == ("crossfade", 8, 4, SHOWN)
    assert (now.own["scene"], now.own["still_prompt"]) == (2, "a macro of the dial")
    origins = {asset.name: asset.origin for asset in draft.assets}
    assert (origins[now.media], origins[was.media]) == ("regenerated", "replaced")
    back = desk.act(action="replace", clip="s2", media=was.media, media_frames=was.media_frames, media_in=HANDLE)
    assert back.edit.pieces[1].media == was.media


def test_unpinned_a_picture_of_its_own_is_drawn_first(desk: Desk) -> None:
    asked = desk.films(lambda variant: "pan")
    told = desk.made(desk.order("s3", attempts=1, pin_frames=False, match_colors=False))
    assert (told.status, told.pinned["which"], told.attempts[0].fit["correction"]) == (Status.COMPLETED, "none", None)
    still = asked[0].still
    assert still is not None
    assert (still.made.model, still.path.name != "first.png") == ("plain/v1", True)


def test_one_that_fails_takes_nothing_from_the_others_and_can_be_tried_again(desk: Desk) -> None:
    desk.films(lambda variant: "fail" if variant else "pan")
    told = desk.made(desk.order("s3"))
    assert [one.status for one in told.attempts] == [Status.COMPLETED, Status.FAILED]
    assert (told.status, bool(told.attempts[1].error)) == (Status.COMPLETED, True)
    desk.films(lambda variant: "fail")
    id = desk.order("s3")
    assert desk.made(id).status is Status.FAILED
    desk.films(lambda variant: "pan" if variant else "fail")
    desk.house.generations.retry(desk.user, id)
    assert [one.status for one in desk.made(id).attempts] == [Status.FAILED, Status.COMPLETED]


def test_what_was_made_before_it_was_stopped_is_neither_made_nor_bought_again(desk: Desk) -> None:
    desk.films(lambda variant: "wait" if variant else "pan")
    id = desk.order("s3")
    while not any(one.status is Status.COMPLETED for one in desk.house.regenerated.one(desk.user, desk.ad, id).attempts):
        time.sleep(0.05)
    with pytest.raises(NotReady, match="cancel it first"):
        desk.house.regenerated.remove(desk.user, desk.ad, id)
    told = desk.house.regenerated.cancel(desk.user, desk.ad, id)
    assert [one.status for one in told.attempts] == [Status.COMPLETED, Status.FAILED]
    asked = desk.films(lambda variant: "pan")
    desk.house.generations.retry(desk.user, id)
    assert [one.status for one in desk.made(id).attempts] == [Status.COMPLETED] * 2
    assert [ask.variant for ask in asked] == [1]  # what was made before is not made again
    with desk.house.database.reading() as session:
        paid = session.scalars(select(PaidCall.cost).where(PaidCall.generation_id == id)).all()
    assert sum(paid, Decimal(0)) == desk.made(id).cost


def test_when_its_ad_was_removed_an_order_cannot_be_tried_again(desk: Desk) -> None:
    desk.films(lambda variant: "fail")
    id = desk.order("s3", attempts=1)
    assert desk.made(id).status is Status.FAILED
    with desk.house.database.writing() as session:
        session.execute(delete(Regeneration).where(Regeneration.generation_id == id))  # as the ad's rows go
    with pytest.raises(NotReady, match="was removed"):
        desk.house.generations.retry(desk.user, id)


def test_what_cannot_be_ordered_is_told_before_anything_happens(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    house, revision = desk.house, desk.draft().revision
    with pytest.raises(EditRefused, match="no clip 's9'"):
        desk.order("s9")
    with pytest.raises(EditedElsewhere):
        house.regenerations.order(desk.user, desk.ad, revision + 1, RegenerationAsked("s3"))
    with pytest.raises(InputRefused, match="1 to 6"):
        desk.order("s3", attempts=7)
    with pytest.raises(InputRefused, match="no model"):
        desk.order("s3", model="nobody/nothing")
    bob = house.accounts.register("bob", "correct horse").id
    with pytest.raises(NotYours):
        house.regenerations.order(bob, desk.ad, revision, RegenerationAsked("s3"))
    with pytest.raises(NotYours):
        house.regenerated.of(bob, desk.ad)
    monkeypatch.setattr(house.spending, "_caps", Caps(Decimal("0.001"), Decimal(50)))
    with pytest.raises(OverCap):
        desk.order("s3")
    assert house.regenerated.of(desk.user, desk.ad) == ()


def test_what_is_accepted_fits_the_slot_as_it_is_by_then_or_is_refused_whole(desk: Desk) -> None:
    told = desk.made(desk.order("s3", attempts=1))
    attempt, before = told.attempts[0].id, desk.draft().assets
    with pytest.raises(EditedElsewhere):
        desk.house.regenerated.accept(desk.user, desk.ad, told.id, desk.draft().revision + 1, attempt)
    with pytest.raises(NotFound):
        desk.accept(told.id, told.id)
    desk.act(action="trim", clip="s3", edge="tail", by=6)
    with pytest.raises(EditRefused, match="longer since"):
        desk.accept(told.id, attempt)
    desk.act(action="trim", clip="s3", edge="tail", by=-16)
    assert desk.draft().assets == before  # what was refused left nothing behind
    draft = desk.accept(told.id, attempt)
    assert draft.edit.pieces[2].n_frames == SHOWN - 10
    media = next(asset.media_id for asset in draft.assets if asset.name == draft.edit.pieces[2].media)
    desk.house.regenerated.remove(desk.user, desk.ad, told.id)
    with desk.house.database.reading() as session:
        assert session.get(MediaFile, media) is not None  # it is the ad's now
        assert session.get(Generation, told.id) is None
    assert desk.draft().edit.pieces[2].media == draft.edit.pieces[2].media


def test_the_lane_tells_what_was_measured_and_its_fixes_are_edits(desk: Desk) -> None:
    scores, house = desk.house.editor_scores, desk.house
    lane = scores.of(desk.user, desk.ad)
    assert (lane.stale, [clip.piece for clip in lane.clips], [clip.scene for clip in lane.clips]) == (
        False,
        ["s1", "s2", "s3", "s4"],
        [1, 2, 3, 4],
    )
    assert all(0 <= row.goodness <= 1 for clip in lane.clips for row in clip.scores if row.goodness is not None)
    assert all(any(row.value is not None for row in clip.scores) for clip in lane.clips)
    assert [(cut.frame, cut.before, cut.after) for cut in lane.cuts] == [
        (SHOWN, "s1", "s2"),
        (2 * SHOWN, "s2", "s3"),
        (3 * SHOWN, "s3", "s4"),
    ]
    assert all(cut.measures and not cut.stale for cut in lane.cuts)
    jumps = [finding for finding in lane.findings if finding.measure == "delta_c"]
    assert [finding.pieces for finding in jumps] == [("s1", "s2"), ("s2", "s3"), ("s3", "s4")]
    text = next(finding for finding in lane.findings if finding.measure == "reading time")
    for finding in (jumps[0], text):  # every proposed edit can be done, and ends what was found
        assert finding.fix is not None
        assert finding.fix.actions is not None
        house.editor.act(desk.user, desk.ad, desk.draft().revision, list(finding.fix.actions))
        now = scores.of(desk.user, desk.ad)
        assert now.stale
        assert finding.id not in {one.id for one in now.findings}
        house.editor.undo(desk.user, desk.ad, desk.draft().revision, len(finding.fix.actions))
    assert scores.of(desk.user, desk.ad) == lane
    desk.act(action="delete", clips=["s3"])
    now = scores.of(desk.user, desk.ad)
    assert "s3" not in {clip.piece for clip in now.clips}
    assert [cut.frame for cut in now.cuts] == [SHOWN]  # beside a gap there is no cut
    assert {finding.pieces for finding in now.findings if finding.measure == "delta_c"} == {("s1", "s2")}
    with pytest.raises(NotYours):
        scores.of(house.accounts.register("eve", "correct horse").id, desk.ad)


@pytest.fixture(scope="module")
def client(opened: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    page = tmp_path_factory.mktemp("doors") / "door.html"
    page.write_text("<!doctype html><title>door</title>")
    app = application(services_of(opened.house), {}, dict.fromkeys(DOORS, page))
    with TestClient(app, base_url=HERE, raise_server_exceptions=False) as client:
        yield client


def signed_in(client: TestClient, name: str) -> dict[str, str]:
    reply = client.post("/api/auth/login", json={"username": name, "password": PASSWORD})
    return {"authorization": f"Bearer {reply.json()['access_token']}"}


def test_over_http_from_the_estimate_to_the_accepted_clip_and_only_for_its_owner(desk: Desk, client: TestClient) -> None:
    ada, here = signed_in(client, "ada"), f"/api/generations/{desk.ad}/editor"
    bob = join(client, "bert").bearer

    def ask(path: str, status: int = 200, **body: Any) -> dict[str, Any]:
        reply = client.post(f"{here}{path}", headers=ada, json=body)
        assert reply.status_code == status, reply.text
        found: dict[str, Any] = reply.json()
        return found

    revision = client.get(here, headers=ada).json()["revision"]
    lane = client.get(f"{here}/scores", headers=ada).json()
    assert (lane["stale"], len(lane["clips"]), len(lane["cuts"])) == (False, 4, 3)
    refused(client.get(f"{here}/scores", headers=bob), 404, "not_found")
    wish = {"revision": revision, "piece": "s3", "model": FILM, "attempts": 1}
    quoted = ask("/regenerations/estimate", **wish)
    assert (quoted["n_frames"], quoted["source"], quoted["pinned"]["which"]) == (SHOWN, "scene", "first")
    refused(client.post(f"{here}/regenerations", headers=bob, json=wish), 404, "not_found")
    refused(client.post(f"{here}/regenerations", headers=ada, json=wish | {"revision": 99}), 409, "edited_elsewhere")
    refused(client.post(f"{here}/regenerations", headers=ada, json=wish | {"piece": "s9"}), 422, "no_such_clip")
    made = ask("/regenerations", 202, **wish)
    assert (made["piece"], made["quoted_cost"]) == ("s3", quoted["cost"])
    desk.house.ended(desk.user, made["id"])

    place = f"{here}/regenerations/{made['id']}"
    told = client.get(place, headers=ada).json()
    (listed,) = client.get(f"{here}/regenerations", headers=ada).json()["regenerations"]
    assert (listed, told["status"], told["progress"]) == (told, "completed", 100)
    (attempt,) = told["attempts"]
    assert client.get(attempt["video_url"], headers=ada | {"range": "bytes=4-7"}).content == b"ftyp"
    assert {cut["side"] for cut in attempt["fit"]["cuts"]} == {"before", "after"}
    refused(client.get(place, headers=bob), 404, "not_found")
    accepted = {"revision": revision, "attempt_id": attempt["id"]}
    refused(client.post(f"{place}/accept", headers=bob, json=accepted), 404, "not_found")
    draft = ask(f"/regenerations/{made['id']}/accept", **accepted)
    piece = draft["edit"]["pieces"][2]
    assert (piece["seed"], piece["model"], draft["media"][piece["media"]]["url"]) == (attempt["seed"], FILM, attempt["video_url"])
    assert {one["name"]: one["in_use"] for one in draft["bin"]}[piece["media"]]
    assert client.post(f"{place}/cancel", headers=ada).json()["accepted_attempt_id"] == attempt["id"]
    refused(client.delete(f"/api/generations/{made['id']}", headers=ada), 409, "not_ready")
    assert client.delete(place, headers=ada).status_code == 204
    assert client.get(attempt["video_url"], headers=ada | {"range": "bytes=4-7"}).content == b"ftyp"  # it is in the edit
