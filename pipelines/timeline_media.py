"""The media that a timeline names: each listed once, and named so that timeline and media can be kept, moved and laid out again.

    clips/01-s1.mp4   stills/01-s1.png   logos/01-aurelia.png   sound/music.wav   sound/effects.wav   voice/01.wav      beside timeline.otio

Works on OpenTimelineIO timelines (see timeline.py) and paths; opens no media.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import opentimelineio as otio

from pipelines.errors import TimelineError
from pipelines.timeline import NAMESPACE, TEXT

Role = Literal["clip", "still", "music", "effects", "voice", "logo"]
TIMELINE = "timeline.otio"
_AUDIO: dict[str, Role] = {"Music": "music", "Effects": "effects", "Voice": "voice"}


@dataclass(frozen=True)
class TimelinePart:
    """One file of an edit. name: as the portable timeline names it, relative to the folder that holds both. path: where it lies now."""

    name: str
    role: Role
    path: Path


def portable(timeline: otio.schema.Timeline, root: Path) -> tuple[otio.schema.Timeline, tuple[TimelinePart, ...]]:
    """A copy of `timeline`, whose media lie under `root`, that names them by portable names; and what lies where. A file that is used
    twice is one part. Raises TimelineError for media that lie nowhere."""
    moved = timeline.deepcopy()
    parts: dict[Path, TimelinePart] = {}

    def renamed(url: str, role: Role, title: str) -> str:
        path = (root / url).resolve()
        if not path.is_file():
            raise TimelineError(f"{Path(url).name}, which the timeline names, is not there.")
        if path not in parts:
            count = sum(part.role == role for part in parts.values()) + 1
            parts[path] = TimelinePart(_name(role, count, title, path.suffix.lower()), role, path)
        return parts[path].name

    _visit(moved, renamed)
    return moved, tuple(parts.values())


def names_in(timeline: otio.schema.Timeline) -> tuple[tuple[str, Role], ...]:
    """(name, role) of every file that the timeline names, each once, in its order."""
    found: dict[str, Role] = {}

    def noted(url: str, role: Role, title: str) -> str:
        found.setdefault(url, role)
        return url

    _visit(timeline, noted)
    return tuple(found.items())


def files_of_clips(timeline: otio.schema.Timeline) -> dict[str, tuple[str, str]]:
    """(the clip's file, its still's; "" for none) of every clip of the picture, by the clip's name; of several of one name, the first."""
    found: dict[str, tuple[str, str]] = {}
    for role, clip in _clips(timeline):
        if role == "clip" and isinstance(clip.media_reference, otio.schema.ExternalReference):
            own = clip.metadata.get(NAMESPACE, {})
            found.setdefault(clip.name, (clip.media_reference.target_url, str(own.get("still", ""))))
    return found


def _visit(timeline: otio.schema.Timeline, change: Callable[[str, Role, str], str]) -> None:
    """Give every address of a file to `change(address, role, title)`, and put what it returns in its place."""
    for role, clip in _clips(timeline):
        if isinstance(clip.media_reference, otio.schema.ExternalReference):
            clip.media_reference.target_url = change(clip.media_reference.target_url, role, clip.name)
        own = clip.metadata.get(NAMESPACE)
        if role == "clip" and own is not None and own.get("still"):
            own["still"] = change(str(own["still"]), "still", clip.name)
    for line in _lines_with_pictures(timeline):
        line["image"] = change(str(line["image"]), "logo", str(line["text"]))


def _clips(timeline: otio.schema.Timeline) -> Iterator[tuple[Role, otio.schema.Clip]]:
    for track in timeline.video_tracks():
        for clip in track.find_clips():
            yield "clip", clip
    for track in timeline.audio_tracks():
        for clip in track.find_clips():
            yield _AUDIO.get(track.name, "effects"), clip


def _lines_with_pictures(timeline: otio.schema.Timeline) -> Iterator[Any]:
    """Each line of type that is a logo, as the timeline has it: what is set in it stays."""
    for track in timeline.tracks:
        for clip in track.find_clips() if track.kind == TEXT else ():
            title = clip.metadata.get(NAMESPACE, {}).get("title", {})
            yield from (line for line in title.get("lines", ()) if line.get("image"))


def _name(role: Role, count: int, title: str, suffix: str) -> str:
    if role in ("music", "effects"):
        return f"sound/{role}{'' if count == 1 else f'-{count}'}{suffix}"
    if role == "voice":
        return f"voice/{count:02d}{suffix}"
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40]
    return f"{role}s/{count:02d}{f'-{slug}' if slug else ''}{suffix}"
