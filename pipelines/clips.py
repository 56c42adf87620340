"""One clip per shot: its still set in motion, with the handles that the transitions need.

the shot      |── head ──|──────── slot ────────|── tail ──|      what the ask wants, to the frame
the model     |──────── 5 s ────────|                             makes 2, 5, 10 … seconds: the backend takes the shortest that
                                                                  covers the ask, and cuts (models/pricing.py counts all of it)
a longer shot |────── first ──────|────── goes on ──────|         than the model can make: a second clip begins where the first ends
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor
from uuid import uuid4

from models.asks import Clip, Still, VideoAsk
from models.capabilities import Capabilities
from models.context import JobContext
from models.media.image_file import write_image
from models.media.video_file import VideoReader, VideoWriter
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
    """The clip of `shot`, with `model` or the installation's default; of several that follow each other where the model makes none so
    long. Raises PlanError when a model returns fewer frames than the cut needs."""
    clip = film(ask_for_clip(plan, shot, still), runtime, job, model)
    if clip.n_frames < shot.media_frames:
        raise PlanError(f"{clip.made.model} made {clip.n_frames} frames for shot {shot.id}; the cut needs {shot.media_frames}.")
    return clip


def film(ask: VideoAsk, runtime: Runtime, job: JobContext, model: str | None = None) -> Clip:
    """What `ask` wants, whole: of several clips that follow each other where the model makes none so long."""
    lengths = lengths_of(ask, runtime.capabilities("video", model))
    return runtime.video(ask, job, model) if len(lengths) == 1 else _joined(ask, lengths, runtime, job, model)


def lengths_of(ask: VideoAsk, can: Capabilities | None) -> list[int]:
    """Frames of each clip that is made for `ask` by a model that can so much; one where it makes any length."""
    return pieces(ask.n_frames, floor(can.max_duration_s * ask.fps) if can and can.max_duration_s else ask.n_frames)


def pieces(n_frames: int, longest: int) -> list[int]:
    """Frames of the clips that make one of `n_frames` together, none longer than `longest`: each begins with the last frame of the one
    before it, which then is left out.

    pieces(181, 120) -> [91, 91]
    """
    if n_frames <= longest:
        return [n_frames]
    count = ceil((n_frames - 1) / (longest - 1))
    bounds = [round(i * (n_frames - 1) / count) for i in range(count + 1)]
    return [end - begin + 1 for begin, end in pairwise(bounds)]


def _joined(ask: VideoAsk, lengths: Sequence[int], runtime: Runtime, job: JobContext, model: str | None) -> Clip:
    """One clip after the other, each from the last picture of the one before it."""
    clips: list[Clip] = []
    for i, n_frames in enumerate(lengths):
        begin = ask.still if not clips else _last_picture(clips[-1], job)
        clips.append(runtime.video(replace(ask, n_frames=n_frames, still=begin), _part(job, i, len(lengths)), model))
    path = job.workdir / f"clip-{uuid4().hex[:10]}.mp4"
    with VideoWriter(path, ask.width, ask.height, ask.fps) as writer:
        for i, clip in enumerate(clips):
            with VideoReader(clip.path) as reader:
                for planes in reader.planes(min(i, 1)):
                    job.check()
                    writer.write_planes(*planes)
    made = [clip.made for clip in clips]
    told = f"{made[0].model} makes no clip so long: {len(clips)} were made, each going on from the last picture of the one before it."
    whole = replace(
        made[0],
        elapsed_s=sum(m.elapsed_s for m in made),
        cost_usd=sum((m.cost_usd for m in made), Decimal(0)),
        notes=tuple(dict.fromkeys([told, *(note for m in made for note in m.notes)])),
        fallback_from=tuple(dict.fromkeys(name for m in made for name in m.fallback_from)),
    )
    return Clip(path, ask.width, ask.height, ask.n_frames, ask.fps, whole)


def _last_picture(clip: Clip, job: JobContext) -> Still:
    with VideoReader(clip.path) as reader:
        path = write_image(job.workdir / f"{clip.path.stem}-last.png", reader.frame(clip.n_frames - 1))
    return Still(path, clip.width, clip.height, clip.made)


def _part(job: JobContext, index: int, total: int) -> JobContext:
    return replace(job, progress=lambda fraction, text: job.progress((index + fraction) / total, text))
