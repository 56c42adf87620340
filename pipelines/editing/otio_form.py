"""An OpenTimelineIO timeline as an `Edit`, and back: nothing is lost on the way, and a clip without an id gets one.

It reads what pipelines/timeline.py builds. The timeline that is given is never touched.
"""

from typing import Any

import opentimelineio as otio
from opentimelineio.opentime import RationalTime, TimeRange

from pipelines.editing.edit import RATE, Caption, Edit, Piece, Spoken, Stem, counted_at, unused
from pipelines.errors import TimelineError
from pipelines.timeline import NAMESPACE, TEXT, VERSION, first_frame, plain, speed_of
from pipelines.word_captions.otio_track import caption_track, cues_in

_OF_THE_SLOT = ("id", "group", "shows")


def edit_of(timeline: otio.schema.Timeline) -> Edit:
    """Raises TimelineError for a timeline that was not made here, or by a newer studio."""
    settings = plain(timeline.metadata.get(NAMESPACE))
    if settings is None:
        raise TimelineError("This timeline was not made here: it lacks the studio's own metadata.")
    if settings["version"] > VERSION:
        raise TimelineError(f"This timeline is of version {settings['version']}; this studio reads up to {VERSION}. Update the studio.")
    tracks = timeline.video_tracks()
    if not tracks:
        raise TimelineError("This timeline has no video track.")
    return Edit(
        name=timeline.name,
        settings=settings,
        pieces=_pieces(tracks[0]),
        captions=_captions([track for track in timeline.tracks if track.kind == TEXT]),
        spoken=_spoken(_track(timeline, "Voice")),
        music=_stem(_track(timeline, "Music"), int(settings["fps"])),
        effects=_stem(_track(timeline, "Effects"), int(settings["fps"])),
        cues=cues_in(timeline, NAMESPACE),
        other={key: plain(value) for key, value in timeline.metadata.items() if key != NAMESPACE},
    )


def timeline_of(edit: Edit) -> otio.schema.Timeline:
    """The inverse of `edit_of`."""
    timeline = otio.schema.Timeline(edit.name)
    for key, value in {**edit.other, NAMESPACE: edit.settings}.items():
        timeline.metadata[key] = value
    timeline.tracks.append(_video_track(edit))
    timeline.tracks.extend(_text_tracks(edit))
    if edit.cues:
        timeline.tracks.append(caption_track(edit.cues, edit.fps, NAMESPACE))
    for name, stem in (("Music", edit.music), ("Effects", edit.effects)):
        if stem:
            timeline.tracks.append(_stem_track(name, stem, edit))
    if edit.spoken:
        timeline.tracks.append(_voice_track(edit))
    return timeline


def _track(timeline: otio.schema.Timeline, name: str) -> otio.schema.Track | None:
    return next((track for track in timeline.audio_tracks() if track.name == name), None)


def _pieces(track: otio.schema.Track) -> tuple[Piece, ...]:
    found: list[Piece] = []
    items = [item for item in track if not isinstance(item, otio.schema.Transition)]
    known = [str(item.metadata[NAMESPACE]["id"]) for item in items if "id" in item.metadata.get(NAMESPACE, {})]
    transition, length = "cut", 0
    for item in track:
        if isinstance(item, otio.schema.Transition):
            transition, length = item.name, (item.in_offset + item.out_offset).to_frames()
            continue
        if not isinstance(item, otio.schema.Clip | otio.schema.Gap):
            raise TimelineError(f"The video track holds a {type(item).__name__}; only clips, gaps and transitions can be edited here.")
        own = plain(item.metadata.get(NAMESPACE, {}))
        id = own.get("id") or unused(item.name or "gap", [*known, *(piece.id for piece in found)])
        media, held, speed = "", 0, 100
        span = item.trimmed_range()
        if isinstance(item, otio.schema.Clip) and isinstance(item.media_reference, otio.schema.ExternalReference):
            media = item.media_reference.target_url
            whole = item.media_reference.available_range
            held = whole.end_time_exclusive().to_frames() if whole else span.end_time_exclusive().to_frames()
            speed = speed_of(item)
        found.append(
            Piece(
                id=id,
                n_frames=span.duration.to_frames(),
                media=media,
                media_in=first_frame(item) if media else 0,
                media_frames=counted_at(held, speed),
                transition=transition,
                transition_frames=length,
                name=item.name,
                group=str(own.get("group", "")),
                shows="hold" if own.get("shows") == "hold" else "black",
                own={key: value for key, value in own.items() if key not in _OF_THE_SLOT},
                other={key: plain(value) for key, value in item.metadata.items() if key != NAMESPACE},
                speed=speed,
                file_frames=0 if speed == 100 else held,
            )
        )
        transition, length = "cut", 0
    return tuple(found)


