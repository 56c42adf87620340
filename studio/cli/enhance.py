"""`enhance`: the scenes of a finished ad matched, from the parts that `make --keep` left, and measured again."""

import argparse
import tempfile
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.cli.terminal import Bar, StopOnSignal
from studio.settings import Settings

if TYPE_CHECKING:
    from pipelines.progress import DirectRun
    from pipelines.recut import Recut
    from pipelines.scene_plan import ScenePlan


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of this command."""
    one = commands.add_parser("enhance", help="match the scenes of an ad that was made with --keep")
    one.add_argument("ad", type=Path, help="an ad that was made here")
    one.add_argument("--project", type=Path, required=True, metavar="DIR", help="the folder that --keep made: its timeline and media")
    one.add_argument("--out", type=Path, help="the .mp4 to write (default: beside the ad, with _matched)")
    one.set_defaults(command=enhance)


def enhance(args: argparse.Namespace, settings: Settings) -> int:
    """`enhance ad.mp4 --project DIR`: ad_matched.mp4, and DIR/enhanced.otio; the ad and its own timeline stay as they are."""
    from rich.console import Console

    from pipelines.errors import OutputError
    from pipelines.progress import DirectRun
    from pipelines.recipe import read_recipe
    from pipelines.timeline import read_timeline
    from studio.services.enhancement import PLAN
    from studio.services.provenance_keys import signer_of
    from studio.services.provenance_seal import sealed
    from studio.wiring import build, workers

    recipe, timeline = read_recipe(args.ad), args.project / "timeline.otio"
    read_timeline(timeline)
    out = args.out or args.ad.with_stem(args.ad.stem + "_matched")
    if out.exists():
        raise OutputError(f"{out} exists already; choose another name.")
    studio, cancel, began = build(settings), threading.Event(), time.monotonic()
    try:
        with tempfile.TemporaryDirectory(prefix="adstudio-") as folder, Bar(Console(stderr=True)) as show, StopOnSignal(cancel):
            run = DirectRun(Path(folder), studio.runtime, show, cancel, parallel=workers(settings))
            told = _matched(run, args.ad, timeline, PLAN.validate_python(recipe["plan"]), recipe, out)
            signed = sealed(out, read_recipe(out), lambda: signer_of(settings), args.ad) if out.exists() else {}
    finally:
        studio.close()
    told = "\n".join(filter(None, [told, signed.get("why")]))
    Console().print(f"{told}\n  in {time.monotonic() - began:.1f} s", highlight=False, markup=False, soft_wrap=True)
    return 0


def _matched(run: "DirectRun", film: Path, timeline: Path, plan: "ScenePlan", recipe: dict[str, Any], out: Path) -> str:
    """What was found and done, for people. Raises the ModelError and PipelineError trees; NothingToMend is told, not raised."""
    from pipelines.enhancement import wanted_of
    from pipelines.recut import Before, cut_again
    from studio.errors import NothingToMend
    from studio.jobs.enhance_job import EnhanceOrder, match_scenes
    from studio.services.ad_checks import check_ad
    from studio.services.before_after import largest

    run.report(2, "check", "Measuring the film")
    found = run.step("check", check_ad, film, timeline, plan)
    if found["troubles"]:
        return "\n".join(found["troubles"])
    if not wanted_of(found):
        return f"The scenes belong together already{largest(found)}. Nothing was changed."
    run.report(20, "compose", "Matching the scenes")
    try:
        matched = run.step(
            "enhance", match_scenes, timeline, EnhanceOrder.of((), plan, found, tuple(recipe["brief"].get("colors") or ()), recipe, "")
        )
    except NothingToMend as error:
        return str(error)
    changes = {"changes": [asdict(change) for change in matched.changes], "left": list(matched.left)}
    return _report(found, cut_again(run, matched.timeline, plan, recipe, changes, out, check_ad, Before(film, timeline, plan)), changes)


def _report(found: dict[str, Any], recut: "Recut", changes: dict[str, Any]) -> str:
    from studio.services.before_after import compared, measures_of, verdict

    after = recut.quality or {"scores": [], "findings": [], "seams": []}
    measures = measures_of(*({"found": one, "scores": [row for row in one["scores"] if row["scene"] == 0]} for one in (found, after)))
    gone, stayed, new = compared(found, after)
    lines = [str(recut.path), *(f"  {change['sentence']}" for change in changes["changes"]), *(f"  {left}" for left in changes["left"])]
    for one in measures:
        lines.append(f"  {one.name}: {_number(one.before)} before, {_number(one.after)} now")
    lines += [f"  Still there: {row['sentence']}" for row in stayed] + [f"  New: {row['sentence']}" for row in new]
    return "\n".join([*lines, f"  {verdict(measures, gone, new)}"])


def _number(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.4g}"
