"""Candidates of a hero frame made: the prompt directed where that is wished, then each reading photographed on its own.

`make_candidates` does it in this process; the application runs the same steps as a job of its own (studio/jobs/hero_job.py).
"""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from models.asks import ImageAsk, Still, Text, TextAsk
from models.context import JobContext
from models.errors import ModelUnavailable
from models.runtime import Runtime
from pipelines.hero.cinematographer import Directed, direct_frame
from pipelines.hero.fitting import fitted
from pipelines.hero.hero_brief import HeroBrief
from pipelines.hero.hero_frames import ask_for_frame
from pipelines.hero.readings import reading
from pipelines.progress import Run, Tools

BEGAN, MADE = 10.0, 98.0
NOBODY = "No model for pictures can run here; see `python -m studio doctor`."


@dataclass(frozen=True)
class Candidate:
    """One candidate. brief: the reading of the brief that it is; ask: what the model was asked. notes: about anything not as asked."""

    still: Still
    brief: HeroBrief
    ask: ImageAsk
    notes: tuple[str, ...]


def make_candidates(brief: HeroBrief, run: Run, model: str, direct: bool = False) -> tuple[Directed | None, list[Candidate]]:
    """Every candidate of `brief` by `model`, side by side, in `run.workdir`; and the prompt as it was directed, None where it was not.

    Raises PlanError and the ModelError tree; Cancelled when asked to stop.
    """
    directed = None
    if direct:
        run.report(2, "brief", "Directing the picture")
        directed = run.step("direct", direct_brief, brief)
        brief = brief.model_copy(update={"prompt": directed.directed})
    run.report(BEGAN, "frames", f"Frame 1 of {brief.count}")
    made = run.each("frames", make_candidate, range(brief.count), brief, model)
    run.report(100, "done", "Done")
    return directed, made


def direct_brief(tools: Tools, brief: HeroBrief) -> Directed:
    """The prompt as a cinematographer would give it: by a language model where one is at hand, else by the built-in tables."""
    writer = tools.runtime.default_model("text")
    return direct_frame(brief, partial(_asked, tools.runtime, tools.job(2, BEGAN, "brief"), writer.id) if writer else None)


def make_candidate(tools: Tools, position: int, brief: HeroBrief, model: str) -> Candidate:
    """The candidate at `position`, told of as one of so many."""
    return photograph(brief, position, model, tools.runtime, called(tools.job(BEGAN, MADE, "frames"), position, brief.count))


def photograph(brief: HeroBrief, index: int, model: str, runtime: Runtime, job: JobContext) -> Candidate:
    """The `index`-th reading of `brief`, by `model`, as far as it can follow."""
    can = runtime.capabilities("image", model)
    if can is None:
        raise ModelUnavailable(NOBODY)
    ask, left_out = fitted(ask_for_frame(brief, index), brief.order.product_image, can, model)
    still = runtime.image(ask, job, model)
    return Candidate(still, reading(brief, index), ask, tuple(dict.fromkeys((*left_out, *still.made.notes))))


def thumbnail_of(picture: Path, side: int = 640) -> Path:
    """A small WebP beside `picture`. side: pixels of its longer side: a tile of a contact sheet on a dense screen."""
    from PIL import Image

    path = picture.with_suffix(".webp")
    with Image.open(picture) as opened:
        small = opened.convert("RGB")
        small.thumbnail((side, side), Image.Resampling.LANCZOS)
        small.save(path, "WEBP", quality=84, method=4)
    return path


def called(job: JobContext, position: int, count: int) -> JobContext:
    """The same, in words that a person counts by; what a renderer does inside is of no use to them."""
    return replace(job, progress=lambda fraction, _: job.progress(fraction, f"Frame {position + 1} of {count}"))


def _asked(runtime: Runtime, job: JobContext, model: str, ask: TextAsk) -> Text:
    return runtime.text(ask, job, model)
