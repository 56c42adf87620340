"""An ad as a job: the main path under the durable runner, what was brought along fetched before, what was made checked and kept
after."""

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from models.asks import Subject
from pipelines.ad import Ad, make_ad
from pipelines.brief import Brief
from pipelines.hero_scene import HeroScene
from pipelines.progress import Run, Tools
from studio.jobs.durable_run import JobTools
from studio.jobs.lending import borrow
from studio.services.ad_checks import check_ad


@dataclass(frozen=True)
class Kept:
    """What a finished ad is known by from now on: its files, by their ids in the media."""

    video_id: str
    thumbnail_id: str


@dataclass(frozen=True)
class HeroShot:
    """What was made before and is the ad's main shot, by the ids of its files in the media; the rest as in pipelines.hero_scene."""

    picture: str
    clip: str
    subject: Subject | None = None
    palette: tuple[str, ...] = ()
    seed: int | None = None
    picture_by: str = ""
    clip_by: str = ""


def make_ad_job(run: Run, brief: Brief, photo: str = "", hero: HeroShot | None = None, of_a_set: bool = False) -> Kept:
    """See pipelines.ad.make_ad. photo: the media file that is the product's picture, "" for none; it takes the place of
    `brief.product_image`, since a path on one machine may mean nothing on another. of_a_set: other ads may lend it clips."""
    if photo:
        brief = brief.model_copy(update={"product_image": run.step("fetch", fetch_photo, photo)})
    scene = run.step("hero", fetch_hero, hero) if hero else None
    ad = make_ad(brief, run, run.workdir / "ad.mp4", check_ad, scene, borrow if of_a_set else None)
    return run.step("keep", keep_ad, ad)


def fetch_photo(tools: Tools, photo: str) -> Path:
    """The product's picture, in the job's own folder."""
    job = cast(JobTools, tools)
    return job.keeper.fetch(job.id, photo, job.workdir)


def fetch_hero(tools: Tools, hero: HeroShot) -> HeroScene:
    """Picture and clip, in the job's own folder."""
    job = cast(JobTools, tools)
    picture = job.keeper.fetch(job.id, hero.picture, job.workdir / "hero-picture")
    clip = job.keeper.fetch(job.id, hero.clip, job.workdir / "hero-clip")
    return HeroScene(picture, clip, hero.subject, hero.palette, hero.seed, hero.picture_by, hero.clip_by)


def keep_ad(tools: Tools, ad: Ad) -> Kept:
    """Put the finished ad where its owner finds it; only then is the job completed."""
    job = cast(JobTools, tools)
    kept: Kept = job.keeper.keep(job.id, ad)
    return kept
