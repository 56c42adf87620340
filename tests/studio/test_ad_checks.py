"""Checking a finished ad: meant changes are no findings, unmeant ones are, and nothing that goes wrong costs anybody the ad."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from eval.scenes import plan_from
from models.asks import Framing, Subject
from models.errors import Cancelled
from models.media.video_file import VideoWriter
from pipelines.compose import compose
from pipelines.edl import Edl, Picture
from pipelines.scene_plan import Scene, ScenePlan, Shot
from studio.cli import main
from studio.services import ad_checks
from studio.services.ad_checks import check_ad, scene_at, scenes_of
from studio.services.quality_report import quality_lines

FPS, EACH = 12, 18
GREY, WARM, COLD = (110, 110, 112), (190, 120, 60), (60, 110, 190)


def shot(number: int, group: str, look: str = "none") -> Shot:
    return Shot(f"s{number}", number, (number - 1) * EACH, EACH, 0, 0, "", "", Framing(), "static", group=group, look=look)  # type: ignore[arg-type]


def plan(*shots: Shot) -> ScenePlan:
    scenes = tuple(Scene(one.scene, "beat", one.start, EACH, (one,)) for one in shots)
    end = len(shots) * EACH
    return ScenePlan(
        96, 96, FPS, end, Subject("watch"), (), (), scenes, (), "neutral", "calm", 0, end - EACH, 0.0, (0.05, 0.05, 0.05, 0.05)
    )


def film_of(folder: Path, *colours: tuple[int, int, int]) -> tuple[Path, Edl]:
    """A composed film with a scene of a few moving blocks in each colour."""
    random = np.random.default_rng(3)
    pictures = []
    blocks = random.integers(-40, 40, (16, 16, 1))
    for i, colour in enumerate(colours):
        path = folder / f"clip{i}.mp4"
        field = np.kron(np.clip(np.array(colour) + blocks, 0, 255), np.ones((8, 8, 1))).astype(np.uint8)
        with VideoWriter(path, 96, 96, FPS) as out:
            for n in range(EACH):
                out.write_rgb(np.ascontiguousarray(field[n : n + 96, n : n + 96]))
        pictures.append(Picture(str(path), i * EACH, EACH))
    edl = Edl(96, 96, FPS, len(colours) * EACH, tuple(pictures), fade_in=3, fade_out=3, vignette=0.0, grain=0.0)
    compose(edl, folder / "ad.mp4")
    return folder / "ad.mp4", edl


def tools(check: Any = lambda: None) -> Any:
    return SimpleNamespace(runtime=None, check=check)


@pytest.fixture(scope="module")
def jumping(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Edl]:
    return film_of(tmp_path_factory.mktemp("film"), WARM, COLD)


def checked(film: tuple[Path, Edl], of: ScenePlan, monkeypatch: pytest.MonkeyPatch, **more: Any) -> dict[str, Any]:
    monkeypatch.setattr(ad_checks, "_edit", lambda timeline: film[1])
    return check_ad(tools(**more), film[0], film[0].with_suffix(".otio"), of)


def test_a_jump_of_colour_is_found_where_it_is(jumping: tuple[Path, Edl], monkeypatch: pytest.MonkeyPatch) -> None:
    found = checked(jumping, plan(shot(1, "hero"), shot(2, "hero/s2a")), monkeypatch)
    assert found["troubles"] == []
    codes = {(row["code"], row["scene"]) for row in found["findings"]}
    assert ("color_jump", 2) in codes
    assert not {code for code, _ in codes} & {"unplanned_cut", "short_shot"}  # fades are meant
    by_kind = {row["kind"]: row for row in found["scores"]}
    assert set(by_kind) == {"exact", "proxy", "unavailable"}
    assert all(row["name"].startswith("proxy.") for row in found["scores"] if row["kind"] == "proxy")
    assert {row["scene"] for row in found["scores"]} == {0, 1, 2}
    assert "Match the colours of scene 2 to scene 1." in "\n".join(quality_lines(found))


@pytest.mark.parametrize("second", [shot(2, "hero"), shot(2, "shadow", look="flat_cool")])
def test_a_change_that_the_story_means_is_none(second: Shot, jumping: tuple[Path, Edl], monkeypatch: pytest.MonkeyPatch) -> None:
    found = checked(jumping, plan(shot(1, "shadow"), second), monkeypatch)
    assert "color_jump" not in {row["code"] for row in found["findings"]}
    assert found["seams"][0]["planned"]


def test_what_goes_wrong_is_a_sentence(jumping: tuple[Path, Edl], tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(jumping[0].read_bytes()[:600])
    found = check_ad(tools(), broken, tmp_path / "none.otio", plan(shot(1, "hero")))
    assert (found["scores"], found["preflight"]) == ([], None)
    assert [row.partition(", because")[0] for row in found["troubles"]] == [
        "The picture could not be measured",
        "The readiness for a platform could not be measured",
    ]


def test_it_stops_when_told(jumping: tuple[Path, Edl], monkeypatch: pytest.MonkeyPatch) -> None:
    def stop() -> None:
        raise Cancelled("Cancelled.")

    with pytest.raises(Cancelled):
        checked(jumping, plan(shot(1, "hero"), shot(2, "hero")), monkeypatch, check=stop)


def test_scenes_as_eval_reads_them() -> None:
    read = plan_from(scenes_of(plan(shot(1, "shadow"), shot(2, "hero"), shot(3, "hero/s3"))))
    assert [scene.change for scene in read.scenes] == [False, True, False]
    of = plan(shot(1, "hero"), replace(shot(2, "hero"), id="x"))
    assert [scene_at(of, time) for time in (0.0, 1.6, 9.0, None)] == [1, 2, None, None]


def test_a_film_from_elsewhere_is_looked_at_as_far_as_a_file_tells(jumping: tuple[Path, Edl], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["preflight", str(jumping[0]), "--platform", "reels"]) == 1
    told = capsys.readouterr().out
    assert "STOP      Instagram Reels shows 9:16" in told
    assert "unknown   safe zone, contrast, reading time, brand, call to action" in told
    assert main(["preflight", str(jumping[0]), "--platform", "myspace"]) == 1
    assert "There is no platform 'myspace'" in capsys.readouterr().err
