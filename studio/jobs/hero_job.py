"""A set of hero frames as a job: the prompt directed where that is wished, then every candidate on its own, handed over as soon as it is
there.

    direct ─▶ frames[0] photograph ─▶ deliver ─┐
           ─▶ frames[1]  …                     ├─▶ keep
           ─▶ frames[2]  …                     ┘

A candidate that fails takes nothing from the others. Tried again, the job makes what is missing and nothing else.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from models.asks import ImageAsk, Made, Still, Text, TextAsk
from models.context import JobContext
from models.errors import Cancelled, ModelUnavailable
from pipelines.hero import HeroBrief, direct_frame
from pipelines.hero.fitting import fitted
from pipelines.hero.hero_frames import ask_for_frame
from pipelines.hero.readings import reading
from pipelines.progress import Run, Tools
from studio.jobs.durable_run import JobTools
from studio.services.hero_briefs import Pictures

BEGAN, MADE = 10.0, 98.0
THUMBNAIL_SIDE = 640
"""Pixels of a thumbnail's longer side: a tile of the contact sheet on a dense screen."""


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
    """What the candidates are made from. photo: of the product, on this machine. notes: sentences about how the prompt was directed."""

    brief: HeroBrief
    enhanced: str
    made: Made | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """A candidate as it is handed over. brief: the reading of the brief that it is; ask: what the model was asked."""

    still: Still
    thumbnail: Path
    brief: HeroBrief
    ask: ImageAsk
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
    writer = job.runtime.default_model("text")
    context = job.job(2, BEGAN, "brief")

    def text(ask: TextAsk) -> Text:
        answer: Text = job.runtime.text(ask, context, writer.id)
        return answer

    directed = direct_frame(brief, text if writer else None)
    enhanced = directed.directed if directed.changes else order.enhanced
    return Briefed(brief.model_copy(update={"prompt": directed.directed}), enhanced, directed.made, directed.notes)


def make_frame(tools: Tools, position: int, briefed: Briefed, order: HeroOrder) -> int:
    """Make and hand over one candidate, unless that was done before; its position."""
    job = cast(JobTools, tools)
    if position in job.keeper.delivered(job.id):
        return position
    context = _called(job.job(BEGAN, MADE, "frames"), f"Frame {position + 1} of {order.brief.count}")
    index = order.first + position
    try:
        can = job.runtime.capabilities("image", order.model)
        if can is None:
            raise ModelUnavailable("No model for pictures can run here; see `python -m studio doctor`.")
        asked = ask_for_frame(briefed.brief, index)
        ask, left_out = fitted(asked, briefed.brief.order.product_image, can, order.model)
        still = job.runtime.image(ask, context, order.model)
        small = thumbnail_of(still.path)
    except Cancelled:
        raise
    except Exception as error:
        job.keeper.deliver(job.id, position, error)
        raise
    notes = tuple(dict.fromkeys((*briefed.notes, *left_out, *still.made.notes)))
    job.keeper.deliver(job.id, position, Candidate(still, small, reading(briefed.brief, index), ask, briefed.enhanced, notes))
    context.progress(1.0, "")
    return position


def keep_set(tools: Tools) -> HeroKept:
    """Write down what the set came to."""
    job = cast(JobTools, tools)
    kept: HeroKept = job.keeper.keep(job.id, None)
    return kept


def thumbnail_of(picture: Path) -> Path:
    """A small WebP beside `picture`."""
    from PIL import Image

    path = picture.with_suffix(".webp")
    with Image.open(picture) as opened:
        small = opened.convert("RGB")
        small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
        small.save(path, "WEBP", quality=84, method=4)
    return path


def _called(context: JobContext, name: str) -> JobContext:
    """The same, in words that a person counts by; what the renderer does inside is of no use to them."""
    return replace(context, progress=lambda fraction, _: context.progress(fraction, name))
