"""Which of several first lines and last words an ad has, and all those that it is cut to fit.

Ads that differ in these alone are cut alike, frame for frame, because each scene lasts as long as the longest of its lines needs:
so their shots are the same and need be made once. Works on a spec; knows no sets and no prices.

    hooks   "Another screen lights up."  "You check the time."       the first line of the first scene
    calls   "See the watch"  "Find yours"                            the button at the end
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from pipelines.copywriter.product import Lines
from pipelines.spec import AdSpec

HOOK_CHARS = (2, 48)
CALL_CHARS = (2, 28)
"""A button has room for no more (pipelines.spec)."""


class Wording(BaseModel):
    """hooks, calls: the lines to choose from, () where the writer's own stand. hook, call: which ones this ad has, from 0.

    own_openings: each hook opens on a picture of its own, seen from elsewhere; else all open alike.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    hooks: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    hook: Annotated[int, Field(ge=0)] = 0
    call: Annotated[int, Field(ge=0)] = 0
    own_openings: bool = True

    @property
    def first_line(self) -> str:
        """ "" where the writer's own stands."""
        return self.hooks[self.hook] if self.hook < len(self.hooks) else ""

    @property
    def last_words(self) -> str:
        """ "" where the writer's own stand."""
        return self.calls[self.call] if self.call < len(self.calls) else ""

    @property
    def opening(self) -> int:
        """Which way of taking the first picture: 0 is the shot list's own."""
        return self.hook if self.own_openings else 0


def worded(lines: Lines, wording: Wording) -> Lines:
    """A complete set of lines with the first and the last words that were asked for."""
    first, last = wording.first_line or lines.scenes[0], wording.last_words or lines.cta
    return replace(lines, scenes=(first, *lines.scenes[1:]), cta=last)


def reworded(spec: AdSpec, wording: Wording) -> AdSpec:
    """The spec with these words."""
    first, *rest = spec.scenes
    if wording.first_line and first.text_overlay is not None:
        lines = [wording.first_line, *first.text_overlay.text.split("\n")[1:]]
        first = first.model_copy(update={"text_overlay": first.text_overlay.model_copy(update={"text": "\n".join(lines)})})
    ad = spec.ad_specifications
    if wording.last_words:
        ad = ad.model_copy(update={"call_to_action_text": wording.last_words})
    return spec.model_copy(update={"scenes": [first, *rest], "ad_specifications": ad})


def alternatives(spec: AdSpec, wording: Wording) -> Iterator[AdSpec]:
    """The spec as the others are worded, once for each line that may stand in it."""
    for hook in range(len(wording.hooks)):
        if hook != wording.hook:
            yield reworded(spec, wording.model_copy(update={"hook": hook}))
    for call in range(len(wording.calls)):
        if call != wording.call:
            yield reworded(spec, wording.model_copy(update={"call": call}))
