"""The same edit for another place: another size, shape, rate or codec. Pure but for looking where each clip's subject is.

edit ──┬── shape: pictures cropped around their subjects, type laid anew inside the shape's safe zone
       ├── size: 720, 1080 or 2160 pixels on the shorter side
       ├── rate: every cut and title at the nearest frame of the new rate; pictures are repeated or left out, never made up
       └── codec and quality: a row of PROFILES
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import floor
from pathlib import Path
from typing import Literal, get_args

from models.media.encoding import TITLES, Codec, why_not
from models.media.video_file import probe
from pipelines.aspect import Aspect
from pipelines.edl import Edl, Picture
from pipelines.errors import TimelineError
from pipelines.focus import focus_of
from pipelines.word_captions.cue import remapped

ShortSide = Literal[720, 1080, 2160]
Rate = Literal[24, 25, 30, 60]
Quality = Literal["draft", "standard", "high"]
Framing = Literal["crop", "rerender"]
RATES: tuple[int, ...] = get_args(Rate)
SIDES: dict[int, str] = {720: "720p", 1080: "1080p", 2160: "4K"}
LITTLE = 0.6
"""Of a picture. When a shape shows less of it than this, people are told."""


@dataclass(frozen=True)
class Export:
    """What is asked for. None: as the edit is. short_side: pixels of the shorter side.

    framing: how pictures get into another shape. "crop", also for final films: in seconds, and what is seen is what was approved.
    "rerender" is asked for: shots of the product studio are photographed again (reframing.py), which takes as long as making them did.
    """

    aspect: Aspect | None = None
    short_side: ShortSide | None = None
    fps: Rate | None = None
    codec: Codec = "h264"
    quality: Quality = "standard"
    framing: Framing = "crop"

    @property
    def profile(self) -> str:
        """The row of PROFILES."""
        return self.quality if self.codec == "h264" else f"{self.quality}-{self.codec}"


@dataclass(frozen=True)
class Exported:
    """edl: to compose with `profile`. notes: sentences about what an export cannot help."""

    edl: Edl
    profile: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class CodecChoice:
    """A codec for a menu; why_not: "" when it can be had here."""

    id: Codec
    title: str
    why_not: str


def codecs() -> tuple[CodecChoice, ...]:
    """All three, each tried once in this process."""
    return tuple(CodecChoice(codec, title, why_not(codec)) for codec, title in TITLES.items())


def reshapes(edl: Edl, export: Export) -> bool:
    """Whether pictures have to get into another shape."""
    return export.aspect is not None and export.aspect != aspect_of(edl)


def aspect_of(edl: Edl) -> Aspect | None:
    """The shape of an edit, None when it is none of ours."""
    return next((a for a in Aspect if abs(a.size[0] / a.size[1] - edl.width / edl.height) < 0.01), None)


def prepared(edl: Edl, export: Export, look: Callable[[Path, int, int, int, float], tuple[float, float]] = focus_of) -> Exported:
    """The edit as the export wants it. look: finds where a clip's subject is (see focus.py). Raises TimelineError when the codec is not to
    be had, MediaError for a clip that cannot be read."""
    missing = why_not(export.codec)
    if missing:
        raise TimelineError(missing)
    notes: list[str] = []
    shaped = _shaped(edl, export, look, notes)
    if export.fps and export.fps != edl.fps:
        if export.fps > edl.fps:
            notes.append(f"At {export.fps} frames a second pictures of {edl.fps} are repeated; movement does not become smoother.")
        shaped = at_rate(shaped, export.fps)
    shaped.check()
    return Exported(shaped, export.profile, tuple(notes))


def sized(edl: Edl, export: Export) -> Edl:
    """In the export's shape and size, its pictures not yet cropped for it: enough to know where type stands. Media are not read."""
    was = aspect_of(edl)
    aspect = export.aspect or was
    side = export.short_side or min(edl.width, edl.height)
    if aspect is None:
        scale = side / min(edl.width, edl.height)
        return replace(edl, width=2 * round(edl.width * scale / 2), height=2 * round(edl.height * scale / 2))
    width, height = aspect.scaled(side)
    changed = replace(edl, width=width, height=height)
    zone = aspect.safe
    return changed if aspect == was else replace(changed, safe=(zone.left, zone.top, zone.right, zone.bottom))


def at_rate(edl: Edl, fps: int) -> Edl:
    """The same edit counted in frames of another rate; lengths stay within half a frame, and no clip is asked for more than it holds."""

    def moved(frame: float) -> int:
        return floor(frame * fps / edl.fps + 0.5)

    pictures: list[Picture] = []
    for picture in edl.pictures:
        start, end = moved(picture.start), max(moved(picture.start) + 1, moved(picture.start + picture.n_frames))
        half = floor(picture.transition_frames / 2 * fps / edl.fps)
        exact, n = picture.media_in * fps / edl.fps, end - start
        media_in = floor(exact)
        if n > picture.n_frames * fps / edl.fps:  # a rounded-up slot begins a little earlier rather than end beyond its media
            media_in = -floor(-exact) - 1
        media_in = max(half, media_in, 0)
        transition = picture.transition_in if half else "cut"
        changed = replace(picture, start=start, n_frames=n, media_in=media_in, transition_in=transition, transition_frames=2 * half)
        pictures.append(changed)
    length = pictures[-1].start + pictures[-1].n_frames
    titles = tuple(
        replace(
            title,
            start=(start := min(moved(title.start), length - 1)),
            n_frames=max(1, min(moved(title.start + title.n_frames), length) - start),
            lines=tuple(replace(line, delay=moved(line.delay)) for line in title.lines),
        )
        for title in edl.titles
    )
    cues = [remapped(cue, moved(cue.start), min(moved(cue.end), length), moved) for cue in edl.captioning.cues]
    captioning = replace(edl.captioning, cues=tuple(cue for cue in cues if cue))
    counted = replace(edl, fps=fps, n_frames=length, pictures=tuple(pictures), titles=titles, captioning=captioning)
    return replace(counted, fade_in=moved(edl.fade_in), fade_out=moved(edl.fade_out))


def _shaped(edl: Edl, export: Export, look: Callable[[Path, int, int, int, float], tuple[float, float]], notes: list[str]) -> Edl:
    """In its new shape and size, every picture cropped around its subject."""
    changed, aspect = sized(edl, export), export.aspect
    if aspect is None or not reshapes(edl, export):
        return changed
    width, height = changed.width, changed.height
    found: dict[tuple[str, int, int], tuple[float, float]] = {}
    pictures, least = [], 1.0
    for picture in edl.pictures:
        if picture.media:
            first, count = (n * picture.speed // 100 for n in (picture.media_in, 1 if picture.held else picture.n_frames))
            place = (picture.media, first, max(1, count))
            if place not in found:
                found[place] = look(Path(picture.media), first, place[2], edl.fps, width / height)
            picture = replace(picture, focus=found[place])
            info = probe(Path(picture.media))
            shape, wanted = info.width / info.height, width / height
            least = min(least, shape / wanted, wanted / shape)
        pictures.append(picture)
    if least < LITTLE:
        notes.append(f"In {aspect.value} only {least:.0%} of a picture is in view; it is cropped around its subject. Film wider for more.")
    return replace(changed, pictures=tuple(pictures))
