"""An edit exported in another shape: the studio's own shots photographed again at that size, all others cropped, and which is said."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.asks import Ask, Clip, ImageAsk, Made, Result, Still, VideoAsk
from models.backends import BackendConfig
from models.capabilities import Capabilities
from models.catalog import ModelRow
from models.context import JobContext
from models.errors import Cancelled, ModelFailed
from models.media.image_file import write_image
from models.media.video_file import Encoding, VideoReader, VideoWriter
from models.runtime import Runtime
from pipelines.aspect import Aspect
from pipelines.compose import compose
from pipelines.editing import apply, edit_of
from pipelines.exports import Export
from pipelines.identity import STUDIO
from pipelines.plan_as_cut import plan_as_cut
from pipelines.progress import DirectRun
from pipelines.recut import Before, Recut, export_again
from pipelines.reframing import reframable
from pipelines.scene_plan import Scene
from pipelines.timeline import build_timeline, conform, write_timeline
from tests.pipelines.test_color_match import FPS, media, plan, shot

SIZE, SHOWN, HANDLE = (90, 160), 20, 6
SHOTS = tuple(
    replace(shot(f"s{i + 1}", i * SHOWN), scene=i + 1, n_frames=SHOWN, head=HANDLE, tail=HANDLE, still_prompt=f"picture {i}", seed=i)
    for i in range(3)
)
SCENES = tuple(Scene(one.scene, "After", one.start, SHOWN, (one,)) for one in SHOTS)
PLAN = replace(plan(*SHOTS, hero=0), width=SIZE[0], height=SIZE[1], n_frames=3 * SHOWN, scenes=SCENES, grade="none")


@dataclass
class Shapes:
    """Instead of the product studio: a ground of the seed's grey, as wide as asked, on which a bar stands at the frame's own place."""

    asked: list[Ask] = field(default_factory=list)
    fails: tuple[int, ...] = ()

    def available(self, row: ModelRow) -> str:
        return ""

    def capabilities(self, row: ModelRow) -> Capabilities:
        return Capabilities(kinds=frozenset({"image", "video"}), from_still=True)

    def answer(self, ask: Ask, row: ModelRow, job: JobContext) -> Result:
        assert isinstance(ask, ImageAsk | VideoAsk)
        job.check()
        self.asked.append(ask)
        if ask.seed in self.fails:
            raise ModelFailed("the lamp blew", model=row.id)
        if isinstance(ask, ImageAsk):
            path = write_image(job.workdir / f"still-{ask.seed}.png", frame(ask.width, ask.height, ask.seed, 0))
            return Still(path, ask.width, ask.height, Made(row.id, ask.seed))
        path = take(job.workdir / f"clip-{ask.seed}.mp4", ask.width, ask.height, ask.seed, ask.n_frames)
        return Clip(path, ask.width, ask.height, ask.n_frames, ask.fps, Made(row.id, ask.seed))

    def close(self) -> None:
        return None


def frame(width: int, height: int, seed: int, n: int) -> np.ndarray:
    rgb = np.full((height, width, 3), 60 + 40 * seed, np.uint8)
    rgb[4 * n : 4 * n + 12, :] = 240
    rgb[:, : width // 20] = 10  # edges of the picture, which a crop would lose
    rgb[:, -(width // 20) :] = 10
    return rgb


def take(path: Path, width: int, height: int, seed: int, count: int) -> Path:
    with VideoWriter(path, width, height, FPS, Encoding("ultrafast", 6, gop=12)) as writer:
        for n in range(count):
            writer.write_rgb(frame(width, height, seed, n))
    return path


@dataclass
class Desk:
    folder: Path
    studio: Shapes
    runtime: Runtime
    own: Path
    film: Path

    def export(self, *actions: dict[str, Any], framing: str = "rerender", run: DirectRun | None = None) -> Recut:
        timeline = _timeline(self.folder)
        for action in actions:
            timeline = apply(timeline, action)
        edited = self.folder / "edited.otio"
        write_timeline(timeline, edited)
        work = self.folder / "work"
        work.mkdir(exist_ok=True)
        run = run or DirectRun(work, self.runtime)
        export: Any = Export(Aspect.SQUARE, quality="draft", framing=framing)  # type: ignore[arg-type]
        before = Before(self.film, self.own, PLAN)
        return export_again(run, edited, plan_as_cut(PLAN, edit_of(timeline)), {}, {}, export, self.folder / "out.mp4", unseen, before)


def unseen(tools: Any, film: Path, timeline: Path, plan: Any) -> dict[str, Any]:
    return {"n_frames": plan.n_frames, "size": [plan.width, plan.height]}


def _timeline(folder: Path) -> Any:
    made = [
        replace(one, still=replace(one.still, made=Made(STUDIO)), clip=replace(one.clip, n_frames=SHOWN + 2 * HANDLE, made=Made(STUDIO)))
        for one in media(*(folder / f"s{i + 1}.mp4" for i in range(3)))
    ]
    return build_timeline(PLAN, made, None, "ad", folder)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tall")
    for i in range(3):
        take(folder / f"s{i + 1}.mp4", *SIZE, i, SHOWN + 2 * HANDLE)
    write_timeline(_timeline(folder), folder / "timeline.otio")
    edl, _ = conform(_timeline(folder), folder)
    return folder, compose(edl, folder / "ad.mp4", profile="draft", inner_loops="plain").path


@pytest.fixture
def desk(made: tuple[Path, Path], tmp_path: Path) -> Iterator[Desk]:
    row = ModelRow(STUDIO, ("image", "video"), "shapes", "Shapes", "test")
    studio, runtime = Shapes(), Runtime(BackendConfig(tmp_path), catalog=(row,))
    runtime._backends["shapes"] = studio
    yield Desk(made[0], studio, runtime, made[0] / "timeline.otio", made[1])
    runtime.close()


def test_the_studios_shots_are_photographed_again_and_others_cropped(desk: Desk) -> None:
    own = {"action": "replace", "clip": "s2", "media": "s1.mp4", "media_frames": 32, "media_in": 6, "about": {"title": "mine"}}
    done = desk.export(own, {"action": "trim", "clip": "s3", "edge": "head", "by": -3})
    assert (done.width, done.height, done.n_frames) == (90, 90, 3 * SHOWN - 3)
    assert done.changes is not None
    assert [(row["piece"], row["how"]) for row in done.changes["framed"]] == [
        ("s1", "re-rendered"),
        ("s2", "cropped"),
        ("s3", "re-rendered"),
    ]
    assert done.notes[0] == "2 of 3 clips were photographed again for this shape."
    assert "Clip 2 was cropped around its subject: it is not one of the ad's own shots." in done.notes
    asked = sorted((ask.seed, ask.width, ask.height) for ask in desk.studio.asked if isinstance(ask, VideoAsk))
    assert asked == [(0, 90, 90), (2, 90, 90)], "the same seeds at the new size"
    assert done.quality == {"n_frames": 57, "size": [90, 90]}
    with VideoReader(done.path) as reader:
        first, last = reader.frame(10).astype(int), reader.frame(2 * SHOWN + 5).astype(int)
    for picture, seed, n in ((first, 0, HANDLE + 10), (last, 2, HANDLE + 3 + 5)):
        assert picture[:, :3].mean() < 40, "the whole picture is in view, to its edges"
        rows = np.flatnonzero(picture[:, 45, 0] > 180)
        assert abs(rows.mean() - (4 * n + 5.5)) < 2, f"frame {n} of the shot of seed {seed}"


def test_what_cannot_be_made_again_is_cropped_and_said(desk: Desk) -> None:
    desk.studio.fails = (1,)
    done = desk.export()
    assert done.changes is not None
    assert [row["how"] for row in done.changes["framed"]] == ["re-rendered", "cropped", "re-rendered"]
    assert "the lamp blew" in done.notes[1]
    assert done.n_frames == 3 * SHOWN


def test_a_crop_asks_nobody(desk: Desk) -> None:
    done = desk.export(framing="crop")
    assert desk.studio.asked == []
    assert "framed" not in json.dumps(done.changes)


def test_it_stops_when_told(desk: Desk, tmp_path: Path) -> None:
    run = DirectRun(tmp_path, desk.runtime)
    run.on_progress = lambda progress: run.cancel.set() if progress.step == "visuals" else None
    with pytest.raises(Cancelled):
        desk.export(run=run)
    assert not any(tmp_path.glob("out*"))


def test_only_the_plans_own_pictures_can_be_made_again(desk: Desk) -> None:
    timeline = apply(_timeline(desk.folder), {"action": "split", "clip": "s1", "at": 8})
    found = reframable(edit_of(timeline), PLAN)
    assert [one.id for one in found.shots] == ["s1", "s2", "s3"], "both halves of a clip need their shot once"
    foreign = replace(PLAN, scenes=tuple(replace(one, shots=tuple(replace(s, seed=9) for s in one.shots)) for one in SCENES))
    assert reframable(edit_of(timeline), foreign).shots == ()
