"""A timeline to edit: four clips with handles, three titles, music, effects and a spoken line; no file of it has to exist."""

from dataclasses import replace
from pathlib import Path

import opentimelineio as otio

from pipelines.editing import apply, edit_of, timeline_of
from pipelines.timeline import build_timeline, conform
from pipelines.voice_over import Spoken
from pipelines.word_captions.cue import CaptionWord, Cue
from tests.pipelines.test_timeline import media, small_plan, sound

ROOT = Path("/project")


def timeline() -> otio.schema.Timeline:
    """1 |x| 2a | 2b |x| 3: 48, 36, 36 and 60 frames; 12 frames of crossfade into 2a, 8 of dip into 3; no handles but theirs."""
    plan = small_plan()
    shots = media(plan, ROOT)
    line = Spoken(3, "Keep yours.", 5.5, 1.25, ROOT / "line.wav", shots[0].still.made)
    return build_timeline(plan, shots, sound(ROOT), "Aurelia", ROOT, voices=[line])


def done(before: otio.schema.Timeline, *actions: dict) -> otio.schema.Timeline:
    """All of them, one after the other; the last state conforms."""
    for action in actions:
        before = apply(before, action)
    conform(before, ROOT)
    return before


def slots(timeline: otio.schema.Timeline) -> list[tuple[str, int, int]]:
    """(id, frames, first media frame) of every piece."""
    return [(piece.id, piece.n_frames, piece.media_in) for piece in edit_of(timeline).pieces]


def titles(timeline: otio.schema.Timeline) -> list[tuple[str, int, int]]:
    """(first line, start, end) of every title."""
    return [(caption.text, caption.start, caption.end) for caption in edit_of(timeline).captions]


def roomy() -> otio.schema.Timeline:
    """The same with files of 200 frames, 60 of them before each clip's first: room to trim outwards and slip."""
    start = timeline()
    for clip in start.video_tracks()[0].find_clips():
        span = clip.source_range
        clip.media_reference.available_range = otio.opentime.TimeRange(
            otio.opentime.RationalTime(0, 24), otio.opentime.RationalTime(200, 24)
        )
        clip.source_range = otio.opentime.TimeRange(otio.opentime.RationalTime(60, 24), span.duration)
    return start


def captioned(before: otio.schema.Timeline) -> otio.schema.Timeline:
    """The same with two captions, shown as a line: one that is read in the first clip, one under what is said in the last."""
    read = Cue(12, 30, tuple(CaptionWord(text, 6 * i, 6) for i, text in enumerate(("Hours ", "pass ", "by."))), "reading", 1)
    said = Cue(132, 36, (CaptionWord("Keep ", 0, 12), CaptionWord("yours.", 14, 14)), "estimated", 3)
    edit = edit_of(before)
    return timeline_of(replace(edit, cues=(read, said), settings={**edit.settings, "captions": {"style": "line"}}))
