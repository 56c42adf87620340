"""Enhancement: an ad's timeline and what was measured in its film → the timeline whose scenes belong together better.

    match_color, level_exposure   a jump of colour or light: scenes are drawn towards their neighbours', from the reference scene outwards
    transition                    motion that turns round: a dissolve, where clips hold the frames for it
    anything else                 left, and said so

Brand colours are never moved; changes of light that the story means are not touched; without such a finding nothing is changed. Works
on OpenTimelineIO timelines (timeline.py) and the plain findings of a review; it renders nothing, and knows no jobs.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import opentimelineio as otio
from opentimelineio.opentime import RationalTime

from pipelines.color_match import between
from pipelines.correction import MEASURED, Correction
from pipelines.editing import edit_of
from pipelines.editing.edit import counted_at
from pipelines.edl import Edl
from pipelines.enhancement_edges import Edges, jump
from pipelines.enhancement_words import matched
from pipelines.plan_as_cut import scenes_as_cut
from pipelines.timeline import NAMESPACE, conform, first_frame, speed_of

Action = Literal["match_color", "level_exposure", "transition"]
ACTIONS: tuple[Action, ...] = ("match_color", "level_exposure", "transition")
"""Fixes of findings that can be carried out here, without making anything anew."""

LIKE_ENOUGH = 0.9
"""Of a jump that may be left of it after a correction, as it is foreseen; one that helps less is not worth its change."""

SETTLED = 0.6
"""Of a jump that is left after its one side was moved: less, and its other side stays as it is."""

SEEN = 4.0
"""CIELAB units that a seam without a finding may open by, when its one side is moved, before its other side follows."""

KIN = 16.0
"""Codes of chroma within which a colour may be the same set under another cast."""

DISSOLVE_FRAMES = (4, 12)
"""The least that is seen as a dissolve, and the most that is taken."""


@dataclass(frozen=True)
class Seam:
    """Where scene `before` meets scene `after`. planned: the story means the light to change here."""

    before: int
    after: int
    planned: bool


@dataclass(frozen=True)
class Wanted:
    """What a review would have done. scene: where to act; time_s: in the film."""

    action: Action
    scene: int
    time_s: float


@dataclass(frozen=True)
class Change:
    """One thing that was changed. sentence: for people. towards: the scene it was matched to, None where that is not the point."""

    kind: Action
    scene: int
    sentence: str
    towards: int | None = None


@dataclass(frozen=True)
class Enhancement:
    """changes: () when the ad is left alone. left: why something that was found could not be mended here, for people."""

    changes: tuple[Change, ...]
    left: tuple[str, ...] = ()


def wanted_of(found: Mapping[str, Any]) -> tuple[Wanted, ...]:
    """What can be carried out of what a review found; found: {"findings": [{"action", "scene", "time_s"} …], …}."""
    return tuple(Wanted(row["action"], row["scene"], row["time_s"]) for row in found["findings"] if row["action"] in ACTIONS)


def seams_of(found: Mapping[str, Any]) -> tuple[Seam, ...]:
    """The seams of what a review found; found: {"seams": [{"before", "after", "planned"} …], …}."""
    return tuple(Seam(row["before"], row["after"], row["planned"]) for row in found["seams"])


def enhance(
    timeline: otio.schema.Timeline,
    root: Path,
    wanted: Sequence[Wanted],
    seams: Sequence[Seam],
    reference: int | None = None,
    spared: Sequence[str] = (),
    check: Callable[[], None] = lambda: None,
) -> tuple[otio.schema.Timeline, Enhancement]:
    """The timeline with everything of `wanted` carried out that can be, and what was done. timeline itself is left as it is.

    Scenes are counted as the timeline is cut (plan_as_cut.py), gaps included, as whoever reviews its film counts them.
    root: the folder of its media. reference: the scene that others are matched to, where it is among them. spared: brand colours
    ("#RRGGBB"), which stay as they are. check() is called between scenes and may raise. Raises TimelineError, MediaError.
    """
    better = timeline.deepcopy()
    edl, _ = conform(timeline, root)
    pieces = [item for item in better.video_tracks()[0] if not isinstance(item, otio.schema.Transition)]
    scenes = scenes_as_cut(edit_of(timeline))
    found: list[Change] = []
    left: list[str] = []
    edges = Edges(edl, scenes)
    left.extend(
        f"Scene {one.scene} is a gap and shows nothing that could be matched; fill it first."
        for one in wanted
        if one.action != "transition" and one.scene not in edges.seen
    )
    for group in _groups([seam for seam in seams if {seam.before, seam.after} <= edges.seen]):
        flagged = {one.scene for one in wanted if one.action != "transition"} & set(group[1:])
        if flagged:
            middle = reference if reference in group else max(group, key=lambda scene: _frames(edl, scenes, scene))
            _match(edges, group, flagged, middle, tuple(spared), found, left, check)
    for clip, scene in zip(pieces, scenes, strict=True):
        if scene in edges.moved and isinstance(clip, otio.schema.Clip):
            own = clip.metadata[NAMESPACE]
            own["match"] = asdict(Correction(**dict(own.get("match", {}))).then(edges.moved[scene]).bounded(MEASURED))
    for one in wanted:
        if one.action == "transition":
            _dissolve(better, scenes.index(one.scene) if one.scene in scenes else 0, one.scene, found, left)
    return better, Enhancement(tuple(found), tuple(left))


def _groups(seams: Sequence[Seam]) -> list[list[int]]:
    """Scenes that are meant to share one light: neighbours without a planned change between them, in playback order."""
    groups: list[list[int]] = []
    for seam in seams:
        if seam.planned:
            continue
        if groups and groups[-1][-1] == seam.before:
            groups[-1].append(seam.after)
        else:
            groups.append([seam.before, seam.after])
    return groups


def _frames(edl: Edl, scenes: Sequence[int], scene: int) -> int:
    return sum(picture.n_frames for picture, its in zip(edl.pictures, scenes, strict=True) if its == scene)


def _match(
    edges: Edges,
    group: Sequence[int],
    flagged: set[int],
    middle: int,
    spared: tuple[str, ...],
    found: list[Change],
    left: list[str],
    check: Callable[[], None],
) -> None:
    """From the reference outwards: a scene whose seam was found to jump, or whose neighbour was moved, follows its neighbour."""
    at = group.index(middle)
    outwards = [(group[i - 1], group[i], group[i]) for i in range(at + 1, len(group))]
    outwards += [(group[i + 1], group[i], group[i + 1]) for i in range(at - 1, -1, -1)]
    for neighbour, scene, later in outwards:
        check()
        if later not in flagged and neighbour not in edges.moved:
            continue
        before, after = edges.meeting(neighbour, scene)
        was, now = jump(edges.as_it_was(neighbour, scene), after), jump(before, after)
        if now < SETTLED * was if later in flagged else now < was + SEEN:
            continue
        correction = between(before.pixels, after.pixels, amount=1.0, limits=MEASURED, kin=KIN)
        correction = Correction(correction.offset, correction.gain, correction.cb, correction.cr, spared)
        if not correction.unchanging and jump(before, after.corrected(correction)) < LIKE_ENOUGH * now:
            edges.moved[scene] = correction
            kind: Action = "match_color" if max(abs(correction.cb), abs(correction.cr)) >= 1.5 else "level_exposure"
            found.append(Change(kind, scene, matched(scene, neighbour, correction), neighbour))
        elif later in flagged:
            left.append(
                f"Scenes {min(scene, neighbour)} and {max(scene, neighbour)} show too little in common to be matched without tinting "
                "what they are about; another framing of one of them would help."
            )


def _dissolve(timeline: otio.schema.Timeline, index: int, scene: int, found: list[Change], left: list[str]) -> None:
    """A dissolve into the clip at `index` of the video track's clips and gaps, with the handles that both clips have."""
    track = timeline.video_tracks()[0]
    pieces = [i for i, item in enumerate(track) if not isinstance(item, otio.schema.Transition)]
    if not 0 < index < len(pieces):
        return
    place = pieces[index]
    if not all(isinstance(track[i], otio.schema.Clip) for i in pieces[index - 1 : index + 1]):
        left.append(f"The change into scene {scene} stays a cut: beside a gap there is nothing to dissolve with.")
        return
    between_them = track[place - 1]
    if isinstance(between_them, otio.schema.Transition):
        if between_them.name == "crossfade":
            left.append(f"The change into scene {scene} is a dissolve already; a move in the same direction as before it would help.")
            return
        between_them.name = "crossfade"
        found.append(Change("transition", scene, f"The change into scene {scene} is a dissolve now."))
        return
    least, most = DISSOLVE_FRAMES
    half = min(most // 2, _tail(track, pieces[index - 1]), _head(track, place))
    if half < least // 2:
        left.append(f"The cut into scene {scene} stays a cut: its clips hold no frames beyond it for a dissolve.")
        return
    rate = track[place].source_range.duration.rate
    offset = RationalTime(half, rate)
    track.insert(place, otio.schema.Transition(name="crossfade", transition_type="Custom_Transition", in_offset=offset, out_offset=offset))
    found.append(Change("transition", scene, f"Scene {scene} begins with a dissolve of {2 * half / rate:.1f} s instead of a cut."))


def _head(track: otio.schema.Track, place: int) -> int:
    """Frames that the clip has before its slot."""
    return first_frame(track[place])


def _tail(track: otio.schema.Track, place: int) -> int:
    """Frames that the clip has after its slot."""
    clip = track[place]
    held = counted_at(int(clip.available_range().end_time_exclusive().to_frames()), speed_of(clip))
    return held - first_frame(clip) - int(clip.source_range.duration.to_frames())
