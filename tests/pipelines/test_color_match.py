"""Clips of one ad are drawn together: measured on real files, judged in CIELAB after the real grade, and never further than promised."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from models.asks import Clip, Framing, Made, Still, Subject
from models.media.video_file import Encoding, VideoReader, VideoWriter
from pipelines import grade, kernels
from pipelines.clips import ShotMedia
from pipelines.color_match import between, look_at, match_clips
from pipelines.compose import compose
from pipelines.correction import MAX_CAST, MAX_GAIN, MAX_OFFSET, Correction
from pipelines.edl import Edl, Picture
from pipelines.grade_correction import correct, corrected, wide_window, window
from pipelines.scene_plan import Scene, ScenePlan, Shot
from pipelines.timeline import build_timeline, conform, read_timeline, write_timeline
from pipelines.yuv import rgb_to_yuv, yuv_to_rgb

FPS, N = 24, 48
SIZE = (96, 128)
STONE = (0.72, 0.62, 0.50)
PRODUCT = (0.70, 0.12, 0.10)


def picture(product: float = 0.3, shade: float = 1.0, cast: tuple[float, float, float] = (0, 0, 0), seed: int = 0) -> np.ndarray:
    """A set with falling light and texture, and a red product that takes up `product` of the width; (h, w, 3) float RGB."""
    rng, (width, height) = np.random.default_rng(seed), SIZE
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    light = 0.55 + 0.5 * (1 - y / height) + 0.03 * rng.standard_normal((height, width))
    rgb = np.array(STONE, np.float32) * light[..., None]
    inside = (np.abs(x - width / 2) < product * width / 2) & (np.abs(y - height / 2) < product * height / 2)
    rgb[inside] = np.array(PRODUCT, np.float32) * (0.7 + 0.5 * x[inside] / width)[:, None]
    return np.clip(rgb * shade + np.array(cast, np.float32), 0, 1).astype(np.float32)


def film(path: Path, rgb: np.ndarray) -> Path:
    with VideoWriter(path, *SIZE, FPS, Encoding("ultrafast", 4, gop=12)) as writer:
        for _ in range(N):
            writer.write_rgb(np.round(rgb * 255).astype(np.uint8))
    return path


def shot(name: str, start: int, look: str = "none") -> Shot:
    return Shot(name, 1, start, N, 0, 0, "", "", Framing(), "push_in", look=look)


def plan(*shots: Shot, hero: int) -> ScenePlan:
    total = N * len(shots)
    scenes, safe = (Scene(1, "After", 0, total, shots),), (0.1, 0.1, 0.1, 0.1)
    return ScenePlan(*SIZE, FPS, total, Subject("watch"), ("#000000",), (), scenes, (), "luxury", "luxury", hero, hero, 0.0, safe)


def media(*paths: Path) -> list[ShotMedia]:
    made: Any = Made("m")
    return [ShotMedia(p.stem, Still(p, *SIZE, made), Clip(p, *SIZE, N, FPS, made)) for p in paths]


def seen(path: Path, correction: Correction, look: str = "luxury") -> np.ndarray:
    """The set's mean colour in CIELAB, as the composer's own tables and kernels grade it."""
    loops, tables = kernels.load("plain"), corrected(grade.compiled((look,)), correction)
    with VideoReader(path) as reader:
        y, u, v = next(reader.planes(20, 1))
    out = [np.zeros(plane.shape, np.uint16) for plane in (y, u, v)]
    full = [np.full(plane.shape, kernels.ONE, np.uint16) for plane in (y, u)]
    loops.grade_luma(y, u, v, tables.luma, full[0], out[0])
    loops.grade_chroma(y, u, v, tables.chroma, tables.slope, full[1], out[1], out[2])
    wide = [plane.repeat(2, 0).repeat(2, 1) / kernels.UNIT for plane in out[1:]]
    rgb = np.clip(yuv_to_rgb(out[0] / kernels.UNIT, *wide), 0, 1).astype(np.float32)
    lab: np.ndarray = cv2.cvtColor(rgb, cv2.COLOR_RGB2LAB)
    return lab[:24].reshape(-1, 3).mean(0)  # above the product


CASTS = [
    {"cast": (-0.03, 0.0, 0.05)},
    {"cast": (0.05, 0.01, -0.03)},
    {"cast": (0.0, 0.035, 0.0)},
    {"shade": 0.88},
    {"shade": 1.1, "cast": (0.02, 0, -0.02)},
]


@pytest.mark.parametrize("change", CASTS)
def test_clips_of_different_cast_end_closer(tmp_path: Path, change: dict[str, Any]) -> None:
    hero, other = film(tmp_path / "hero.mp4", picture()), film(tmp_path / "other.mp4", picture(**change))
    found = match_clips(plan(shot("other", 0), shot("hero", N), hero=N), media(other, hero))
    assert set(found) == {"other"}
    before = np.linalg.norm(seen(hero, Correction()) - seen(other, Correction()))
    after = np.linalg.norm(seen(hero, Correction()) - seen(other, found["other"]))
    assert before > 2.5
    assert after < 0.8 * before


def test_the_same_clip_is_left_as_it_is(tmp_path: Path) -> None:
    hero, same = film(tmp_path / "hero.mp4", picture()), film(tmp_path / "same.mp4", picture())
    noisy = film(tmp_path / "noisy.mp4", picture(seed=5))
    assert match_clips(plan(shot("same", 0), shot("hero", N), shot("noisy", 2 * N), hero=N), media(same, hero, noisy)) == {}


def test_a_grey_day_is_the_storys_and_left_alone(tmp_path: Path) -> None:
    grey, hero = film(tmp_path / "grey.mp4", picture(cast=(-0.08, -0.02, 0.08))), film(tmp_path / "hero.mp4", picture())
    warm = film(tmp_path / "warm.mp4", picture(cast=(0.05, 0, -0.04)))
    found = match_clips(plan(shot("grey", 0, "flat_cool"), shot("hero", N), shot("warm", 2 * N), hero=N), media(grey, hero, warm))
    assert set(found) == {"warm"}
    assert match_clips(plan(shot("grey", 0, "flat_cool"), shot("hero", N), hero=N), media(grey, hero)) == {}


def test_a_close_view_of_a_red_product_is_not_cooled_for_it(tmp_path: Path) -> None:
    hero = look_at(film(tmp_path / "hero.mp4", picture(0.25)), shot("hero", 0))
    close = between(hero, look_at(film(tmp_path / "close.mp4", picture(0.85)), shot("close", 0)))
    filled = between(hero, look_at(film(tmp_path / "filled.mp4", picture(1.2)), shot("filled", 0)))
    assert max(abs(close.cb), abs(close.cr)) < 0.5
    assert filled == Correction()  # nothing of the set is to be seen, so nothing is known of its cast


@pytest.mark.parametrize("change", [{"shade": 0.5}, {"shade": 1.8}, {"cast": (0.3, -0.1, -0.3)}, {"cast": (-0.2, 0.1, 0.3)}])
def test_a_correction_never_goes_further_than_it_says(tmp_path: Path, change: dict[str, Any]) -> None:
    hero = look_at(film(tmp_path / "hero.mp4", picture()), shot("hero", 0))
    found = between(hero, look_at(film(tmp_path / "far.mp4", picture(**change)), shot("far", 0)))
    assert abs(found.offset) <= MAX_OFFSET
    assert 1 / MAX_GAIN - 1e-3 <= found.gain <= MAX_GAIN
    assert max(abs(found.cb), abs(found.cr)) <= MAX_CAST


EXTREMES = [
    Correction(MAX_OFFSET, MAX_GAIN, MAX_CAST, -MAX_CAST),
    Correction(-MAX_OFFSET, 1 / MAX_GAIN, -MAX_CAST, MAX_CAST),
    Correction(-MAX_OFFSET, MAX_GAIN, 1.3, 0.4),
]


@pytest.mark.parametrize("correction", EXTREMES)
def test_black_and_white_stay_and_greys_keep_their_order(correction: Correction) -> None:
    ramp = np.arange(16, 236, dtype=np.float32)
    y, u, v = correct(correction, ramp, np.full_like(ramp, 128), np.full_like(ramp, 128))
    assert (np.diff(y) > 0).all()
    for plane, wanted in ((y[[0, -1]], [16, 235]), (u[[0, -1]], [128, 128]), (v[[0, -1]], [128, 128])):
        np.testing.assert_allclose(plane, wanted, atol=1e-4)
    assert window(np.array(125.5)) == wide_window(np.array(125.5)) == 1


@pytest.mark.parametrize("look", ["none", "luxury", "energetic", "calm"])
@pytest.mark.parametrize("correction", EXTREMES)
def test_corrected_tables_follow_the_exact_correction(look: str, correction: Correction) -> None:
    y, u, v = rgb_to_yuv(picture())
    u, v = (plane.reshape(64, 2, 48, 2).mean((1, 3)) for plane in (u, v))
    y, u, v = (np.round(plane).astype(np.uint8) for plane in (y, u, v))
    tables, loops = corrected(grade.compiled((look,)), correction), kernels.load("plain")
    out = [np.zeros(plane.shape, np.uint16) for plane in (y, u, v)]
    full = [np.full(plane.shape, kernels.ONE, np.uint16) for plane in (y, u)]
    loops.grade_luma(y, u, v, tables.luma, full[0], out[0])
    loops.grade_chroma(y, u, v, tables.chroma, tables.slope, full[1], out[1], out[2])
    wide = [plane.repeat(2, 0).repeat(2, 1).astype(np.float32) for plane in (u, v)]
    exact = rgb_to_yuv(grade.apply(grade.LOOKS[look], yuv_to_rgb(*correct(correction, y.astype(np.float32), *wide))))
    for got, wanted, rms in zip(out, (exact[0], *(p.reshape(64, 2, 48, 2).mean((1, 3)) for p in exact[1:])), (0.4, 0.6, 0.6), strict=True):
        assert np.sqrt(((got / kernels.UNIT - wanted) ** 2).mean()) < rms


def test_no_correction_is_the_table_itself() -> None:
    tables = grade.compiled(("calm",))
    assert corrected(tables, Correction()) is tables
    assert replace(Correction(), cb=0.001).bounded() == Correction()


def edit(*paths: Path, match: Correction, look: str = "none") -> Edl:
    pictures = tuple(Picture(str(p), i * 20, 20, 2, match=match if i else Correction(), look=look) for i, p in enumerate(paths))
    size = dict(zip(("width", "height"), SIZE, strict=True))
    return Edl(**size, fps=FPS, n_frames=20 * len(paths), pictures=pictures, vignette=0, grain=0, fade_in=0, fade_out=0, grade="none")


def test_the_composed_ad_is_matched_and_a_render_from_the_saved_timeline_is_the_same(tmp_path: Path) -> None:
    hero, other = film(tmp_path / "hero.mp4", picture()), film(tmp_path / "other.mp4", picture(cast=(-0.03, 0.0, 0.05)))
    made = plan(shot("hero", 0), shot("other", N), hero=0)
    matches = match_clips(made, media(hero, other))
    timeline = build_timeline(made, media(hero, other), None, "ad", tmp_path, matches)
    write_timeline(timeline, tmp_path / "ad.otio")
    edl, _ = conform(read_timeline(tmp_path / "ad.otio"), tmp_path)
    assert [p.match for p in edl.pictures] == [Correction(), matches["other"]]
    assert Edl.from_json(json.loads(json.dumps(edl.as_json()))) == edl
    assert conform(build_timeline(made, media(hero, other), None, "ad", tmp_path), tmp_path)[0].pictures[1].match == Correction()

    def labs(match: Correction) -> np.ndarray:
        out = tmp_path / "out.mp4"
        compose(edit(hero, other, match=match), out, inner_loops="plain")
        with VideoReader(out) as reader:
            frames = [reader.frame(n).astype(np.float32) / 255 for n in (10, 30)]
        return np.stack([cv2.cvtColor(frame, cv2.COLOR_RGB2LAB)[:24].reshape(-1, 3).mean(0) for frame in frames])

    apart, drawn = (np.linalg.norm(np.subtract(*labs(match))) for match in (Correction(), matches["other"]))
    assert apart > 2.5
    assert drawn < 0.8 * apart
    np.testing.assert_array_equal(labs(matches["other"]), labs(matches["other"]))
