"""A film after an edit: what did not change is the old film's own coded pictures, the rest is what a whole render gives, frame by frame."""

import hashlib
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from models.errors import MediaError
from models.media.audio_file import read_audio, write_wav
from models.media.loudness import true_peak_dbtp
from models.media.splice import Stretch, coded_film, splice
from models.media.video_file import Encoding, VideoReader, VideoWriter
from pipelines import kernels
from pipelines.compose import compose
from pipelines.edl import Edl, Picture, Title, TitleLine
from pipelines.frame_keys import borders
from pipelines.frames import Composer, composed
from pipelines.profiles import PROFILES
from pipelines.rerender import Part, Rerendered, parts_of, rerender
from pipelines.sources import Sources
from pipelines.word_captions.cue import Captioning, CaptionWord, Cue
from pipelines.word_captions.setting import set_captions

WIDTH, HEIGHT, FPS, N = 72, 128, 24, 144


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three files of 80 frames, each of another grey with a square that tells the frame; a sound as long as the film."""
    folder = tmp_path_factory.mktemp("media")
    for k, grey in enumerate((60, 120, 180)):
        with VideoWriter(folder / f"{k}.mp4", WIDTH, HEIGHT, FPS, Encoding("ultrafast", 6, gop=12)) as writer:
            for i in range(80):
                frame = np.full((HEIGHT, WIDTH, 3), grey, np.uint8)
                frame[i : i + 8, :24] = 250
                writer.write_rgb(frame)
    t = np.arange(N * 2000) / 48000
    tone = 0.2 * np.sin(2 * np.pi * 330 * t) * (1 + 0.5 * np.sin(2 * np.pi * 2 * t))
    write_wav(folder / "sound.wav", np.stack([tone, tone], 1).astype(np.float32))
    return folder


def edit(media: Path) -> Edl:
    pictures = (
        Picture(str(media / "0.mp4"), 0, 48),
        Picture(str(media / "1.mp4"), 48, 48, 10, "crossfade", 8),
        Picture(str(media / "2.mp4"), 96, 48, 6, "crossfade", 8),
    )
    title = Title((TitleLine("Before"),), 56, 30, "center", "modern_grotesk")
    return Edl(WIDTH, HEIGHT, FPS, N, pictures, (title,), grade="luxury", soundtrack=str(media / "sound.wav"), fade_in=4, fade_out=4)


@pytest.fixture(scope="module")
def film(media: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compose(edit(media), tmp_path_factory.mktemp("film") / "ad.mp4", profile="draft").path


def hashes(path: Path) -> list[str]:
    """One a frame, of the decoded planes."""
    with VideoReader(path) as reader:
        return [hashlib.sha256(b"".join(p.tobytes() for p in planes)).hexdigest() for planes in reader.planes()]


def luma(path: Path) -> np.ndarray:
    with VideoReader(path) as reader:
        return np.stack([planes[0] for planes in reader.planes()]).astype(int)


def exact(made: Rerendered, film: Path, now: Edl) -> None:
    """Every copied frame decodes to the old film's, every rendered one looks as in a whole render, times and sound are whole."""
    found, old = hashes(made.composed.path), hashes(film)
    assert len(found) == now.n_frames == made.composed.n_frames == made.copied + made.rendered
    for part in made.parts:
        if part.source is not None:
            assert found[part.first : part.first + part.count] == old[part.source : part.source + part.count]
    whole = compose(now, made.composed.path.with_name("whole.mp4"), profile="draft").path
    assert np.abs(luma(made.composed.path) - luma(whole)).mean((1, 2)).max() < 4  # grain may fall otherwise
    with av.open(str(made.composed.path)) as container:
        picture, voice = container.streams.video[0], container.streams.audio[0]
        assert picture.duration * picture.time_base == voice.duration * voice.time_base == Fraction(now.n_frames, FPS)
        assert (picture.start_time, voice.start_time) == (0, 0)
        times = [frame.pts * picture.time_base * FPS for frame in container.decode(picture)]
    assert times == list(range(now.n_frames))
    assert read_audio(made.composed.path).shape == read_audio(whole).shape


