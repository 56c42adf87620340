"""One clip per shot: its still set in motion, with the handles that the transitions need."""

from dataclasses import dataclass

from models.asks import Clip, Still, VideoAsk
from models.context import JobContext
from models.runtime import Runtime
from pipelines.errors import PlanError
from pipelines.scene_plan import ScenePlan, Shot


@dataclass(frozen=True)
class ShotMedia:
    """What was made for a shot."""

    shot_id: str
    still: Still
    clip: Clip


def ask_for_clip(plan: ScenePlan, shot: Shot, still: Still) -> VideoAsk:
    """The VideoAsk of `shot`: exactly head + slot + tail frames."""
    return VideoAsk(
        prompt=shot.motion_prompt,
        negative_prompt=shot.negative_prompt,
        width=plan.width,
        height=plan.height,
        n_frames=shot.media_frames,
        fps=plan.fps,
        seed=shot.seed,
        still=still,
        subject=plan.subject if shot.shows_product else None,
        move=shot.move,
    )


def make_clip(plan: ScenePlan, shot: Shot, still: Still, runtime: Runtime, job: JobContext, model: str | None = None) -> Clip:
    """The clip of `shot`, with `model` or the installation's default. Raises PlanError when a model returns fewer frames than the
    cut needs."""
    clip = runtime.video(ask_for_clip(plan, shot, still), job, model)
    if clip.n_frames < shot.media_frames:
        raise PlanError(f"{clip.made.model} made {clip.n_frames} frames for shot {shot.id}; the cut needs {shot.media_frames}.")
    return clip
