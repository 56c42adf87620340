"""A clip of an edit made again as a job: the frames beside its slot found, several attempts filmed side by side, each matched to its
neighbours, measured and handed over as soon as it is there, and all of them compared at the end.

    frames ─▶ attempts[0] film ─▶ fit ─▶ measure ─▶ deliver ─┐
           ─▶ attempts[1]  …                                 ├─▶ rank
           ─▶ attempts[2]  …                                 ┘

An attempt that fails takes nothing from the others; only when none is there has the job failed. Tried again, it makes what is missing.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from models.asks import Clip, Made, Still, VideoAsk
from models.context import JobContext
from models.errors import Cancelled
from models.media.image_file import write_image
from models.media.video_file import VideoReader
from pipelines.clips import film
from pipelines.correction import MEASURED
from pipelines.errors import PlanError
from pipelines.progress import Run, Tools
from pipelines.regeneration import Gap, Pinned, asks_of
from pipelines.regeneration_fit import Fit, fit_of
from pipelines.regeneration_frames import frame_of
from pipelines.scene_plan import ScenePlan, Shot
from pipelines.stills import make_still
from studio.jobs.durable_run import JobTools
from studio.services.ad_parts import Part
from studio.services.take_measures import Measures, measure_take

BEGAN, FILMED, MEASURED_AT = 8.0, 95.0, 99.0
FILMING = 0.8
"""Of an attempt's own progress; the rest is measuring it."""


@dataclass(frozen=True)
class RegenerationOrder:
    """What the job makes. parts: the neighbours' media and stills, by the names that the timeline gives them. size, fps, grade: of the
    edit. seeds: one for each attempt. image_model: for a still, "" where none is drawn. photo: the file of the product photo, "" for none.
    spared: brand colours."""

    gap: Gap
    shot: Shot
    plan: ScenePlan
    pinned: Pinned
    model: str
    image_model: str
    seeds: tuple[int, ...]
    size: tuple[int, int]
    fps: int
    grade: str
    parts: tuple[Part, ...]
    photo: str = ""
    reference: bool = True
    match_colors: bool = True
    spared: tuple[str, ...] = ()


@dataclass(frozen=True)
class SlotFrames:
    """root: where the neighbours' media lie. still: what every attempt begins with, None for words alone; last: what it ends on."""

    root: Path
    still: Still | None
    last: Still | None


@dataclass(frozen=True)
class AttemptSlot:
    """One attempt to make. position counts from 0."""

    position: int
    ask: VideoAsk


@dataclass(frozen=True)
class Regenerated:
    """An attempt as it is handed over. poster: a picture out of its middle."""

    clip: Clip
    poster: Path
    fit: Fit
    measures: Measures
    prompt: str


@dataclass(frozen=True)
class RegenerationKept:
    """What the job comes to: how many attempts there are."""

    attempts: int


def regeneration_job(run: Run, order: RegenerationOrder) -> RegenerationKept:
    """Raises the error of the first attempt that failed when there is none at all; Cancelled when asked to stop."""
    run.report(2, "frames", "Looking at the clips beside it")
    frames = run.step("frames", find_frames, order)
    asks = asks_of(order.shot, order.plan, order.size, order.fps, order.seeds, frames.still, frames.last)
    slots = tuple(AttemptSlot(position, ask) for position, ask in enumerate(asks))
    run.report(BEGAN, "attempts", f"Making {len(slots)} attempts" if len(slots) > 1 else "Making one attempt")
    try:
        run.each("attempts", make_attempt, slots, order, frames)
    except Cancelled:
        raise
    except Exception:
        job = cast(JobTools, run)
        if not job.keeper.delivered(job.id):
            raise
    run.report(MEASURED_AT, "rank", "Comparing the attempts")
    kept = run.step("rank", compare_attempts)
    run.report(100, "done", "Done")
    return kept


