"""`python -m studio hero`: a folder of candidates with what made them, or one sentence and nothing."""

import json
from pathlib import Path

import pytest
from PIL import Image

from models.backends import BackendConfig
from models.runtime import Runtime
from studio import wiring
from studio.cli import main
from studio.settings import Settings
from tests.plain_pictures import ROW, PlainPictures

PROMPT = "A steel watch on wet black stone"


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The command in this process, with pictures of plain surfaces; the folder that it is called in."""

    def runtime_of(settings: Settings) -> Runtime:
        runtime = Runtime(BackendConfig(cache_dir=tmp_path / "cache"), catalog=(ROW,))
        runtime._backends["plain"] = PlainPictures()
        return runtime

    monkeypatch.setattr(wiring, "runtime_of", runtime_of)
    monkeypatch.setenv("OUTPUT_DIR", str(tmp_path / "output"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_candidates_and_what_made_them(plain: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["hero", PROMPT, "--count", "5", "--short-side", "120", "--choose", "mood=calm", "--seed", "7", "--out", "h", "--direct"]) == 0
    )
    told = json.loads((plain / "h" / "hero.json").read_text())
    assert sorted(path.name for path in (plain / "h").iterdir()) == [*(f"frame-{n}.png" for n in range(1, 6)), "hero.json"]
    assert told["prompt"] == PROMPT
    assert told["directed"]["prompt"].startswith(PROMPT)
    assert {change["matter"] for change in told["directed"]["changes"]} >= {"light", "lens"}
    assert told["frames"][0]["seed"] == 7
    for frame in told["frames"]:
        with Image.open(plain / "h" / frame["file"]) as picture:
            assert picture.size == (frame["width"], frame["height"])
        assert frame["choices"]["mood"] == "calm"
        assert frame["model"] == ROW.id
    assert "5 frames" in capsys.readouterr().out
    assert not list(plain.glob(".making-*"))


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("watch",), "10"),
        ((PROMPT, "--count", "9"), "4 to 8"),
        ((PROMPT, "--choose", "weather=rain"), "weather"),
        ((PROMPT, "--model", "nobody/v1"), "nobody/v1"),
        ((PROMPT, "--reference", "nowhere.png"), "nowhere.png"),
        ((PROMPT, "--out", "there"), "there exists"),
    ],
    ids=lambda value: " ".join(value[1:]) if isinstance(value, tuple) else "",
)
def test_a_mistake_is_one_sentence_and_leaves_nothing(
    plain: Path, capsys: pytest.CaptureFixture[str], args: tuple[str, ...], said: str
) -> None:
    (plain / "there").mkdir()
    assert main(["hero", *args]) == 1
    answer = capsys.readouterr().err
    assert answer.startswith("Error: ")
    assert said in answer
    assert answer.count("\n") == 1
    assert sorted(path.name for path in plain.iterdir()) == ["there"]
