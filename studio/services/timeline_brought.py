"""A timeline that comes back from elsewhere, checked against the ad that it was handed out for. Plain values in, a timeline as text out.

Only what the ad holds can be in it: each file by the name that it has here, and as long as it is here. Knows no rows and no HTTP.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pipelines.editing import Edit, edit_of, timeline_of
from pipelines.errors import TimelineError
from pipelines.handoff import received
from pipelines.timeline_media import names_in
from studio.errors import InputRefused

OF = "of"
"""In the settings of a timeline that was handed out: the ad that it is of."""

FIELD = "timeline"


def brought(given: Mapping[str, Any], ad_id: str, names: Iterable[str], known: Iterable[Edit], added: Mapping[str, int]) -> str:
    """`given`, OpenTimelineIO JSON that was handed out for this ad, as a draft keeps it. names: of all the ad's media; known: edits of
    the ad, which say how long those are; added: frames of media that were added since. Raises InputRefused."""
    known = tuple(known)
    try:
        timeline = received(json.dumps(given).encode())
    except TimelineError as error:
        raise InputRefused(str(error), field=FIELD) from error
    except (ValueError, RecursionError) as error:
        raise InputRefused("This file is not a readable timeline; choose a timeline.otio that was exported here.", field=FIELD) from error
    edit = edit_of(timeline)
    if edit.settings.get(OF) != ad_id:
        raise InputRefused("This timeline is of another ad; open the ad that it was handed out for.", field=FIELD)
    if foreign := sorted({name for name, _ in names_in(timeline)} - set(names)):
        raise InputRefused(f"This timeline shows {foreign[0]}, which is not among the media of this ad.", field=FIELD)
    lengths = dict(added) | {name: length for one in known for name, length in _lengths(one)}
    for name, length in _lengths(edit):
        if lengths.get(name, length) != length:
            raise InputRefused(f"This timeline takes {name} for longer or shorter than it is; hand the edit out again.", field=FIELD)
    asked = {key: edit.settings[key] for key in ("width", "height", "fps")}
    if asked != {key: known[0].settings[key] for key in asked}:
        raise InputRefused("This timeline has another size or rate than the ad.", field=FIELD)
    settings = {key: value for key, value in edit.settings.items() if key != OF}
    return timeline_of(Edit(**{**vars(edit), "settings": settings})).to_json_string(0)


def _lengths(edit: Edit) -> Iterator[tuple[str, int]]:
    """(name, how long it is said to be) of all that is shown and heard; of speech in samples."""
    yield from ((piece.media, piece.held) for piece in edit.pieces if piece.media)
    yield from ((stem.media, stem.media_frames) for stem in (edit.music, edit.effects) if stem)
    yield from ((line.media, line.media_length) for line in edit.spoken)
