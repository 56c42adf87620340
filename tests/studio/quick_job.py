"""A quick ad job that goes through the main path's steps and leaves a real little MP4, for tests of the pages.

Switches are files beside the jobs' folders: `hold` keeps every ad at its first step, `hold-<step>` at that step. What the prompt
says also counts: "broken model" makes the model fail while filming (once a file `mended` lies there, no more), "bug" breaks it.
"""

import time
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from models.errors import ModelFailed
from pipelines.brief import Brief
from pipelines.hints import read_hints
from pipelines.progress import Run, Stage, Tools
from studio.jobs.ad_job import Kept
from studio.jobs.durable_run import JobTools
from tests.studio.quick_ads import STEPS, tiny_ad
from tests.studio.some_quality import SOME_QUALITY

PACE_S = 0.02
SIZES = {"16:9": (192, 108), "1:1": (108, 108)}


def quick_ad(run: Run, brief: Brief, photo: str = "", hero: None = None, of_a_set: bool = False) -> Kept:
    """A step of the engine for each step of the main path, so that a restart carries on where it was."""
    for name in dict.fromkeys(step for _, step, _ in STEPS):
        run.step(name, stretch, name, brief)
    run.report(100, "done", "Done")
    return run.step("keep", keep, brief)


def stretch(tools: Tools, name: str, brief: Brief) -> str:
    switches = tools.workdir.parent
    for percent, step, text in STEPS:
        if step != name:
            continue
        tools.report(percent, step, text)
        if step == "visuals" and "broken model" in brief.prompt and not (switches / "mended").exists():
            raise ModelFailed("device-side assert at kernel 0x7f", model="product-studio")
        if step == "visuals" and "bug" in brief.prompt:
            raise ZeroDivisionError("secret detail")
        while (switches / "hold").exists() or (switches / f"hold-{step}").exists():
            tools.check()
            time.sleep(0.01)
        tools.check()
        time.sleep(PACE_S)
    return name


def keep(tools: Tools, brief: Brief) -> Kept:
    hints = read_hints(brief.prompt)
    width, height = SIZES.get(str(brief.aspect or hints.aspect or ""), (108, 192))
    film = tiny_ad(tools.workdir, "ad", width=width, height=height)
    ad = SimpleNamespace(
        path=film.path,
        poster=film.poster,
        timeline=film.timeline,
        width=film.width,
        height=film.height,
        fps=12,
        n_frames=film.n_frames,
        duration_s=float(brief.duration or hints.duration or 15),
        spec=SimpleNamespace(
            ad_specifications=SimpleNamespace(framework=brief.framework or "AIDA"),
            analysis=SimpleNamespace(rationale="A watch is wanted before it is needed, so desire comes before the offer."),
            brand_guidelines=SimpleNamespace(brand_name=brief.brand or "Meridian"),
            scenes=[1, 2, 3, 4],
        ),
        writer="built-in copywriter",
        models=film.models,
        cost_usd=Decimal(0),
        notes=film.notes,
        stages=(*film.stages, Stage("keep", 0.1)),
        lufs=-14.0,
        true_peak_dbtp=-1.2,
        plan=None,
        media=(),
        recipe="",
        quality=SOME_QUALITY,
    )
    job = cast(JobTools, tools)
    kept: Kept = job.keeper.keep(job.id, ad)
    return kept


def switch(folder: Path, name: str = "hold", *, on: bool = True) -> None:
    """Turn a switch of the jobs whose folders lie in `folder`."""
    if on:
        (folder / name).touch()
    else:
        (folder / name).unlink(missing_ok=True)
