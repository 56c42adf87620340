"""Enhancement as a job: a finished ad's parts laid out, its scenes matched, the film cut again, measured again, and kept as a version
of its own. The ad that it began with is not touched."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from pipelines.editing import edit_of
from pipelines.enhancement import Change, Seam, Wanted, enhance, seams_of, wanted_of
from pipelines.plan_as_cut import plan_as_cut
from pipelines.progress import Run, Tools
from pipelines.recut import Before, Recut, cut_again
from pipelines.scene_plan import ScenePlan
from pipelines.timeline import read_timeline, write_timeline
from studio.errors import NothingToMend
from studio.jobs.ad_job import Kept
from studio.jobs.durable_run import JobTools
from studio.jobs.parts_step import bring_film, lay_out_parts
from studio.services.ad_checks import check_ad
from studio.services.ad_parts import Part

ENHANCED = "enhanced.otio"


@dataclass(frozen=True)
class EnhanceOrder:
    """What is to be enhanced. parts: of the finished ad, with its timeline; plan: its scenes; wanted, seams: what its film was found to
    need. spared: brand colours. recipe: what made the ad. film: the media id of its film, "" for one that is not kept."""

    parts: tuple[Part, ...]
    plan: ScenePlan
    wanted: tuple[Wanted, ...]
    seams: tuple[Seam, ...]
    spared: tuple[str, ...]
    recipe: dict[str, Any]
    film: str = ""

    @classmethod
    def of(
        cls,
        parts: tuple[Part, ...],
        plan: ScenePlan,
        found: Mapping[str, Any],
        spared: Sequence[str],
        recipe: dict[str, Any],
        film: str,
    ) -> "EnhanceOrder":
        """What a review `found` of the film, to be mended."""
        return cls(parts, plan, wanted_of(found), seams_of(found), tuple(spared), recipe, film)


@dataclass(frozen=True)
class Matched:
    """timeline: the enhanced one, beside its media. changes, left: see pipelines.enhancement.Enhancement."""

    timeline: Path
    changes: tuple[Change, ...]
    left: tuple[str, ...]


def enhance_job(run: Run, order: EnhanceOrder) -> Kept:
    """The enhanced ad, in its owner's media. Raises NothingToMend when nothing of what was found can be mended by cutting it again."""
    run.report(2, "compose", "Laying out the ad")
    timeline = run.step("fetch", lay_out_parts, order.parts)
    run.report(20, "compose", "Matching the scenes")
    matched = run.step("enhance", match_scenes, timeline, order)
    changes = {"changes": [asdict(change) for change in matched.changes], "left": list(matched.left)}
    before = Before(run.step("film", bring_film, order.film) if order.film else None, timeline, order.plan)
    plan = plan_as_cut(order.plan, edit_of(read_timeline(matched.timeline)))
    recut = cut_again(run, matched.timeline, plan, order.recipe, changes, run.workdir / "ad.mp4", check_ad, before)
    return run.step("keep", keep_recut, recut)


def match_scenes(tools: Tools, timeline: Path, order: EnhanceOrder) -> Matched:
    """The enhanced timeline, written beside the one that it was; its main scene sets the tone."""
    own = read_timeline(timeline)
    plan = plan_as_cut(order.plan, edit_of(own))
    main = next((scene.number for scene in plan.scenes if scene.start <= plan.hero_frame < scene.start + scene.n_frames), None)
    better, done = enhance(own, timeline.parent, order.wanted, order.seams, main, order.spared, tools.check)
    if not done.changes:
        raise NothingToMend(" ".join(["Nothing was changed.", *done.left]))
    write_timeline(better, timeline.with_name(ENHANCED))
    return Matched(timeline.with_name(ENHANCED), done.changes, done.left)


def keep_recut(tools: Tools, recut: Recut) -> Kept:
    """Put the film where its owner finds it; only then is the job completed."""
    job = cast(JobTools, tools)
    kept: Kept = job.keeper.keep(job.id, recut)
    return kept
