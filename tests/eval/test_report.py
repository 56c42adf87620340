"""The command line and its page: everything inside, nothing fetched, nothing injected."""

import json
import re
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.film import ArrayFilm
from eval.report.page import review_page
from eval.report.plots import curves
from eval.review import review
from eval.scenes import spans
from tests.eval.footage import pan, write


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clips")
    write(folder / "good.mp4", pan(24, 1.5, 160, 96, noise=1))
    write(folder / "poor.mp4", pan(24, 1.5, 160, 96, noise=9, jitter=3))
    second = [(frame * 0.4).astype("uint8") for frame in pan(24, 1.5, 160, 96, seed=2)]
    write(folder / "ad.mp4", pan(24, 1.5, 160, 96, seed=1) + second)
    plan = {"palette": ["#C08040"], "scenes": [{"number": 1, "start": 0, "n_frames": 24}, {"number": 2, "start": 24, "n_frames": 24}]}
    (folder / "plan.json").write_text(json.dumps(plan))
    return folder


def test_scoring_from_the_command_line(clips: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--prompt", "a <b>gold</b> watch", "--scenes", str(clips / "plan.json")]
    written = ["--json", str(tmp_path / "out.json"), "--html", str(tmp_path / "out.html")]
    assert main(["score", str(clips / "ad.mp4"), *options, *written]) == 0
    told = capsys.readouterr().out
    assert "vbench.temporal_flickering" in told
    assert "darker" in told
    found = json.loads((tmp_path / "out.json").read_text())
    assert found["scores"]["by_metric"]["temporal_flickering"]["kind"] == "exact"
    assert found["scores"]["by_metric"]["subject_consistency"]["value"] is None
    assert set(found["scores"]["by_scene"]) == {"1", "2"}
    finding = found["coherence"]["findings"][0]
    assert (finding["scene"], finding["time_s"], finding["fix"]["action"]) == (2, 1.0, "level_exposure")
    page = (tmp_path / "out.html").read_text()
    assert "a &lt;b&gt;gold&lt;/b&gt; watch" in page
    assert "<script" not in page
    addresses = re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?([^"')>\s]+)""", page)
    assert addresses
    assert all(address.startswith("data:image/jpeg;base64,") for address in addresses)
    assert "http" not in re.sub(r"data:[^\"]*|http-equiv", "", page)
    assert page.count("<polyline") >= 10
    assert page.count('class="strip"') == 1


def test_comparing_from_the_command_line(clips: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [str(clips / "poor.mp4"), str(clips / "good.mp4")]
    assert main(["compare", *paths, "--json", str(tmp_path / "out.json"), "--html", str(tmp_path / "out.html")]) == 0
    assert "Attempt 2 leads" in capsys.readouterr().out
    found = json.loads((tmp_path / "out.json").read_text())
    assert found["ranking"]["attempts"][0]["index"] == 1
    assert [row["video"] for row in found["attempts"]] == ["poor.mp4", "good.mp4"]
    assert 'class="line l1"' in (tmp_path / "out.html").read_text()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["score", "nowhere.mp4"], "There is no video file at nowhere.mp4"),
        (["score", "ad.mp4", "--scenes", "none.json"], "There is no scene plan at none.json"),
        (["score", "ad.mp4", "--weights", "none"], "There is no folder none"),
        (["score", "ad.mp4", "--faces", "."], "face_detection_yunet"),
        (["score", "good.mp4", "--scenes", "plan.json"], "do not belong together"),
    ],
)
def test_mistakes_are_told_in_one_sentence(
    clips: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(clips)
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


def test_long_curves_keep_their_extremes() -> None:
    frames = pan(3, 1.0, 32, 32)
    long = [frames[i % 2] for i in range(1500)]
    long[777] = 255 - frames[0]
    found = review(ArrayFilm(long), metrics=["temporal_flickering"]).scores["temporal_flickering"]
    svg = curves([found], ["flicker"])
    heights = [float(point.split(",")[1]) for point in re.findall(r'points="([^"]+)"', svg)[0].split()]
    assert len(heights) < 600
    assert max(heights) == 110.0  # the lowest value touches the axis
    assert curves([], []) == ""


def test_a_page_of_one_frame_has_no_curves_and_is_still_a_page() -> None:
    page = review_page(review(ArrayFilm(pan(1, 0, 64, 48))))
    assert page.endswith("</html>\n")
    assert "<polyline" not in page
    assert "It needs at least 2 frames, and the video has 1." in page


def test_style_across_scenes_needs_an_encoder_and_carries_its_name() -> None:
    import torch

    from eval.networks import Network, Networks

    network = Network(lambda images: images.mean((2, 3)), "means")
    one, other = pan(12, 1, 64, 48, seed=1), [255 - frame for frame in pan(12, 1, 64, 48, seed=1)]
    plan = spans([12, 24], 36)
    found = review(ArrayFilm(one + one + other), plan=plan, networks=Networks(clip_b32=network), metrics=["brightness_v1"])
    name, distances = found.style
    assert name == "style_v1@means"
    assert distances[(1, 2)] == pytest.approx(0, abs=1e-6)
    assert distances[(1, 3)] > 0.01
    assert torch.is_tensor(torch.zeros(1))
    assert "style_v1@means" in review_page(found)
    assert review(ArrayFilm(one + other), metrics=["brightness_v1"]).style == ("", {})
