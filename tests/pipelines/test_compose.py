"""The finished file, decoded again: exact in frames, time, colour and sound, and what it shows is what the edit says."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from models.media.audio_file import read_audio, write_wav
from models.media.image_file import read_image
from models.media.loudness import integrated_lufs, true_peak_dbtp
from models.media.video_file import Encoding, VideoReader, VideoWriter
from pipelines import kernels
from pipelines.compose import Composed, compose, read_metadata
from pipelines.edl import Edl, Picture, Title, TitleLine
from pipelines.frame_keys import fade
from pipelines.frames import Composer, composed
from pipelines.profiles import PROFILES
from pipelines.sources import Sources, showing

WIDTH, HEIGHT, FPS = 108, 192, 24
GREYS = (60, 120, 180)


def clip(path: Path, grey: int, n: int = 40, *, fps: int = FPS, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Path:
    """An even grey with a bright square whose height tells the frame's number."""
    with VideoWriter(path, *size, fps, Encoding("ultrafast", 6, gop=12)) as writer:
        for i in range(n):
            frame = np.full((size[1], size[0], 3), grey, np.uint8)
            frame[4 * i : 4 * i + 8, : size[0] // 4] = 250
            writer.write_rgb(frame)
    return path


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("media")
    for i, grey in enumerate(GREYS):
        clip(folder / f"{i}.mp4", grey)
    t = np.arange(72 * 2000) / 48000
    noise = 0.1 * np.random.default_rng(0).standard_normal(len(t))  # unlike itself at any other lag
    tone = 0.15 * np.sin(2 * np.pi * 440 * t) + noise * (1 + 0.5 * np.sin(2 * np.pi * 3 * t))
    write_wav(folder / "sound.wav", np.stack([tone, tone], 1).astype(np.float32))
    return folder


def edit(media: Path, **changes: object) -> Edl:
    pictures = (
        Picture(str(media / "0.mp4"), 0, 24),
        Picture(str(media / "1.mp4"), 24, 24, 4, "crossfade", 8),
        Picture(str(media / "2.mp4"), 48, 24, 4, "dip_to_black", 8),
    )
    plain = Edl(WIDTH, HEIGHT, FPS, 72, pictures, grade="none", vignette=0.0, grain=0.0, fade_in=0, fade_out=0)
    return replace(plain, **changes)


CARD = Title((TitleLine("Aurelia", "brand"), TitleLine("Order now", "cta")), 50, 20, "center", "luxury_serif", "#FFFFFF", "#E8C07D", "none")


def decoded(path: Path) -> np.ndarray:
    with VideoReader(path) as reader:
        return np.stack(list(reader.rgb()))


@pytest.fixture(scope="module")
def finished(media: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Composed, Edl]:
    edl = edit(media, titles=(CARD,), soundtrack=str(media / "sound.wav"), grade="luxury", grain=0.2, vignette=0.3, fade_in=4, fade_out=4)
    out = tmp_path_factory.mktemp("out") / "ad.mp4"
    return compose(edl, out, metadata={"title": "Aurelia", "recipe": '{"é": "漢字"}' * 6000}), edl


def test_the_file_is_exact(finished: tuple[Composed, Edl]) -> None:
    made, _ = finished
    assert (made.n_frames, made.duration_s, made.warnings) == (72, 3.0, ())
    with av.open(str(made.path)) as container:
        picture, voice = container.streams.video[0], container.streams.audio[0]
        context = picture.codec_context
        assert (context.width, context.height, picture.average_rate) == (WIDTH, HEIGHT, FPS)
        assert (context.name, context.profile, context.pix_fmt) == ("h264", "High", "yuv420p")
        assert (context.color_range, context.colorspace, context.color_primaries, context.color_trc) == (1, 1, 1, 1)
        assert picture.duration * picture.time_base == voice.duration * voice.time_base == 3
        assert (picture.start_time, voice.start_time) == (0, 0)
        assert (voice.codec_context.name, voice.rate, voice.layout.name) == ("aac", 48000, "stereo")
        times = [frame.pts * picture.time_base for frame in container.decode(picture)]
    assert times == [Fraction(n, FPS) for n in range(72)]
    data = made.path.read_bytes()
    assert 0 < data.find(b"moov") < data.find(b"mdat")


def test_the_sound_is_as_loud_as_it_says(finished: tuple[Composed, Edl]) -> None:
    made, edl = finished
    heard = read_audio(made.path)
    assert made.lufs is not None
    assert made.true_peak_dbtp is not None
    assert integrated_lufs(heard) == pytest.approx(made.lufs, abs=1e-6), "the sound that was measured is the one in the file"
    assert true_peak_dbtp(heard) == pytest.approx(made.true_peak_dbtp, abs=1e-6)
    assert made.true_peak_dbtp <= -1
    original = read_audio(Path(edl.soundtrack))[:, 0]
    lag = int(np.argmax(np.correlate(heard[20_000:40_000, 0], original[21_000:39_000], "valid"))) - 1000
    assert abs(lag) <= 24, "picture and sound start together"


def test_metadata_is_read_back(finished: tuple[Composed, Edl]) -> None:
    found = read_metadata(finished[0].path)
    assert found["title"] == "Aurelia"
    assert found["recipe"] == '{"é": "漢字"}' * 6000


def test_the_poster_shows_the_end_card(finished: tuple[Composed, Edl]) -> None:
    made, _ = finished
    poster = read_image(made.poster)
    assert made.poster == made.path.with_suffix(".jpg")
    assert poster.shape == (HEIGHT, WIDTH, 3)
    assert np.abs(poster.astype(int) - decoded(made.path)[62]).mean() < 4


def test_clips_stand_where_the_edit_says(media: Path, tmp_path: Path) -> None:
    shown = decoded(compose(edit(media), tmp_path / "cut.mp4").path)[:, 8:-8, WIDTH // 2 :].mean((1, 2, 3))
    for n in (0, 10, 19):
        assert shown[n] == pytest.approx(60, abs=2)
    for n in (28, 36, 43):
        assert shown[n] == pytest.approx(120, abs=2)
    for n in (52, 60, 71):
        assert shown[n] == pytest.approx(180, abs=2)
    assert 60 < shown[22] < shown[24] < shown[26] < 120
    assert min(shown[47], shown[48]) < 15, "dips to black on the cut"


def test_each_media_frame_is_shown_at_its_time(media: Path, tmp_path: Path) -> None:
    pictures = (Picture(str(media / "0.mp4"), 0, 20, 3), Picture(str(media / "1.mp4"), 20, 10, 11))
    edl = edit(media, pictures=pictures, n_frames=30)
    shown = decoded(compose(edl, tmp_path / "t.mp4").path)
    for n, media_frame in ((0, 3), (7, 10), (19, 22), (20, 11), (29, 20)):
        rows = np.flatnonzero(shown[n, :, 4, 1] > 215)
        assert abs(rows.mean() - (4 * media_frame + 3.5)) < 1, n


def test_other_sizes_and_rates_are_conformed(media: Path, tmp_path: Path) -> None:
    odd = clip(tmp_path / "odd.mp4", 90, 60, fps=48, size=(320, 240))
    edl = edit(media, pictures=(Picture(str(odd), 0, 24),), n_frames=24)
    shown = decoded(compose(edl, tmp_path / "o.mp4").path)
    assert shown.shape == (24, HEIGHT, WIDTH, 3)
    assert shown[:, :, WIDTH // 2].mean() == pytest.approx(90, abs=2)


def test_type_is_really_there(media: Path, tmp_path: Path) -> None:
    bare = decoded(compose(edit(media), tmp_path / "a.mp4").path).astype(int)
    lettered = decoded(compose(edit(media, titles=(CARD,)), tmp_path / "b.mp4").path).astype(int)
    change = np.abs(lettered - bare).max(-1)
    assert change[:48].max() < 40
    assert (change[64] > 50).mean() > 0.005
    assert lettered[64].max() > 215


def test_fades_and_vignette(media: Path, tmp_path: Path) -> None:
    edl = edit(media, fade_in=6, fade_out=6, vignette=1.0)
    assert [fade(edl, n) for n in (6, 30, 65)] == [1, 1, 1]
    assert 0 < fade(edl, 0) == fade(edl, 71) < 0.1
    shown = decoded(compose(edl, tmp_path / "f.mp4").path).astype(float)
    assert shown[0].mean() < 8
    assert shown[71].mean() < 20
    assert shown[36, -3, -3].mean() < 0.7 * shown[36, HEIGHT // 2, WIDTH // 2 + 10].mean()


def test_compiled_and_plain_compose_the_same_frames(media: Path) -> None:
    edl = edit(media, titles=(CARD,), grade="cinematic", grain=0.5, vignette=0.5, fade_in=4)
    sources = Sources(edl)
    made = [list(composed(Composer(edl, sources, kernels.load(name)), sources)) for name in ("compiled", "plain")]
    for mine, oracle in zip(*made, strict=True):
        for a, b in zip(mine, oracle, strict=True):
            assert np.abs(a.astype(int) - b.astype(int)).max() <= 1


def test_the_same_edit_gives_the_same_frames_again(media: Path, tmp_path: Path) -> None:
    edl = edit(media, titles=(CARD,), grain=0.5, seed=3)
    first, second = (decoded(compose(edl, tmp_path / name).path) for name in ("1.mp4", "2.mp4"))
    np.testing.assert_array_equal(first, second)


def test_grain_counts_from_each_picture(media: Path) -> None:
    """Trimming the first clip leaves the grain of later clips where it was, so that only what was touched changes."""
    before = edit(media, grain=1.0)
    pictures = tuple(replace(p, start=max(0, p.start - 4), n_frames=20 if i == 0 else 24) for i, p in enumerate(before.pictures))
    after = replace(before, pictures=pictures, n_frames=68)
    kept = []
    for edl, n in ((before, 36), (after, 32)):
        sources = Sources(edl)
        kept.append(list(composed(Composer(edl, sources, kernels.load()), sources))[n][0])
    np.testing.assert_array_equal(*kept)


def test_showing_is_symmetric_about_the_cut(media: Path) -> None:
    edl = edit(media)
    weights = [showing(edl, n).w for n in range(20, 28)]
    assert weights == [(k + 0.5) / 8 for k in range(8)]
    assert showing(edl, 19).second is showing(edl, 28).second is None
    assert (showing(edl, 19).first, showing(edl, 28).first) == (0, 1)


@pytest.mark.parametrize("profile", sorted(name for name, row in PROFILES.items() if row.codec == "h264"))
def test_every_profile_makes_a_high_profile_file(profile: str, media: Path, tmp_path: Path) -> None:
    edl = edit(media, pictures=(Picture(str(media / "0.mp4"), 0, 12),), n_frames=12)
    made = compose(edl, tmp_path / "p.mp4", profile=profile)
    assert (made.lufs, made.true_peak_dbtp) == (None, None)
    with av.open(str(made.path)) as container:
        assert container.streams.video[0].codec_context.profile == "High"
        assert container.streams.audio[0].duration * container.streams.audio[0].time_base == Fraction(12, 24)


def test_progress_counts_every_frame(media: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    compose(edit(media), tmp_path / "p.mp4", progress=lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen if done] == list(range(1, 73))
    assert {total for _, total in seen} == {72}