def test_a_film_has_keyframes_where_it_will_be_cut(film: Path, media: Path) -> None:
    assert borders(edit(media)) == (0, 44, 52, 92, 100)
    assert set(borders(edit(media))) <= set(coded_film(film).keyframes)
    late = replace(edit(media), titles=(Title((TitleLine("Late"),), 70, 20),))
    assert borders(late) == (0, 44, 52, 70, 92, 100), "and where type appears, unless that is near one"


def test_keyframes_cost_no_quality(media: Path, tmp_path: Path) -> None:
    """Against the same frames without any asked for: as near to the composed ones, and hardly larger."""
    edl = replace(edit(media), grain=0.3)
    sources = Sources(edl)
    frames = list(composed(Composer(edl, sources, kernels.load("plain")), sources))
    errors, sizes = [], []
    for name, keys in (("plain", ()), ("keyed", borders(edl))):
        with VideoWriter(tmp_path / f"{name}.mp4", WIDTH, HEIGHT, FPS, PROFILES["standard"]) as writer:
            for n, planes in enumerate(frames):
                writer.write_planes(*planes, key=n in keys)
        errors.append(np.sqrt(((luma(tmp_path / f"{name}.mp4") - np.stack([planes[0] for planes in frames])) ** 2.0).mean()))
        sizes.append((tmp_path / f"{name}.mp4").stat().st_size)
    assert errors[1] < 1.01 * errors[0], (errors, sizes)
    assert sizes[1] < 1.05 * sizes[0], (errors, sizes)


def test_new_words_render_only_where_they_stand(film: Path, media: Path, tmp_path: Path) -> None:
    was = edit(media)
    now = replace(was, titles=(replace(was.titles[0], lines=(TitleLine("After"),)),))
    seen: list[tuple[int, int]] = []
    made = rerender(film, was, now, tmp_path / "ad.mp4", profile="draft", progress=lambda n, of: seen.append((n, of)))
    assert made.parts == (Part(0, 52, 0), Part(52, 40, None), Part(92, 52, 92))
    assert (made.why_whole, seen[-1]) == ("", (40, 40))
    exact(made, film, now)
    assert hashlib.sha256(read_audio(made.composed.path).tobytes()).digest() == hashlib.sha256(read_audio(film).tobytes()).digest()
    assert made.composed.true_peak_dbtp == pytest.approx(true_peak_dbtp(read_audio(film)))
    assert made.composed.poster.is_file()
    assert not list(tmp_path.glob(".*")), "nothing is left behind"


def test_a_caption_is_rendered_where_it_stands_and_keeps_clear_of_its_titles(film: Path, media: Path, tmp_path: Path) -> None:
    was = edit(media)
    low = replace(was, titles=(replace(was.titles[0], position="bottom"),))
    words = (CaptionWord("Keep ", 0, 8), CaptionWord("yours", 8, 10))
    now = replace(low, captioning=Captioning("word", cues=(Cue(84, 26, words, "reading"),)))
    assert len(set_captions(now).pages) == 1
    made = rerender(film, was, now, tmp_path / "ad.mp4", profile="draft")
    assert [part.source for part in made.parts] == [0, None]
    exact(made, film, now)
    assert set_captions(now).pages[0].band[1] < set_captions(replace(now, titles=())).pages[0].band[1]  # above the title


def test_after_a_trim_what_moved_is_copied_to_its_new_place(film: Path, media: Path, tmp_path: Path) -> None:
    was = edit(media)
    first, second, third = was.pictures
    pictures = (first, replace(second, n_frames=38), replace(third, start=86))
    now = replace(was, n_frames=134, pictures=pictures, titles=(), soundtrack=str(media / "0.wav"))
    write_wav(media / "0.wav", np.zeros((134 * 2000, 2), np.float32))
    made = rerender(film, was, now, tmp_path / "ad.mp4", profile="draft", metadata={"recipe": "{}"})
    assert made.parts == (Part(0, 52, 0), Part(52, 38, None), Part(90, 44, 100))
    exact(made, film, now)


