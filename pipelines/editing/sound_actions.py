"""Edits of what is heard: how loud music and effects are, and other music. Pure."""

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field

from pipelines.editing.action import Action, Frames, MediaName
from pipelines.editing.edit import Edit, Stem
from pipelines.errors import EditError

TrackName = Literal["music", "effects"]
OF_THE_AD = "sound/"
"""How the files begin that an ad was made with; see pipelines/timeline_media.py. Others are somebody's own, which is kept in mind."""


class Volume(Action):
    """How loud music or effects are, 0..1, before the whole is mastered."""

    name = "volume"
    title = "Volume"

    track: TrackName
    to: Annotated[float, Field(ge=0, le=1)]

    def apply(self, edit: Edit) -> Edit:
        """Never refuses."""
        return edit.with_settings(**{f"{self.track}_volume": self.to})

    def describe(self, edit: Edit) -> str:
        """In words."""
        return f"Set the {self.track} to {self.to:.0%}"


class ChangeSound(Action):
    """Other music or effects, from the film's beginning; `media_frames`: its length in frames. media null takes it out. beats_s: where the
    new music's beats are, for snapping."""

    name = "sound"
    title = "Change music"

    track: TrackName
    media: MediaName | None
    media_frames: Frames | None = None
    beats_s: Annotated[tuple[Annotated[float, Field(ge=0)], ...], Field(max_length=4000)] | None = None
    bpm: Annotated[float, Field(ge=0, le=400)] | None = None

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: bad_arguments, nothing_to_do."""
        if self.media is not None and self.media_frames is None:
            raise EditError("bad_arguments", "Say how many frames the new sound lasts: media_frames.")
        if self.media is None and getattr(edit, self.track) is None:
            raise EditError("nothing_to_do", f"There are no {self.track} to take out." if self.track == "effects" else "There is no music.")
        stem = Stem(self.media, self.media_frames) if self.media is not None and self.media_frames is not None else None
        changed = replace(edit, music=stem) if self.track == "music" else replace(edit, effects=stem)
        if self.media is not None and not self.media.startswith(OF_THE_AD):
            changed = changed.with_settings(**{f"own_{self.track}": True})
        if self.track == "effects":
            return changed
        return changed.with_settings(beats_s=list(self.beats_s or ()), bpm=self.bpm or 0.0)

    def describe(self, edit: Edit) -> str:
        """In words."""
        return f"Changed the {self.track}" if self.media is not None else f"Took out the {self.track}"
