"""Edits of captions: how they are shown, what they say, when, and which are not shown. Pure.

A caption is a line; a phrase is some words of it, as they stand together on the picture: `words` of them from `first` on, counted from 0.
Where they are left out, all of the line is meant.
"""

from dataclasses import replace
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from pipelines.captions.breaking import polish
from pipelines.editing.action import Action, Frames
from pipelines.editing.caption_laying import laid, shown
from pipelines.editing.edit import Edit, seconds
from pipelines.errors import EditError
from pipelines.word_captions.cue import OFF, CaptionWord, Cue
from pipelines.word_captions.otio_track import KEY, LONGEST, script_in
from pipelines.word_captions.reading import read_words
from pipelines.word_captions.retimed import FEWEST_FRAMES, moved, reworded, veiled
from pipelines.word_captions.styles import STYLES, CaptionStyle
from pipelines.word_captions.weights import words_of

Said = Annotated[str, Field(min_length=1, max_length=LONGEST, pattern=r"\S")]
Place = Annotated[int, Field(ge=0, le=10_000)]


class ScriptLine(BaseModel):
    """What is said in a scene."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    scene: Annotated[int, Field(ge=1, le=100)]
    text: Said


class ShowCaptions(Action):
    """How the captions of the film are shown; "off" hides them, and keeps them. Where there are none yet they are laid: what is said, or
    else the ad's script. script: another one, [{"scene": 1, "text": "…"}], for an ad without a voice."""

    name = "captions"
    title = "Captions"

    to: CaptionStyle
    script: Annotated[tuple[ScriptLine, ...], Field(min_length=1, max_length=100)] | None = None

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: no_captions, no_room, nothing_to_do."""
        style = (edit.settings.get(KEY) or {}).get("style", OFF)
        if self.to == OFF and self.script is None:
            if style == OFF:
                raise EditError("nothing_to_do", "The captions are off already.")
            return shown(edit, OFF)
        cues, _ = self._cues(edit)
        if not cues and (self.script or script_in(edit.settings)):
            raise EditError("no_room", "No line of the script can be read beside the headlines; add captions where there is time.")
        if not cues:
            raise EditError("no_captions", "Nobody speaks in this film, and nobody wrote a script for it; add a caption, then choose how.")
        if style == self.to and cues == edit.cues:
            raise EditError("nothing_to_do", "The captions are shown like that already.")
        return replace(shown(edit, self.to), cues=cues)

    def describe(self, edit: Edit) -> str:
        """In words."""
        if self.to == OFF:
            return "Hid the captions"
        return " – ".join([f"Showed the captions as {STYLES[self.to].title.lower()}", *self._cues(edit)[1]])

    def _cues(self, edit: Edit) -> tuple[tuple[Cue, ...], tuple[str, ...]]:
        if self.script is not None:
            if edit.spoken:
                raise EditError("bad_arguments", "Somebody speaks in this film, and its captions are what is said; leave the script out.")
            return laid(edit, tuple((line.scene, line.text) for line in self.script))
        return (edit.cues, ()) if edit.cues else laid(edit, script_in(edit.settings))


class AddCaption(Action):
    """Another caption, from frame `start` for `frames`, where there is none; its words are read one after the other. Captions that are off
    are shown, as a line."""

    name = "add_caption"
    title = "Add caption"

    start: Annotated[int, Field(ge=0)]
    frames: Frames
    text: Said

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: no_room, caption_outside."""
        words = words_of(polish(self.text))
        if self.frames < FEWEST_FRAMES * len(words):
            raise EditError("no_room", f"So many words cannot be read in {seconds(self.frames, edit.fps)}; use fewer, or more time.")
        if any(self.start < cue.end and cue.start < self.start + self.frames for cue in edit.cues):
            raise EditError("no_room", "Another caption stands there; put this one before or after it.")
        ends = [round(end * edit.fps) for _, end in read_words(words, self.frames / edit.fps)]
        timed, at = [], 0
        for i, (word, end) in enumerate(zip(words, ends, strict=True), 1):
            end = min(max(end, at + FEWEST_FRAMES), self.frames - FEWEST_FRAMES * (len(words) - i))
            timed.append(CaptionWord(word, at, end - at))
            at = end
        cue = Cue(self.start, self.frames, tuple(timed), "reading", int(edit.pieces[edit.at(self.start)].own.get("scene") or 0))
        now = edit if (edit.settings.get(KEY) or {}).get("style", OFF) != OFF else shown(edit, "line")
        return replace(now, cues=tuple(sorted((*edit.cues, cue), key=lambda one: one.start)))

    def describe(self, edit: Edit) -> str:
        """In words."""
        return f"Added the caption “{polish(self.text)}” at {seconds(self.start, edit.fps)}"


