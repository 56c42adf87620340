"""An ask as the inputs of a hosted model, by the table of its row. Words, numbers and names of files; nothing is opened or sent."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import log
from pathlib import Path
from typing import Any

from models.asks import ImageAsk, Room, Subject, VideoAsk
from models.catalog import ModelRow
from models.catalog.hosted import Hosted
from models.pricing import billed_seconds

ROOM: dict[Room, str] = {
    "none": "",
    "top": "calm empty space at the top of the picture",
    "bottom": "calm empty space at the bottom of the picture",
    "left": "calm empty space on the left of the picture",
    "right": "calm empty space on the right of the picture",
}


@dataclass(frozen=True)
class Inputs:
    """values: what is sent as it is. pictures: which inputs take which picture. notes: what is not as it was asked."""

    values: dict[str, Any]
    pictures: dict[str, Path] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def hosted_of(row: ModelRow) -> Hosted:
    """The table of `row`."""
    hosted: Hosted = row.defaults["hosted"]
    return hosted


def of_picture(ask: ImageAsk, row: ModelRow) -> Inputs:
    """The inputs for one picture."""
    hosted = hosted_of(row)
    words = [ask.prompt, *_looks(ask.subject), ROOM[ask.framing.room]]
    if ask.palette:
        words.append(f"background {ask.palette[0]}" + (f", accents {', '.join(ask.palette[1:])}" if ask.palette[1:] else ""))
    values = dict(hosted.fixed) | {"prompt": ", ".join(filter(None, words))} | _seed(hosted, ask.seed)
    if hosted.aspect:
        values[hosted.aspect] = nearest_aspect(ask.width, ask.height, hosted.aspects)
    notes = _numbers(ask, hosted, values, row.id)
    if ask.negative_prompt and not hosted.negative:
        notes = (*notes, f"{row.id} takes no words for what must not be seen, so those were left out.")
    return Inputs(values, notes=notes)


def of_clip(ask: VideoAsk, row: ModelRow) -> Inputs:
    """The inputs for one clip, of the shortest length that covers the ask."""
    hosted = hosted_of(row)
    words = [ask.prompt, *(() if ask.still else _looks(ask.subject))]
    values = dict(hosted.fixed) | {"prompt": ", ".join(filter(None, words))} | _seed(hosted, ask.seed)
    pictures = {name: still.path for name, still in ((hosted.image, ask.still), (hosted.last, ask.last_still)) if name and still}
    if hosted.duration:
        values[hosted.duration] = int(billed_seconds(Decimal(ask.n_frames) / ask.fps, row.durations_s))
    if hosted.negative and ask.negative_prompt:
        values[hosted.negative] = ask.negative_prompt
    if hosted.aspect and (hosted.aspect_with_image or not pictures):
        values[hosted.aspect] = nearest_aspect(ask.width, ask.height, hosted.aspects)
    if hosted.locked and ask.move == "static":
        values[hosted.locked] = True
    return Inputs(values, pictures, _numbers(ask, hosted, values, row.id))


def nearest_aspect(width: int, height: int, aspects: Sequence[str]) -> str:
    """The one of `aspects` ("16:9") whose shape is nearest."""

    def distance(aspect: str) -> float:
        wide, _, high = aspect.partition(":")
        return abs(log(int(wide) / int(high)) - log(width / height))

    return min(aspects, key=distance)


def _looks(subject: Subject | None) -> list[str]:
    """The subject in words; its kind stands in the prompt already."""
    if subject is None:
        return []
    label = f"the lettering “{subject.label}” on it" if subject.label else ""
    return [subject.description, label]


def _seed(hosted: Hosted, seed: int) -> dict[str, int]:
    """Some models count seeds in 31 bits."""
    return {hosted.seed: seed % 2**31} if hosted.seed else {}


def _numbers(ask: ImageAsk | VideoAsk, hosted: Hosted, values: dict[str, Any], model: str) -> tuple[str, ...]:
    """Puts steps and guidance into `values`; a sentence for each that the model does not take."""
    notes = []
    for name, value, called in ((hosted.steps, ask.steps, "number of steps"), (hosted.guidance, ask.guidance_scale, "guidance scale")):
        if value is not None and name:
            values[name] = value
        elif value is not None:
            notes.append(f"{model} takes no {called}, so it was left out.")
    return tuple(notes)
