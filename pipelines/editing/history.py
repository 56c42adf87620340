"""What was done in a session, undone and done again: timelines are values, so every state is simply kept. Frozen like them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import opentimelineio as otio

from pipelines.editing.table import apply, describe
from pipelines.errors import EditError

DEEPEST = 500


@dataclass(frozen=True)
class Step:
    """action: as it was given. words: what it did. before: the timeline's JSON before it."""

    action: dict[str, Any]
    words: str
    before: str


@dataclass(frozen=True)
class History:
    """now: the timeline's JSON. done: oldest first. undone: what `redo` would do, the next one last; each step's `before` is then the
    state after it."""

    now: str
    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()

    @classmethod
    def of(cls, timeline: otio.schema.Timeline) -> "History":
        """A session that begins with this timeline."""
        return cls(timeline.to_json_string(0))

    @property
    def timeline(self) -> otio.schema.Timeline:
        """As it is now."""
        found = otio.adapters.read_from_string(self.now, "otio_json")
        assert isinstance(found, otio.schema.Timeline)
        return found

    def do(self, action: Mapping[str, Any]) -> "History":
        """With one more edit; what was undone is forgotten. Raises EditError."""
        timeline = self.timeline
        step = Step(dict(action), describe(timeline, action), self.now)
        return History(apply(timeline, action).to_json_string(0), (*self.done, step)[-DEEPEST:])

    def undo(self) -> "History":
        """As before the last edit. Raises EditError when there was none."""
        if not self.done:
            raise EditError("nothing_to_undo", "There is nothing to undo.")
        last = self.done[-1]
        return History(last.before, self.done[:-1], (*self.undone, replace(last, before=self.now)))

    def redo(self) -> "History":
        """With the edit that was undone last. Raises EditError when there is none."""
        if not self.undone:
            raise EditError("nothing_to_redo", "There is nothing to do again.")
        last = self.undone[-1]
        return History(last.before, (*self.done, replace(last, before=self.now)), self.undone[:-1])
