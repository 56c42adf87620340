"""A small ad whose second scene came out cold, made for real: clips, timeline, film, measured – and made in no time."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, cast

from pipelines.ad import Ad
from pipelines.brief import Brief
from pipelines.compose import compose
from pipelines.progress import Run, Tools
from pipelines.recipe import KEY
from pipelines.scene_plan import Scene
from pipelines.timeline import build_timeline, conform, write_timeline
from studio.jobs.ad_job import Kept
from studio.jobs.durable_run import JobTools
from studio.services.ad_checks import check_ad
from tests.pipelines.test_color_match import N, film, media, picture, plan, shot
from tests.studio.small_ad import small_ad

COLD: dict[str, Any] = {"cast": (-0.09, 0.0, 0.13), "shade": 0.85}


def mismatched_ad(run: Run, brief: Brief, photo: str = "") -> Kept:
    """Two scenes on one set, the second cold; alike where the prompt says so."""
    return run.step("keep", made_and_kept, brief)


def made_and_kept(tools: Tools, brief: Brief) -> Kept:
    job = cast(JobTools, tools)
    kept: Kept = job.keeper.keep(job.id, mismatched(tools, tools.workdir, {} if "alike" in brief.prompt else COLD))
    return kept


def mismatched(tools: Tools, folder: Path, second: dict[str, Any]) -> Ad:
    """The ad, in `folder`."""
    paths = [film(folder / "s1.mp4", picture()), film(folder / "s2.mp4", picture(seed=1, **second))]
    for path in paths:
        path.with_suffix(".png").write_bytes(path.name.encode())
    shots = tuple(replace(shot(f"s{i + 1}", i * (N - 16)), scene=i + 1, n_frames=N - 16, head=8, tail=8, group="hero") for i in range(2))
    scenes = tuple(Scene(one.scene, "After", one.start, one.n_frames, (one,)) for one in shots)
    of = replace(plan(*shots, hero=0), n_frames=2 * (N - 16), scenes=scenes, grade="neutral")
    shots_media = [
        replace(one, still=replace(one.still, path=path.with_suffix(".png"))) for one, path in zip(media(*paths), paths, strict=True)
    ]
    timeline = folder / "timeline.otio"
    write_timeline(build_timeline(of, shots_media, None, "ad", folder), timeline)
    edl, _ = conform(build_timeline(of, shots_media, None, "ad", folder), folder)
    recipe = json.dumps({"recipe_version": 1, "brief": {"colors": ["#B39C7D"]}, "plan": asdict(of)})
    done = compose(edl, folder / "ad.mp4", metadata={KEY: recipe}, inner_loops="plain")
    quality = check_ad(tools, done.path, timeline, of)
    return small_ad(done, edl, timeline, of, shots_media, recipe, quality)
