"""An iteration of takes as a job: the hero frame fetched, set in motion several times side by side, each take measured and handed over as
soon as it is there, and all of them compared at the end.

    still ─▶ takes[0] film ─▶ measure ─▶ deliver ─┐
          ─▶ takes[1]  …                          ├─▶ rank
          ─▶ takes[2]  …                          ┘

A take that fails takes nothing from the others; only when none is there has the job failed. Tried again, it makes what is missing.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from models.asks import Clip, ImageAsk, Still, VideoAsk
from models.context import JobContext
from models.errors import Cancelled
from models.media.image_file import write_image
from models.media.video_file import VideoReader
from pipelines.clips import film
from pipelines.motion import MotionBrief, asks_for_takes
from pipelines.motion.hero_still import still_of
from pipelines.progress import Run, Tools
from studio.jobs.durable_run import JobTools
from studio.services.take_measures import Measures, measure_take

BEGAN, FILMED, MEASURED = 8.0, 95.0, 99.0
FILMING = 0.8
"""Of a take's own progress; the rest is measuring it."""


@dataclass(frozen=True)
class TakesOrder:
    """What the job makes. picture: the hero frame's file in the media. made_with: the model that made it; remake: what it was asked, None
    where the picture cannot be made again; photo: the file of the product photo in it, "" for none. first: how many takes of this hero
    frame there are already; places: which of those that follow are made, () for as many as the motion says, from the first. prompt: what
    the picture shows, for measures that ask for it.
    """

    motion: MotionBrief
    model: str
    picture: str
    made_with: str = ""
    remake: ImageAsk | None = None
    photo: str = ""
    seed: int = 0
    first: int = 0
    prompt: str = ""
    places: tuple[int, ...] = ()


@dataclass(frozen=True)
class Slot:
    """One take to make. position counts from 0 within the iteration."""

    position: int
    ask: VideoAsk


@dataclass(frozen=True)
class Take:
    """A take as it is handed over. poster: a picture out of its middle."""

    clip: Clip
    poster: Path
    measures: Measures
    prompt: str
    move: str
    strength: float
    variant: int


@dataclass(frozen=True)
class TakesKept:
    """What the job comes to: how many takes there are."""

    takes: int


def make_takes_job(run: Run, order: TakesOrder) -> TakesKept:
    """Raises the error of the first take that failed when there is none at all; Cancelled when asked to stop."""
    run.report(2, "still", "Setting up the hero frame")
    still = run.step("still", set_up, order)
    slots = tuple(Slot(position, ask) for position, ask in enumerate(asks_of(order, still)))
    run.report(BEGAN, "takes", f"Filming {len(slots)} takes" if len(slots) > 1 else "Filming one take")
    try:
        run.each("takes", film_take, slots, order.model, order.prompt)
    except Cancelled:
        raise
    except Exception:
        job = cast(JobTools, run)
        if not job.keeper.delivered(job.id):
            raise
    run.report(MEASURED, "rank", "Comparing the takes")
    kept = run.step("rank", compare)
    run.report(100, "done", "Done")
    return kept


def asks_of(order: TakesOrder, still: Still) -> tuple[VideoAsk, ...]:
    """One for each take of the order."""
    subject = order.remake.subject if order.remake else None
    if not order.places:
        return asks_for_takes(order.motion, still, seed=order.seed, subject=subject, first=order.first)
    one = order.motion.model_copy(update={"takes": 1})
    firsts = (order.first + place for place in order.places)
    return tuple(ask for first in firsts for ask in asks_for_takes(one, still, seed=order.seed, subject=subject, first=first))


def set_up(tools: Tools, order: TakesOrder) -> Still:
    """The hero frame in the job's own folder, with its depth where the studio photographed it."""
    job = cast(JobTools, tools)
    picture = job.keeper.fetch(job.id, order.picture, job.workdir / "hero")
    ask = order.remake
    if ask is not None and ask.subject is not None and order.photo:
        ask = replace(ask, subject=replace(ask.subject, photo=job.keeper.fetch(job.id, order.photo, job.workdir / "photo")))
    return still_of(picture, order.made_with, ask, job.runtime, job.job(2, BEGAN, "still"), order.model)


def film_take(tools: Tools, slot: Slot, model: str, prompt: str) -> int:
    """Make, measure and hand over one take, unless that was done before; its position."""
    job = cast(JobTools, tools)
    if slot.position in job.keeper.delivered(job.id):
        return slot.position
    whole = job.job(BEGAN, FILMED, "takes")
    try:
        clip = film(slot.ask, job.runtime, _part(whole, 0.0, FILMING), model)
        poster = _poster(clip, job.workdir)
        measures = measure_take(clip.path, prompt, job.runtime, _part(whole, FILMING, 1.0))
    except Cancelled:
        raise
    except Exception as error:
        job.keeper.deliver(job.id, slot.position, error)
        raise
    notes = tuple(dict.fromkeys((*(slot.ask.still.made.notes if slot.ask.still else ()), *clip.made.notes)))
    clip = replace(clip, made=replace(clip.made, notes=notes))
    ask = slot.ask
    job.keeper.deliver(job.id, slot.position, Take(clip, poster, measures, ask.prompt, ask.move, ask.strength, ask.variant))
    whole.progress(1.0, "Measured")
    return slot.position


def compare(tools: Tools) -> TakesKept:
    """Rank what was handed over."""
    job = cast(JobTools, tools)
    kept: TakesKept = job.keeper.keep(job.id, None)
    return kept


def _poster(clip: Clip, folder: Path) -> Path:
    with VideoReader(clip.path) as reader:
        return write_image(folder / f"{clip.path.stem}-poster.jpg", reader.frame(clip.n_frames // 2))


def _part(job: JobContext, low: float, high: float) -> JobContext:
    return replace(job, progress=lambda fraction, text: job.progress(low + (high - low) * fraction, text))
