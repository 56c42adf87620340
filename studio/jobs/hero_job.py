"""A set of hero frames as a job: the prompt directed where that is wished, then every candidate on its own, handed over as soon as it is
there.

    direct ─▶ frames[0] photograph ─▶ deliver ─┐
           ─▶ frames[1]  …                     ├─▶ keep
           ─▶ frames[2]  …                     ┘

A candidate that fails takes nothing from the others. Tried again, the job makes what is missing and nothing else.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from models.errors import Cancelled
from pipelines.hero import HeroBrief
from pipelines.hero.candidates import BEGAN, MADE, Candidate, called, direct_brief, photograph, thumbnail_of
from pipelines.progress import Run, Tools
from studio.jobs.durable_run import JobTools
from studio.services.hero_briefs import Pictures


@dataclass(frozen=True)
class HeroOrder:
    """What the job makes. brief: without its pictures, whose media files are in `pictures`. model: that photographs. direct: whether the
    prompt is completed first. original: the prompt as the person wrote it; enhanced: as it was completed before, "" where it was not.
    first: how many candidates of this tree there are already.
    """

    brief: HeroBrief
    pictures: Pictures
    model: str
    original: str
    enhanced: str = ""
    direct: bool = False
    first: int = 0


@dataclass(frozen=True)
class Briefed:
    """What the candidates are made from: the brief with its pictures on this machine. notes: about how the prompt was directed."""

    brief: HeroBrief
    enhanced: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Delivery:
    """A candidate as it is handed over. enhanced: its prompt as it was completed, "" where it was not."""

    candidate: Candidate
    thumbnail: Path
    enhanced: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class HeroKept:
    """What the job comes to: how many frames there are."""

    frames: int


def make_hero_set_job(run: Run, order: HeroOrder) -> HeroKept:
    """Raises the error of the first candidate that failed, once all others are made; Cancelled when asked to stop."""
    run.report(2, "brief", "Directing the picture" if order.direct else "Reading the brief")
    briefed = run.step("brief", set_up, order)
    run.report(BEGAN, "frames", f"Frame 1 of {order.brief.count}")
    positions = list(range(order.brief.count))
    run.each("frames", make_frame, positions, briefed, order)
    kept = run.step("keep", keep_set)
    run.report(100, "done", "Done")
    return kept


def set_up(tools: Tools, order: HeroOrder) -> Briefed:
    """The brief with its pictures in the job's own folder, directed where that is wished."""
    job = cast(JobTools, tools)

    def picture(name: str, file: str) -> Path | None:
        return job.keeper.fetch(job.id, file, job.workdir / name) if file else None

    brief = order.brief.model_copy(
        update={
            "order": order.brief.order.model_copy(update={"product_image": picture("product", order.pictures.product)}),
            "reference": picture("reference", order.pictures.reference),
            "control": picture("control", order.pictures.control),
        }
    )
    if not order.direct:
        return Briefed(brief, order.enhanced)
    directed = direct_brief(tools, brief)
    enhanced = directed.directed if directed.changes else order.enhanced
    return Briefed(brief.model_copy(update={"prompt": directed.directed}), enhanced, directed.notes)


def make_frame(tools: Tools, position: int, briefed: Briefed, order: HeroOrder) -> int:
    """Make and hand over one candidate, unless that was done before; its position."""
    job = cast(JobTools, tools)
    if position in job.keeper.delivered(job.id):
        return position
    context = called(job.job(BEGAN, MADE, "frames"), position, order.brief.count)
    try:
        made = photograph(briefed.brief, order.first + position, order.model, job.runtime, context)
        thumbnail = thumbnail_of(made.still.path)
    except Cancelled:
        raise
    except Exception as error:
        job.keeper.deliver(job.id, position, error)
        raise
    notes = tuple(dict.fromkeys((*briefed.notes, *made.notes)))
    job.keeper.deliver(job.id, position, Delivery(made, thumbnail, briefed.enhanced, notes))
    context.progress(1.0, "")
    return position


def keep_set(tools: Tools) -> HeroKept:
    """Write down what the set came to."""
    job = cast(JobTools, tools)
    kept: HeroKept = job.keeper.keep(job.id, None)
    return kept
