"""Every action by name, and an action as JSON applied to a timeline. A new action is a class and a row."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import opentimelineio as otio
from pydantic import ValidationError

from pipelines.editing.action import Action
from pipelines.editing.caption_actions import AddCaption, EditCaption, HideCaption, MoveCaption, ShowCaptions
from pipelines.editing.clip_actions import Merge, Roll, SetSpeed, Slip, Split, Trim, Ungroup
from pipelines.editing.look_actions import ChangeGrade, ChangeLook, ChangeTransition, Correct, GapShows
from pipelines.editing.order_actions import AddGap, Delete, Duplicate, FillGap, Insert, Move, Replace, RippleDelete
from pipelines.editing.otio_form import edit_of, timeline_of
from pipelines.editing.sound_actions import ChangeSound, Volume, VolumeBetween
from pipelines.editing.stretch_actions import CutOut
from pipelines.editing.title_actions import AddTitle, EditTitle, MoveTitle, RemoveTitle
from pipelines.errors import EditError

_CLIPS = (
    Trim,
    Roll,
    Slip,
    SetSpeed,
    Split,
    Merge,
    Ungroup,
    Delete,
    RippleDelete,
    Move,
    Duplicate,
    AddGap,
    Insert,
    Replace,
    FillGap,
    CutOut,
)
_REST = (ChangeTransition, ChangeLook, Correct, GapShows, ChangeGrade, AddTitle, EditTitle, MoveTitle, RemoveTitle, Volume)
_SOUND = (VolumeBetween, ChangeSound)
_CAPTIONS = (ShowCaptions, AddCaption, EditCaption, MoveCaption, HideCaption)
ACTIONS: dict[str, type[Action]] = {kind.name: kind for kind in (*_CLIPS, *_REST, *_SOUND, *_CAPTIONS)}


@dataclass(frozen=True)
class ActionKind:
    """What can be asked: name, a title for menus, what it does in a sentence or two, and the JSON schema of its arguments."""

    name: str
    title: str
    what: str
    schema: dict[str, Any]


def actions() -> tuple[ActionKind, ...]:
    """All that there are."""
    return tuple(
        ActionKind(name, kind.title, " ".join((kind.__doc__ or "").split()), kind.model_json_schema()) for name, kind in ACTIONS.items()
    )


def parsed(action: Mapping[str, Any]) -> Action:
    """{"action": name, …arguments} checked. Raises EditError: unknown_action, bad_arguments."""
    arguments = dict(action)
    name = arguments.pop("action", None)
    if not isinstance(name, str) or name not in ACTIONS:
        raise EditError("unknown_action", f"There is no action {name!r}; choose one of {', '.join(ACTIONS)}.")
    try:
        return ACTIONS[name].model_validate_json(json.dumps(arguments, allow_nan=False))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "arguments"
        raise EditError("bad_arguments", f"{name}: {where}: {first['msg'].removeprefix('Value error, ')}.") from error
    except (TypeError, ValueError, RecursionError) as error:
        raise EditError("bad_arguments", f"{name}: the arguments are not plain JSON.") from error


def apply(timeline: otio.schema.Timeline, action: Mapping[str, Any]) -> otio.schema.Timeline:
    """A new timeline with the action done; the given one stays as it is. Raises EditError, and TimelineError for a foreign timeline."""
    done = parsed(action).apply(edit_of(timeline))
    done.check()
    return timeline_of(done)


def describe(timeline: otio.schema.Timeline, action: Mapping[str, Any]) -> str:
    """What the action would do to this timeline, in words."""
    return parsed(action).describe(edit_of(timeline))
