"""Edits of what is heard: how loud music and effects are, and other music. Pure."""

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field

from pipelines.editing.action import Action, Frames, MediaName
from pipelines.editing.edit import Edit, Stem, seconds
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


class VolumeBetween(Action):
    """How loud music or effects are for a while: `frames` from frame `start` on, 0..1; null for as loud as the rest again. What was set
    for a part of that time before is over. Like the music itself it stays where it is when cuts move."""

    name = "volume_between"
    title = "Volume for a while"

    track: TrackName
    start: Annotated[int, Field(ge=0, le=1_000_000)]
    frames: Frames
    to: Annotated[float, Field(ge=0, le=1)] | None

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: outside, nothing_to_do."""
        if self.start + self.frames > edit.n_frames:
            raise EditError("outside", f"The film lasts {seconds(edit.n_frames, edit.fps)}; choose moments within it.")
        was = edit.settings.get(f"{self.track}_spans", [])
        now = painted(was, self.start, self.start + self.frames, self.to)
        if now == was:
            raise EditError("nothing_to_do", f"The {self.track} is that loud there already.")
        return edit.with_settings(**{f"{self.track}_spans": now})

    def describe(self, edit: Edit) -> str:
        """In words."""
        loud = "as loud as the rest again" if self.to is None else f"{self.to:.0%}"
        return f"Set the {self.track} to {loud} from {seconds(self.start, edit.fps)}, for {seconds(self.frames, edit.fps)}"


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


def painted(spans: list[list[float]], start: int, end: int, to: float | None) -> list[list[float]]:
    """[start, end, volume] of stretches that never overlap, in order, with frames start..end at `to`; None: none there. What is left of
    others stays, and equal neighbours are one."""
    left = [[low, high, loud] for a, b, loud in spans for low, high in ((a, min(b, start)), (max(a, end), b)) if low < high]
    joined: list[list[float]] = []
    for span in sorted([*left, *([] if to is None else [[start, end, to]])]):
        if joined and joined[-1][1:] == [span[0], span[2]]:
            joined[-1][1] = span[1]
        else:
            joined.append(span)
    return joined
