"""Effects: the right ones, in key, and exactly on the cut."""

from dataclasses import replace

import numpy as np
import pytest

from models.asks import SoundAsk
from models.backends.sound_studio.arrange import plan
from models.backends.sound_studio.cues import effects_stem, find_cues
from models.backends.sound_studio.effects import EFFECTS, impact, ping, riser, swell, whoosh
from models.backends.sound_studio.moods import MOODS
from models.backends.sound_studio.seeds import dice
from models.backends.sound_studio.signals import RATE
from models.media.loudness import true_peak_dbtp

ASK = SoundAsk("luxury", 10, (2.5, 5.0, 7.5), 5.0, 7.5, 3)


def energy(x: np.ndarray, window: int = 240) -> np.ndarray:
    return np.convolve(np.mean(x**2, axis=1), np.ones(window) / window, "same")


@pytest.mark.parametrize("move", ["left", "right", "up", "down"])
@pytest.mark.parametrize("seconds", [0.4, 0.7, 1.1])
def test_a_whoosh_peaks_on_its_anchor(move, seconds):
    for seed in range(3):
        effect = whoosh(dice("test", seed), seconds, move)
        assert np.argmax(energy(effect.samples, 480)) == pytest.approx(effect.anchor, abs=0.002 * RATE)
        assert 0.55 < effect.anchor / len(effect.samples) < 0.75, "it swells for longer than it fades"


def test_risers_and_swells_end_on_the_cut_and_hits_begin_on_it():
    for effect in (riser(dice("t"), 2.0), swell(dice("t"), 2.0)):
        assert effect.anchor == len(effect.samples)
        loud = energy(effect.samples)
        assert loud[-4800:].mean() > 4 * loud[: len(loud) // 2].mean()
    for effect in (impact(dice("t")), ping(dice("t"))):
        assert effect.anchor == 0
        assert np.argmax(energy(effect.samples)) < 0.06 * RATE


@pytest.mark.parametrize("name", sorted(EFFECTS))
def test_every_effect_is_finite_stereo_and_free_of_steps_at_its_ends(name):
    samples = EFFECTS[name](dice("test", name)).samples
    assert samples.ndim == 2
    assert samples.dtype == np.float32
    assert np.isfinite(samples).all()
    peak = np.abs(samples).max()
    assert np.abs(samples[0]).max() < 0.02 * peak
    assert np.abs(samples[-1]).max() < 0.02 * peak


@pytest.mark.parametrize("mood", sorted(MOODS))
def test_every_cut_has_a_cue_and_the_call_to_action_a_ping(mood):
    result = plan(replace(ASK, mood=mood))
    cues = find_cues(result)
    assert {cue.time_s for cue in cues} == set(ASK.cuts_s)
    assert "ping" in [cue.effect for cue in cues if cue.time_s == 7.5]
    assert {"shimmer"} <= {cue.effect for cue in cues if cue.time_s == 5.0}
    inside = {midi % 12 for midi in result.key.scale(0, 127)}
    for cue in cues:
        pitches = [*cue.options.get("pitches", ()), *([cue.options["pitch"]] if "pitch" in cue.options else [])]
        assert {pitch % 12 for pitch in pitches} <= inside


def test_the_stem_puts_each_anchor_on_its_sample():
    result = plan(replace(ASK, mood="tech", cuts_s=(2.5, 7.5), hero_s=7.5, final_s=9.0))
    cues = find_cues(result)
    stem = effects_stem(result, cues, lambda: None)
    first = energy(stem, 480)[: 4 * RATE]
    assert np.argmax(first) == pytest.approx(2.5 * RATE, abs=0.004 * RATE)
    hero = energy(stem, 96)
    before, after = hero[round(7.47 * RATE) : round(7.498 * RATE)].max(), hero[round(7.5 * RATE) : round(7.53 * RATE)].max()
    assert after > before, "the hit is on the cut, not before it"


def test_the_stem_has_the_exact_length_silent_ends_and_no_overs():
    for mood in MOODS:
        stem = effects_stem(plan(replace(ASK, mood=mood)), find_cues(plan(replace(ASK, mood=mood))), lambda: None)
        assert stem.shape == (10 * RATE, 2)
        assert not stem[0].any()
        assert not stem[-1].any()
        assert true_peak_dbtp(stem) <= -1.0
        assert np.abs(stem.mean(axis=0)).max() < 1e-3


def test_cuts_the_tempo_cannot_reach_still_have_their_effect():
    result = plan(SoundAsk("calm", 8, (3.0, 3.2, 3.4), 3.0, 6.0, 0))
    assert set(result.loose_cuts_s) == {3.2, 3.4}
    assert {cue.time_s for cue in find_cues(result)} == {3.0, 3.2, 3.4, 6.0}
