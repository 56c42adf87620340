"""Cuts and beats: bounds that are never broken, answers that never change, the mood's own tempo respected."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.backends.sound_studio.moods import MOODS
from models.backends.sound_studio.tempo import fit_tempo, preferred_bpm, suggest_cuts


@st.composite
def edits(draw):
    """A mood, a duration, cuts at least a second apart, seed and bounds that the cuts themselves respect."""
    lengths = draw(st.lists(st.floats(1.0, 7.0), min_size=1, max_size=9))
    duration = sum(lengths)
    cuts = np.cumsum(lengths)[:-1].tolist()
    shortest, longest = draw(st.floats(0.5, 1.0)), draw(st.floats(7.0, 9.0))
    return draw(st.sampled_from(sorted(MOODS))), duration, cuts, draw(st.integers(0, 99)), shortest, longest


@given(edits())
@settings(max_examples=60, deadline=None)
def test_suggested_cuts_keep_order_bounds_and_reach(edit):
    mood, duration, cuts, seed, shortest, longest = edit
    hero, final = (cuts[len(cuts) // 2], cuts[-1]) if cuts else (None, None)
    suggestion = suggest_cuts(mood, duration, cuts, hero, final, seed, shortest, longest)
    assert suggestion == suggest_cuts(mood, duration, cuts, hero, final, seed, shortest, longest)
    assert len(suggestion.cuts_s) == len(cuts)
    lengths = np.diff([0, *suggestion.cuts_s, duration])
    assert lengths.min() >= shortest - 1e-4
    assert lengths.max() <= longest + 1e-4
    assert all(abs(a - b) <= 0.35 + 1e-4 for a, b in zip(suggestion.cuts_s, cuts, strict=True))
    slowest, _, fastest = MOODS[mood].bpm
    assert slowest <= suggestion.bpm <= fastest


def test_a_scene_already_outside_the_bounds_gets_no_worse():
    suggestion = suggest_cuts("tech", 15, (1.0, 2.0, 12.0), 2.0, 12.0, 0, min_scene_s=1.5, max_scene_s=6.0)
    lengths = np.diff([0, *suggestion.cuts_s, 15])
    assert lengths[0] >= 1.0 - 1e-6
    assert lengths[1] >= 1.0 - 1e-6
    assert lengths[2] <= 10.0 + 1e-6


@pytest.mark.parametrize("mood", sorted(MOODS))
def test_suggested_cuts_lie_on_beats_near_the_moods_own_tempo(mood):
    suggestion = suggest_cuts(mood, 15, (2.5, 5, 7.5, 10, 12), 7.5, 12, 1, 1.5, 5)
    beats = np.array(suggestion.cuts_s) * suggestion.bpm / 60
    assert np.abs(beats * 2 - np.round(beats * 2)).max() < 1e-3
    slowest, _, fastest = MOODS[mood].bpm
    assert abs(suggestion.bpm - preferred_bpm(mood, 1)) <= 0.5 * (fastest - slowest)
    fit = fit_tempo((0.0, *suggestion.cuts_s, 15.0), (), (suggestion.bpm - 0.5, suggestion.bpm, suggestion.bpm + 0.5))
    assert not fit.dropped_s, "the arranger finds the beats that were suggested"


def test_seeds_vary_the_tempo_a_little_and_repeat_it_exactly():
    tempi = [preferred_bpm("luxury", seed) for seed in range(20)]
    assert len(set(tempi)) > 4
    assert max(tempi) - min(tempi) < 5
    assert tempi == [preferred_bpm("luxury", seed) for seed in range(20)]


def test_nothing_to_move():
    assert suggest_cuts("calm", 10, ()).cuts_s == ()
    with pytest.raises(KeyError):
        suggest_cuts("grumpy", 10, (5.0,))


@given(edits())
@settings(max_examples=40, deadline=None)
def test_fitted_tempo_bends_little_and_keeps_what_it_must(edit):
    mood, duration, cuts, *_ = edit
    keep = cuts[-1:]
    fit = fit_tempo((0.0, *cuts, duration), keep, MOODS[mood].bpm)
    assert set(fit.bounds_s) | set(fit.dropped_s) == {0.0, *cuts, duration}
    assert set(keep) <= set(fit.bounds_s)
    lengths = np.diff(fit.bounds_s)[:-1]
    bend = np.array(fit.beats[:-1]) * 60 / lengths / fit.bpm - 1
    if len(lengths) > len(keep):
        assert np.abs(bend).max(initial=0) <= 0.055 + 1e-9
    assert all(beats > 0 for beats in fit.beats)


def test_the_planner_can_import_it_without_scipy():
    code = "import sys, models.backends.sound_studio.tempo; assert not {'scipy', 'av', 'mido'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
