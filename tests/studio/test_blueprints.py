"""What made an ad is kept with it, shot by shot, once; and goes with it."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import event, func, select

from models.asks import Clip, Made, Still
from models.errors import DiskFull
from pipelines.ad import Ad, draft_spec, lay_out
from pipelines.brief import read_brief
from pipelines.clips import ShotMedia
from pipelines.progress import Stage
from pipelines.recipe import write_recipe
from studio.store.database import Database
from studio.store.media import Media
from studio.store.tables import Clip as ClipRow
from studio.store.tables import Generation, MediaFile, Status
from tests.studio.quick_ads import tiny_ad
from tests.studio.three_step_ad import AdHouse, ad_house

BRIEF = read_brief("Create a luxury watch ad for Instagram", brand="Aurelia")


@pytest.fixture
def house(database: Database, tmp_path: Path) -> Iterator[AdHouse]:
    with ad_house(database, tmp_path) as opened:
        yield opened


@pytest.fixture
def ordered(house: AdHouse) -> tuple[str, str]:
    ada = house.accounts.register("ada", "correct horse").id
    return ada, house.generations.submit(ada, BRIEF)


def made_in(folder: Path) -> Ad:
    """An ad as the main path hands it over: a real plan, and small files in place of its pictures."""
    tools: Any = SimpleNamespace(job=lambda *_: None, runtime=SimpleNamespace(default_model=lambda _: None))
    draft = draft_spec(tools, BRIEF)
    plan = lay_out(tools, draft, BRIEF)
    film = tiny_ad(folder, "ad")
    media = []
    for n, shot in enumerate(plan.shots):
        small = tiny_ad(folder, f"shot{n}", n_frames=12 + n)
        made = Made("product-studio/v1", seed=shot.seed, cost_usd=Decimal("0.01"), notes=("A note.",))
        clip = Clip(small.path, small.width, small.height, shot.media_frames, plan.fps, made)
        media.append(ShotMedia(shot.id, Still(small.poster, 108, 192, made, {"layers": folder / "layers.npz"}), clip))
    return Ad(
        path=film.path,
        poster=film.poster,
        timeline=film.timeline,
        width=1080,
        height=1920,
        fps=24,
        n_frames=360,
        spec=draft.spec,
        writer=draft.writer,
        models=("product-studio/v1",),
        cost_usd=Decimal("0.10"),
        notes=("A note.",),
        stages=(Stage("spec", 0.5, 1.0), Stage("visuals", 60.0, 2.0)),
        lufs=-14.1,
        true_peak_dbtp=-1.2,
        plan=plan,
        media=tuple(media),
        recipe=write_recipe(BRIEF, draft.spec, draft.writer, plan, media, None),
    )


def files(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(MediaFile)) or 0


def test_every_shot_is_kept_with_what_made_it(house: AdHouse, ordered: tuple[str, str], tmp_path: Path) -> None:
    ada, id = ordered
    ad = made_in(tmp_path / "made")
    kept = house.desk.keeper.keep(id, ad)
    assert house.desk.keeper.keep(id, ad) == kept
    got = house.library.get(ada, id)
    assert ad.plan is not None
    assert [clip.shot for clip in got.clips] == [shot.id for shot in ad.plan.shots]
    assert files(house.database) == 3 + 2 * len(ad.media)  # film, poster, timeline
    first, shot = got.clips[0], ad.plan.shots[0]
    assert (first.prompt, first.model, first.seed) == (shot.still_prompt, "product-studio/v1", shot.seed)
    assert (first.n_frames, first.fps, first.cost, first.status) == (shot.media_frames, 24, Decimal("0.02"), Status.COMPLETED)
    assert first.made is not None
    assert first.made["still"]["notes"] == ["A note."]
    assert first.still is not None
    assert first.video is not None
    assert (first.still.kind, first.still.mime, first.video.kind, first.video.mime) == ("still", "image/png", "clip", "video/mp4")
    assert b"ftyp" in b"".join(house.media.read(first.video))[:16]
    assert got.plan is not None
    assert got.plan["scenes"][0]["shots"][0]["id"] == shot.id
    assert got.recipe is not None
    assert (got.recipe["brief"]["brand"], got.recipe["shots"][0]["shot"]) == ("Aurelia", shot.id)
    assert str(tmp_path) not in str((got.plan, got.recipe, [clip.made for clip in got.clips]))
    report = got.blueprint.report if got.blueprint else None
    assert report is not None
    assert got.video is not None
    assert {k: report[k] for k in ("width", "height", "fps", "n_frames", "duration_s", "lufs", "writer")} == {
        "width": 1080, "height": 1920, "fps": 24, "n_frames": 360, "duration_s": 15.0, "lufs": -14.1, "writer": ad.writer,
    }  # fmt: skip
    assert report["size_bytes"] == got.video.size == ad.path.stat().st_size
    assert report["stages"] == [{"name": "spec", "seconds": 0.5}, {"name": "visuals", "seconds": 60.0}]
    house.desk.cancel(id)
    house.generations.delete(ada, id)
    assert files(house.database) == 0
    assert [p for p in (tmp_path / "media").rglob("*") if p.is_file()] == []


def test_killed_while_it_was_kept(house: AdHouse, ordered: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a dead worker had put there is neither kept twice nor left behind."""
    ada, id = ordered
    ad = made_in(tmp_path / "made")
    for n in (1, 4):
        with monkeypatch.context() as patched:
            patched.setattr(Media, "put", dying_after(n, Killed()))
            with pytest.raises(Killed):
                house.desk.keeper.keep(id, ad)
        assert files(house.database) == n
    house.desk.keeper.keep(id, ad)
    assert files(house.database) == 3 + 2 * len(ad.media)  # film, poster, timeline
    house.desk.cancel(id)
    house.generations.delete(ada, id)
    assert files(house.database) == 0