def _captions(tracks: list[otio.schema.Track]) -> tuple[Caption, ...]:
    found: list[tuple[int, int, str, dict[str, Any]]] = []
    for track in tracks:
        at = 0
        for item in track:
            n_frames = item.duration().to_frames()
            if isinstance(item, otio.schema.Clip):
                own = plain(item.metadata[NAMESPACE])
                found.append((at, n_frames, str(own.get("id", "")), own["title"]))
            at += n_frames
    found.sort(key=lambda one: one[0])
    taken = [id for _, _, id, _ in found if id]
    captions: list[Caption] = []
    for number, (at, n_frames, id, values) in enumerate(found, 1):
        captions.append(Caption(id or unused(f"t{number}", [*taken, *(c.id for c in captions)]), at, n_frames, values))
    return tuple(captions)


def _spoken(track: otio.schema.Track | None) -> tuple[Spoken, ...]:
    found, at = [], 0
    for item in track or ():
        length = item.duration().rescaled_to(RATE).to_frames()
        if isinstance(item, otio.schema.Clip):
            span, whole = item.trimmed_range(), item.media_reference.available_range or item.trimmed_range()
            start, held = (round(time.rescaled_to(RATE).value) for time in (span.start_time, whole.end_time_exclusive()))
            found.append(Spoken(at, length, item.name, item.media_reference.target_url, start, held))
        at += length
    return tuple(found)


def _stem(track: otio.schema.Track | None, fps: int) -> Stem | None:
    for clip in track.find_clips() if track else ():
        whole = clip.media_reference.available_range or clip.trimmed_range()
        return Stem(clip.media_reference.target_url, whole.duration.rescaled_to(fps).to_frames())
    return None


def _span(start: int, length: int, rate: int) -> TimeRange:
    return TimeRange(RationalTime(start, rate), RationalTime(length, rate))


def _video_track(edit: Edit) -> otio.schema.Track:
    track = otio.schema.Track("Video", kind=otio.schema.TrackKind.Video)
    for piece in edit.pieces:
        if piece.transition_frames:
            half = RationalTime(piece.transition_frames // 2, edit.fps)
            track.append(
                otio.schema.Transition(name=piece.transition, transition_type="Custom_Transition", in_offset=half, out_offset=half)
            )
        slot = TimeRange(RationalTime(piece.media_in * piece.speed / 100, edit.fps), RationalTime(piece.n_frames, edit.fps))
        item: otio.schema.Clip | otio.schema.Gap
        if piece.is_gap:
            item = otio.schema.Gap(name=piece.name, source_range=slot)
        else:
            media = otio.schema.ExternalReference(piece.media, _span(0, piece.held, edit.fps))
            item = otio.schema.Clip(name=piece.name, media_reference=media, source_range=slot)
            if piece.speed != 100:
                item.effects.append(otio.schema.LinearTimeWarp(name="speed", time_scalar=piece.speed / 100))
        for key, value in piece.other.items():
            item.metadata[key] = value
        item.metadata[NAMESPACE] = {
            **piece.own,
            "id": piece.id,
            **({"group": piece.group} if piece.group else {}),
            **({"shows": piece.shows} if piece.is_gap else {}),
        }
        track.append(item)
    return track


def _text_tracks(edit: Edit) -> list[otio.schema.Track]:
    """As few tracks as hold the titles without overlap, in order of their starts."""
    tracks: list[otio.schema.Track] = []
    ends: list[int] = []
    for caption in sorted(edit.captions, key=lambda one: one.start):
        lane = next((i for i, end in enumerate(ends) if end <= caption.start), len(tracks))
        if lane == len(tracks):
            tracks.append(otio.schema.Track(f"Text {lane + 1}", kind=TEXT))
            ends.append(0)
        if caption.start > ends[lane]:
            tracks[lane].append(otio.schema.Gap(source_range=_span(0, caption.start - ends[lane], edit.fps)))
        clip = otio.schema.Clip(name=caption.text, source_range=_span(0, caption.n_frames, edit.fps))
        clip.metadata[NAMESPACE] = {"title": caption.values, "id": caption.id}
        tracks[lane].append(clip)
        ends[lane] = caption.end
    return tracks


def _stem_track(name: str, stem: Stem, edit: Edit) -> otio.schema.Track:
    track = otio.schema.Track(name, kind=otio.schema.TrackKind.Audio)
    media = otio.schema.ExternalReference(stem.media, _span(0, stem.media_frames, edit.fps))
    heard = _span(0, min(stem.media_frames, edit.n_frames), edit.fps)
    track.append(otio.schema.Clip(name=name.lower(), media_reference=media, source_range=heard))
    return track


def _voice_track(edit: Edit) -> otio.schema.Track:
    track, at = otio.schema.Track("Voice", kind=otio.schema.TrackKind.Audio), 0
    for line in edit.spoken:
        track.append(otio.schema.Gap(source_range=_span(0, line.start - at, RATE)))
        media = otio.schema.ExternalReference(line.media, _span(0, line.media_length, RATE))
        track.append(otio.schema.Clip(name=line.text, media_reference=media, source_range=_span(line.media_in, line.length, RATE)))
        at = line.start + line.length
    return track
