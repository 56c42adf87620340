"""Edits of type: titles added, changed, moved, taken out. Pure."""

from collections.abc import Collection
from dataclasses import replace
from typing import Annotated, Any, get_args

from pydantic import BaseModel, ConfigDict, Field

from models.typefaces import TYPEFACES
from models.typefaces.own import base_of
from pipelines.editing.action import Action, Frames, Id
from pipelines.editing.edit import Caption, Edit, seconds, unused
from pipelines.edl import Position, TitleRole
from pipelines.errors import EditError
from pipelines.text_animations import ANIMATIONS, EXITS

Color = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
Text = Annotated[str, Field(min_length=1, max_length=300, pattern=r"\S")]
POSITIONS = get_args(Position)


class Line(BaseModel):
    """A line of a title, as `edl.TitleLine`; image: of a logo, the file as the timeline names it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    text: Text
    role: TitleRole = "headline"
    animation: str = "fade"
    delay: Annotated[int, Field(ge=0, le=240)] = 0
    image: Annotated[str, Field(max_length=120, pattern=r"^(logos/[a-z0-9.-]+)?$")] = ""


Lines = Annotated[tuple[Line, ...], Field(min_length=1, max_length=8)]


class AddTitle(Action):
    """Put a block of type on screen from frame `start` for `frames`."""

    name = "add_title"
    title = "Add text"

    start: Annotated[int, Field(ge=0)]
    frames: Frames
    lines: Lines
    position: Position = "center"
    style: str = "modern_grotesk"
    color: Color = "#FFFFFF"
    accent: Color = "#FFFFFF"
    exit_animation: str = "fade"

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: title_outside, unknown."""
        values = self.model_dump(mode="json", exclude={"start", "frames"})
        caption = Caption(unused("t1", [one.id for one in edit.captions]), self.start, self.frames, values)
        return replace(edit, captions=_in_order((*edit.captions, _checked(edit, caption))))

    def describe(self, edit: Edit) -> str:
        """In words."""
        return f"Added the text {_quoted(self.lines[0].text)} at {seconds(self.start, edit.fps)}"


class EditTitle(Action):
    """Change what a title says and how it is set; what is null stays. text: of its lines in order, keeping their roles and animations."""

    name = "edit_title"
    title = "Edit text"

    id: Id
    text: Annotated[tuple[Text, ...], Field(min_length=1, max_length=8)] | None = None
    lines: Lines | None = None
    animation: str | None = None
    position: Position | None = None
    style: str | None = None
    color: Color | None = None
    accent: Color | None = None
    exit_animation: str | None = None

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: no_such_title, bad_arguments, unknown."""
        caption = edit.caption(self.id)
        given = self.model_dump(mode="json", exclude={"id", "text", "lines", "animation"}, exclude_none=True)
        lines = [line.model_dump(mode="json") for line in self.lines] if self.lines else [dict(line) for line in caption.values["lines"]]
        if self.text is not None:
            if len(self.text) != len(lines):
                raise EditError("bad_arguments", f"The title has {len(lines)} lines and {len(self.text)} were given; send lines instead.")
            lines = [{**line, "text": text} for line, text in zip(lines, self.text, strict=True)]
        if self.animation is not None:
            lines = [{**line, "animation": self.animation} for line in lines]
        return edit.with_caption(_checked(edit, replace(caption, values={**caption.values, **given, "lines": lines})))

    def describe(self, edit: Edit) -> str:
        """In words."""
        said = self.text[0] if self.text else self.lines[0].text if self.lines else ""
        old = _quoted(edit.caption(self.id).text)
        if said:
            return f"Changed the text {old} to {_quoted(said)}"
        changed = [name.replace("_", " ") for name in self.model_dump(exclude={"id"}, exclude_none=True)]
        return f"Changed the {' and '.join(changed) or 'type'} of {old}"


class MoveTitle(Action):
    """Show a title at another time, or for longer."""

    name = "move_title"
    title = "Move text"

    id: Id
    start: Annotated[int, Field(ge=0)]
    frames: Frames

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: no_such_title, title_outside."""
        caption = _checked(edit, replace(edit.caption(self.id), start=self.start, n_frames=self.frames))
        return replace(edit, captions=_in_order(edit.with_caption(caption).captions))

    def describe(self, edit: Edit) -> str:
        """In words."""
        caption = edit.caption(self.id)
        return f"Moved the text {_quoted(caption.text)} to {seconds(self.start, edit.fps)}, for {seconds(self.frames, edit.fps)}"


class RemoveTitle(Action):
    """Take a title out."""

    name = "remove_title"
    title = "Delete text"

    id: Id

    def apply(self, edit: Edit) -> Edit:
        """Raises EditError: no_such_title."""
        gone = edit.caption(self.id)
        return replace(edit, captions=tuple(caption for caption in edit.captions if caption is not gone))

    def describe(self, edit: Edit) -> str:
        """In words."""
        return f"Took out the text {_quoted(edit.caption(self.id).text)}"


def _checked(edit: Edit, caption: Caption) -> Caption:
    if caption.end > edit.n_frames:
        film = seconds(edit.n_frames, edit.fps)
        raise EditError("title_outside", f"The title would end at {seconds(caption.end, edit.fps)}; the film lasts {film}.")
    values: dict[str, Any] = caption.values
    named: list[tuple[str, str, Collection[str]]] = [
        ("typeface", base_of(values["style"]), TYPEFACES),
        ("exit animation", values["exit_animation"], EXITS),
        *(("animation", line["animation"], ANIMATIONS) for line in values["lines"]),
    ]
    for kind, name, table in named:
        if name not in table:
            raise EditError("unknown", f"There is no {kind} {name!r}; choose one of {', '.join(table)}.")
    return caption


def _in_order(captions: tuple[Caption, ...]) -> tuple[Caption, ...]:
    return tuple(sorted(captions, key=lambda one: one.start))


def _quoted(text: str) -> str:
    return f"“{text if len(text) <= 40 else text[:39].rstrip() + '…'}”"
