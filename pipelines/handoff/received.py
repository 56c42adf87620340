"""An .otio that comes from outside: taken only when we wrote it, and nothing in it can do harm. Bytes in, a timeline out.

Refused: what is too large or nested too deeply to be one, is no timeline of ours, breaks the rules of an edit, or names files outside its
own folder. Whether the files are there is for whoever holds them.
"""

from pathlib import Path

import opentimelineio as otio
from pydantic import TypeAdapter, ValidationError

from models.typefaces import TYPEFACES
from models.typefaces.own import base_of
from pipelines.editing import edit_of, timeline_of
from pipelines.editing.action import MediaName
from pipelines.editing.edit import Edit
from pipelines.editing.look_actions import LOOKS, TRANSITIONS
from pipelines.editing.title_actions import AddTitle
from pipelines.errors import TimelineError
from pipelines.timeline import conform
from pipelines.timeline_media import names_in
from pipelines.word_captions.otio_track import LONGEST, captioning_of, script_in

MOST_BYTES = 4_000_000
DEEPEST = 60
MOST_PIECES, MOST_TITLES = 500, 500
LONGEST_S = 600
_NAME: TypeAdapter[str] = TypeAdapter(MediaName)


def received(data: bytes) -> otio.schema.Timeline:
    """The timeline, written anew from what was understood of it. Raises TimelineError with what is wrong."""
    if len(data) > MOST_BYTES:
        raise TimelineError(
            f"This timeline is larger than {MOST_BYTES // 1_000_000} MB; only timelines that were exported here can be opened."
        )
    if _depth(data) > DEEPEST:
        raise TimelineError("This timeline is nested too deeply; only timelines that were exported here can be opened.")
    try:
        timeline = otio.adapters.read_from_string(data.decode("utf-8"), "otio_json")
        if not isinstance(timeline, otio.schema.Timeline):
            raise TimelineError("This file holds no timeline; choose a timeline.otio that was exported here.")
        edit = edit_of(timeline)
        _check(edit)
        for name, _ in names_in(timeline):
            _NAME.validate_python(name)
        found = timeline_of(edit)
        conform(found, Path("/"))
    except TimelineError:
        raise
    except ValidationError as error:
        raise TimelineError(f"This timeline cannot be opened: {error.errors()[0]['msg'].removeprefix('Value error, ')}.") from error
    except Exception as error:
        raise TimelineError("This file is not a readable timeline; choose a timeline.otio that was exported here.") from error
    return found


def _check(edit: Edit) -> None:
    width, height, fps = (edit.settings[key] for key in ("width", "height", "fps"))
    sides = all(type(side) is int and 16 <= side <= 4096 and side % 2 == 0 for side in (width, height))
    if not sides or type(fps) is not int or not 1 <= fps <= 120:
        raise TimelineError("This timeline has a size or rate that no film here has.")
    if not 0 < len(edit.pieces) <= MOST_PIECES or len(edit.captions) > MOST_TITLES or edit.n_frames > LONGEST_S * fps:
        raise TimelineError(f"This timeline is empty, or longer than {LONGEST_S // 60} minutes or {MOST_PIECES} clips.")
    looks = {str(edit.settings["grade"]), *(str(piece.own.get("look", "none")) for piece in edit.pieces)}
    if looks - LOOKS.keys() or {piece.transition for piece in edit.pieces} - TRANSITIONS.keys():
        raise TimelineError("This timeline has a look or a transition that this studio does not know; update the studio.")
    for caption in edit.captions:
        given = {"start": caption.start, "frames": caption.n_frames, **caption.values, "lines": tuple(caption.values["lines"])}
        AddTitle.model_validate(given).apply(edit)
    if len(edit.cues) > MOST_TITLES or any(len(cue.text) > LONGEST for cue in edit.cues):
        raise TimelineError("This timeline has more, or longer, captions than a film here has.")
    script_in(edit.settings)
    if base_of(captioning_of(edit.settings, edit.cues).type) not in TYPEFACES:
        raise TimelineError("This timeline's captions have a typeface that this studio does not know; update the studio.")
    edit.check()


def _depth(data: bytes) -> int:
    """How deeply brackets are nested outside strings."""
    depth = deepest = 0
    quoted = escaped = False
    for byte in data:
        if quoted:
            quoted, escaped = (byte != 0x22 or escaped), (byte == 0x5C and not escaped)
        elif byte == 0x22:
            quoted = True
        elif byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b"]}":
            depth -= 1
    return deepest
