"""What an action is: a name, arguments that are checked, what it does to an edit, and itself in words. The table of all is in
`__init__.py`."""

import re
from abc import ABC, abstractmethod
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from pipelines.editing.edit import Edit

Id = Annotated[str, Field(min_length=1, max_length=80)]
Frames = Annotated[int, Field(ge=1, le=14_400)]
By = Annotated[int, Field(ge=-14_400, le=14_400)]


def _portable(name: str) -> str:
    if name.startswith("/") or "\\" in name or ":" in name or any(part in ("", ".", "..") for part in name.split("/")):
        raise ValueError("name a file of the project, like clips/04-new.mp4")
    if not re.fullmatch(r"[\w./ +()-]{1,200}", name):
        raise ValueError("use letters, digits, spaces and . _ - + ( ) in the names of files")
    return name


MediaName = Annotated[str, AfterValidator(_portable)]
"""A file as the timeline names it: relative to the project folder, never out of it."""


class Action(BaseModel, ABC):
    """One edit. `name`: of the action, as in JSON's "action". `title`: for a menu.

    `apply` gives the edit afterwards and raises EditError when it cannot be done; `describe` says what it does, given the edit before it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: ClassVar[str]
    title: ClassVar[str]

    @abstractmethod
    def apply(self, edit: Edit) -> Edit:
        """The edit afterwards. Raises EditError."""

    @abstractmethod
    def describe(self, edit: Edit) -> str:
        """In words, for a list of what was done: "Trimmed 0.5 s off the end of clip 3"."""
