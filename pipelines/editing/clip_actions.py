"""Edits of one clip's own frames: trim, roll, slip, split, merge. Pure."""

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field

from pipelines.editing.action import Action, By, Frames, Id
from pipelines.editing.edit import Edit, Piece, frames, seconds, unused
from pipelines.editing.following import rearranged
from pipelines.errors import EditError


class Trim(Action):
    """Move one end of a clip: `by` frames longer, or shorter when negative. ripple: what follows moves along; else the film keeps its
    length, and a gap opens or is used up beside the clip."""

    name = "trim"
    title = "Trim"

    clip: Id
    edge: Literal["head", "tail"]
    by: By
    ripple: bool = True

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: no_room, too_short, no_gap, or when nothing would change."""
        i = edit.index(self.clip)
        piece = edit.pieces[i]
        if not self.by:
            raise EditError("nothing_to_do", "Trimming by no frames changes nothing.")
        if not piece.is_gap:
            _need_room(edit, i, self.edge, self.by)
        least = max(1, edit.before(i) + edit.after(i))
        if piece.n_frames + self.by < least:
            kept = f"it keeps at least {frames(least)}" + (", which its transitions need" if least > 1 else "")
            raise EditError("too_short", f"{edit.called(i)} cannot be that short: {kept}.")
        changed = replace(piece, n_frames=piece.n_frames + self.by)
        if self.edge == "head" and not piece.is_gap:
            changed = replace(changed, media_in=piece.media_in - self.by)
        pieces = [*edit.pieces[:i], changed, *edit.pieces[i + 1 :]]
        return rearranged(edit, tuple(pieces if self.ripple else self._beside(edit, i, pieces)))

    def describe(self, edit: Edit) -> str:
        """In words."""
        i, end = edit.index(self.clip), "start" if self.edge == "head" else "end"
        called, by = edit.called(i).lower(), seconds(abs(self.by), edit.fps)
        return f"Added {by} at the {end} of {called}" if self.by > 0 else f"Trimmed {by} off the {end} of {called}"

    def _beside(self, edit: Edit, i: int, pieces: list[Piece]) -> list[Piece]:
        """The gap beside the clip grows by what the clip loses, or shrinks by what it gains."""
        k = i - 1 if self.edge == "head" else i + 1
        gap = edit.pieces[k] if 0 <= k < len(edit.pieces) and edit.pieces[k].is_gap else None
        held = gap.n_frames if gap else 0
        if self.by > held:
            raise EditError("no_gap", f"{edit.called(i)} has only {frames(held)} of gap beside it; let the film move along instead.")
        if gap is None:
            opened = Piece(unused("gap", [piece.id for piece in edit.pieces]), -self.by, name="gap")
            return [*pieces[:i], *([opened, pieces[i]] if self.edge == "head" else [pieces[i], opened]), *pieces[i + 1 :]]
        pieces[k] = replace(gap, n_frames=held - self.by)
        return [piece for piece in pieces if piece.n_frames]


class Roll(Action):
    """Move the cut at a clip's beginning `by` frames later (negative: earlier): one clip grows as the other shrinks."""

    name = "roll"
    title = "Move the cut"

    clip: Id
    by: By

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: no_room, too_short."""
        i = edit.index(self.clip)
        if i == 0:
            raise EditError("no_cut", "There is no cut before the first clip.")
        for k, by, edge in ((i - 1, self.by, "tail"), (i, -self.by, "head")):
            if not edit.pieces[k].is_gap:
                _need_room(edit, k, edge, by)
            if edit.pieces[k].n_frames + by < max(1, edit.before(k) + edit.after(k)):
                raise EditError("too_short", f"{edit.called(k)} would become shorter than it can be; move the cut less far.")
        first, second = edit.pieces[i - 1], edit.pieces[i]
        moved = replace(second, n_frames=second.n_frames - self.by, media_in=second.media_in + (0 if second.is_gap else self.by))
        return rearranged(edit, (*edit.pieces[: i - 1], replace(first, n_frames=first.n_frames + self.by), moved, *edit.pieces[i + 1 :]))

    def describe(self, edit: Edit) -> str:
        """In words."""
        when = "later" if self.by > 0 else "earlier"
        return f"Moved the cut into {edit.called(edit.index(self.clip)).lower()} {seconds(abs(self.by), edit.fps)} {when}"


class Slip(Action):
    """Show a later part of the same file in the same slot: `by` frames, negative for an earlier one."""

    name = "slip"
    title = "Slip"

    clip: Id
    by: By

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: no_room, is_gap."""
        i = _clip(edit, self.clip)
        _need_room(edit, i, "tail" if self.by > 0 else "head", abs(self.by))
        return edit.with_piece(i, media_in=edit.pieces[i].media_in + self.by)

    def describe(self, edit: Edit) -> str:
        """In words."""
        when = "later" if self.by > 0 else "earlier"
        return f"Slipped {edit.called(edit.index(self.clip)).lower()} {seconds(abs(self.by), edit.fps)} {when}"