def test_a_film_again_after_another_edit_of_a_rerendered_one(film: Path, media: Path, tmp_path: Path) -> None:
    was = edit(media)
    now = replace(was, titles=(replace(was.titles[0], lines=(TitleLine("After"),)),))
    first = rerender(film, was, now, tmp_path / "1.mp4", profile="draft").composed.path
    last = replace(now, pictures=(*now.pictures[:2], replace(now.pictures[2], look="flat_cool")))
    made = rerender(first, now, last, tmp_path / "2.mp4", profile="draft")
    assert [part.source for part in made.parts] == [0, None]
    exact(made, first, last)


def test_a_gap_is_black_or_holds_and_the_rest_is_copied(film: Path, media: Path, tmp_path: Path) -> None:
    was = edit(media)
    first, _, third = was.pictures
    held = Picture(first.media, 48, 48, 47, held=True)
    black = replace(was, titles=(), pictures=(first, Picture("", 48, 48), replace(third, transition_in="cut", transition_frames=0)))
    made = rerender(film, was, black, tmp_path / "black.mp4", profile="draft")
    assert made.copied > 60
    exact(made, film, black)
    assert luma(made.composed.path)[50:94].mean() < 18
    still = replace(black, pictures=(first, held, black.pictures[2]))
    shown = luma(compose(replace(still, grain=0.0), tmp_path / "held.mp4", profile="draft").path)
    assert np.abs(shown[48:96] - shown[47]).mean() < 2


def test_what_cannot_be_copied_is_rendered_and_said(film: Path, media: Path, tmp_path: Path) -> None:
    was = edit(media)
    small = replace(was, pictures=was.pictures[:1], n_frames=24, titles=(), soundtrack="")
    small = replace(small, pictures=(replace(was.pictures[0], n_frames=24, media_in=20),))
    missing = tmp_path / "gone.mp4"
    for old, edl, profile, words in (
        (film, replace(small, grade="eco"), "draft", "setting of the whole film"),
        (missing, small, "draft", "cannot be copied from"),
        (film, small, "high", "another way or quality"),
        (film, small, "draft-hevc", "in H.264 alone"),
        (film, replace(small, pictures=(replace(small.pictures[0], look="eco"),)), "draft", "Nearly every frame"),
    ):
        made = rerender(old, was, edl, tmp_path / "ad.mp4", profile=profile)
        assert words in made.why_whole
        assert (made.copied, made.rendered) == (0, 24)
        assert len(hashes(made.composed.path)) == 24
    assert (
        "144 frames and its edit 143" in rerender(film, replace(was, n_frames=143), small, tmp_path / "ad.mp4", profile="draft").why_whole
    )


def test_only_whole_closed_stretches_are_spliced(film: Path, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="cannot be cut at frame 45"):
        splice([Stretch(film, 0, 45)], tmp_path / "x.mp4")
    other = tmp_path / "other.mp4"
    with VideoWriter(other, WIDTH, HEIGHT, FPS, Encoding("ultrafast", 40)) as writer:
        for _ in range(4):
            writer.write_rgb(np.zeros((HEIGHT, WIDTH, 3), np.uint8))
    with pytest.raises(MediaError, match="cannot be joined"):
        splice([Stretch(film, 0, 44), Stretch(other, 0, 4)], tmp_path / "x.mp4")
    assert [p.name for p in tmp_path.iterdir()] == ["other.mp4"]


def test_parts_tile_the_film(media: Path) -> None:
    was = edit(media)
    swapped = (was.pictures[0], replace(was.pictures[2], start=48), replace(was.pictures[1], start=96))
    parts = parts_of(was, replace(was, pictures=swapped, titles=()), (0, 44, 52, 92, 100))
    assert [part.first for part in parts] == list(np.cumsum([0, *(part.count for part in parts)]))[:-1]
    assert sum(part.count for part in parts) == N
