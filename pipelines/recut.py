"""A finished ad cut again from its own parts: a timeline in, a film out. Nothing is spoken or composed anew, and no picture made but
for another shape where that is asked for.

timeline → (effects where its cuts are) → edit decision list → (mix) → finished MP4 → measured

`cut_again` keeps the film's shape; `export_again` gives it another shape, size, rate or codec. Both copy what did not change.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipelines.ad import Review, mix_soundtrack
from pipelines.compose import Composed
from pipelines.editing import edit_of
from pipelines.edl import Edl
from pipelines.exports import Export, Exported, prepared, reshapes
from pipelines.moved_effects import follow_cuts
from pipelines.progress import Run, Stage, Tools
from pipelines.recipe import KEY
from pipelines.reframing import Framed, framing_rows, framing_told, reframable, reframe_shot, with_reframed
from pipelines.rerender import rerender
from pipelines.scene_plan import ScenePlan
from pipelines.timeline import AudioMix, conform, read_timeline


@dataclass(frozen=True)
class Recut:
    """The film that came out. timeline: what it was cut from, beside its media. recipe: the JSON that is inside the file. quality: what
    the review of it found. changes: what is told of how it differs, as plain values."""

    path: Path
    poster: Path
    timeline: Path
    width: int
    height: int
    fps: int
    n_frames: int
    lufs: float | None
    true_peak_dbtp: float | None
    recipe: str
    notes: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    quality: dict[str, Any] | None = None
    changes: dict[str, Any] | None = None

    @property
    def duration_s(self) -> float:
        """Exact length."""
        return self.n_frames / self.fps


@dataclass(frozen=True)
class Before:
    """A film that was cut from the same media before: the file (None where nothing can be copied), and the timeline it was cut from,
    beside its media. plan: its scenes and its music as they were made first."""

    film: Path | None
    timeline: Path
    plan: ScenePlan


def cut_again(
    run: Run,
    timeline: Path,
    plan: ScenePlan,
    recipe: Mapping[str, Any],
    changes: Mapping[str, Any],
    out: Path,
    review: Review,
    before: Before,
) -> Recut:
    """Cut the film of `timeline` in the shape that it has, and put it at `out`; what shows the same as `before` is copied from it. plan,
    recipe, changes, review: as for `export_again`. Raises TimelineError, the ModelError tree; Cancelled."""
    followed = run.step("effects", follow_cuts, timeline, before.timeline, before.plan, _sound_model(recipe))
    timeline = followed.timeline
    edl, levels = conform(read_timeline(timeline), timeline.parent)
    soundtrack = str(run.step("mix", mix_soundtrack, edl, levels))
    edl = replace(edl, soundtrack=soundtrack)
    told = json.dumps({**recipe, "changed": dict(changes)}, ensure_ascii=False, separators=(",", ":"))
    made = run.step("compose", cut, before.film, _as_it_was(before, edl, levels), edl, "standard", told, out)
    run.report(99, "compose", "Checking the finished film")
    quality = run.step("check", review, made.composed.path, timeline, plan)
    run.report(100, "done", "Done")
    return _recut(run, timeline, edl, made, told, changes, followed.notes, quality)


def export_again(
    run: Run,
    timeline: Path,
    plan: ScenePlan,
    recipe: Mapping[str, Any],
    changes: Mapping[str, Any],
    export: Export,
    out: Path,
    review: Review,
    before: Before,
) -> Recut:
    """Cut the film of `timeline` as `export` wants it, and put it at `out`; `review` looks at it then. plan: its scenes as they are now.
    changes: told beside the recipe and of the version, to which is added how much was copied and rendered. Raises TimelineError,
    MediaError, the ModelError tree; Cancelled."""
    run.report(5, "compose", "Listening where the cuts are now")
    followed = run.step("effects", follow_cuts, timeline, before.timeline, before.plan, _sound_model(recipe))
    timeline = followed.timeline
    edl, levels = conform(read_timeline(timeline), timeline.parent)
    run.report(8, "compose", "Mixing the sound")
    soundtrack = str(run.step("mix", mix_soundtrack, edl, levels))
    edl = replace(edl, soundtrack=soundtrack)
    old = _as_it_was(before, edl, levels)
    framed: tuple[Framed, ...] = ()
    edit = edit_of(read_timeline(timeline))
    if export.aspect and export.framing == "rerender" and reshapes(edl, export):
        can, (width, height) = reframable(edit, before.plan), export.aspect.scaled(min(edl.width, edl.height))
        run.report(14, "visuals", f"Photographing {len(can.shots)} shots for {export.aspect.value}")
        at_size = replace(before.plan, width=width, height=height)
        again = run.each("visuals", reframe_shot, can.shots, at_size) if can.shots else []
        edl, framed = with_reframed(edl, edit, can, again)
    run.report(14, "compose", "Looking at the shape")
    shaped = run.step("shape", shape, edl, export)
    told = json.dumps({**recipe, "changed": dict(changes)}, ensure_ascii=False, separators=(",", ":"))
    made = run.step("compose", cut, before.film, old, shaped.edl, shaped.profile, told, out)
    run.report(99, "compose", "Checking the finished film")
    now = replace(plan, width=shaped.edl.width, height=shaped.edl.height)
    measured = (export.fps or edl.fps) == edl.fps  # scenes are counted in frames of the edit's rate
    quality = run.step("check", review, made.composed.path, timeline, now) if measured else None
    run.report(100, "done", "Done")
    notes = (*followed.notes, *framing_told(framed, edit), *shaped.notes)
    changes = {**changes, "framed": framing_rows(framed)} if framed else changes
    return _recut(run, timeline, shaped.edl, made, told, changes, notes, quality)


def _sound_model(recipe: Mapping[str, Any]) -> str:
    return str((recipe.get("sound") or {}).get("model", ""))


def _as_it_was(before: Before, edl: Edl, levels: AudioMix) -> Edl:
    """The edit that the film before was made from. Its soundtrack has the name of the new one where it sounds the same."""
    old, old_levels = conform(read_timeline(before.timeline), before.timeline.parent)
    same = (levels, edl.n_frames, edl.fps) == (old_levels, old.n_frames, old.fps)
    return replace(old, soundtrack=edl.soundtrack if same else "another")


def _recut(
    run: Run,
    timeline: Path,
    edl: Edl,
    made: "Cut",
    told: str,
    changes: Mapping[str, Any],
    notes: tuple[str, ...],
    quality: dict[str, Any] | None,
) -> Recut:
    return Recut(
        path=made.composed.path,
        poster=made.composed.poster,
        timeline=timeline,
        width=edl.width,
        height=edl.height,
        fps=edl.fps,
        n_frames=made.composed.n_frames,
        lufs=made.composed.lufs,
        true_peak_dbtp=made.composed.true_peak_dbtp,
        recipe=told,
        notes=(*notes, *made.composed.warnings),
        stages=tuple(getattr(run, "stages", ())),
        quality=quality,
        changes={**changes, "copied": made.copied, "rendered": made.rendered, "why_whole": made.why_whole},
    )


def shape(tools: Tools, edl: Edl, export: Export) -> Exported:
    """The edit in the shape, size and rate of the export."""
    return prepared(edl, export)


@dataclass(frozen=True)
class Cut:
    """A film, and how many of its frames were copied and rendered. why_whole: see pipelines.rerender."""

    composed: Composed
    copied: int
    rendered: int
    why_whole: str


def cut(tools: Tools, film: Path | None, was: Edl, now: Edl, profile: str, recipe: str, out: Path) -> Cut:
    """The film of `now`, copied from `film` where that shows the same; None: all of it is rendered."""
    tools.report(20, "compose", "Cutting, setting type and grading")
    job = tools.job(20, 99, "compose")
    made = rerender(
        film or tools.workdir / "no-film-before",
        was,
        now,
        out,
        profile=profile,
        metadata={KEY: recipe, "title": now.titles[-1].lines[0].text if now.titles else out.stem},
        progress=lambda done, total: job.progress(done / max(1, total), f"Finishing frame {done} of {total}"),
        check=job.check,
    )
    return Cut(made.composed, made.copied, made.rendered, made.why_whole)
