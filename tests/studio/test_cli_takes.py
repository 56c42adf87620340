"""`python -m studio takes`: films and their ranking in a folder, all or nothing."""

import json
from pathlib import Path

import numpy as np
import pytest

from models.media.image_file import write_image
from models.media.video_file import probe
from models.runtime import Runtime
from studio import wiring
from studio.cli import main
from studio.settings import Settings
from tests.plain_films import PlainFilms
from tests.studio.three_step_ad import plain_runtime


@pytest.fixture
def picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    def runtime_of(settings: Settings) -> Runtime:
        runtime = plain_runtime(tmp_path)
        runtime._backends["plain_film"] = PlainFilms(lambda ask: ("pan", "shaky", "fail")[ask.variant])
        return runtime

    monkeypatch.setattr(wiring, "runtime_of", runtime_of)
    monkeypatch.chdir(tmp_path)
    return write_image(tmp_path / "hero.png", np.full((96, 64, 3), 120, np.uint8))


def test_films_and_ranking_lie_in_a_new_folder(picture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["takes", str(picture), "--model", "plain/film", "--seconds", "2", "--takes", "2", "--out", str(tmp_path / "out")]
    assert main(command) == 0
    told = json.loads((tmp_path / "out" / "takes.json").read_text())
    assert [row["best"] for row in told["takes"]] == [True, False]
    assert told["order"] == ["1", "2"]
    assert told["ranking"]["sentence"] in capsys.readouterr().out
    assert probe(tmp_path / "out" / "take-1.mp4").n_frames == 48
    assert main(command) == 1
    assert "exists already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "says"), [(["--takes", "9"], "One to six"), (["--takes", "3"], "jammed"), (["--fps", "30"], "plain/film")]
)
def test_what_cannot_be_made_leaves_nothing(
    picture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], says: str
) -> None:
    command = ["takes", str(picture), "--model", "plain/film", "--seconds", "2", "--takes", "1", "--out", str(tmp_path / "out"), *more]
    assert main(command) == 1
    assert says in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert list(tmp_path.glob(".making-*")) == []
    assert main(["takes", str(tmp_path / "none.png"), "--model", "plain/film", "--out", str(tmp_path / "out")]) == 1
