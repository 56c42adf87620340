"""The plan as a standard MIDI file: tempo map, a marker per section, a track per part and one for the drums."""

from pathlib import Path

import mido

from models.backends.sound_studio.drum_kit import DRUMS
from models.backends.sound_studio.score import Plan

_TICKS = 480  # per beat
_DRUM_CHANNEL = 9


def write_midi(plan: Plan, path: Path) -> Path:
    """Write the plan's notes as they are, before swing and looseness."""
    file = mido.MidiFile(ticks_per_beat=_TICKS)
    _conductor(file.add_track("tempo"), plan)
    stop = plan.scenes[-1].beat + plan.scenes[-1].beats
    for i, part in enumerate(plan.mood.parts):
        notes = [(note.beat, min(note.beat + note.beats, stop), note.midi, note.velocity) for note in plan.notes if note.part == i]
        _write_track(file.add_track(f"{part.role} {part.instrument}"), i if i < _DRUM_CHANNEL else i + 1, notes)
    strokes = [(hit.beat, hit.beat + 0.2, DRUMS[hit.drum][3], hit.velocity) for hit in plan.hits]
    _write_track(file.add_track("drums"), _DRUM_CHANNEL, strokes)
    file.save(str(path))
    return path


def _conductor(track: mido.MidiTrack, plan: Plan) -> None:
    before = 0
    for scene in plan.scenes:
        at = round(scene.beat * _TICKS)
        tempo = round((scene.end_s - scene.start_s) / scene.beats * 1e6)
        track.append(mido.MetaMessage("set_tempo", tempo=tempo, time=at - before))
        track.append(mido.MetaMessage("marker", text=scene.section, time=0))
        before = at


def _write_track(track: mido.MidiTrack, channel: int, notes: list[tuple[float, float, int, float]]) -> None:
    """notes: (beat on, beat off, key, velocity 0..1), in any order."""
    events: list[tuple[int, int, int, float]] = []
    for on, off, key, velocity in notes:
        start = max(0, round(on * _TICKS))
        events += [(start, 1, key, velocity), (max(start, round(off * _TICKS) - 1), 0, key, 0.0)]
    before = 0
    for at, sounding, key, velocity in sorted(events):
        strength = min(127, max(1, round(velocity * 110))) if sounding else 0
        track.append(mido.Message("note_on" if sounding else "note_off", channel=channel, note=key, velocity=strength, time=at - before))
        before = at
