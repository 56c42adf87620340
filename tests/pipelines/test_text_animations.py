"""Animations: nothing before their time, at rest in the end, and a pure function of time in between."""

from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.spec import TextAnimation
from pipelines.text_animations import ANIMATIONS, EXITS, Pose

NAMES = sorted(ANIMATIONS)


def test_every_name_of_the_spec_exists() -> None:
    assert set(ANIMATIONS) == set(get_args(TextAnimation))


@given(st.sampled_from(NAMES), st.floats(0.6, 12), st.integers(1, 40), st.data())
def test_absent_before_and_at_rest_for_most_of_its_time(name: str, duration_s: float, n: int, data: st.DataObject) -> None:
    i = data.draw(st.integers(0, n - 1))
    row = ANIMATIONS[name]
    assert row.pose(-0.01, duration_s, i, n).alpha == 0
    for t in (0.62 * duration_s, 0.9 * duration_s, duration_s):
        assert row.pose(t, duration_s, i, n) == Pose()


@given(st.sampled_from(NAMES), st.floats(0.0, 4.0), st.integers(1, 20), st.data())
def test_poses_are_sane_and_repeatable(name: str, t: float, n: int, data: st.DataObject) -> None:
    i = data.draw(st.integers(0, n - 1))
    row = ANIMATIONS[name]
    pose = row.pose(t, 4.0, i, n)
    assert pose == row.pose(t, 4.0, i, n)
    assert 0 <= pose.alpha <= 1
    assert 0.5 <= pose.scale <= 1.5
    assert pose.blur >= 0
    assert abs(pose.dx) <= 1.2
    assert abs(pose.dy) <= 1.3


@pytest.mark.parametrize("name", NAMES)
def test_moves_without_a_jump(name: str) -> None:
    """From one frame to the next at 24 fps nothing leaps; struck letters and masks may appear at once."""
    poses = [ANIMATIONS[name].pose(k / 240, 4.0, 0, 1) for k in range(960)]
    for before, after in pairwise(poses):
        assert abs(after.dy - before.dy) < 0.12
        assert abs(after.dx - before.dx) < 0.05
        assert abs(after.scale - before.scale) < 0.02
        assert after.alpha - before.alpha < 0.2 or name == "typewriter"


def test_units_come_in_order() -> None:
    for name in ("fade", "word_by_word", "typewriter"):
        alphas = [ANIMATIONS[name].pose(0.3, 4.0, i, 8).alpha for i in range(8)]
        assert alphas == sorted(alphas, reverse=True), name
        assert alphas[0] > alphas[-1], name
    letters = [ANIMATIONS["tracking_in"].pose(0.3, 4.0, i, 9) for i in range(9)]
    assert [pose.dx for pose in letters] == sorted(pose.dx for pose in letters)
    assert letters[0].dx == pytest.approx(-letters[8].dx)
    assert letters[4].dx == 0


@given(st.sampled_from(sorted(EXITS)), st.floats(0.5, 20))
def test_exits_rest_until_the_end(name: str, left_s: float) -> None:
    assert EXITS[name](left_s) == Pose()


def test_exits_end_with_nothing_but_none_stays() -> None:
    assert EXITS["fade"](0.0).alpha == EXITS["rise"](0.0).alpha == 0
    assert EXITS["rise"](0.1).dy < 0
    assert EXITS["none"](0.0) == Pose()


def test_poses_add_up() -> None:
    both = Pose(alpha=0.5, dx=0.1, scale=1.2).then(Pose(alpha=0.5, dy=-0.2, scale=0.5, masked=True))
    assert both == Pose(alpha=0.25, dx=0.1, dy=-0.2, scale=0.6, masked=True)
