"""`enhance` on a real little ad: scenes that do not match are matched beside it; scenes that do are left alone."""

from pathlib import Path

import numpy as np
import pytest

from models.media.video_file import VideoReader
from models.runtime import BackendConfig, Runtime
from pipelines.progress import DirectRun
from studio.cli import main
from tests.studio.mismatched_ad import COLD, mismatched


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTPUT_DIR", str(tmp_path / "output"))
    monkeypatch.setenv("CACHE_DIR", str(tmp_path / "cache"))


def made(folder: Path, **second: object) -> Path:
    """The folder of an ad and its parts."""
    mismatched(DirectRun(folder, Runtime(BackendConfig(folder, workers=1))), folder, dict(second))
    return folder


def test_scenes_that_do_not_match_are_matched_beside_the_ad(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = made(tmp_path, **COLD)
    before, timeline = (folder / "ad.mp4").read_bytes(), (folder / "timeline.otio").read_bytes()
    assert main(["enhance", str(folder / "ad.mp4"), "--project", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "The largest jump of colour" in said
    assert "Colour at cuts" in said
    assert ((folder / "ad.mp4").read_bytes(), (folder / "timeline.otio").read_bytes()) == (before, timeline)
    was, now = (VideoReader(folder / name) for name in ("ad.mp4", "ad_matched.mp4"))
    assert was.info.n_frames == now.info.n_frames
    last = was.info.n_frames - 12
    assert np.abs(was.frame(last).astype(int) - now.frame(last)).mean() > 4  # the cold scene is warmer
    assert np.abs(was.frame(8).astype(int) - now.frame(8)).mean() < 2  # the other is as it was
    assert main(["enhance", str(folder / "ad.mp4"), "--project", str(folder)]) == 1
    assert "exists already" in capsys.readouterr().err


def test_scenes_that_match_are_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = made(tmp_path)
    assert main(["enhance", str(folder / "ad.mp4"), "--project", str(folder)]) == 0
    assert "belong together already" in capsys.readouterr().out
    assert not (folder / "ad_matched.mp4").exists()


def test_what_is_no_ad_or_no_project_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "no.mp4").write_bytes(b"no film")
    assert main(["enhance", str(tmp_path / "no.mp4"), "--project", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("Error: ")
