"""Edits of how pictures look and change over: transition, look, correction, grade, what a gap shows. Pure."""

from dataclasses import asdict
from typing import Annotated

from pydantic import Field

from pipelines.correction import MEASURED, Correction
from pipelines.editing.action import Action, Id
from pipelines.editing.edit import Edit, Shows, frames
from pipelines.errors import EditError
from pipelines.grade import LOOKS
from pipelines.transitions import TRANSITIONS

USUAL_FRAMES = 12
Cast = Annotated[float, Field(ge=-MEASURED.cast, le=MEASURED.cast)]
Spared = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]


class ChangeTransition(Action):
    """How a clip follows the one before it. frames: even; null for as long as it was, or half a second, or as long as there is room."""

    name = "transition"
    title = "Transition"

    clip: Id
    to: str
    frames: Annotated[int, Field(ge=2, le=240, multiple_of=2)] | None = None

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: no_transition_here, no_room, unknown."""
        i = edit.index(self.clip)
        _known("transition", self.to, TRANSITIONS)
        if self.to == "cut":
            return edit.with_piece(i, transition="cut", transition_frames=0)
        if not edit.joins(i):
            where = "Before the first clip" if i == 0 else "Beside a gap"
            raise EditError("no_transition_here", f"{where} there is nothing to change over from; a transition stands between two clips.")
        most = 2 * self._most(edit, i)
        asked = self.frames or min(edit.pieces[i].transition_frames or USUAL_FRAMES, most)
        if asked > most or not most:
            raise EditError("no_room", f"Between these clips is room for a transition of {frames(most)}; trim them inwards to make more.")
        return edit.with_piece(i, transition=self.to, transition_frames=asked)

    def describe(self, edit: Edit) -> str:
        """In words."""
        return f"Changed the transition into {edit.called(edit.index(self.clip)).lower()} to {self.to.replace('_', ' ')}"

    def _most(self, edit: Edit, i: int) -> int:
        """The longest half that both clips can lend."""
        last, piece = edit.pieces[i - 1], edit.pieces[i]
        lent = last.media_frames - last.media_in - last.n_frames
        return max(0, min(lent, piece.media_in, last.n_frames - edit.before(i - 1), piece.n_frames - edit.after(i)))


class ChangeLook(Action):
    """The grade of one clip, under the film's own; "none" for nothing."""

    name = "look"
    title = "Look"

    clip: Id
    to: str

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: unknown, no_such_clip."""
        i = edit.index(self.clip)
        _known("look", self.to, LOOKS)
        return edit.with_piece(i, own={**edit.pieces[i].own, "look": self.to})

    def describe(self, edit: Edit) -> str:
        """In words."""
        return f"Gave {edit.called(edit.index(self.clip)).lower()} the look {self.to.replace('_', ' ')}"


class Correct(Action):
    """One clip's exposure and cast, see pipelines/correction.py; with no numbers it is as it was made. spared: colours that stay."""

    name = "correct"
    title = "Correct"

    clip: Id
    offset: Annotated[float, Field(ge=-MEASURED.offset, le=MEASURED.offset)] = 0.0
    gain: Annotated[float, Field(ge=1 / MEASURED.gain, le=MEASURED.gain)] = 1.0
    cb: Cast = 0.0
    cr: Cast = 0.0
    spared: Annotated[tuple[Spared, ...], Field(max_length=8)] = ()

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: no_such_clip, is_gap."""
        i = edit.index(self.clip)
        if edit.pieces[i].is_gap:
            raise EditError("is_gap", f"{edit.called(i)} has no picture to correct.")
        own = {key: value for key, value in edit.pieces[i].own.items() if key != "match"}
        match = Correction(self.offset, self.gain, self.cb, self.cr, self.spared)
        return edit.with_piece(i, own=own if match.unchanging else {**own, "match": asdict(match)})

    def describe(self, edit: Edit) -> str:
        """In words."""
        return f"Corrected the colours of {edit.called(edit.index(self.clip)).lower()}"


class ChangeGrade(Action):
    """The grade of the whole film."""

    name = "grade"
    title = "Grade"

    to: str

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: unknown."""
        _known("grade", self.to, LOOKS)
        return edit.with_settings(grade=self.to)

    def describe(self, edit: Edit) -> str:
        """In words."""
        return f"Graded the film {self.to.replace('_', ' ')}"


class GapShows(Action):
    """What a gap shows until it is filled: black, or the last picture before it, held."""

    name = "gap_shows"
    title = "Show in the gap"

    clip: Id
    to: Shows

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: not_a_gap."""
        i = edit.index(self.clip)
        if not edit.pieces[i].is_gap:
            raise EditError("not_a_gap", f"{edit.called(i)} is no gap.")
        return edit.with_piece(i, shows=self.to)

    def describe(self, edit: Edit) -> str:
        """In words."""
        shown = "black" if self.to == "black" else "the picture before it, held"
        return f"{edit.called(edit.index(self.clip))} shows {shown}"


def _known(kind: str, name: str, table: object) -> None:
    assert isinstance(table, dict)
    if name not in table:
        raise EditError("unknown", f"There is no {kind} {name!r}; choose one of {', '.join(table)}.")
