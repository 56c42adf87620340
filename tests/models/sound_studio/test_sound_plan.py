"""Arrangements, checked as music: keys, chords, form, melody, endings. No audio is made here."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.asks import SoundAsk
from models.backends.sound_studio.arrange import plan
from models.backends.sound_studio.moods import MOODS
from models.backends.sound_studio.score import chord_at
from models.backends.sound_studio.theory import EXTENSIONS, SCALES, Key, diatonic_chord, voicing

BAB = SoundAsk("luxury", 15, (5, 7.5, 10), 7.5, 10, 1)
AIDA = SoundAsk("luxury", 15, (3, 7, 12), 7, 12, 1)
moods = pytest.mark.parametrize("mood", sorted(MOODS))


@st.composite
def asks(draw, longest: float = 180.0):
    duration = draw(st.floats(0.3, longest))
    inside = st.floats(0.01, 0.99).map(lambda share: share * duration)
    return SoundAsk(
        draw(st.sampled_from(sorted(MOODS))),
        duration,
        tuple(draw(st.lists(inside, max_size=8))),
        draw(st.none() | inside),
        draw(st.none() | inside),
        draw(st.integers(0, 2**32 - 1)),
        bpm=draw(st.none() | st.floats(50, 150)),
    )


@given(asks())
@settings(max_examples=40, deadline=None)
def test_any_ask_becomes_a_whole_plan(ask):
    result = plan(ask)
    assert result == plan(ask)
    assert result.scenes[0].start_s == 0
    assert result.scenes[-1].end_s == ask.duration_s
    assert result.scenes[-1].section == "end"
    for before, after in pairwise(result.scenes):
        assert before.end_s == after.start_s
        assert before.beat + before.beats == pytest.approx(after.beat)
    inside = set(result.key.scale(0, 127))
    assert result.notes
    for note in result.notes:
        assert note.midi in inside
        assert 0 < note.velocity <= 1
        assert note.beats > 0
    landed = {scene.start_s for scene in result.scenes}
    assert all(cut in landed or cut in result.loose_cuts_s for cut in ask.cuts_s if 0 < cut < ask.duration_s)


@moods
@pytest.mark.parametrize("brief", [BAB, AIDA])
def test_every_cut_is_a_beat_with_something_on_it(mood, brief):
    result = plan(replace(brief, mood=mood))
    assert not result.loose_cuts_s
    for cut in brief.cuts_s:
        assert any(result.time_s(note.beat) == pytest.approx(cut, abs=1e-6) for note in result.notes)
        assert any(result.time_s(hit.beat) == pytest.approx(cut, abs=1e-6) for hit in result.hits)
    bends = [(s.end_s - s.start_s) * result.bpm / 60 / s.beats - 1 for s in result.scenes]
    assert np.abs(bends).max() < 0.055


@moods
def test_the_form_opens_at_the_hero_and_comes_home_at_the_end(mood):
    result = plan(replace(BAB, mood=mood))
    sections = [scene.section for scene in result.scenes]
    assert sections[:3] == ["intro", "build", "hero"]
    assert sections[-1] == "end"
    assert result.section_at(7.5) == "hero"
    assert result.chords[-1].chord.root == result.key.root
    last = result.scenes[-1]
    assert last.end_s - last.start_s >= 1.6, "the last chord has time to ring"

    def busy(section: str) -> float:
        spans = [s for s in result.scenes if s.section == section]
        playing = [n.velocity for n in result.notes for s in spans if s.beat <= n.beat < s.beat + s.beats]
        return sum(playing) / sum(s.beats for s in spans)

    assert busy("hero") > 1.2 * busy("intro")


@moods
def test_melodies_stand_on_chords_and_move_like_voices(mood):
    for seed in range(8):
        result = plan(replace(AIDA, mood=mood, seed=seed))
        for i, part in enumerate(result.mood.parts):
            if part.figure != "melody":
                continue
            tune = [note for note in result.notes if note.part == i]
            if not part.pedal:
                long = [note for note in tune if note.beats >= 0.95]
                assert all(note.midi % 12 in chord_at(result.chords, note.beat).pitch_classes for note in long)
            intervals = np.abs(np.diff([note.midi for note in tune]))
            assert np.all(intervals <= 17)
            assert np.mean(intervals <= 5, initial=1) if not len(intervals) else np.mean(intervals <= 7) >= 0.7
            assert len({note.midi for note in tune}) > 1 or len(tune) < 3


def test_voices_seldom_rub():
    rubs = []
    for mood in MOODS:
        for seed in range(6):
            result = plan(replace(BAB, mood=mood, seed=seed))
            held = [n for n in result.notes if result.mood.parts[n.part].role != "twinkle"]
            for beat in np.arange(0, result.scenes[-1].beat, 0.5):
                sounding = {n.midi for n in held if n.beat <= beat + 1e-6 < n.beat + n.beats - 0.05}
                rubs.append(any(high - low in (1, 13) for low in sounding for high in sounding))
    assert np.mean(rubs) < 0.05


def test_seeds_and_moods_make_different_music():
    tunes = {tuple((n.beat, n.midi) for n in plan(replace(BAB, seed=seed)).notes) for seed in range(12)}
    assert len(tunes) == 12
    assert len({(p.bpm, str(p.key), len(p.notes)) for p in (plan(replace(BAB, mood=mood)) for mood in MOODS)}) == len(MOODS)


def test_the_tune_makes_room_for_speech():
    quiet, full = plan(replace(BAB, speech_s=((5.0, 9.0),))), plan(BAB)

    def lead(p):
        return sum(n.velocity for n in p.notes if p.mood.parts[n.part].role in ("lead", "twinkle") and 5 <= p.time_s(n.beat) < 9)

    def rest(p):
        return [n for n in p.notes if p.mood.parts[n.part].role not in ("lead", "twinkle")]

    assert 0 < lead(quiet) <= 0.5 * lead(full)
    assert rest(quiet) == rest(full)


def test_the_drop_leaves_silence_before_the_hero():
    result = plan(replace(BAB, mood="energetic"))
    hero = next(scene.beat for scene in result.scenes if scene.section == "hero")
    assert not [n for n in result.notes if hero - 0.5 <= n.beat < hero - 1e-6]
    assert not [h for h in result.hits if hero - 0.5 <= h.beat < hero - 1e-6]
    assert [h for h in result.hits if h.beat == hero and h.drum == "crash"]


@given(st.integers(0, 11), st.sampled_from(sorted(SCALES)), st.integers(1, 7), st.sampled_from(sorted(EXTENSIONS)))
def test_chords_belong_to_their_key_and_never_grind(root, mode, degree, extension):
    key = Key(root, mode)
    chord = diatonic_chord(key, f"{degree}:{extension}" if extension else str(degree))
    assert {tone % 12 for tone in chord.pitch_classes} <= {midi % 12 for midi in key.scale(0, 127)}
    assert chord.root == key.pitch(degree - 1) % 12
    assert (chord.root + 1) % 12 not in chord.pitch_classes
    notes = voicing(chord.upper, (), 48, 76)
    assert {midi % 12 for midi in notes} <= set(chord.upper)
    assert all(48 <= midi <= 76 for midi in notes)


def test_voices_lead_by_small_steps():
    key, previous, moved = Key(0, "major"), (), []
    for symbol in ("1:9", "6:7", "4:79", "5:sus4", "1:9"):
        chord = voicing(diatonic_chord(key, symbol).upper, previous, 48, 76)
        moved += [min(abs(midi - other) for other in previous) for midi in chord] if previous else []
        previous = chord
    assert np.mean(moved) < 2.5
