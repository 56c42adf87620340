"""The editable timeline: OpenTimelineIO in and out, and its conform to an edit decision list.

One video track, text tracks, a music and an effects track, and a voice track where somebody speaks. What OpenTimelineIO has no
word for (titles, looks, gains) is kept in metadata under `NAMESPACE`, with a version; `edits.py` changes timelines, `compose.py`
never sees one.

    Video    | clip A        | clip B        |x| clip C          a Transition stands between two clips; its offsets are
    Text 1   | gap | title   | gap  | title      | gap |          the handles it borrows, as in OpenTimelineIO itself
    Captions | gap | cue  | gap | cue |                           see word_captions/otio_track.py
    Music    | music                             |
    Effects  | effects                           |
    Voice    | gap | line | gap  | line |
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import opentimelineio as otio
from opentimelineio.opentime import RationalTime, TimeRange

from models.asks import Sound
from pipelines.clips import ShotMedia
from pipelines.correction import Correction
from pipelines.edl import Edl, Picture, Title, TitleLine
from pipelines.errors import TimelineError
from pipelines.scene_plan import ScenePlan
from pipelines.voice_over import Spoken
from pipelines.word_captions.cue import Captioning
from pipelines.word_captions.otio_track import KEY as CAPTIONS
from pipelines.word_captions.otio_track import SCRIPT, Script, caption_track, captioning_of, cues_in, shown_as

NAMESPACE = "ad_studio"
VERSION = 1
TEXT = "Text"
RATE = 48_000
SLOWEST, QUICKEST = 25, 400
"""Hundredths of the speed at which clips were filmed."""


@dataclass(frozen=True)
class AudioMix:
    """What the soundtrack is mixed from: paths ("" for none) and gains 0..1. voices: spoken lines, and the second each begins at.
    music_spans, effects_spans: (start, end, gain), seconds: when they are as loud as that instead."""

    music: str
    effects: str
    music_volume: float
    effects_volume: float
    voices: tuple[tuple[str, float], ...] = ()
    music_spans: tuple[tuple[float, float, float], ...] = ()
    effects_spans: tuple[tuple[float, float, float], ...] = ()


def build_timeline(
    plan: ScenePlan,
    media: Sequence[ShotMedia],
    sound: Sound | None,
    name: str,
    root: Path,
    matches: Mapping[str, Correction] | None = None,
    voices: Sequence[Spoken] = (),
    captioning: Captioning | None = None,
    script: Script = (),
) -> otio.schema.Timeline:
    """The timeline of a freshly made ad: `media` in the order of `plan.shots`, each with its correction from `matches` (by shot id).
    script: what captions would say, should somebody want them later. Media are named relative to `root`, the folder that holds them, so
    that the folder can be moved or handed on."""
    timeline = otio.schema.Timeline(name)
    timeline.metadata[NAMESPACE] = {
        "version": VERSION,
        "width": plan.width,
        "height": plan.height,
        "fps": plan.fps,
        "grade": plan.grade,
        "safe": list(plan.safe),
        "seed": plan.seed,
        "bpm": plan.bpm,
        "beats_s": list(sound.beats_s) if sound else [],
        "music_volume": plan.music_volume,
        "effects_volume": plan.effects_volume,
    }
    timeline.tracks.append(_video_track(plan, media, root, matches or {}))
    timeline.tracks.extend(_text_tracks(plan.titles, plan.fps, root))
    if captioning and captioning.cues:
        timeline.metadata[NAMESPACE][CAPTIONS] = shown_as(captioning)
        timeline.tracks.append(caption_track(captioning.cues, plan.fps, NAMESPACE))
    if script:
        timeline.metadata[NAMESPACE][SCRIPT] = [[scene, text] for scene, text in script]
    for kind, path in (("Music", sound.music if sound else None), ("Effects", sound.effects if sound else None)):
        if path:
            timeline.tracks.append(_audio_track(kind, path, plan, root))
    if any(spoken.path for spoken in voices):
        timeline.tracks.append(_voice_track(voices, root))
    return timeline


def conform(timeline: otio.schema.Timeline, root: Path) -> tuple[Edl, AudioMix]:
    """The edit decision list of a timeline whose media lie under `root`, and what its sound is mixed from. Raises TimelineError."""
    own = timeline.metadata.get(NAMESPACE)
    if own is None:
        raise TimelineError("This timeline was not made here: it lacks the studio's own metadata.")
    if own["version"] > VERSION:
        raise TimelineError(f"This timeline is of version {own['version']}; this studio reads up to {VERSION}. Update the studio.")
    fps = int(own["fps"])
    pictures = _pictures(timeline.video_tracks()[0], fps, root)
    edl = Edl(
        width=int(own["width"]),
        height=int(own["height"]),
        fps=fps,
        n_frames=sum(p.n_frames for p in pictures),
        pictures=tuple(pictures),
        titles=tuple(title for track in timeline.tracks if track.kind == TEXT for title in _titles(track, root)),
        grade=str(own["grade"]),
        safe=tuple(float(v) for v in own["safe"]),  # type: ignore[arg-type]
        seed=int(own["seed"]),
        captioning=captioning_of(own, cues_in(timeline, NAMESPACE)),
    )
    edl.check()
    mix = AudioMix(
        _audio_path(timeline, "Music", root),
        _audio_path(timeline, "Effects", root),
        float(own["music_volume"]),
        float(own["effects_volume"]),
        _voices(timeline, root),
        _spans(own.get("music_spans", ()), fps),
        _spans(own.get("effects_spans", ()), fps),
    )
    return edl, mix


def write_timeline(timeline: otio.schema.Timeline, path: Path) -> None:
    """Write as .otio (JSON)."""
    otio.adapters.write_to_file(timeline, str(path), adapter_name="otio_json")


def read_timeline(path: Path) -> otio.schema.Timeline:
    """Read an .otio file. Raises TimelineError when it is none."""
    try:
        return timeline_from(path.read_text(encoding="utf-8"), path.name)
    except (ValueError, OSError) as error:
        raise TimelineError(f"{path.name} is not a readable timeline.") from error


def timeline_from(text: str, name: str = "This") -> otio.schema.Timeline:
    """What an .otio file holds, read; name: for the sentence when it is none. Raises TimelineError."""
    try:
        timeline = otio.adapters.read_from_string(text, "otio_json")
    except (otio.exceptions.OTIOError, ValueError) as error:
        raise TimelineError(f"{name} is not a readable timeline.") from error
    if not isinstance(timeline, otio.schema.Timeline):
        raise TimelineError(f"{name} holds a {type(timeline).__name__}, not a timeline.")
    return timeline


def _video_track(plan: ScenePlan, media: Sequence[ShotMedia], root: Path, matches: Mapping[str, Correction]) -> otio.schema.Track:
    track = otio.schema.Track("Video", kind=otio.schema.TrackKind.Video)
    scene_types = {scene.number: scene.scene_type for scene in plan.scenes}
    for shot, made in zip(plan.shots, media, strict=True):
        if shot.transition_frames:
            half = RationalTime(shot.transition_frames // 2, plan.fps)
            track.append(
                otio.schema.Transition(name=shot.transition_in, transition_type="Custom_Transition", in_offset=half, out_offset=half)
            )
        whole = TimeRange(RationalTime(0, plan.fps), RationalTime(made.clip.n_frames, plan.fps))
        clip = otio.schema.Clip(
            name=shot.id,
            media_reference=otio.schema.ExternalReference(_url(made.clip.path, root), whole),
            source_range=TimeRange(RationalTime(shot.head, plan.fps), RationalTime(shot.n_frames, plan.fps)),
        )
        clip.metadata[NAMESPACE] = {
            "scene": shot.scene,
            "scene_type": scene_types[shot.scene],
            "look": shot.look,
            "still": _url(made.still.path, root),
            "still_prompt": shot.still_prompt,
            "motion_prompt": shot.motion_prompt,
            "seed": shot.seed,
            "image_model": made.still.made.model,
            "video_model": made.clip.made.model,
        }
        if shot.id in matches:
            clip.metadata[NAMESPACE]["match"] = asdict(matches[shot.id])
        track.append(clip)
    return track


def _text_tracks(titles: Sequence[Title], fps: int, root: Path) -> list[otio.schema.Track]:
    """As few tracks as hold the titles without overlap, in order of their starts."""
    tracks: list[otio.schema.Track] = []
    ends: list[int] = []
    for title in sorted(titles, key=lambda t: t.start):
        lane = next((i for i, end in enumerate(ends) if end <= title.start), len(tracks))
        if lane == len(tracks):
            tracks.append(otio.schema.Track(f"Text {lane + 1}", kind=TEXT))
            ends.append(0)
        if title.start > ends[lane]:
            gap = TimeRange(RationalTime(0, fps), RationalTime(title.start - ends[lane], fps))
            tracks[lane].append(otio.schema.Gap(source_range=gap))
        clip = otio.schema.Clip(name=title.lines[0].text, source_range=TimeRange(RationalTime(0, fps), RationalTime(title.n_frames, fps)))
        values = asdict(title)
        del values["start"], values["n_frames"]
        values["lines"] = [_line(line, root) for line in title.lines]
        clip.metadata[NAMESPACE] = {"title": values}
        tracks[lane].append(clip)
        ends[lane] = title.start + title.n_frames
    return tracks


def _line(line: TitleLine, root: Path) -> dict[str, Any]:
    """As it is saved: the picture of a logo like any media, relative to the folder; where there is none, nothing of it."""
    values = asdict(line)
    image = values.pop("image")
    return {**values, "image": _url(Path(image), root)} if image else values


def _audio_track(kind: str, path: Path, plan: ScenePlan, root: Path) -> otio.schema.Track:
    track = otio.schema.Track(kind, kind=otio.schema.TrackKind.Audio)
    whole = TimeRange(RationalTime(0, plan.fps), RationalTime(plan.n_frames, plan.fps))
    track.append(
        otio.schema.Clip(name=kind.lower(), media_reference=otio.schema.ExternalReference(_url(path, root), whole), source_range=whole)
    )
    return track


def _voice_track(voices: Sequence[Spoken], root: Path) -> otio.schema.Track:
    """Each line where it is said, counted in samples: speech keeps no frames."""
    track, at = otio.schema.Track("Voice", kind=otio.schema.TrackKind.Audio), 0
    for spoken in sorted(voices, key=lambda one: one.start_s):
        if spoken.path is None:
            continue
        start, length = round(spoken.start_s * RATE), round(spoken.duration_s * RATE)
        track.append(otio.schema.Gap(source_range=TimeRange(RationalTime(0, RATE), RationalTime(start - at, RATE))))
        whole = TimeRange(RationalTime(0, RATE), RationalTime(length, RATE))
        media = otio.schema.ExternalReference(_url(spoken.path, root), whole)
        track.append(otio.schema.Clip(name=spoken.text, media_reference=media, source_range=whole))
        at = start + length
    return track


def _voices(timeline: otio.schema.Timeline, root: Path) -> tuple[tuple[str, float], ...]:
    track = next((track for track in timeline.audio_tracks() if track.name == "Voice"), None)
    if track is None:
        return ()
    return tuple(
        (str(root / clip.media_reference.target_url), clip.range_in_parent().start_time.to_seconds()) for clip in track.find_clips()
    )


def _spans(given: Any, fps: int) -> tuple[tuple[float, float, float], ...]:
    """Frames as seconds. Raises TimelineError for a stretch that is none."""
    found = tuple((float(start) / fps, float(end) / fps, float(loud)) for start, end, loud in given)
    if not all(0 <= start < end and 0 <= loud <= 1 for start, end, loud in found):
        raise TimelineError("This timeline sets a volume for a time, or to a loudness, that there is not.")
    return found


def _pictures(track: otio.schema.Track, fps: int, root: Path) -> list[Picture]:
    pictures: list[Picture] = []
    at, name, frames = 0, "cut", 0
    for item in track:
        if isinstance(item, otio.schema.Transition):
            name, frames = item.name, round((item.in_offset + item.out_offset).to_frames())
            continue
        span, own = item.trimmed_range(), plain(item.metadata.get(NAMESPACE, {}))
        if not isinstance(item, otio.schema.Clip) or not isinstance(item.media_reference, otio.schema.ExternalReference):
            pictures.append(_gap(pictures, at, span.duration.to_frames(), str(own.get("shows", "black"))))
            at, name, frames = at + span.duration.to_frames(), "cut", 0
            continue
        pictures.append(
            Picture(
                media=str(root / item.media_reference.target_url),
                start=at,
                n_frames=span.duration.to_frames(),
                media_in=first_frame(item),
                transition_in=name,
                transition_frames=frames,
                look=str(own.get("look", "none")),
                match=Correction(**own.get("match", {})),
                speed=speed_of(item),
            )
        )
        at, name, frames = at + span.duration.to_frames(), "cut", 0
    return pictures


def _gap(before: list[Picture], at: int, n_frames: int, shows: str) -> Picture:
    """Black; or the last frame before it, held, where there is one."""
    last = before[-1] if before else None
    if shows != "hold" or last is None or not last.media:
        return Picture("", at, n_frames)
    frame = last.media_in if last.held else last.media_in + last.n_frames - 1
    return Picture(last.media, at, n_frames, frame, look=last.look, match=last.match, held=True, speed=last.speed)


def speed_of(clip: otio.schema.Clip) -> int:
    """In hundredths: 100 as it was filmed, 200 twice as quick. Raises TimelineError for a speed that no clip has here."""
    warps = [effect for effect in clip.effects if isinstance(effect, otio.schema.LinearTimeWarp)]
    if not warps:
        return 100
    speed = round(warps[0].time_scalar * 100)
    if len(warps) > 1 or not SLOWEST <= speed <= QUICKEST:
        raise TimelineError(f"The clip {clip.name} is shown at {warps[0].time_scalar:g}× speed; 0.25 to 4, once, can be edited here.")
    return speed


def first_frame(clip: otio.schema.Clip) -> int:
    """The first frame of its file that a clip shows, counted at its speed. In the file it is told in the file's own frames, as other
    programs read it."""
    return round(float(clip.trimmed_range().start_time.value) * 100 / speed_of(clip))


def _titles(track: otio.schema.Track, root: Path) -> list[Title]:
    titles, at = [], 0
    for item in track:
        n_frames = item.duration().to_frames()
        if isinstance(item, otio.schema.Clip):
            values: dict[str, Any] = plain(item.metadata[NAMESPACE]["title"])
            lines = tuple(TitleLine(**line) for line in values.pop("lines"))
            lines = tuple(replace(line, image=str(root / line.image)) if line.image else line for line in lines)
            titles.append(Title(lines=lines, start=at, n_frames=n_frames, **values))
        at += n_frames
    return titles


def _url(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def plain(value: Any) -> Any:
    """OpenTimelineIO's own mappings and vectors as dicts and lists."""
    if hasattr(value, "items"):
        return {key: plain(part) for key, part in value.items()}
    if not isinstance(value, str) and hasattr(value, "__iter__"):
        return [plain(part) for part in value]
    return value


def _audio_path(timeline: otio.schema.Timeline, name: str, root: Path) -> str:
    for track in timeline.audio_tracks():
        if track.name == name:
            for clip in track.find_clips():
                return str(root / clip.media_reference.target_url)
    return ""
