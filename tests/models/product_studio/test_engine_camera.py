"""Framing as geometry: sizes differ, room is left, moves stay on the canvas."""

from itertools import pairwise
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.asks import Framing, Move, ShotSize
from models.backends.product_studio.camera import Camera, frame
from models.backends.product_studio.keyframe import Canvas
from models.backends.product_studio.parallax import Warp
from models.backends.product_studio.paths import MOVES, PERFORMANCES, eased, path

BOX = np.array([[x, y, z] for x in (-0.5, 0.5) for y in (0.0, 1.5) for z in (-0.3, 0.3)])
MIDDLE = (0.0, 0.75, 0.0)


def _shown(framing: Framing, aspect: float = 9 / 16) -> tuple[np.ndarray, np.ndarray]:
    at = frame(framing, BOX, MIDDLE, (0.1, 1.1, 0.3), aspect).project(BOX)
    return at.min(0), at.max(0)


@given(
    st.sampled_from(["wide", "full", "medium"]),
    st.floats(24, 135),
    st.floats(-30, 30),
    st.floats(-5, 40),
    st.sampled_from(["none", "top", "bottom"]),
    st.sampled_from([9 / 16, 1.0, 16 / 9, 4 / 5]),
)
@settings(max_examples=60, deadline=None)
def test_a_whole_product_stays_in_the_frame(size, lens, azimuth, elevation, room, aspect) -> None:
    low, high = _shown(Framing(size, lens, azimuth, elevation, room), aspect)
    assert low.min() > 0.02
    assert high.max() < 0.98


def test_sizes_are_distinctly_different() -> None:
    spans = [np.ptp(_shown(Framing(size)), axis=0)[1] for size in get_args(ShotSize)]
    assert all(b > a * 1.22 for a, b in pairwise(spans))
    assert spans[-1] > 1.5  # a macro fills the frame with detail


@pytest.mark.parametrize("size", ["full", "medium"])
def test_room_is_left_on_the_asked_side(size: ShotSize) -> None:
    assert _shown(Framing(size, room="bottom"))[1][1] < 0.68
    assert _shown(Framing(size, room="top"))[0][1] > 0.34
    assert _shown(Framing(size, room="left"), 16 / 9)[0][0] > 0.4
    assert _shown(Framing(size, room="right"), 16 / 9)[1][0] < 0.6


def test_azimuth_is_to_the_right_and_orbit_agrees() -> None:
    camera = frame(Framing(azimuth_deg=20), BOX, MIDDLE, MIDDLE, 9 / 16)
    assert camera.origin[0] > 0
    assert frame(Framing(), BOX, MIDDLE, MIDDLE, 9 / 16).moved(orbit_deg=10).origin[0] > 0
    assert camera.moved(rise_deg=5).origin[1] > camera.origin[1]
    assert camera.moved(dolly=0.1).distance() == pytest.approx(camera.distance() * 0.9)


def test_easing_is_smooth_and_never_stops() -> None:
    t = np.linspace(0, 1, 97)
    e = np.array([eased(x) for x in t])
    speed = np.diff(e) * 96
    assert e[0] == 0
    assert e[-1] == pytest.approx(1)
    assert speed.min() > 0.3
    assert speed.max() / speed.min() > 1.8  # eased, not linear
    assert np.abs(np.diff(speed)).max() < 0.06


@pytest.mark.parametrize("variant", [0, 1, 2, 3, 4, 5])
@pytest.mark.parametrize("move", get_args(Move))
def test_no_move_sees_past_the_canvas(move: Move, variant: int) -> None:
    canvas = Canvas.around(108, 192)
    camera = frame(Framing(), BOX, MIDDLE, MIDDLE, 108 / 192)
    warp = Warp(camera, canvas, np.full((36, 20), camera.distance() * 1.2, np.float32))
    at = path(camera, move, 1.0, True, warp.reaches, variant=variant)
    assert all(warp.reaches(at(t)) for t in np.linspace(0, 1, 9))
    first, last = warp.grid(at(0.0)), warp.grid(at(1.0))
    assert max(np.abs(a - b).max() for a, b in zip(first, last, strict=True)) > (0.001 if move in ("static", "handheld") else 0.006)


def test_a_still_camera_maps_every_pixel_onto_itself() -> None:
    canvas = Canvas.around(108, 192)
    camera = Camera((0.3, 1.2, 5.0), MIDDLE, 28.0, 108 / 192, shift=(0.1, -0.12))
    x, y = Warp(camera, canvas, np.full((36, 20), 5.0, np.float32)).grid(camera)
    columns, rows = x.shape[1] - 2, x.shape[0] - 2
    assert np.abs(x[0] - (np.arange(columns + 2) - 0.5) / columns).max() < 1e-4
    assert np.abs(y[:, 0] - (np.arange(rows + 2) - 0.5) / rows).max() < 1e-4


def test_every_move_has_a_path() -> None:
    assert set(MOVES) == set(get_args(Move))


def test_performances_of_a_move_differ_from_each_other() -> None:
    camera = frame(Framing(), BOX, MIDDLE, MIDDLE, 108 / 192)
    ends = {path(camera, "push_in", 0.6, True, lambda _: True, variant=k)(1.0).origin for k in range(2 * len(PERFORMANCES))}
    assert len(ends) == 2 * len(PERFORMANCES)


def test_a_pan_turns_the_camera_on_its_foot() -> None:
    camera = frame(Framing(), BOX, MIDDLE, MIDDLE, 108 / 192)
    turned = camera.moved(pan_deg=3.0)
    assert turned.origin == pytest.approx(camera.origin)
    assert np.degrees(np.arccos(turned.axes()[2] @ camera.axes()[2])) == pytest.approx(
        3.0, abs=0.1
    )  # about an upright axis, seen from above
    assert turned.axes()[2] @ camera.axes()[0] > 0  # to the right


def test_a_hand_sways_without_jumping() -> None:
    camera = frame(Framing(), BOX, MIDDLE, MIDDLE, 108 / 192)
    at = path(camera, "handheld", 0.6, True, lambda _: True, seconds=4.0)
    spots = np.array([at(k / 95).origin for k in range(96)])
    steps = np.linalg.norm(np.diff(spots, axis=0), axis=1)
    assert steps.max() < 0.02 * camera.distance()
    turns = np.diff(np.sign(np.diff(spots[:, 0])))
    assert np.count_nonzero(turns) >= 2  # it comes back, which no other move does


@pytest.mark.parametrize("lens_mm", [28.0, 85.0, 120.0])
def test_a_close_product_leaves_the_top_to_type(lens_mm: float) -> None:
    camera = frame(Framing("close", lens_mm, 20, 12, room="top"), BOX, MIDDLE, MIDDLE, 9 / 16)
    assert camera.project(BOX)[:, 1].min() >= 0.23
