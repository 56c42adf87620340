"""Water that moves and petals that fall: small, seeded, where they belong and nowhere else. On layers made by hand; nothing is rendered."""

import cv2
import numpy as np
import pytest

from models.asks import Framing
from models.backends.product_studio.bokeh import defocused
from models.backends.product_studio.camera import Camera
from models.backends.product_studio.falling import AIRS, Falling
from models.backends.product_studio.keyframe import Canvas
from models.backends.product_studio.layers import Layers
from models.backends.product_studio.parallax import Warp
from models.backends.product_studio.shimmer import SWELL, Shimmer
from models.backends.product_studio.spec import Air, SceneSpec

WIDTH, HEIGHT = 180, 320


def layers(seed: int = 3) -> Layers:
    """A wall above, a floor below, seen from a little above it."""
    canvas = Canvas.around(WIDTH, HEIGHT)
    camera = Camera((0.0, 1.1, 6.0), (0.0, 0.7, 0.0), 34.0, WIDTH / HEIGHT)
    x0, y0, x1, y1 = canvas.box
    rows, columns = canvas.size[1] // 6, canvas.size[0] // 6
    x, y = np.meshgrid(x0 + (np.arange(columns) + 0.5) / columns * (x1 - x0), y0 + (np.arange(rows) + 0.5) / rows * (y1 - y0))
    right, up, forward = camera.axes()
    half = camera.half_height()
    ray = forward + ((x - 0.5) * 2 * half * camera.aspect)[..., None] * right + ((0.5 - y) * 2 * half)[..., None] * up
    ray /= np.linalg.norm(ray, axis=2, keepdims=True)
    to_floor = np.where(ray[..., 1] < -1e-3, -camera.origin[1] / np.minimum(ray[..., 1], -1e-3), 99.0)
    to_wall = (camera.origin[2] + 5.2) / -ray[..., 2]
    depth = np.minimum(to_floor, to_wall).astype(np.float32)
    ground = np.tile(np.linspace(40, 210, canvas.size[1])[:, None, None], (1, canvas.size[0], 3)).astype(np.uint8)
    spec = SceneSpec(None, "dark_water", "noir", "#0A192F", "#C8A15A", Framing(), seed=seed, width=WIDTH, height=HEIGHT)
    empty = np.zeros((0, 0), np.uint8)
    return Layers(spec, camera, canvas, ground, np.zeros((0, 0, 3), np.uint8), empty, (0, 0, 0, 0), depth, np.full_like(depth, 6), False)


def test_the_water_wanders_and_the_wall_stands_still() -> None:
    made = layers()
    grid = Warp(made.camera, made.canvas, made.plate_depth).grid(made.camera)
    water = Shimmer(made)
    moved = [water.moved(grid, seconds) for seconds in (0.0, 0.5, 3.0)]
    rows = grid[1].shape[0]
    wander = [np.abs(y - grid[1]) for _, y in moved]
    for found in wander:
        assert found[: rows // 4].max() < 1e-6, "the wall"
        assert 0.25 * SWELL < found[-rows // 4 :].max() < 2.0 * SWELL, "the water"
    assert np.abs(moved[0][1] - moved[1][1]).max() > 0.2 * SWELL, "it moves"
    assert np.abs(moved[0][1] - Shimmer(made).moved(grid, 1 / 24)[1]).max() < 0.35 * SWELL, "slowly"
    assert np.array_equal(moved[2][1], Shimmer(layers()).moved(grid, 3.0)[1]), "the same every time"
    assert not np.array_equal(moved[2][1], Shimmer(layers(seed=4)).moved(grid, 3.0)[1])


def drawn(air: Air, seconds: float, seed: int = 3, light: float = 1.0) -> np.ndarray:
    y, uv = np.full((HEIGHT, WIDTH), 60, np.uint8), np.full((HEIGHT // 2, WIDTH // 2, 2), 128, np.uint8)
    falling = Falling(air, layers(seed), 4.0)
    for behind in (True, False):
        falling.lay_over(y, uv, seconds, behind=behind, light=light)
    return y


@pytest.mark.parametrize("air", AIRS)
def test_something_is_always_in_the_air_and_most_of_the_picture_is_not(air: Air) -> None:
    for seconds in (0.0, 1.0, 2.0, 3.9):
        touched = np.abs(drawn(air, seconds).astype(int) - 60) > 6
        assert 0.0001 < touched.mean() < 0.12, seconds
    assert np.array_equal(drawn(air, 1.0), drawn(air, 1.0))
    assert not np.array_equal(drawn(air, 1.0), drawn(air, 1.0, seed=4))
    assert not np.array_equal(drawn(air, 1.0), drawn(air, 1.25)), "it falls"
    assert drawn(air, 1.0, light=0.1).max() < drawn(air, 1.0).max() - 30, "in the dark nothing shines"


def test_what_is_bright_keeps_its_colour_out_of_focus_and_a_spark_still_glows() -> None:
    cream = np.full((60, 60, 3), (252, 240, 216), np.uint8)
    assert np.abs(defocused(cream, None, 9.0)[0].astype(int) - cream).max() <= 2
    spark = np.full((61, 61, 3), 20, np.uint8)
    spark[28:33, 28:33] = 255
    plain = cv2.GaussianBlur(spark, (0, 0), 3.0)
    assert defocused(spark, None, 6.0)[0][30, 30].min() > plain[30, 30].max()
