"""Whooshes and hits that follow the cuts: when an edit moved them, the effects are made anew where they are now. The music stays.

    was    music ~~~~~~~~~~~~~~~~~~~   effects ....w....W......w....       cuts of the ad as it was made
    now    music ~~~~~~~~~~~~~~~~~~~   effects ....w..W....w......         the same tempo, key and seed, at the cuts of the edit

Only effects that come from the sound studio's code can be made so. Others stay as they are, and that is said. It knows timelines and
files, and no films.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from models.catalog import CATALOG
from models.media.audio_file import write_wav
from pipelines.editing import Edit, edit_of, timeline_of
from pipelines.editing.edit import Stem, seconds
from pipelines.plan_as_cut import moved_to
from pipelines.progress import Tools
from pipelines.scene_plan import ScenePlan
from pipelines.soundtrack import sound_of
from pipelines.timeline import read_timeline, write_timeline

MADE_BY = frozenset({"sound_studio", "ace_step_music"})
"""Backends whose effects are the sound studio's: the second plays other music under them."""

NAME = "sound/effects-moved.wav"


@dataclass(frozen=True)
class Followed:
    """timeline: the edited one, with effects where its cuts are. notes: sentences about what does not follow."""

    timeline: Path
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Moments:
    """Frames at which effects are heard. hero, final: None where the edit has taken that moment out."""

    cuts: tuple[int, ...]
    hero: int | None
    final: int | None


def follow_cuts(tools: Tools, timeline: Path, was: Path, plan: ScenePlan, sound_model: str) -> Followed:
    """`timeline` with its effects at its own cuts, written beside it where they had to be made. was: the timeline that it was edited from,
    whose effects fit. plan: the ad's as it was made. sound_model: that made its sound. Raises TimelineError, DiskFull; Cancelled."""
    edit, before = edit_of(read_timeline(timeline)), edit_of(read_timeline(was))
    notes = _short_music(edit)
    if edit.effects is None or not _heard(edit, "effects"):
        return Followed(timeline, notes)
    now = moments(edit, plan)
    if now == moments(before, plan):
        return Followed(timeline, notes)
    if edit.settings.get("own_effects") or before.effects is None or edit.effects.media != before.effects.media:
        return Followed(timeline, (*notes, "The cuts moved; the effects are your own file and stay where they are in it."))
    if not makes_effects(sound_model):
        made_by = sound_model or "a model that is not known any more"
        told = (
            f"The cuts moved, but the effects were made by {made_by} and stay where they were; turn them down or change them in the Editor."
        )
        return Followed(timeline, (*notes, told))
    if edit.settings.get("own_music") or _media(edit.music) != _media(before.music):
        notes = (*notes, "The effects were put at the new cuts; they keep the key of the music that the ad was made with.")
    place = timeline.parent / NAME
    place.parent.mkdir(parents=True, exist_ok=True)
    _record(tools, edit, plan, now, place)
    edit = replace(edit, effects=Stem(NAME, edit.n_frames))
    out = timeline.with_name(f"sounding-{timeline.name}")
    write_timeline(timeline_of(edit), out)
    return Followed(out, notes)


def makes_effects(sound_model: str) -> bool:
    """Whether this model's effects are the sound studio's."""
    return any(row.id == sound_model and row.backend in MADE_BY for row in CATALOG)


def moments(edit: Edit, plan: ScenePlan) -> Moments:
    """Where effects belong in an edit: at every cut into a picture that is not the one before it going on. Into a gap it is quiet."""
    cuts = []
    for i, piece in enumerate(edit.pieces):
        before = edit.pieces[i - 1] if i else None
        if before is None or piece.is_gap:
            continue
        goes_on = (before.media, before.of_file(before.media_in + before.n_frames)) == (piece.media, piece.of_file(piece.media_in))
        if not goes_on:
            cuts.append(edit.start(i))
    return Moments(tuple(cuts), moved_to(plan, edit, plan.hero_frame), moved_to(plan, edit, plan.final_frame))


def _record(tools: Tools, edit: Edit, plan: ScenePlan, now: Moments, out: Path) -> None:
    from models.backends.sound_studio.moved import moved_effects  # scipy loads only when there is work

    def at(frame: int | None) -> float | None:
        return None if frame is None else frame / edit.fps

    cuts = tuple(frame / edit.fps for frame in now.cuts)
    samples = moved_effects(sound_of(plan), edit.n_frames / edit.fps, cuts, at(now.hero), at(now.final), tools.check)
    write_wav(out, samples)


def _short_music(edit: Edit) -> tuple[str, ...]:
    """Said where the film outlasts its music by more than anybody would take for its end."""
    left = edit.n_frames - edit.music.media_frames if edit.music and _heard(edit, "music") else 0
    return (f"The film is {seconds(left, edit.fps)} longer than its music; its end is without.",) if left > edit.fps else ()


def _heard(edit: Edit, track: str) -> bool:
    return bool(edit.settings.get(f"{track}_volume")) or any(loud for _, _, loud in edit.settings.get(f"{track}_spans", ()))


def _media(stem: Stem | None) -> str:
    return stem.media if stem else ""