def test_a_full_disk_leaves_nothing_half_kept(
    house: AdHouse, ordered: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, id = ordered
    monkeypatch.setattr(Media, "put", dying_after(3, DiskFull("There is no space left.")))
    with pytest.raises(DiskFull):
        house.desk.keeper.keep(id, made_in(tmp_path / "made"))
    assert files(house.database) == 0
    assert house.library.get(ada, id).clips == []


def test_leftovers_of_an_ad_that_was_never_kept_go_with_it(
    house: AdHouse, ordered: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, id = ordered
    monkeypatch.setattr(Media, "put", dying_after(3, Killed()))
    with pytest.raises(Killed):
        house.desk.keeper.keep(id, made_in(tmp_path / "made"))
    house.desk.cancel(id)
    house.generations.delete(ada, id)
    assert files(house.database) == 0


def test_all_that_is_told_of_an_ad(database: Database, tmp_path: Path) -> None:
    with ad_house(database, tmp_path) as house, house.working():
        ada = house.accounts.register("ada", "correct horse").id
        bob = house.accounts.register("bob", "correct horse").id
        (house.work / "hold").touch()
        id = house.generations.submit(ada, BRIEF)
        waiting = house.generations.detail(ada, id)
        assert (waiting.error, waiting.result, waiting.cost, waiting.brief["brand"]) == (None, None, None, "Aurelia")
        assert waiting.brief["brand_colors"] == []
        while (now := house.generations.detail(ada, id)).current_step != "Filming":
            assert not now.status.final
        assert (now.status, now.progress, now.step, now.queue_position) == (Status.PROCESSING, 30, "film", None)
        assert now.elapsed_s is not None
        assert 0 <= now.elapsed_s < 30
        assert now.revision > waiting.revision
        (house.work / "hold").unlink()
        house.ended(ada, id)
        done = house.generations.detail(ada, id)
        assert (done.status, done.progress, done.current_step, done.cancelled) == (Status.COMPLETED, 100, "Complete", False)
        assert done.revision > now.revision
        assert done.result is not None
        assert (done.result.width, done.result.lufs, done.result.rationale) == (108, -14.0, "It fits.")
        assert [(stage.name, stage.seconds) for stage in done.result.stages] == [("film", 0.5)]
        assert done.result.video_url == house.library.get(ada, id).video_url
        assert (house.generations.details(ada, [id]), house.generations.details(bob, [id])) == ((done,), ())

        (house.work / "fail").touch()
        second = house.generations.submit(ada, BRIEF)
        house.ended(ada, second)
        failed = house.generations.detail(ada, second)
        assert failed.error is not None
        assert (failed.error.code, failed.result, failed.cancelled) == ("model_refused", None, False)
        asked: list[str] = []
        event.listen(database.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
        assert [d.id for d in house.generations.details(ada, [second, id])] == [second, id]
        assert len([q for q in asked if q.startswith("SELECT")]) == 2


def test_an_ad_of_an_earlier_release_is_told_as_far_as_it_is_known(house: AdHouse, ordered: tuple[str, str], tmp_path: Path) -> None:
    ada, id = ordered
    film = house.media.put(tiny_ad(tmp_path, "old").path, owner_id=ada, kind="video", mime="video/mp4")
    house.desk.forget(id)
    with house.database.writing() as session:
        ad = session.get_one(Generation, id)
        ad.status, ad.video_id, ad.brief, ad.generation_time_seconds = Status.COMPLETED, film.id, {"aspect": "1:1"}, 90
    told = house.generations.detail(ada, id)
    assert (told.progress, told.elapsed_s, told.brief["aspect_ratio"], told.brief["models"]) == (100, 90, "1:1", {})
    assert told.result is not None
    assert (told.result.width, told.result.stages, told.result.size_bytes) == (None, (), film.size)
    with house.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ClipRow)) == 0


class Killed(BaseException):
    """The process is gone."""


def dying_after(n: int, death: BaseException) -> Any:
    real, count = Media.put, 0

    def put(self: Media, *args: Any, **kwargs: Any) -> MediaFile:
        nonlocal count
        if count == n:
            raise death
        count += 1
        return real(self, *args, **kwargs)

    return put
