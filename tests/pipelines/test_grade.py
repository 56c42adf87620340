"""Looks against exact mathematics, the compiled kernels against numpy, vignette and grain against what they promise."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from models.errors import MediaError
from pipelines import film, grade, halation, kernels
from pipelines.grades import GRADES, before_and_after
from pipelines.kernels import BLACK, NEUTRAL, ONE, UNIT
from pipelines.yuv import rgb_to_yuv, yuv_to_rgb

COMPILED, PLAIN = kernels.load("compiled"), kernels.load("plain")


def picture(seed: int = 0, width: int = 96, height: int = 64) -> tuple[np.ndarray, ...]:
    """Colours as photographs have them: soft, inside the gamut."""
    rng = np.random.default_rng(seed)
    rgb = np.clip(0.5 + 0.22 * rng.standard_normal((height // 2, width // 2, 3)), 0.03, 0.97).astype(np.float32)
    y, u, v = (np.round(plane).astype(np.uint8) for plane in rgb_to_yuv(rgb))
    return y.repeat(2, 0).repeat(2, 1), u, v


def graded(loops: kernels.Kernels, source: tuple[np.ndarray, ...], tables: grade.GradeTables, strength: float = 0.0) -> list[np.ndarray]:
    out = [np.zeros(plane.shape, np.uint16) for plane in source]
    luma, chroma = film.vignette(source[0].shape[1], source[0].shape[0], strength)
    loops.grade_luma(*source, tables.luma, luma, out[0])
    loops.grade_chroma(*source, tables.chroma, tables.slope, chroma, out[1], out[2])
    return out


def test_no_look_changes_nothing() -> None:
    source = picture()
    for plane, out in zip(source, graded(COMPILED, source, grade.compiled(("none",))), strict=True):
        np.testing.assert_array_equal(out, plane.astype(np.uint16) * UNIT)


@pytest.mark.parametrize("look", sorted(grade.LOOKS))
def test_tables_follow_the_exact_look(look: str) -> None:
    y, u, v = source = picture(1)
    out = graded(COMPILED, source, grade.compiled((look,)))
    wide = [plane.repeat(2, 0).repeat(2, 1).astype(np.float32) for plane in (u, v)]
    exact = rgb_to_yuv(grade.apply(grade.LOOKS[look], yuv_to_rgb(y.astype(np.float32), *wide)))
    for got, wanted, rms in zip(out, (exact[0], exact[1][::2, ::2], exact[2][::2, ::2]), (0.25, 0.5, 0.5), strict=True):
        assert np.sqrt(((got / UNIT - wanted) ** 2).mean()) < rms


@pytest.mark.parametrize("look", sorted(set(grade.LOOKS) - {"flat_cool", "calm", "eco", "cinematic", "pastel"}))
def test_looks_keep_black_and_white(look: str) -> None:
    ends = np.array([[0, 0, 0], [1, 1, 1]], np.float32)
    np.testing.assert_allclose(grade.apply(grade.LOOKS[look], ends), ends, atol=0.06)


@pytest.mark.parametrize("look", sorted(grade.LOOKS))
def test_looks_keep_the_order_of_greys(look: str) -> None:
    ramp = np.repeat(np.linspace(0, 1, 64, dtype=np.float32)[:, None], 3, 1)
    luma = grade.apply(grade.LOOKS[look], ramp).mean(-1)
    assert (np.diff(luma) > 0).all()


def test_before_is_flatter_and_cooler_than_after() -> None:
    rgb = np.random.default_rng(2).random((500, 3), np.float32)
    before, after = (grade.apply(grade.LOOKS[name], rgb) for name in ("flat_cool", "luxury"))
    assert np.ptp(before, axis=-1).mean() < 0.8 * np.ptp(after, axis=-1).mean()
    assert (before[:, 2] - before[:, 0]).mean() > (after[:, 2] - after[:, 0]).mean() + 0.02


def test_a_cube_file_is_a_look(tmp_path: Path) -> None:
    path = tmp_path / "swap.cube"
    grid = [0.0, 0.5, 1.0]
    rows = [f"{1 - r} {g} {b}" for b in grid for g in grid for r in grid]
    path.write_text("TITLE test\nLUT_3D_SIZE 3\n" + "\n".join(rows))
    rgb = np.random.default_rng(3).random((50, 3), np.float32)
    np.testing.assert_allclose(grade.cube(path)(rgb), rgb * [-1, 1, 1] + [1, 0, 0], atol=1e-5)
    path.write_text("LUT_3D_SIZE 3\n0 0 0\n")
    with pytest.raises(MediaError, match=r"swap\.cube"):
        grade.cube(path)


def agree(name: str, call: Callable[[kernels.Kernels], list[np.ndarray]], slack: int = 0) -> None:
    for mine, oracle in zip(call(COMPILED), call(PLAIN), strict=True):
        assert np.abs(mine.astype(int) - oracle.astype(int)).max() <= slack, name


def test_compiled_kernels_agree_with_numpy() -> None:
    rng = np.random.default_rng(4)
    size = (64, 96)
    a, b, cover = (rng.integers(0, limit, size).astype(np.uint16) for limit in (255 * UNIT, 255 * UNIT, ONE + 1))
    tables, source, tile = grade.compiled(("luxury",)), picture(5), film.grain_tile(96, 64, 1.0, 0)
    agree("grade", lambda k: graded(k, source, tables, 0.8))

    def into(kernel: Callable[..., None], *arguments: object, kind: type = np.uint16) -> list[np.ndarray]:
        out = np.zeros(size, kind)
        kernel(*arguments, out)
        return [out]

    def inked(k: kernels.Kernels) -> list[np.ndarray]:
        plane = a.copy()
        k.ink(plane, cover[:20, :30], 20_000, 200 * UNIT, 7, 11)
        return [plane]

    agree("dissolve", lambda k: into(k.dissolve, a, b, 12_345), slack=1)
    agree("mix", lambda k: into(k.mix, a, b, cover))
    agree("ink", inked)
    for gain in (ONE, 12_000, 0):
        agree("luma", lambda k, gain=gain: into(k.finish_luma, a, tile, 5, 9, gain, kind=np.uint8))
        agree("chroma", lambda k, gain=gain: into(k.finish_chroma, a, gain, kind=np.uint8))


def test_vignette_darkens_corners_and_respects_the_range() -> None:
    black = np.full((64, 96), 16, np.uint8), np.full((32, 48), 128, np.uint8), np.full((32, 48), 128, np.uint8)
    for out, level in zip(graded(COMPILED, black, grade.compiled(("none",)), 1.0), (BLACK, NEUTRAL, NEUTRAL), strict=True):
        assert (out == level).all(), "black stays black: the offset of limited range is not scaled"
    luma, chroma = film.vignette(96, 64, 0.5)
    assert luma[32, 48] > 0.995 * ONE
    assert 0.7 * ONE < luma[0, 0] < 0.85 * ONE
    assert chroma.shape == (32, 48)
    np.testing.assert_array_equal(luma, luma[::-1, ::-1])
    assert (film.vignette(96, 64, 0)[0] == ONE).all()


def test_grain_is_neutral_measured_and_differs_from_frame_to_frame() -> None:
    tile = film.grain_tile(256, 256, 0.25, 7)
    assert abs(tile.mean()) < 1.5
    assert 0.9 < tile.std() / UNIT < 1.6
    np.testing.assert_array_equal(tile, film.grain_tile(256, 256, 0.25, 7))
    offsets = {film.grain_offset(0, 1, n) for n in range(200)}
    assert len(offsets) > 195
    assert film.grain_offset(0, 1, 5) != film.grain_offset(0, 2, 5)


def test_dark_gradients_are_dithered_not_banded() -> None:
    """A slope of four levels over 256 columns: without dither four steps, with it the local mean follows the slope."""
    slope = np.tile(np.linspace(20 * UNIT, 24 * UNIT, 256).astype(np.uint16), (256, 1))
    out = np.zeros((256, 256), np.uint8)
    COMPILED.finish_luma(slope, film.grain_tile(256, 256, 0.0, 1), 0, 0, ONE, out)
    means = out.reshape(256, 32, 8).mean((0, 2))
    np.testing.assert_allclose(means, slope[0].reshape(32, 8).mean(1) / UNIT, atol=0.12)


def test_named_grades_do_what_their_names_say() -> None:
    def measured(name: str) -> tuple[float, float, float, float]:
        """Chroma, warmth (red over blue), mean and spread of the swatches after the grade, as shares of what they were."""
        pairs = before_and_after(name)  # type: ignore[arg-type]
        before, after = (np.array([[int(pair[k][i : i + 2], 16) / 255 for i in (1, 3, 5)] for pair in pairs]) for k in (0, 1))
        chroma = np.ptp(after, axis=1).mean() / np.ptp(before, axis=1).mean()
        warmth = (after[:, 0] - after[:, 2]).mean() - (before[:, 0] - before[:, 2]).mean()
        return chroma, warmth, after.mean() - before.mean(), after.mean(1).std() / before.mean(1).std()

    found = {name: measured(name) for name in GRADES}
    assert found["noir"][0] < 0.35 < 0.9 < found["clean"][0] < 1.25 < found["vivid"][0]
    assert found["warm_film"][1] > 0.02 > -0.01 > found["cool_tech"][1]
    assert found["pastel"][2] > 0.03
    assert found["pastel"][3] < 0.95 < found["noir"][3]
    assert abs(found["clean"][1]) < 0.02


def lit_frame(width: int = 240, height: int = 320) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Dark, with one white window."""
    y = np.full((height, width), BLACK + 30 * UNIT, np.uint16)
    y[140:180, 100:140] = 235 * UNIT
    return y, *(np.full((height // 2, width // 2), NEUTRAL, np.uint16) for _ in range(2))


def test_a_highlight_glows_red_around_it_and_fades_with_distance() -> None:
    was, planes = lit_frame(), lit_frame()
    halation.glow(planes, 0.3)
    added = planes[0].astype(int) - was[0]
    assert added[160, 145] > added[160, 170] > added[160, 230] >= 0
    assert planes[2][80, 73] > NEUTRAL > planes[1][80, 73]
    assert added[150:170, 110:130].max() < 2 * UNIT  # white stays as it is


def test_a_picture_without_highlights_does_not_glow() -> None:
    planes = lit_frame()
    planes[0][:] = BLACK + 100 * UNIT
    halation.glow(planes, 0.3)
    assert (planes[0] == BLACK + 100 * UNIT).all()
    assert (planes[2] == NEUTRAL).all()


def test_what_is_known_behind_type_glows_as_the_frame_does() -> None:
    planes = lit_frame()
    small = np.repeat(((planes[0][::8, ::8].astype(np.float32) - BLACK) / (219 * UNIT))[..., None], 3, -1)
    halation.glow(planes, 0.3)
    seen = (planes[0][::8, ::8].astype(np.float32) - BLACK) / (219 * UNIT)
    np.testing.assert_allclose(halation.glowing(small, 0.3)[..., 1], seen, atol=0.035)
