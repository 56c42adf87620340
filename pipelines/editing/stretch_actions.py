"""Edits of what lies between two moments, whatever clips that is. Pure."""

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from pipelines.editing.action import Action, Frames
from pipelines.editing.clip_actions import Split
from pipelines.editing.edit import Edit, seconds
from pipelines.editing.following import fitted, rearranged
from pipelines.editing.order_actions import emptied
from pipelines.errors import EditError


class CutOut(Action):
    """Take out `frames` of the film from its frame `start` on; clips that reach beyond are split there. ripple: close up, and what was
    written and said there goes too; else a gap as long is left, which can be filled. Of a group only what lies there goes."""

    name = "cut_out"
    title = "Take out a stretch"

    start: Annotated[int, Field(ge=0)]
    frames: Frames
    ripple: bool = True

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: outside, in_transition, last_clip, is_gap."""
        end = self.start + self.frames
        if end > edit.n_frames:
            raise EditError("outside", f"The film lasts {seconds(edit.n_frames, edit.fps)}; choose a stretch inside that.")
        for at in (self.start, end):
            edit = _cut(edit, at)
        found = [i for i in range(len(edit.pieces)) if self.start <= edit.start(i) < end]
        if self.ripple:
            left = tuple(piece for i, piece in enumerate(edit.pieces) if i not in found)
            if not left:
                raise EditError("last_clip", "A film needs at least one clip; choose a shorter stretch.")
            return rearranged(edit, left)
        shown = [edit.pieces[i] for i in found if not edit.pieces[i].is_gap]
        if not shown:
            raise EditError("is_gap", "That is a gap already; close it to make the film shorter.")
        gap = replace(emptied(shown[0]), n_frames=self.frames)
        return replace(edit, pieces=fitted((*edit.pieces[: found[0]], gap, *edit.pieces[found[-1] + 1 :])))

    def describe(self, edit: Edit) -> str:
        """In words."""
        how = "closed up" if self.ripple else "left a gap"
        return f"Took out {seconds(self.frames, edit.fps)} at {seconds(self.start, edit.fps)} and {how}"


def _cut(edit: Edit, at: int) -> Edit:
    """With a cut at that frame."""
    if at >= edit.n_frames:
        return edit
    i = edit.at(at)
    inside = at - edit.start(i)
    return Split(clip=edit.pieces[i].id, at=inside).apply(edit) if inside else edit
