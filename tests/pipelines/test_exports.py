"""The same edit in other sizes, shapes, rates and codecs: exact lengths, subjects in view, type inside its zone."""

from dataclasses import replace
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.media.encoding import why_not
from models.media.video_file import Encoding, VideoReader, VideoWriter, probe
from pipelines.aspect import Aspect
from pipelines.compose import compose
from pipelines.edl import Edl, Picture, Title, TitleLine
from pipelines.errors import TimelineError
from pipelines.exports import RATES, Export, at_rate, codecs, prepared
from pipelines.focus import best_crop, focus_of, standing_out

FPS, WIDTH, HEIGHT = 24, 320, 180


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wide picture of 40 frames on an even ground, with a red ball at its right that hardly moves."""
    path = tmp_path_factory.mktemp("wide") / "ball.mp4"
    with VideoWriter(path, WIDTH, HEIGHT, FPS, Encoding("ultrafast", 12, gop=12)) as writer:
        for i in range(40):
            frame = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
            cv2.circle(frame, (258 + i % 3, 96), 26, (220, 40, 30), -1)
            writer.write_rgb(frame)
    return path


def edit(clip: Path) -> Edl:
    pictures = Picture(str(clip), 0, 13), Picture(str(clip), 13, 17, 5, "crossfade", 6)
    titles = (Title((TitleLine("Now"), TitleLine("today", delay=4)), 4, 22, "bottom"),)
    return Edl(WIDTH, HEIGHT, FPS, 30, pictures, titles, grade="none", vignette=0.0, grain=0.0, fade_in=0, fade_out=0)


def redness(frame: np.ndarray) -> np.ndarray:
    return frame[..., 0].astype(int) - frame[..., 1] > 60


def test_an_upright_crop_keeps_the_subject(clip: Path, tmp_path: Path) -> None:
    made = prepared(edit(clip), Export(Aspect.VERTICAL))
    assert (made.edl.width, made.edl.height, made.profile) == (180, 320, "standard")
    zone = Aspect.VERTICAL.safe
    assert made.edl.safe == (zone.left, zone.top, zone.right, zone.bottom)
    assert "only 32% of a picture" in made.notes[0]
    film = compose(replace(made.edl, titles=()), tmp_path / "tall.mp4", profile="draft").path
    with VideoReader(film) as reader:
        shown = redness(reader.frame(6))
    scale = 320 / HEIGHT
    assert shown.sum() == pytest.approx(np.pi * (26 * scale) ** 2, rel=0.15), "all of the ball is in view"
    assert 0.2 < np.argwhere(shown).mean(0)[1] / 180 < 0.8


def test_the_middle_is_kept_where_nothing_stands_out() -> None:
    even = [np.full((64, 96, 3), 120, np.uint8)]
    assert best_crop(standing_out(even), 9 / 16) == (0.5, 0.5)
    assert best_crop(standing_out(even), 21 / 9) == (0.5, 0.5)


@pytest.mark.parametrize(("x", "y"), [(0.2, 0.5), (0.8, 0.5), (0.5, 0.5)])
def test_the_crop_goes_where_the_subject_is(x: float, y: float, tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    with VideoWriter(tmp_path / "s.mp4", 160, 90, FPS, Encoding("ultrafast", 12)) as writer:
        for _ in range(4):
            frame = rng.normal(110, 6, (90, 160, 3)).clip(0, 255).astype(np.uint8)
            cv2.rectangle(frame, (int(160 * x) - 12, 25), (int(160 * x) + 12, 65), (240, 220, 60), -1)
            writer.write_rgb(frame)
    assert focus_of(tmp_path / "s.mp4", 0, 4, FPS, 1.0)[0] == pytest.approx(x, abs=0.12 if x == 0.5 else 0.1)


def test_a_turned_or_cropped_picture_is_cut_around_its_focus(clip: Path) -> None:
    with VideoReader(clip) as reader:
        left = next(reader.rgb(0, 1, size=(180, 180)))
        planes = next(reader.planes(0, 1, size=(180, 180), focus=(0.9, 0.5)))
    assert redness(left).sum() < 0.5 * np.pi * 26**2, "the middle alone would cut the ball"
    assert int((planes[2] > 160).sum()) == pytest.approx(np.pi * 13**2, rel=0.15)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(12, 60), st.integers(0, 5), st.integers(0, 3)), min_size=1, max_size=5),
    st.sampled_from(RATES),
    st.sampled_from(RATES),
)
def test_at_any_rate_cuts_stay_and_no_clip_is_asked_for_more(shots: list[tuple[int, int, int]], was: int, fps: int) -> None:
    pictures, at, held = [], 0, []
    halves = [0, *(half for _, half, _ in shots[1:]), 0]
    for i, (n, half, spare) in enumerate(shots):
        half = half if i else 0
        pictures.append(Picture(f"{i}.mp4", at, n, half + spare, "crossfade" if half else "cut", 2 * half))
        held.append(half + spare + n + halves[i + 1])  # not a frame more than is needed
        at += n
    titles = (Title((TitleLine("t"),), 2, at - 3),)
    edl = Edl(108, 192, was, at, tuple(pictures), titles)
    edl.check()
    changed = at_rate(edl, fps)
    changed.check()
    assert abs(changed.n_frames / fps - at / was) <= 0.5 / fps + 1e-9
    for i, picture in enumerate(changed.pictures):
        assert abs(picture.start / fps - pictures[i].start / was) <= 0.5 / fps + 1e-9
        after = changed.pictures[i + 1].transition_frames // 2 if i + 1 < len(shots) else 0
        last = picture.media_in + picture.n_frames + after - 1
        assert last / fps < held[i] / was, "the last frame begins before the media ends"


@pytest.mark.parametrize("fps", [25, 30, 60])
def test_another_rate_is_composed_exactly(clip: Path, tmp_path: Path, fps: int) -> None:
    made = prepared(edit(clip), Export(fps=fps))
    info = probe(compose(made.edl, tmp_path / "r.mp4", profile="draft").path)
    assert (info.fps, info.n_frames) == (fps, made.edl.n_frames)
    assert info.duration_s == pytest.approx(30 / 24, abs=0.5 / fps)
    assert "repeated" in made.notes[0]


def test_sizes_are_those_that_are_called_so(clip: Path) -> None:
    wide = edit(clip)
    assert [(e.width, e.height) for side in (720, 1080, 2160) for e in [prepared(wide, Export(short_side=side)).edl]] == [
        *((1280, 720), (1920, 1080)),
        (3840, 2160),
    ]
    assert prepared(wide, Export(Aspect.SQUARE, 1080)).edl.width == 1080


@pytest.mark.parametrize(("codec", "named"), [("h264", "h264"), ("hevc", "hevc"), ("av1", "av1")])
def test_each_codec_is_really_in_the_file(clip: Path, tmp_path: Path, codec: str, named: str) -> None:
    choice = next(choice for choice in codecs() if choice.id == codec)
    assert choice.why_not == ""  # the pinned build of PyAV brings all three
    made = prepared(edit(clip), Export(codec=codec, quality="draft"))
    film = compose(made.edl, tmp_path / "c.mp4", profile=made.profile).path
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.codec.canonical_name == named
        assert (stream.codec_context.color_range, stream.codec_context.colorspace) == (1, 1)
        assert sum(1 for _ in container.decode(stream)) == 30


def test_an_encoder_that_is_not_there_is_a_sentence(clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.media.encoding._ENCODERS", {"hevc": "no_such_encoder"})
    why_not.cache_clear()
    assert "cannot encode HEVC (H.265) (no_such_encoder" in why_not("hevc")
    with pytest.raises(TimelineError, match="cannot encode"):
        prepared(edit(clip), Export(codec="hevc"))
    why_not.cache_clear()
