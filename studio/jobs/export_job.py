"""An export as a job: an ad's parts laid out, cut as its editor left it, in the shape, size, rate and codec asked for, and kept as a
version of its own. What the edit did not change is copied from the ad's film, coded as it is."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipelines.editing import edit_of
from pipelines.exports import Export
from pipelines.plan_as_cut import plan_as_cut
from pipelines.progress import Run, Tools
from pipelines.recut import Before, export_again
from pipelines.scene_plan import ScenePlan
from pipelines.timeline import read_timeline, timeline_from, write_timeline
from pipelines.timeline_media import TIMELINE
from studio.jobs.ad_job import Kept, fetch_photo
from studio.jobs.enhance_job import keep_recut
from studio.jobs.parts_step import bring_film, lay_out_parts
from studio.services.ad_checks import check_ad
from studio.services.ad_parts import Part

EDITED = "edited.otio"


@dataclass(frozen=True)
class ExportOrder:
    """parts: of the ad and what was added to it, the ad's own timeline last. timeline: the edited one, as JSON. film: the media id of the
    ad's film. changes: what was done, in words. photo: the file of the product photo, "" for none.
    brought: names of media in it that its owner brought along; models: that made clips of it anew."""

    parts: tuple[Part, ...]
    timeline: str
    plan: ScenePlan
    recipe: dict[str, Any]
    export: Export
    film: str
    changes: tuple[str, ...]
    photo: str = ""
    brought: tuple[str, ...] = ()
    models: tuple[str, ...] = ()


def export_job(run: Run, order: ExportOrder) -> Kept:
    """The exported film, in its owner's media."""
    run.report(2, "compose", "Laying out the ad")
    own = run.step("fetch", lay_out_parts, order.parts)
    edited = run.step("edit", put_edit, own, order.timeline)
    film = run.step("film", bring_film, order.film)
    made = order.plan
    if order.export.framing == "rerender":
        photo = run.step("photo", fetch_photo, order.photo) if order.photo else None
        made = replace(made, subject=replace(made.subject, photo=photo))
    before = Before(film, own, made)
    plan = plan_as_cut(order.plan, edit_of(read_timeline(edited)))
    since = {"brought": list(order.brought), "models": list(order.models)}
    changes = {"edited": list(order.changes), **{key: names for key, names in since.items() if names}}
    recut = export_again(run, edited, plan, order.recipe, changes, order.export, run.workdir / "ad.mp4", check_ad, before)
    return run.step("keep", keep_recut, recut)


def put_edit(tools: Tools, own: Path, timeline: str) -> Path:
    """The edited timeline beside the ad's own."""
    place = own.with_name(EDITED)
    write_timeline(timeline_from(timeline), place)
    assert own.name == TIMELINE
    return place
