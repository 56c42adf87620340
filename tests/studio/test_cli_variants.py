"""`python -m studio variants`: films and their list in a folder, each shared clip made once."""

import csv
from pathlib import Path

import pytest

from models.media.video_file import probe
from models.runtime import Runtime
from studio import wiring
from studio.cli import main
from studio.services import ad_checks
from studio.settings import Settings
from tests.plain_films import PlainFilms
from tests.studio.quick_finish import cut_off, no_look
from tests.studio.three_step_ad import plain_runtime


def test_films_and_their_list_lie_in_a_new_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    films = PlainFilms(lambda ask: "black")

    def runtime_of(settings: Settings) -> Runtime:
        runtime = plain_runtime(tmp_path)
        runtime._backends["plain_film"] = films
        runtime.preferred = {"video": "plain/film"}
        return runtime

    monkeypatch.setattr(wiring, "runtime_of", runtime_of)
    monkeypatch.chdir(tmp_path)
    cut_off(monkeypatch)
    monkeypatch.setattr(ad_checks, "check_ad", no_look)
    sentence = "Create a luxury watch ad for Instagram"
    out = ["--short-side", "120", "--brand", "=Aurelia", "--out", str(tmp_path / "out")]
    more = ["--hooks", "1", "--ctas", "2", "--cta", "Try one on", "--utm", "source=ig", "--landing-page", "https://example.com/?a=1"]
    assert main(["variants", sentence, *out, *more]) == 0
    told = capsys.readouterr().out
    rows = list(csv.DictReader((tmp_path / "out" / "manifest.csv").open(newline="")))
    assert [row["cta_text"] for row in rows] == ["See the watch", "Try one on"]
    assert rows[1]["link"].startswith("https://example.com/?a=1&utm_source=ig&utm_medium=paid_social&utm_campaign=")
    assert rows[1]["link"].endswith(rows[1]["file"].removesuffix(".mp4"))
    assert len({row["file"] for row in rows}) == 2
    assert all(probe(tmp_path / "out" / row["file"]).n_frames for row in rows)
    assert float(rows[0]["cost_usd"]) > 0 == float(rows[1]["cost_usd"])
    assert f"{len(films.asked)} clips made for {2 * len(films.asked)} shots" in told
    assert main(["variants", sentence, *out, "--hooks", "1"]) == 1
    assert "a single ad" in capsys.readouterr().err
    assert main(["variants", sentence, *out, "--captions", "sparkles"]) == 1
    assert "no caption style “sparkles”" in capsys.readouterr().err