class _OfCaption(Action):
    """Something about caption number `cue`, from 0 in order, or about a phrase of it."""

    cue: Place
    first: Place = 0
    words: Annotated[int, Field(ge=1, le=10_000)] | None = None

    def _found(self, edit: Edit) -> tuple[Cue, int]:
        """(The caption, how many of its words are meant.) Raises EditError: no_such_caption."""
        if self.cue < len(edit.cues):
            cue = edit.cues[self.cue]
            n = len(cue.words) - self.first if self.words is None else self.words
            if 0 < n <= len(cue.words) - self.first:
                return cue, n
        raise EditError("no_such_caption", "There is no such caption on the timeline; it may have been taken out meanwhile.")

    def _phrase(self, edit: Edit) -> str:
        cue, n = self._found(edit)
        return "".join(word.text for word in cue.words[self.first : self.first + n]).strip()

    def _with(self, edit: Edit, *cues: Cue) -> Edit:
        return replace(edit, cues=(*edit.cues[: self.cue], *cues, *edit.cues[self.cue + 1 :]))


class EditCaption(_OfCaption):
    """What caption number `cue` (from 0, in order) says, or a phrase of it: `words` of its words from `first` on. As many words as there
    were keep each its time; others share it. "" takes it out."""

    name = "edit_caption"
    title = "Edit caption"

    text: Annotated[str, Field(max_length=LONGEST)]

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: no_such_caption, nothing_to_do, no_room."""
        cue, n = self._found(edit)
        said = polish(self.text)
        if said == self._phrase(edit):
            raise EditError("nothing_to_do", "The caption says that already.")
        if not said and n == len(cue.words):
            return self._with(edit)
        now = reworded(cue, self.first, n, said)
        if now is None:
            spoken = cue.words[self.first + n - 1].end - cue.words[self.first].start
            raise EditError("no_room", f"So many words cannot be read in {seconds(spoken, edit.fps)}; use fewer.")
        if len(now.text) > LONGEST:
            raise EditError("bad_arguments", f"A caption has up to {LONGEST} characters; use fewer words.")
        return self._with(edit, now)

    def describe(self, edit: Edit) -> str:
        """In words."""
        was = self._phrase(edit)
        return f"Changed the caption “{was}” to “{polish(self.text)}”" if self.text.strip() else f"Took out the caption “{was}”"


class MoveCaption(_OfCaption):
    """Say a caption, or a phrase of it, from frame `start` of the film for `frames`, between the words before and after it."""

    name = "move_caption"
    title = "Move caption"

    start: Annotated[int, Field(ge=0)]
    frames: Frames

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: no_such_caption, no_room, caption_outside."""
        cue, n = self._found(edit)
        now = moved(cue, self.first, n, self.start, self.frames)
        if now is None:
            raise EditError("no_room", "The words before and after it leave no room for that; move them first, or give it other times.")
        latest = edit.cues[self.cue + 1].start if self.cue + 1 < len(edit.cues) else edit.n_frames
        return self._with(edit, replace(now, n_frames=max(now.words[-1].end, min(now.n_frames, latest - now.start))))

    def describe(self, edit: Edit) -> str:
        """In words."""
        return f"Moved the caption “{self._phrase(edit)}” to {seconds(self.start, edit.fps)}, for {seconds(self.frames, edit.fps)}"


class HideCaption(_OfCaption):
    """Leave a caption, or a phrase of it, off the picture, and keep it; hidden: false shows it again. What a voice says stays in the
    subtitles."""

    name = "hide_caption"
    title = "Hide caption"

    hidden: bool = True

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: no_such_caption, nothing_to_do."""
        cue, n = self._found(edit)
        now = veiled(cue, self.first, n, self.hidden)
        if now == cue:
            raise EditError("nothing_to_do", f"The caption is {'hidden' if self.hidden else 'shown'} already.")
        return self._with(edit, now)

    def describe(self, edit: Edit) -> str:
        """In words."""
        return f"{'Hid' if self.hidden else 'Showed'} the caption “{self._phrase(edit)}”"
