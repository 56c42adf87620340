"""Edits of what stands where: taken out with or without a gap, moved, put in, replaced. Pure."""

from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field

from pipelines.editing.action import Action, Frames, Id, MediaName
from pipelines.editing.edit import Edit, Piece, frames, seconds, unused
from pipelines.editing.following import fitted, rearranged
from pipelines.errors import EditError

Clips = Annotated[tuple[Id, ...], Field(min_length=1, max_length=200)]
_OF_THE_PICTURE = ("match", "still", "image_model", "video_model", "seed")


class Delete(Action):
    """Take clips out and leave gaps as long as they were. What was written and said over them stays."""

    name = "delete"
    title = "Delete"

    clips: Clips

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: is_gap, when all of it is gap already."""
        found = [i for i in _grouped(edit, self.clips) if not edit.pieces[i].is_gap]
        if not found:
            raise EditError("is_gap", "That is a gap already; close it to make the film shorter.")
        pieces = list(edit.pieces)
        for i in found:
            pieces[i] = emptied(pieces[i])
        return replace(edit, pieces=fitted(tuple(pieces)))

    def describe(self, edit: Edit) -> str:
        """In words."""
        return f"Took out {_listed(edit, self.clips)} and left a gap"


class RippleDelete(Action):
    """Take clips or gaps out and close up. What was written and said over them goes with them."""

    name = "ripple_delete"
    title = "Delete and close up"

    clips: Clips

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: last_clip."""
        found = set(_grouped(edit, self.clips))
        left = tuple(piece for i, piece in enumerate(edit.pieces) if i not in found)
        if not left:
            raise EditError("last_clip", "A film needs at least one clip; put another one in before this goes.")
        return rearranged(edit, left)

    def describe(self, edit: Edit) -> str:
        """In words."""
        return f"Took out {_listed(edit, self.clips)} and closed up"


class Move(Action):
    """Reorder: put a clip (with its group) before another one, or at the end where `before` is null."""

    name = "move"
    title = "Move"

    clip: Id
    before: Id | None = None

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: nothing_to_do."""
        found = edit.grouped(edit.index(self.clip))
        at = edit.grouped(edit.index(self.before))[0] if self.before is not None else len(edit.pieces)
        if found[0] <= at <= found[-1] + 1:
            raise EditError("nothing_to_do", f"{edit.called(edit.index(self.clip))} is there already.")
        moved = edit.pieces[found[0] : found[-1] + 1]
        rest = [piece for i, piece in enumerate(edit.pieces) if i not in found]
        at -= len(found) if at > found[-1] else 0
        return rearranged(edit, (*rest[:at], *moved, *rest[at:]))

    def describe(self, edit: Edit) -> str:
        """In words."""
        where = f"before {edit.called(edit.index(self.before)).lower()}" if self.before is not None else "to the end"
        return f"Moved {edit.called(edit.index(self.clip)).lower()} {where}"


class Duplicate(Action):
    """Put a copy of a clip before another one, or at the end where `before` is null. It comes in by a cut and is in no group."""

    name = "duplicate"
    title = "Duplicate"

    clip: Id
    before: Id | None = None

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: no_such_clip, in_group."""
        piece, at = edit.pieces[edit.index(self.clip)], _between(edit, self.before)
        id = unused(piece.id, [one.id for one in edit.pieces])
        copy = replace(piece, id=id, group="", transition="cut", transition_frames=0)
        return rearranged(edit, (*edit.pieces[:at], copy, *edit.pieces[at:]))

    def describe(self, edit: Edit) -> str:
        """In words."""
        return f"Put in a copy of {edit.called(edit.index(self.clip)).lower()}"


