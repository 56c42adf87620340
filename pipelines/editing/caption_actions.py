"""Edits of captions: how they are shown, and what one of them says. Pure."""

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from pipelines.captions.breaking import polish
from pipelines.editing.action import Action
from pipelines.editing.edit import Edit, seconds
from pipelines.errors import EditError
from pipelines.word_captions.cue import OFF
from pipelines.word_captions.otio_track import KEY
from pipelines.word_captions.retimed import reworded
from pipelines.word_captions.styles import STYLES, CaptionStyle


class ShowCaptions(Action):
    """How the captions of the film are shown; "off" hides them, and keeps them."""

    name = "captions"
    title = "Captions"

    to: CaptionStyle

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: no_captions, nothing_to_do."""
        if not edit.cues:
            raise EditError("no_captions", "This ad has no captions to show; make it with captions, or with a voice.")
        how = dict(edit.settings.get(KEY) or {})
        if how.get("style", OFF) == self.to:
            raise EditError("nothing_to_do", "The captions are shown like that already.")
        return edit.with_settings(**{KEY: {**how, "style": self.to}})

    def describe(self, edit: Edit) -> str:
        """In words."""
        return "Hid the captions" if self.to == OFF else f"Showed the captions as {STYLES[self.to].title.lower()}"


class EditCaption(Action):
    """What the caption number `cue` (from 0, in order) says; its words share the time of those before them. "" takes it out."""

    name = "edit_caption"
    title = "Edit caption"

    cue: Annotated[int, Field(ge=0, le=10_000)]
    text: Annotated[str, Field(max_length=300)]

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: no_such_caption, nothing_to_do, no_room."""
        if self.cue >= len(edit.cues):
            raise EditError("no_such_caption", "There is no such caption on the timeline; it may have been taken out meanwhile.")
        was, said = edit.cues[self.cue], polish(self.text)
        if said == was.text:
            raise EditError("nothing_to_do", "The caption says that already.")
        now = reworded(was, said) if said else None
        if said and now is None:
            raise EditError("no_room", f"So many words cannot be read in {seconds(was.n_frames, edit.fps)}; use fewer.")
        return replace(edit, cues=(*edit.cues[: self.cue], *([now] if now else ()), *edit.cues[self.cue + 1 :]))

    def describe(self, edit: Edit) -> str:
        """In words."""
        was = edit.cues[self.cue].text if self.cue < len(edit.cues) else ""
        return f"Changed the caption “{was}” to “{polish(self.text)}”" if self.text.strip() else f"Took out the caption “{was}”"
