"""Frames are whole, totals are exact, and no scene loses the time its words need."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.frameworks import FRAMEWORKS, Framework
from pipelines.spec import Pacing
from pipelines.timing import (
    FPS,
    MAX_SHIFT_S,
    balanced,
    cut_into,
    fit_cuts,
    frames_at_least,
    reading_seconds,
    shot_count,
    starts,
)

LENGTHS = st.lists(st.integers(60, 500), min_size=1, max_size=6)


@pytest.mark.parametrize("framework", list(Framework))
@pytest.mark.parametrize("total", [15, 30, 60])
@pytest.mark.parametrize("pacing", ["slow_cinematic", "steady", "quick"])
def test_the_table_adds_up_and_shots_last_three_to_seven_seconds(framework: Framework, total: int, pacing: Pacing) -> None:
    beats = FRAMEWORKS[framework].beats
    assert sum(beat.seconds(total) for beat in beats) == total
    for beat in beats:
        length = beat.seconds(total) / shot_count(beat, total, pacing)
        assert (2.5 if total == 15 else 3.0) <= length <= 7.0


def test_a_15_second_ad_has_four_or_five_shots() -> None:
    counts = {name: sum(shot_count(beat, 15, "steady") for beat in story.beats) for name, story in FRAMEWORKS.items()}
    assert counts == {Framework.PAS: 4, Framework.BAB: 5, Framework.AIDA: 4}


def test_reading_time() -> None:
    assert reading_seconds(4) == pytest.approx(2.2)
    assert frames_at_least(2.2) == 53
    assert frames_at_least(2.0) == 48


def test_a_short_scene_borrows_from_its_neighbours() -> None:
    assert balanced([96, 72], [80, 76], 12) == [92, 76]
    assert balanced([72, 96, 120, 72], [60, 60, 60, 90], 12) == [72, 96, 108, 84]
    assert balanced([96, 72], [96, 80], 12) == [96, 72]  # nobody can spare


@given(LENGTHS, st.data())
def test_borrowing_keeps_the_sum_and_robs_nobody(lengths: list[int], data: st.DataObject) -> None:
    needs = data.draw(st.lists(st.integers(40, 300), min_size=len(lengths), max_size=len(lengths)))
    most = data.draw(st.integers(0, 40))
    out = balanced(lengths, needs, most)
    assert sum(out) == sum(lengths)
    for before, after, need in zip(lengths, out, needs, strict=True):
        assert abs(after - before) <= most
        assert after >= min(before, need)


@given(LENGTHS, st.data())
def test_cuts_move_a_little_and_never_below_a_need(lengths: list[int], data: st.DataObject) -> None:
    needs = [data.draw(st.integers(1, length)) for length in lengths]
    wishes = data.draw(st.lists(st.floats(0, 60), min_size=len(lengths) - 1, max_size=len(lengths) - 1))
    out = fit_cuts(lengths, wishes, needs)
    assert sum(out) == sum(lengths)
    assert all(length >= need for length, need in zip(out, needs, strict=True))
    for before, after in zip(starts(lengths), starts(out), strict=True):
        assert abs(after - before) <= MAX_SHIFT_S * FPS + 1


def test_a_good_wish_is_granted_and_a_wrong_number_ignored() -> None:
    assert fit_cuts([96, 72, 96, 96], [3.8, 7.2, 10.9], [68] * 4) == [91, 82, 89, 98]
    assert fit_cuts([96, 72], [3.9, 5.0], [68, 68]) == [96, 72]
    assert fit_cuts([60, 72], [2.6], [68, 68]) == [60, 72]


@given(
    st.integers(0, 900),
    st.lists(st.integers(48, 90), min_size=1, max_size=5),
    st.integers(0, 200),
    st.sampled_from([0.0, 60.0, 72.5, 120.0]),
)
def test_shots_tile_their_scene(start: int, needs: list[int], spare: int, bpm: float) -> None:
    length = sum(needs) + spare
    pieces = cut_into(start, length, needs, bpm)
    assert sum(pieces) == length
    assert all(piece >= need for piece, need in zip(pieces, needs, strict=True))


def test_inner_cuts_go_to_the_beat() -> None:
    assert cut_into(120, 130, [48, 48], 120.0) == [60, 70]  # a beat every 12 frames: 185 -> 180
