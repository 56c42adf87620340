"""The embedded sound backend: music and effects from code, with no samples and no weights.

ask -> plan -> parts -> stems -> Sound

tempo.py        cut times in, a tempo and whole beats per scene out (numpy only; the planner calls it too)
moods.py        what each mood is, as data; mood.py says what such data means
theory.py       keys, chords, voice leading
score.py        scenes, chords, notes and drum hits, as values
arrange.py      plan(ask): form, harmony, figures, melody, drums, all without a sample of audio
synthesis.py    damped partials, ensembles, strings, noise;  signals.py: filters, ramps, placing, caching
instruments.py  pitched voices;  drum_kit.py: drums;  effects.py: whooshes, risers, impacts, pings
space.py        halls, echoes, chorus;  mastering.py: spectrum, air, compression
studio.py       plan -> stems -> mastered music;  cues.py: effects on the cuts; moved.py: elsewhere, later;  midi.py: the same notes as MIDI
backend.py      the backend itself
"""
