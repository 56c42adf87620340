"""Editing: pure functions timeline → timeline, by name and with JSON arguments, so that an edit can be clicked, scripted and logged.

    edit = apply(timeline, {"action": "trim", "clip": "2a", "edge": "tail", "by": -6})

Works on OpenTimelineIO timelines as pipelines/timeline.py builds them; files are named, never opened.
"""

from pipelines.editing.edit import Edit, Piece
from pipelines.editing.history import History, Step
from pipelines.editing.otio_form import edit_of, timeline_of
from pipelines.editing.table import ACTIONS, ActionKind, actions, apply, describe, parsed
from pipelines.errors import EditError

__all__ = [
    "ACTIONS",
    "ActionKind",
    "Edit",
    "EditError",
    "History",
    "Piece",
    "Step",
    "actions",
    "apply",
    "describe",
    "edit_of",
    "parsed",
    "timeline_of",
]
