"""Video in and out: exact frames, exact colours, clear refusals, and nothing left behind when it goes wrong."""

import resource
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from models.errors import DiskFull, MediaError
from models.media.audio_file import coded_aac, read_audio
from models.media.planes import planes_to_rgb, rgb_to_planes
from models.media.video_file import Encoding, VideoReader, VideoWriter, probe

PATCHES = np.array(
    [[16, 16, 16], [128, 128, 128], [235, 235, 235], [255, 0, 0], [0, 255, 0], [0, 0, 255], [201, 162, 39], [30, 90, 160]], np.uint8
)


def numbered(n: int, width: int = 96, height: int = 64) -> list[np.ndarray]:
    """Frames whose grey level tells their number."""
    return [np.full((height, width, 3), 20 + 4 * i, np.uint8) for i in range(n)]


def write(path: Path, frames: list[np.ndarray], fps: int = 24, **options: object) -> Path:
    height, width = frames[0].shape[:2]
    with VideoWriter(path, width, height, fps, **options) as writer:
        for frame in frames:
            writer.write_rgb(frame)
    return path


def levels(frames: object) -> list[int]:
    return [round((float(f.mean()) - 20) / 4) for f in frames]


def test_frames_come_back_in_number_and_order(tmp_path: Path) -> None:
    path = write(tmp_path / "clip.mp4", numbered(50))
    with VideoReader(path) as reader:
        assert (reader.width, reader.height, reader.fps, reader.n_frames) == (96, 64, 24, 50)
        assert levels(reader.rgb()) == list(range(50))
        assert levels(reader.rgb(37, 5)) == [37, 38, 39, 40, 41]
        assert levels([reader.frame(49)]) == [49]


def test_known_colours_survive_as_bt709(tmp_path: Path) -> None:
    bars = np.repeat(np.repeat(PATCHES[None], 32, 0), 16, 1)
    path = write(tmp_path / "bars.mp4", [bars] * 3, encoding=Encoding("medium", 1))
    with VideoReader(path) as reader:
        shown = next(reader.rgb()).reshape(32, 8, 16, 3)[8:24, :, 5:11].mean((0, 2))
    assert np.abs(shown - PATCHES).max() <= 3
    with av.open(str(path)) as container:
        context = container.streams.video[0].codec_context
        assert (context.color_range, context.colorspace, context.color_primaries, context.color_trc) == (1, 1, 1, 1)
        assert (context.name, context.pix_fmt, context.profile) == ("h264", "yuv420p", "High")


def test_grey_is_neutral_and_limited() -> None:
    for level in (0, 18, 128, 255):
        y, u, v = rgb_to_planes(np.full((16, 16, 3), level, np.uint8))
        assert set(y.flat) == {round(16 + level * 219 / 255)}
        assert set(u.flat) == set(v.flat) == {128}
        assert np.abs(planes_to_rgb((y, u, v)).astype(int) - level).max() <= 1


def test_planes_are_written_untouched(tmp_path: Path) -> None:
    y = np.tile(np.arange(16, 80, dtype=np.uint8), (32, 1))
    u, v = np.full((16, 32), 90, np.uint8), np.full((16, 32), 160, np.uint8)
    with VideoWriter(tmp_path / "p.mp4", 64, 32, 24, Encoding("medium", 0)) as writer:
        writer.write_planes(y, u, v)
    with VideoReader(tmp_path / "p.mp4") as reader:
        for got, sent in zip(next(reader.planes()), (y, u, v), strict=True):
            np.testing.assert_allclose(got, sent, atol=1)


def test_other_frame_rates_map_to_the_nearest_frame(tmp_path: Path) -> None:
    path = write(tmp_path / "fast.mp4", numbered(40), fps=48)
    with VideoReader(path) as reader:
        assert levels(reader.rgb(0, 20, fps=24)) == list(range(0, 40, 2))
        assert levels(reader.rgb(5, 3, fps=24)) == [10, 12, 14]
    slow = write(tmp_path / "slow.mp4", numbered(10), fps=12)
    with VideoReader(slow) as reader:
        assert levels(reader.rgb(0, 8, fps=24)) in ([0, 0, 1, 1, 2, 2, 3, 3], [0, 1, 1, 2, 2, 3, 3, 4])


def test_scaling_covers_and_crops_the_centre(tmp_path: Path) -> None:
    frame = np.zeros((64, 192, 3), np.uint8)
    frame[:, 64:128] = 255
    path = write(tmp_path / "wide.mp4", [frame] * 2, encoding=Encoding("medium", 4))
    with VideoReader(path) as reader:
        square = next(reader.rgb(size=(32, 32)))
    assert square.shape == (32, 32, 3)
    assert square[:, 3:-3].min() > 220


def test_a_clip_that_ends_too_early_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "short clip.mp4", numbered(10))
    with VideoReader(path) as reader, pytest.raises(MediaError, match=r"short clip.*too short"):
        list(reader.planes(4, 12))


