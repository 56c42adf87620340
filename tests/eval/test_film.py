"""One decode, whatever the file is like; and clear words where it is broken."""

from pathlib import Path

import av
import numpy as np
import pytest

from eval import Scores, score_video
from eval.film import ArrayFilm, FileFilm
from eval.metrics import METRICS
from eval.scoring import score
from models.errors import MediaError
from tests.eval.footage import opencv_frames, pan, write


@pytest.mark.parametrize("n", [1, 2, 3])
def test_very_short_videos(tmp_path: Path, n: int) -> None:
    found = score_video(write(tmp_path / "clip.mp4", pan(n, 1.0, 96, 64)))
    assert found.n_frames == n
    assert len(found) == len(METRICS)
    flicker = found["temporal_flickering"]
    if n == 1:
        assert (flicker.kind, flicker.value) == ("unavailable", None)
        assert flicker.reason == "It needs at least 2 frames, and the video has 1."
        assert found["sharpness_v1"].value is not None
    else:
        assert flicker.kind == "exact"
        assert len(flicker.per_frame) == n - 1
    assert (found["interp_residual_dis_v1"].value is None) == (n < 3)


def test_variable_frame_rate_takes_every_stored_frame_once(tmp_path: Path) -> None:
    ticks = [0, 10, 20, 60, 70, 130, 140, 150, 240]
    path = write(tmp_path / "vfr.mp4", pan(9, 2.0, 96, 64), ticks=ticks)
    frames = list(FileFilm(path).frames())
    assert [round(frame.time_s * 240) for frame in frames] == ticks
    assert np.array_equal([frame.rgb for frame in frames], opencv_frames(path))
    assert score_video(path).n_frames == 9


@pytest.mark.parametrize(("width", "height", "pixel_format"), [(97, 65, "yuv444p"), (34, 18, "yuv420p"), (400, 16, "yuv420p")])
def test_odd_and_tiny_sizes(tmp_path: Path, width: int, height: int, pixel_format: str) -> None:
    found = score_video(write(tmp_path / "clip.mp4", pan(5, 1.0, width, height), pixel_format=pixel_format))
    assert (found.width, found.height) == (width, height)
    assert all(row.value is not None for row in found if row.kind == "proxy")


def test_files_that_are_no_video(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="There is no video file at nowhere"):
        score_video(tmp_path / "nowhere.mp4")
    (tmp_path / "text.mp4").write_text("not a video")
    with pytest.raises(MediaError, match="cannot be read as video"):
        score_video(tmp_path / "text.mp4")
    with av.open(str(tmp_path / "sound.mp4"), "w") as container:
        stream = container.add_stream("aac", rate=48000)
        for _ in range(4):
            frame = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), format="fltp", layout="stereo")
            frame.sample_rate = 48000
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    with pytest.raises(MediaError, match="no picture in it"):
        score_video(tmp_path / "sound.mp4")


def test_a_truncated_file(tmp_path: Path) -> None:
    whole = write(tmp_path / "clip.mp4", pan(40, 3.0, 160, 120, noise=8)).read_bytes()
    (tmp_path / "cut.mp4").write_bytes(whole[: len(whole) // 2])  # without its index
    with pytest.raises(MediaError, match=r"cut\.mp4"):
        score_video(tmp_path / "cut.mp4")
    streamed = write(tmp_path / "whole.mkv", pan(40, 3.0, 160, 120, noise=8))
    assert score_video(streamed, metrics=["brightness_v1"]).n_frames == 40
    (tmp_path / "half.mkv").write_bytes(streamed.read_bytes()[: streamed.stat().st_size // 2])  # it has no count of its frames
    with pytest.raises(MediaError, match=r"half\.mkv is cut short"):
        score_video(tmp_path / "half.mkv")
    (tmp_path / "clip.mkv").write_bytes(b"")
    with pytest.raises(MediaError, match=r"clip\.mkv"):
        score_video(tmp_path / "clip.mkv")


def test_a_wrong_promise_of_frames_starts_over() -> None:
    class Boaster(ArrayFilm):
        decodes = 0

        def frames(self):
            self.decodes += 1
            return super().frames()

    frames = pan(20, 3.0, 96, 64)
    film, honest = Boaster(frames), ArrayFilm(frames)
    film.n_frames = 80
    found = score(film, metrics=["motion_amount_dis_v1"])
    assert (found.n_frames, film.decodes) == (20, 2)
    assert found["motion_amount_dis_v1"] == score(honest, metrics=["motion_amount_dis_v1"])["motion_amount_dis_v1"]


def test_a_film_that_never_says_the_same_is_refused() -> None:
    class Liar(ArrayFilm):
        decodes = 0

        def frames(self):
            self.decodes += 1
            return iter(list(super().frames())[: -self.decodes])

    with pytest.raises(MediaError, match="another number of frames"):
        score(Liar(pan(9, 1.0, 64, 48)), metrics=["brightness_v1"])


def test_scores_survive_json(tmp_path: Path) -> None:
    found = score_video(write(tmp_path / "clip.mp4", pan(8, 2.0, 96, 64)), "a prompt")
    back = Scores.from_json(found.to_json())
    assert back.by_metric.keys() == found.by_metric.keys()
    for one, other in zip(back, found, strict=True):
        assert (one.name, one.value, one.kind, one.range, one.reason) == (other.name, other.value, other.kind, other.range, other.reason)
        assert one.per_frame == pytest.approx(other.per_frame, rel=1e-6)
    with pytest.raises(ValueError, match="not scores"):
        Scores.from_json('{"video": 1}')


def test_every_metric_says_what_it_is() -> None:
    """Name in the table, a module docstring that says the range and the good direction, and vbench names for VBench's only."""
    import sys

    for name, metric in METRICS.items():
        assert metric.name == name
        told = (sys.modules[metric.__module__].__doc__ or "") + (sys.modules[metric.__mro__[1].__module__].__doc__ or "")
        assert name == "human_action" or "ange" in told or metric.name in ("dynamic_degree",), name
        assert name == "human_action" or "better" in told, name


def test_importing_is_light() -> None:
    import subprocess
    import sys

    script = "import sys, eval; print(' '.join(sorted({'torch', 'cv2', 'av', 'transformers', 'rich'} & set(sys.modules))))"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip() == ""


def test_stand_ins_need_no_torch(tmp_path: Path) -> None:
    import subprocess
    import sys

    path = write(tmp_path / "clip.mp4", pan(5, 1.0, 64, 48))
    script = f"import sys; sys.modules['torch'] = None; from eval import score_video; print(score_video({str(path)!r})['noise_v1'].value)"
    assert float(subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout) > 0