class SetSpeed(Action):
    """Show a clip quicker or slower, `to` times as quick as it was filmed: 0.25 to 4, in hundredths. It shows the same part of its file
    and takes as many frames as that needs, to the nearest one; what follows moves along. Slower, pictures are repeated; quicker, some
    are left out."""

    name = "set_speed"
    title = "Speed"

    clip: Id
    to: Annotated[float, Field(ge=0.25, le=4)]

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: is_gap, nothing_to_do, too_short."""
        i = _clip(edit, self.clip)
        percent = round(self.to * 100)
        if percent == edit.pieces[i].speed:
            raise EditError("nothing_to_do", f"{edit.called(i)} has that speed already.")
        changed = edit.pieces[i].at_speed(percent)
        least = max(1, edit.before(i) + edit.after(i))
        if changed.n_frames < least:
            raise EditError("too_short", f"{edit.called(i)} would be shorter than its transitions need; shorten those first.")
        return rearranged(edit, (*edit.pieces[:i], changed, *edit.pieces[i + 1 :]))

    def describe(self, edit: Edit) -> str:
        """In words."""
        return f"Showed {edit.called(edit.index(self.clip)).lower()} at {round(self.to * 100) / 100:g}× speed"


class Split(Action):
    """Cut a clip in two, `at` frames after its beginning. Both halves keep what was said of the whole; titles stay where they are."""

    name = "split"
    title = "Split"

    clip: Id
    at: Frames

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: outside, in_transition."""
        i = edit.index(self.clip)
        piece = edit.pieces[i]
        if self.at >= piece.n_frames:
            raise EditError("outside", f"{edit.called(i)} is {frames(piece.n_frames)} long; split it inside that.")
        if self.at < edit.before(i) or piece.n_frames - self.at < edit.after(i):
            raise EditError("in_transition", f"That is within a transition of {edit.called(i).lower()}; split it where it stands alone.")
        first = replace(piece, n_frames=self.at)
        second = replace(
            piece,
            id=unused(piece.id, [one.id for one in edit.pieces]),
            n_frames=piece.n_frames - self.at,
            media_in=0 if piece.is_gap else piece.media_in + self.at,
            transition="cut",
            transition_frames=0,
        )
        return replace(edit, pieces=(*edit.pieces[:i], first, second, *edit.pieces[i + 1 :]))

    def describe(self, edit: Edit) -> str:
        """In words."""
        return f"Split {edit.called(edit.index(self.clip)).lower()} after {seconds(self.at, edit.fps)}"


class Merge(Action):
    """Make neighbours one. Parts of one file that follow on each other become a single clip again; unlike clips become a group, which is
    moved and taken out as one and keeps its inner cuts and transitions."""

    name = "merge"
    title = "Merge"

    clips: Annotated[tuple[Id, ...], Field(min_length=2, max_length=200)]

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: not_neighbours, is_gap."""
        found = sorted({k for clip in self.clips for k in edit.grouped(edit.index(clip))})
        if len(found) < 2:
            raise EditError("nothing_to_do", "Choose two clips or more; those are one already.")
        if found != list(range(found[0], found[-1] + 1)):
            raise EditError("not_neighbours", "Only neighbours can be merged; choose clips that follow each other.")
        if len({edit.pieces[k].is_gap for k in found}) > 1:
            raise EditError("is_gap", "A clip and a gap cannot be merged; fill or close the gap first.")
        merged: list[Piece] = []
        for k in found:
            piece = edit.pieces[k]
            if merged and _follows(merged[-1], piece):
                merged[-1] = replace(merged[-1], n_frames=merged[-1].n_frames + piece.n_frames)
            else:
                merged.append(piece)
        outside = {one.group for one in edit.pieces[: found[0]] + edit.pieces[found[-1] + 1 :]}
        group = unused(f"group {merged[0].id}", outside) if len(merged) > 1 else ""
        pieces = tuple(replace(piece, group=group) for piece in merged)
        return replace(edit, pieces=(*edit.pieces[: found[0]], *pieces, *edit.pieces[found[-1] + 1 :]))

    def describe(self, edit: Edit) -> str:
        """In words."""
        first, last = min(edit.index(clip) for clip in self.clips), max(edit.index(clip) for clip in self.clips)
        return f"Merged {edit.called(first).lower()} to {edit.called(last).lower()}"


class Ungroup(Action):
    """Let the clips of a group go their own ways again."""

    name = "ungroup"
    title = "Ungroup"

    clip: Id

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: nothing_to_do."""
        i = edit.index(self.clip)
        if not edit.pieces[i].group:
            raise EditError("nothing_to_do", f"{edit.called(i)} is in no group.")
        for k in edit.grouped(i):
            edit = edit.with_piece(k, group="")
        return edit

    def describe(self, edit: Edit) -> str:
        """In words."""
        return f"Ungrouped {edit.called(edit.index(self.clip)).lower()} and its neighbours"


def _follows(first: Piece, second: Piece) -> bool:
    """Whether the second is the first one's other half: then nothing shows that there were two."""
    if first.is_gap and second.is_gap:
        return first.shows == second.shows
    goes_on = first.media_in + first.n_frames == second.media_in
    same = (first.media, first.own, first.speed) == (second.media, second.own, second.speed) and goes_on
    return same and not second.transition_frames


def _clip(edit: Edit, clip: str) -> int:
    i = edit.index(clip)
    if edit.pieces[i].is_gap:
        raise EditError("is_gap", f"{edit.called(i)} has no picture; fill it first.")
    return i


def _need_room(edit: Edit, i: int, edge: str, by: int) -> None:
    room = edit.room(i)[0 if edge == "head" else 1]
    if by > room:
        raise EditError("no_room", f"{edit.called(i)} has only {frames(room)} left to the {'left' if edge == 'head' else 'right'}.")