@pytest.mark.parametrize("content", [b"", b"not a video at all" * 100, b"\x00\x00\x00\x18ftypmp42" + b"\xff" * 4000])
def test_rubbish_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rubbish.mp4"
    path.write_bytes(content)
    with pytest.raises(MediaError, match=r"rubbish\.mp4"):
        probe(path)
    with pytest.raises(MediaError, match="no video file"):
        probe(tmp_path / "absent.mp4")


def test_a_truncated_file_is_refused(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    path = write(tmp_path / "cut.mp4", [rng.integers(0, 255, (64, 96, 3), np.uint8) for _ in range(30)])
    data = path.read_bytes()
    for share in (0.3, 0.6, 0.9):
        path.write_bytes(data[: int(len(data) * share)])
        with pytest.raises(MediaError, match=r"cut\.mp4"):
            probe(path)


def test_sound_is_as_long_as_the_picture(tmp_path: Path) -> None:
    n = 31 * 2000
    sound = (np.random.default_rng(0).normal(size=(n, 2)) * 0.1).astype(np.float32)
    path = write(tmp_path / "loud.mp4", numbered(31), sound=coded_aac(sound))
    with av.open(str(path)) as container:
        picture, voice = container.streams.video[0], container.streams.audio[0]
        assert picture.duration * picture.time_base == voice.duration * voice.time_base == Fraction(31, 24)
        assert (picture.start_time, voice.start_time) == (0, 0)
        assert (voice.rate, voice.layout.name) == (48000, "stereo")
    (tmp_path / "alone.mp4").write_bytes(coded_aac(sound))
    np.testing.assert_array_equal(read_audio(path), read_audio(tmp_path / "alone.mp4"))


def test_long_metadata_survives(tmp_path: Path) -> None:
    recipe = '{"prompt": "é ✓ 漢字 \\n quotes \\""}' * 2000
    path = write(tmp_path / "m.mp4", numbered(2), metadata={"title": "Tïtle", "comment": recipe, "recipe": recipe})
    found = probe(path).metadata
    assert len(recipe.encode()) > 60_000
    assert (found["title"], found["comment"], found["recipe"]) == ("Tïtle", recipe, recipe)


def test_index_stands_in_front(tmp_path: Path) -> None:
    data = write(tmp_path / "f.mp4", numbered(5)).read_bytes()
    assert 0 < data.find(b"moov") < data.find(b"mdat")


def test_an_error_inside_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="takes pictures"), VideoWriter(tmp_path / "x.mp4", 64, 64, 24) as writer:
        writer.write_planes(*(np.zeros((7, 7), np.uint8) for _ in range(3)))
    assert list(tmp_path.iterdir()) == []


def test_an_older_file_survives_a_failed_write(tmp_path: Path) -> None:
    path = write(tmp_path / "keep.mp4", numbered(3))
    before = path.read_bytes()
    with pytest.raises(MediaError, match="takes pictures"), VideoWriter(path, 64, 64, 24) as writer:
        writer.write_planes(*(np.zeros((7, 7), np.uint8) for _ in range(3)))
    assert path.read_bytes() == before


def test_a_full_disk_is_said_and_cleaned_up(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    frames = [rng.integers(0, 255, (256, 256, 3), np.uint8) for _ in range(12)]
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, hard))
    try:
        with pytest.raises(DiskFull, match="disk is full"):
            write(tmp_path / "big.mp4", frames)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.iterdir()) == []


def test_odd_sides_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="even"):
        VideoWriter(tmp_path / "odd.mp4", 65, 64, 24)


@pytest.mark.parametrize("gop", [12, 250])
def test_glimpses_lie_within_a_second(tmp_path: Path, gop: int) -> None:
    path = write(tmp_path / "clip.mp4", numbered(50), encoding=Encoding("medium", 4, gop=gop))
    with VideoReader(path) as reader:
        seen = levels(planes_to_rgb(planes) for planes in reader.glimpses([0, 30, 49], size=(48, 32)))
    assert seen == ([0, 24, 48] if gop == 12 else [0, 7, 26])


@pytest.mark.parametrize(("name", "options"), [("a.mkv", {}), ("a.mov", {}), ("a.mp4", {"movflags": "frag_keyframe+empty_moov"})])
def test_files_with_and_without_an_index_read_alike(tmp_path: Path, name: str, options: dict[str, str]) -> None:
    with av.open(str(tmp_path / name), "w", options=options) as container:
        stream = container.add_stream("libx264", rate=24, options={"bf": "3", "g": "12", "crf": "4"})
        stream.width, stream.height, stream.pix_fmt = 96, 64, "yuv420p"
        for frame in numbered(30):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame)))
        container.mux(stream.encode(None))
    with VideoReader(tmp_path / name) as reader:
        assert (reader.info.pixel_format, reader.n_frames) == ("yuv420p", 30)
        assert levels(reader.rgb()) == list(range(30))
        assert levels(planes_to_rgb(planes) for planes in reader.glimpses([29])) == [24]
