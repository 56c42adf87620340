"""`edit` on a real little ad: the timeline changed by named actions, the film cut again to the frame."""

import json
from pathlib import Path

import numpy as np
import pytest

from models.media.image_file import write_image
from models.media.video_file import VideoReader
from pipelines.editing import edit_of
from pipelines.timeline import read_timeline
from studio.cli import main
from tests.studio.test_cli_enhance import made


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTPUT_DIR", str(tmp_path / "output"))
    monkeypatch.setenv("CACHE_DIR", str(tmp_path / "cache"))


def do(**action: object) -> list[str]:
    return ["--do", json.dumps(action)]


def test_a_timeline_is_edited_and_its_film_cut_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = made(tmp_path)
    before = (folder / "timeline.otio").read_bytes()
    pieces = edit_of(read_timeline(folder / "timeline.otio")).pieces
    last = pieces[-1].id
    shorter = do(action="trim", clip=last, edge="tail", by=-5, ripple=True)
    assert main(["edit", str(folder), *shorter, *do(action="delete", clips=[pieces[0].id]), "--ad", str(folder / "ad.mp4")]) == 0
    said = capsys.readouterr().out
    assert "edited.otio" in said
    assert "ad_edited.mp4" in said
    was, now = (VideoReader(folder / name) for name in ("ad.mp4", "ad_edited.mp4"))
    assert now.info.n_frames == was.info.n_frames - 5
    cut = pieces[0].n_frames
    assert now.frame(cut // 2).max() < 24, "the gap is black"
    assert np.abs(was.frame(cut + 6).astype(int) - now.frame(cut + 6)).mean() < 3, "the clip behind it is where it was"
    assert (folder / "timeline.otio").read_bytes() == before
    assert main(["edit", str(folder), *shorter]) == 1
    assert "exists already" in capsys.readouterr().err


def test_all_actions_are_done_or_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = made(tmp_path)
    good = do(action="volume", music=0.5)
    for bad in (do(action="trim", clip="nobody", edge="tail", by=-5), ["--do", "{"], ["--do", "[]"], do(action="fly")):
        assert main(["edit", str(folder), *good, *bad]) == 1
        assert capsys.readouterr().err.startswith("Error: ")
    assert not (folder / "edited.otio").exists()


def test_what_can_be_done_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["edit", "--list"]) == 0
    said = capsys.readouterr().out
    assert "split  clip at" in said
    assert main(["edit"]) == 1


def test_captions_are_switched_on_by_the_script_that_is_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = made(tmp_path)
    on = {"action": "captions", "to": "line"}
    assert main(["edit", str(folder), *do(**on)]) == 1
    assert "nobody wrote a script" in capsys.readouterr().err
    assert main(["edit", str(folder), *do(**on, script=[{"scene": 1, "text": "It stays."}])]) == 0
    assert "Showed the captions as line" in capsys.readouterr().out
    assert main(["edit", str(folder), "--from", "edited.otio", "--list"]) == 0
    assert "“It stays.”" in capsys.readouterr().out.splitlines()[-1]


def test_a_file_is_brought_and_put_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = made(tmp_path)
    was = edit_of(read_timeline(folder / "timeline.otio"))
    picture = write_image(tmp_path / "Shop.png", np.full((90, 160, 3), 200, np.uint8))
    assert main(["edit", str(folder), "--bring", str(picture), "--still", "2"]) == 0
    name, n = capsys.readouterr().out.splitlines()[0].split("  ")
    assert ((folder / name).is_file(), n, (folder / "edited.otio").exists()) == (True, f"{2 * was.fps} frames", False)
    put = do(action="insert", media=name, media_frames=2 * was.fps, frames=was.fps)
    assert main(["edit", str(folder), "--bring", str(picture), "--still", "2", *put]) == 0
    assert capsys.readouterr().out.splitlines()[0] == f"{name}  {n}"
    assert edit_of(read_timeline(folder / "edited.otio")).pieces[-1].media == name
    (tmp_path / "x.mp4").write_bytes(b"no film")
    for bad in (tmp_path / "x.mp4", tmp_path / "nowhere.png"):
        assert main(["edit", str(folder), "--bring", str(bad)]) == 1
        assert "cannot be read" in capsys.readouterr().err
