"""Captions in a timeline: a track of their own beside the titles', and in the settings how they are shown.

    Captions | gap | cue | gap | cue |         each clip holds its words as [text, start, frames], counted from its own start; and which
                                               of them are hidden, by their places

An ad's script stands in the settings too, [[scene, text], …]: what captions are made of where nobody speaks. Timelines of earlier releases
have none of this; they are read as films without captions.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import opentimelineio as otio
from opentimelineio.opentime import RationalTime, TimeRange

from pipelines.errors import TimelineError
from pipelines.word_captions.cue import OFF, Captioning, CaptionWord, Cue
from pipelines.word_captions.styles import NAMES

KIND = "Captions"
KEY = "captions"
"""Of the settings: how they are shown."""

SCRIPT = "script"
"""Of the settings: what a narrator would say in each scene."""

LONGEST = 300
"""Characters of a line."""

Script = tuple[tuple[int, str], ...]
"""(scene, what is said in it)."""

_TIMINGS = ("measured", "estimated", "reading")


def shown_as(captioning: Captioning) -> dict[str, str]:
    """Everything but the cues, as the settings hold it."""
    return {"style": captioning.style, "type": captioning.type, "color": captioning.color, "accent": captioning.accent}


def captioning_of(settings: Mapping[str, Any], cues: Sequence[Cue]) -> Captioning:
    """The inverse. Raises TimelineError for a style that is none."""
    how = dict(settings.get(KEY) or {})
    if how.setdefault("style", OFF) not in NAMES:
        raise TimelineError(f"There is no caption style {how['style']!r}; choose {', '.join(NAMES[:-1])} or {NAMES[-1]}.")
    return Captioning(**{str(key): str(value) for key, value in how.items()}, cues=tuple(cues))


def script_in(settings: Mapping[str, Any]) -> Script:
    """The ad's script, () where the timeline has none. Raises TimelineError for one that is none."""
    try:
        found = tuple((int(scene), str(text)) for scene, text in settings.get(SCRIPT, ()))
    except (TypeError, ValueError) as error:
        raise TimelineError("This timeline's script is not a list of scenes and lines.") from error
    if any(not text.strip() or len(text) > LONGEST for _, text in found):
        raise TimelineError(f"A line of this timeline's script is empty, or has more than {LONGEST} characters.")
    return found


def caption_track(cues: Sequence[Cue], fps: int, namespace: str) -> otio.schema.Track:
    """The track. namespace: of the studio's metadata."""
    track, at = otio.schema.Track(KIND, kind=KIND), 0
    for cue in cues:
        if cue.start > at:
            track.append(otio.schema.Gap(source_range=_span(cue.start - at, fps)))
        clip = otio.schema.Clip(name=cue.text, source_range=_span(cue.n_frames, fps))
        words = [[word.text, word.start, word.n_frames] for word in cue.words]
        hidden = [i for i, word in enumerate(cue.words) if word.hidden]
        clip.metadata[namespace] = {
            "words": words,
            "timing": cue.timing,
            "scene": cue.scene,
            **({"hidden": hidden} if hidden else {}),
        }
        track.append(clip)
        at = cue.end
    return track


def cues_in(timeline: otio.schema.Timeline, namespace: str) -> tuple[Cue, ...]:
    """The cues of a timeline, () where it has none. Raises TimelineError for words that do not lie inside their line."""
    return tuple(_cues(timeline, namespace))


def _cues(timeline: otio.schema.Timeline, namespace: str) -> Iterator[Cue]:
    for track in timeline.tracks:
        at = 0
        for item in track if track.kind == KIND else ():
            n_frames = item.duration().to_frames()
            if isinstance(item, otio.schema.Clip):
                own = item.metadata[namespace]
                hidden = {int(i) for i in own.get("hidden", ())}
                told = enumerate(own["words"])
                words = tuple(CaptionWord(str(text), int(start), int(length), i in hidden) for i, (text, start, length) in told)
                timing = str(own["timing"])
                if timing not in _TIMINGS:
                    raise TimelineError(f"The caption “{item.name}” is timed in a way that this studio does not know; update the studio.")
                cue = Cue(at, n_frames, words, timing, int(own["scene"]))  # type: ignore[arg-type]
                try:
                    cue.check()
                except ValueError as error:
                    raise TimelineError(str(error)) from error
                yield cue
            at += n_frames


def _span(n_frames: int, fps: int) -> TimeRange:
    return TimeRange(RationalTime(0, fps), RationalTime(n_frames, fps))