def find_frames(tools: Tools, order: RegenerationOrder) -> SlotFrames:
    """The neighbours' media laid out in the job's folder, and the pictures that the attempts begin with and end on."""
    job = cast(JobTools, tools)
    root = job.workdir / "beside"
    for part in order.parts:
        place = root / part.name
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            job.keeper.fetch(job.id, part.media_id, root / ".fetched").replace(place)
    gap, first, last = order.gap, None, None
    if order.pinned.first and gap.before is not None:
        first = frame_of(gap.before, root, order.size, job.workdir / "first.png")
    if order.pinned.last and gap.after is not None:
        last = frame_of(gap.after, root, order.size, job.workdir / "last.png")
    if first is None and order.image_model:
        first = draw_still(job, order, root)
    return SlotFrames(root, first, last)


def draw_still(job: JobTools, order: RegenerationOrder, root: Path) -> Still:
    """The first picture of a clip that is not pinned at its beginning, kept akin to its neighbours as the ad's own stills were."""
    keep = order.plan.keep if order.reference else replace(order.plan.keep, reference=False)
    photo = job.keeper.fetch(job.id, order.photo, job.workdir / "photo") if order.photo else None
    if photo is not None:
        photo = Path(shutil.copyfile(photo, job.workdir / "product-photo"))
    subject = replace(order.plan.subject, photo=photo)
    plan = replace(order.plan, keep=keep, subject=subject, width=order.size[0], height=order.size[1])
    anchor = _anchor(order, root) if order.reference else None
    return make_still(plan, order.shot, job.runtime, job.job(2, BEGAN, "frames"), order.image_model, anchor)


def make_attempt(tools: Tools, slot: AttemptSlot, order: RegenerationOrder, frames: SlotFrames) -> int:
    """Make, match, measure and hand over one attempt, unless that was done before; its position."""
    job = cast(JobTools, tools)
    if slot.position in job.keeper.delivered(job.id):
        return slot.position
    whole = job.job(BEGAN, FILMED, "attempts")
    try:
        clip = film(slot.ask, job.runtime, _share(whole, 0.0, FILMING), order.model)
        if clip.n_frames < order.gap.media_frames:
            raise PlanError(f"{clip.made.model} made {clip.n_frames} frames; the slot needs {order.gap.media_frames}.")
        fit = fit_of(
            clip.path, order.gap, frames.root, order.grade, order.fps, match=order.match_colors, spared=order.spared, limits=MEASURED
        )
        poster = _poster(clip, job.workdir)
        measures = measure_take(clip.path, order.shot.still_prompt, job.runtime, _share(whole, FILMING, 1.0))
    except Cancelled:
        raise
    except Exception as error:
        job.keeper.deliver(job.id, slot.position, error)
        raise
    said: Sequence[str] = (*(frames.still.made.notes if frames.still else ()), *clip.made.notes, *([fit.note] if fit.note else []))
    clip = replace(clip, made=replace(clip.made, notes=tuple(dict.fromkeys(said))))
    job.keeper.deliver(job.id, slot.position, Regenerated(clip, poster, fit, measures, slot.ask.prompt))
    whole.progress(1.0, "Measured")
    return slot.position


def compare_attempts(tools: Tools) -> RegenerationKept:
    """Rank what was handed over."""
    job = cast(JobTools, tools)
    kept: RegenerationKept = job.keeper.keep(job.id, None)
    return kept


def _anchor(order: RegenerationOrder, root: Path) -> Still | None:
    """The neighbour's still, which the new picture takes after; where it has none, the neighbour's own frame."""
    beside = [one for one in (order.gap.before, order.gap.after) if one is not None]
    for one in beside:
        if one.still and (root / one.still).exists():
            return Still(root / one.still, order.size[0], order.size[1], Made(""))
    return frame_of(beside[0], root, order.size, root / "anchor.png") if beside else None


def _poster(clip: Clip, folder: Path) -> Path:
    with VideoReader(clip.path) as reader:
        return write_image(folder / f"{clip.path.stem}-poster.jpg", reader.frame(clip.n_frames // 2))


def _share(job: JobContext, low: float, high: float) -> JobContext:
    return replace(job, progress=lambda fraction, text: job.progress(low + (high - low) * fraction, text))