class AddGap(Action):
    """Put a gap of so many frames before a clip, or at the end."""

    name = "add_gap"
    title = "Add a gap"

    frames: Frames
    before: Id | None = None

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: no_such_clip, in_group."""
        at = _between(edit, self.before)
        gap = Piece(unused("gap", [piece.id for piece in edit.pieces]), self.frames, name="gap")
        return rearranged(edit, (*edit.pieces[:at], gap, *edit.pieces[at:]))

    def describe(self, edit: Edit) -> str:
        """In words."""
        return f"Added a gap of {seconds(self.frames, edit.fps)}"


class Insert(Action):
    """Put new media in before a clip, or at the end: `frames` of it, from its frame `media_in` on."""

    name = "insert"
    title = "Put in"

    media: MediaName
    media_frames: Frames
    frames: Frames
    media_in: Annotated[int, Field(ge=0)] = 0
    before: Id | None = None
    label: Annotated[str, Field(max_length=80)] = "clip"
    about: dict[str, Any] = Field(default_factory=dict)

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: too_short_media, in_group."""
        at = _between(edit, self.before)
        if self.media_in + self.frames > self.media_frames:
            raise EditError("too_short_media", _too_short(self.media_frames - self.media_in, self.frames))
        id = unused(self.label or "clip", [piece.id for piece in edit.pieces])
        piece = Piece(id, self.frames, self.media, self.media_in, self.media_frames, name=self.label, own=dict(self.about))
        return rearranged(edit, (*edit.pieces[:at], piece, *edit.pieces[at:]))

    def describe(self, edit: Edit) -> str:
        """In words."""
        return f"Put in {self.label}, {seconds(self.frames, edit.fps)}"


class Replace(Action):
    """Show other media in a clip's slot. Length, titles, look and order stay; what was known of the old picture goes, `about` comes."""

    name = "replace"
    title = "Replace"

    clip: Id
    media: MediaName
    media_frames: Frames
    media_in: Annotated[int, Field(ge=0)] = 0
    about: dict[str, Any] = Field(default_factory=dict)

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: too_short_media, is_gap."""
        i = edit.index(self.clip)
        self._right_kind(edit, i)
        piece = edit.pieces[i]
        if self.media_in + piece.n_frames > self.media_frames:
            raise EditError("too_short_media", _too_short(self.media_frames - self.media_in, piece.n_frames))
        own = {**{key: value for key, value in piece.own.items() if key not in _OF_THE_PICTURE}, **self.about}
        changed = edit.with_piece(
            i, media=self.media, media_in=self.media_in, media_frames=self.media_frames, own=own, speed=100, file_frames=0
        )
        return replace(changed, pieces=fitted(changed.pieces))

    def describe(self, edit: Edit) -> str:
        """In words."""
        return f"Replaced the picture of {edit.called(edit.index(self.clip)).lower()}"

    def _right_kind(self, edit: Edit, i: int) -> None:
        if edit.pieces[i].is_gap:
            raise EditError("is_gap", f"{edit.called(i)} has no picture to replace; fill it instead.")


class FillGap(Replace):
    """Put media into a gap, for exactly its frames."""

    name = "fill_gap"
    title = "Fill the gap"

    def describe(self, edit: Edit) -> str:
        """In words."""
        return f"Filled {edit.called(edit.index(self.clip)).lower()}"

    def _right_kind(self, edit: Edit, i: int) -> None:
        if not edit.pieces[i].is_gap:
            raise EditError("not_a_gap", f"{edit.called(i)} is no gap; replace its picture instead.")


def emptied(piece: Piece) -> Piece:
    """Its slot with nothing in it; what it was to show is still known."""
    own = {key: value for key, value in piece.own.items() if key not in _OF_THE_PICTURE}
    return replace(piece, media="", media_in=0, media_frames=0, group="", own=own, speed=100, file_frames=0)


def _grouped(edit: Edit, clips: tuple[str, ...]) -> list[int]:
    return sorted({k for clip in clips for k in edit.grouped(edit.index(clip))})


def _between(edit: Edit, before: str | None) -> int:
    """Where something is put in; never within a group."""
    if before is None:
        return len(edit.pieces)
    at = edit.index(before)
    if edit.grouped(at)[0] != at:
        raise EditError("in_group", f"{edit.called(at)} is inside a group; put it before the group, or ungroup it first.")
    return at


def _listed(edit: Edit, clips: tuple[str, ...]) -> str:
    found = [edit.called(i).lower() for i in sorted(edit.index(clip) for clip in clips)]
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"


def _too_short(held: int, needed: int) -> str:
    return f"The new picture has {frames(max(0, held))} to show; the slot needs {needed}."
