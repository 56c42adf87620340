"""Transitions: exact at both ends, in range between, the same whenever they are asked."""

from typing import get_args

import numpy as np
import pytest

from pipelines import kernels
from pipelines.kernels import BLACK, NEUTRAL, UNIT, WHITE
from pipelines.spec import TransitionName
from pipelines.transitions import TRANSITIONS, Planes

LOOPS = kernels.load("compiled")


def noise(seed: int, width: int = 64, height: int = 96) -> Planes:
    rng = np.random.default_rng(seed)
    y = rng.integers(BLACK, WHITE, (height, width)).astype(np.uint16)
    u, v = (rng.integers(60 * UNIT, 190 * UNIT, (height // 2, width // 2)).astype(np.uint16) for _ in range(2))
    return y, u, v


A, B = noise(0), noise(1)


def test_every_name_of_the_spec_exists() -> None:
    assert set(TRANSITIONS) == set(get_args(TransitionName))


@pytest.mark.parametrize("name", sorted(TRANSITIONS))
def test_begins_with_a_and_ends_with_b(name: str) -> None:
    for w, wanted in ((0.0, A), (1.0, B)):
        for got, plane in zip(TRANSITIONS[name](A, B, w, LOOPS), wanted, strict=True):
            assert got.dtype == np.uint16
            assert np.abs(got.astype(int) - plane).max() <= 1


@pytest.mark.parametrize("name", sorted(TRANSITIONS))
def test_stays_in_range_and_leaves_its_inputs_alone(name: str) -> None:
    before = [plane.copy() for plane in (*A, *B)]
    for w in (0.02, 0.25, 0.5, 0.75, 0.98):
        y, u, v = TRANSITIONS[name](A, B, w, LOOPS)
        assert y.min() >= BLACK - 1
        assert y.max() <= WHITE + 1
        assert min(u.min(), v.min()) >= 55 * UNIT
        assert max(u.max(), v.max()) <= 195 * UNIT
    for plane, kept in zip((*A, *B), before, strict=True):
        np.testing.assert_array_equal(plane, kept)


@pytest.mark.parametrize("name", sorted(TRANSITIONS))
def test_is_a_pure_function(name: str) -> None:
    first = TRANSITIONS[name](A, B, 0.4, LOOPS)
    kept = [plane.copy() for plane in first]
    TRANSITIONS[name](B, A, 0.9, LOOPS)
    for got, plane in zip(TRANSITIONS[name](A, B, 0.4, LOOPS), kept, strict=True):
        np.testing.assert_array_equal(got, plane)


@pytest.mark.parametrize("name", sorted(set(TRANSITIONS) - {"cut"}))
def test_compiled_and_plain_agree(name: str) -> None:
    plain = kernels.load("plain")
    for got, plane in zip(TRANSITIONS[name](A, B, 0.35, LOOPS), TRANSITIONS[name](A, B, 0.35, plain), strict=True):
        assert np.abs(got.astype(int) - plane).max() <= 1


def test_dips_pass_through_their_colour() -> None:
    for name, level in (("dip_to_black", BLACK), ("dip_to_white", WHITE)):
        y, u, v = TRANSITIONS[name](A, B, 0.5, LOOPS)
        assert (y == level).all()
        assert (u == NEUTRAL).all()
        assert (v == NEUTRAL).all()


def flat(level: int) -> Planes:
    return (
        np.full((96, 64), level * UNIT, np.uint16),
        np.full((48, 32), NEUTRAL, np.uint16),
        np.full((48, 32), NEUTRAL, np.uint16),
    )


def test_a_dissolve_mixes_light_not_numbers() -> None:
    y = TRANSITIONS["crossfade"](flat(40), flat(200), 0.5, LOOPS)[0]
    assert 125 * UNIT < y[0, 0] < 160 * UNIT
    same = TRANSITIONS["crossfade"](flat(90), flat(90), 0.5, LOOPS)[0]
    assert np.abs(same.astype(int) - 90 * UNIT).max() <= 1, "two equal pictures must not change while they dissolve"


def test_a_wipe_and_a_push_move_across() -> None:
    for name, left_first in (("soft_wipe", True), ("push", False)):
        y = TRANSITIONS[name](flat(40), flat(200), 0.5, LOOPS)[0].astype(int)
        left, right = y[:, 2].mean(), y[:, -3].mean()
        assert bool(left > right) == left_first, name


def test_the_sweep_brings_light() -> None:
    y = TRANSITIONS["light_sweep"](flat(40), flat(40), 0.5, LOOPS)[0]
    assert y.max() > 150 * UNIT
    assert y[:, 0].mean() < 90 * UNIT
