"""An edit and everything it is made of in one zip, in forms that other editors open.

timeline.otio  timeline.fcpxml  timeline.edl      subtitles.srt  subtitles.vtt  (where there is anything to read)
clips/  stills/  sound/music.wav  sound/effects.wav  voice/  mix.wav  READ ME.txt
"""

import os
import zipfile
from pathlib import Path, PurePosixPath
from uuid import uuid4

import opentimelineio as otio

from pipelines.editing import edit_of
from pipelines.errors import OutputError
from pipelines.handoff.cmx import cmx
from pipelines.handoff.fcpxml import fcpxml
from pipelines.handoff.subtitles import srt, subtitles, vtt
from pipelines.timeline_media import TIMELINE, TimelinePart, names_in, portable

_READ_ME = """Unpack this folder before opening anything in it: media are named beside the timelines.

timeline.otio     OpenTimelineIO, complete; opens here again, with titles, looks and volumes
timeline.fcpxml   pictures, transitions, type and sound, for Final Cut Pro, DaVinci Resolve and others
timeline.edl      CMX 3600: the pictures alone, for anything else (reconnect to the folder "clips")
subtitles         the captions, else what is said, else what is written; the .vtt has the time of each word of a caption
sound, voice      music, effects and each spoken line by itself; mix.wav is all of it, mastered

Every transition arrives as a dissolve of its length. Looks, colour corrections and how type moves are known to timeline.otio alone.
"""


def hand_off(timeline: otio.schema.Timeline, root: Path, out: Path, mix: Path | None = None) -> tuple[str, ...]:
    """Write the zip; returns the names in it. root: the folder that the timeline's media lie under. mix: the mastered soundtrack.

    Raises TimelineError for media that lie nowhere, OutputError when the file cannot be written; nothing half-written stays.
    """
    moved, parts = _named(timeline, root)
    edit = edit_of(moved)
    read = subtitles(edit)
    texts = {TIMELINE: moved.to_json_string(4), "timeline.fcpxml": fcpxml(edit), "timeline.edl": cmx(edit), "READ ME.txt": _READ_ME}
    if read:
        texts |= {"subtitles.srt": srt(read), "subtitles.vtt": vtt(read)}
    files = {part.name: part.path for part in parts} | ({"mix.wav": mix} if mix else {})
    part = out.with_name(f".{out.stem}-{uuid4().hex[:8]}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in texts.items():
                archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
            for name, path in files.items():
                packed = zipfile.ZIP_DEFLATED if path.suffix == ".wav" else zipfile.ZIP_STORED  # films and pictures are packed already
                archive.write(path, name, packed)
        os.replace(part, out)
    except OSError as error:
        raise OutputError(f"{out.name} could not be written: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)
    return (*texts, *files)


def _named(timeline: otio.schema.Timeline, root: Path) -> tuple[otio.schema.Timeline, tuple[TimelinePart, ...]]:
    """With the names that it has, where they can be kept: then it still means the same files when it comes back. Else renamed."""
    names = names_in(timeline)
    kept = [PurePosixPath(name) for name, _ in names]
    if any(name.is_absolute() or ".." in name.parts or not (root / name).is_file() for name in kept):
        return portable(timeline, root)
    return timeline, tuple(TimelinePart(name, role, root / name) for name, role in names)
