"""A clip that was made before as the main shot of an ad: its frames, its length, what the others take over."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.asks import Ask, ImageAsk, Result, Subject, VideoAsk
from models.backends import BackendConfig
from models.catalog import ModelRow
from models.context import JobContext
from models.errors import Cancelled
from models.media.image_file import read_image, write_image
from models.media.video_file import VideoReader, VideoWriter
from models.runtime import Runtime
from pipelines.ad import draft_spec, lay_out, make_main_still, make_shot
from pipelines.brief import read_brief
from pipelines.copywriter import writer
from pipelines.hero_scene import HeroScene, hero_media, hero_still, is_hero, with_hero
from pipelines.hints import read_hints
from pipelines.identity import main_shot
from pipelines.planner import plan
from pipelines.progress import DirectRun
from pipelines.scene_plan import ScenePlan
from tests.plain_pictures import ROW, PlainPictures

BRIEF = read_brief("Create a luxury watch ad for Instagram", short_side=120, seed=3, brand="Aurelia")


@pytest.fixture(scope="module")
def planned() -> ScenePlan:
    return plan(writer.write(BRIEF, read_hints(BRIEF.prompt)), BRIEF)


def ramp(path: Path, n_frames: int, fps: int = 24) -> Path:
    """Frames that grow lighter one by one."""
    with VideoWriter(path, 90, 160, fps) as file:
        for k in range(n_frames):
            file.write_rgb(np.full((160, 90, 3), 40 + 160 * k // n_frames, np.uint8))
    return path


def hero(folder: Path, n_frames: int, fps: int = 24) -> HeroScene:
    picture = write_image(folder / "hero.png", np.full((160, 90, 3), (200, 40, 40), np.uint8))
    return HeroScene(
        picture, ramp(folder / f"{n_frames}.mp4", n_frames, fps), Subject("watch", "Aurelia"), ("#101010", "#C0A060"), 77, "draws", "films"
    )


def luma(path: Path) -> list[float]:
    with VideoReader(path) as video:
        return [float(y.mean()) for y, _, _ in video.planes()]


@pytest.mark.parametrize(("seconds", "fps"), [(9, 24), (9, 30), (1, 24), (1, 25)])
def test_a_clip_fills_its_shot_to_the_frame(planned: ScenePlan, tmp_path: Path, seconds: int, fps: int) -> None:
    scene, shot = hero(tmp_path, seconds * fps, fps), main_shot(planned)
    still = hero_still(planned, scene, tmp_path)
    media = hero_media(planned, shot, scene, still, JobContext(tmp_path))
    assert (media.clip.n_frames, media.clip.fps) == (shot.media_frames, planned.fps)
    levels = luma(media.clip.path)
    assert len(levels) == shot.media_frames
    assert levels[0] == min(levels)  # it begins where the clip begins: at the hero frame
    note = media.clip.made.notes[0]
    if seconds == 9:
        assert "first" in note
        assert max(levels) < 40 + 160 * 0.9  # its end is left out
    else:
        assert "slowed" in note
        assert np.all(np.diff(levels) > -0.8)
        assert len({round(level) for level in levels}) > seconds * fps * 0.8  # frames between frames, not one shown twice
    assert media.clip.made.cost_usd == media.still.made.cost_usd == 0
    assert (media.still.made.model, media.clip.made.model) == ("draws", "films")


def test_the_picture_takes_the_shape_of_the_ad(planned: ScenePlan, tmp_path: Path) -> None:
    still = hero_still(planned, hero(tmp_path, 24), tmp_path)
    picture = read_image(still.path)
    assert picture.shape[:2] == (planned.height, planned.width) == (still.height, still.width)
    assert np.abs(picture.mean((0, 1)) - (200, 40, 40)).max() < 4


def test_identity_carries_to_the_other_scenes(planned: ScenePlan, tmp_path: Path) -> None:
    led = with_hero(planned, hero(tmp_path, 24))
    assert (led.subject.kind, led.palette) == ("watch", ("#101010", "#C0A060"))
    assert {shot.seed for shot in led.shots} == {77}
    loose = replace(planned, keep=replace(planned.keep, seed_control=False))
    assert {shot.seed for shot in with_hero(loose, hero(tmp_path, 24)).shots} == {shot.seed for shot in loose.shots}
    assert sum(is_hero(led, shot) for shot in led.shots) == 1
    photo = replace(planned, subject=replace(planned.subject, photo=tmp_path / "own.png"))
    assert with_hero(photo, hero(tmp_path, 24)).subject.photo == tmp_path / "own.png"
    unknown = HeroScene(tmp_path / "hero.png", tmp_path / "24.mp4")
    assert with_hero(planned, unknown) == planned


def test_cutting_can_be_stopped(planned: ScenePlan, tmp_path: Path) -> None:
    def stop() -> None:
        raise Cancelled("Cancelled.")

    scene = hero(tmp_path, 24)
    with pytest.raises(Cancelled):
        hero_media(planned, main_shot(planned), scene, hero_still(planned, scene, tmp_path), JobContext(tmp_path, check=stop))
    assert not (tmp_path / "hero-clip.mp4").exists()


def test_an_ad_s_pictures_are_made_around_it(tmp_path: Path) -> None:
    """The main shot is neither drawn nor filmed again; the others are of its subject."""
    asked: list[ImageAsk | VideoAsk] = []

    class Noting(PlainPictures):
        def answer(self, ask: Ask, row: ModelRow, job: JobContext) -> Result:
            assert isinstance(ask, ImageAsk | VideoAsk)
            asked.append(ask)
            return super().answer(ask, row, job)

    runtime = Runtime(BackendConfig(cache_dir=tmp_path / "cache"), catalog=(ROW,))
    runtime._backends["plain"] = Noting()
    run, scene = DirectRun(tmp_path, runtime), hero(tmp_path, 96)
    planned = run.step("plan", lay_out, run.step("spec", draft_spec, BRIEF), BRIEF, scene)
    anchor = run.step("anchor", make_main_still, planned, BRIEF.models, scene)
    media = run.each("visuals", make_shot, planned.shots, planned, BRIEF.models, anchor, scene)
    main = main_shot(planned)
    shown = next(made for made in media if made.shot_id == main.id)
    assert (shown.clip.made.model, shown.clip.n_frames) == ("films", main.media_frames)
    assert len(asked) == 2 * (len(planned.shots) - 1)
    assert {ask.subject.kind for ask in asked if ask.subject} == {"watch"}
    assert {ask.seed for ask in asked} == {77}
