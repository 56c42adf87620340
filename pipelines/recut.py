"""A finished ad cut again from its own parts: a timeline in, a film out. Nothing is drawn, filmed, spoken or composed anew.

timeline → edit decision list → (mix) → finished MP4 → measured
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipelines.ad import Review, finish, mix_soundtrack
from pipelines.progress import Run, Stage
from pipelines.scene_plan import ScenePlan
from pipelines.timeline import conform, read_timeline


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


def cut_again(
    run: Run, timeline: Path, plan: ScenePlan, recipe: Mapping[str, Any], changes: Mapping[str, Any], out: Path, review: Review
) -> Recut:
    """Cut the ad of `plan` as `timeline` says, and put it at `out`; `review` looks at it then. recipe: of the ad that it was; what
    was changed is written beside it. Raises TimelineError, the ModelError tree; Cancelled."""
    edl, levels = conform(read_timeline(timeline), timeline.parent)
    soundtrack = run.step("mix", mix_soundtrack, edl, levels)
    told = json.dumps({**recipe, "changed": dict(changes)}, ensure_ascii=False, separators=(",", ":"))
    composed = run.step("compose", finish, replace(edl, soundtrack=str(soundtrack)), plan, told, out)
    run.report(99, "compose", "Checking the finished film")
    quality = run.step("check", review, composed.path, timeline, plan)
    run.report(100, "done", "Done")
    return Recut(
        path=composed.path,
        poster=composed.poster,
        timeline=timeline,
        width=edl.width,
        height=edl.height,
        fps=edl.fps,
        n_frames=composed.n_frames,
        lufs=composed.lufs,
        true_peak_dbtp=composed.true_peak_dbtp,
        recipe=told,
        notes=composed.warnings,
        stages=tuple(getattr(run, "stages", ())),
        quality=quality,
        changes=dict(changes),
    )
