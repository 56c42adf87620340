"""Files that people bring: what is refused before it is decoded, and what the rest becomes."""

import math
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from models.errors import MediaError
from models.media.audio_file import coded_aac, read_audio
from models.media.image_file import write_image
from models.media.video_file import VideoReader, VideoWriter
from pipelines.brought_media import checked, fitted, media_name

SIZE, FPS = (90, 160), 24
UNEVEN = (0, 1, 8, 9, 16, 17, 24)


def sheet(width: int = 320, height: int = 180, at: int = 40) -> np.ndarray:
    rgb = np.full((height, width, 3), 90, np.uint8)
    cv2.circle(rgb, (at, height // 2), 24, (240, 60, 40), -1)
    return rgb


def film(path: Path, n: int = 24, fps: int = 24) -> Path:
    with VideoWriter(path, 320, 180, fps, sound=coded_aac(np.zeros((48_000, 2), np.float32))) as writer:
        for i in range(n):
            writer.write_rgb(sheet(at=40 + 4 * i))
    return path


def uneven(path: Path) -> Path:
    """Pictures, each of another grey, at these 24ths of a second."""
    with av.open(str(path), "w", format="matroska") as out:
        stream = out.add_stream("libx264", rate=24, options={"bf": "0"})
        stream.width, stream.height, stream.pix_fmt = 128, 128, "yuv420p"
        stream.time_base = stream.codec_context.time_base = Fraction(1, 1000)
        for i, at in enumerate(UNEVEN):
            frame = av.VideoFrame.from_ndarray(np.full((128, 128, 3), 30 + 24 * i, np.uint8), format="rgb24")
            frame.pts, frame.time_base = round(at * 1000 / 24), Fraction(1, 1000)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def test_a_picture_becomes_a_clip_that_comes_nearer_around_its_subject(tmp_path: Path) -> None:
    made = fitted(write_image(tmp_path / "a.png", sheet(at=60)), "image", tmp_path / "out.mp4", SIZE, FPS, still_s=3)
    with VideoReader(made.path) as clip:
        first, last = clip.frame(0), clip.frame(made.n_frames - 1)
        assert (made.n_frames, clip.n_frames, (clip.width, clip.height)) == (72, 72, SIZE)
    red = [(frame[..., 0].astype(int) - frame[..., 2] > 90) for frame in (first, last)]
    assert red[0].any(), "the subject is in the picture, though it stood at its edge"
    assert 1.1 < red[1].sum() / red[0].sum() < 1.25
    assert "cropped" in " ".join(made.notes)


def test_a_film_is_brought_into_size_and_rate_without_its_sound(tmp_path: Path) -> None:
    source = film(tmp_path / "a.mp4", n=30, fps=30)
    assert (checked(source).kind, checked(source).width) == ("film", 320)
    told: list[float] = []
    made = fitted(source, "film", tmp_path / "out.mp4", SIZE, FPS, tell=told.append)
    with VideoReader(made.path) as clip:
        assert (clip.n_frames, (clip.width, clip.height), clip.fps, clip.info.has_sound) == (24, SIZE, 24, False)
    assert (made.n_frames, told[-1], "sound is left out" in " ".join(made.notes)) == (24, 1.0, True)


def test_frames_of_an_uneven_film_come_at_their_own_times(tmp_path: Path) -> None:
    source = uneven(tmp_path / "uneven.mkv")
    made = fitted(source, "film", tmp_path / "out.mp4", (128, 128), FPS)
    with VideoReader(made.path) as clip:
        greys = [round((float(frame.mean()) - 30) / 24) for frame in clip.rgb()]
    assert greys[:24] == [min(range(len(UNEVEN)), key=lambda i: abs(UNEVEN[i] - t)) for t in range(24)]


def hdr(path: Path, transfer: int, grey: int) -> Path:
    """A film of two pictures of 10 bit, BT.2020: luma `grey` of 64..940, no colour."""
    with av.open(str(path), "w", format="matroska") as out:
        stream = out.add_stream("libx264", rate=24, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = 128, 128, "yuv420p10le"
        for name, code in (("color_primaries", 9), ("color_trc", transfer), ("colorspace", 9), ("color_range", 1)):
            setattr(stream.codec_context, name, code)
        for _ in range(2):
            frame = av.VideoFrame(128, 128, "yuv420p10le")
            for plane, level in zip(frame.planes, (grey, 512, 512), strict=True):
                plane.update(np.full(plane.buffer_size // 2, level, "<u2").tobytes())
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(
    ("transfer", "grey", "shown"),
    [
        (16, 397, 0.42),  # PQ of 26 nits, HDR's grey card
        (16, 573, 0.90),  # of 203 nits, HDR's paper
        (16, 64, 0.0),
        (16, 723, 1.0),  # of 1000
        (18, 397, 0.42),  # HLG's 38 %, the same card
        (18, 721, 0.90),  # 75 %, the same paper
    ],
)
def test_hdr_films_come_in_standard_colours(tmp_path: Path, transfer: int, grey: int, shown: float) -> None:
    source = hdr(tmp_path / "hdr.mkv", transfer, grey)
    assert checked(source).kind == "film"
    made = fitted(source, "film", tmp_path / "out.mp4", (128, 128), FPS)
    with VideoReader(made.path) as clip:
        frame = clip.frame(0).astype(float)
    assert frame.mean() / 255 == pytest.approx(shown, abs=0.03)
    assert np.ptp(frame.mean((0, 1))) < 3, "grey stays grey"
    assert "HDR" in " ".join(made.notes)


def test_sound_becomes_stereo_of_48_khz(tmp_path: Path) -> None:
    t = np.arange(44_100) / 44_100
    path = tmp_path / "tone.flac"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("flac", rate=44_100, layout="mono")
        frame = av.AudioFrame.from_ndarray((8000 * np.sin(2 * math.pi * 440 * t)).astype(np.int16)[None], format="s16", layout="mono")
        frame.sample_rate = 44_100
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    assert checked(path).kind == "sound"
    made = fitted(path, "sound", tmp_path / "out.wav", SIZE, FPS)
    samples = read_audio(made.path)
    assert (made.n_frames, samples.shape[1], abs(len(samples) - 48_000) < 64) == (24, 2, True)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("text", b"hello, this is no film at all", "cannot be read"),
        ("list", b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n", "cannot be read"),
        ("concat", b"ffconcat version 1.0\nfile '/etc/hostname'\n", "cannot be read"),
        ("empty", b"", "cannot be read"),
    ],
)
def test_what_is_no_media_is_refused(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(MediaError, match=said):
        checked(path)


def test_a_film_that_is_cut_short_or_too_long_or_too_large_is_refused(tmp_path: Path) -> None:
    whole = film(tmp_path / "a.mp4").read_bytes()
    short = tmp_path / "short.mp4"
    short.write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(MediaError):
        checked(short)
    slow = tmp_path / "slow.mp4"
    with VideoWriter(slow, 64, 64, Fraction(1, 70)) as writer:
        for _ in range(2):
            writer.write_rgb(np.zeros((64, 64, 3), np.uint8))
    with pytest.raises(MediaError, match="trim it"):
        checked(slow)
    flood = whole.replace((320).to_bytes(2, "big") + (180).to_bytes(2, "big"), (16_000).to_bytes(2, "big") * 2)
    assert flood != whole
    large = tmp_path / "large.mp4"
    large.write_bytes(flood)
    with pytest.raises(MediaError):
        checked(large)


def test_names_are_plain(tmp_path: Path) -> None:
    assert media_name("film", "0b9a3c0e", "Our shop (2).MOV") == "clips/own-0b9a3c0e-our-shop-2.mp4"
    assert media_name("sound", "0b9a3c0e", "…") == "sound/own-0b9a3c0e.wav"
