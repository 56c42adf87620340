"""A quick ad job of three steps for the tests of the application, with a worker in this process. Switches are files beside the
jobs' folders: `hold` keeps every ad at its second step, `fail` makes the model refuse there."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any, cast

from models.backends import BackendConfig
from models.capabilities import Kind
from models.catalog import CATALOG
from models.errors import ModelRefused
from models.pricing import Use
from models.runtime import Runtime
from pipelines.brief import Brief
from pipelines.progress import Run, Stage, Tools
from studio.jobs.ad_job import HeroShot, Kept, make_ad_job
from studio.jobs.desk import Desk
from studio.jobs.durable_run import JobTools
from studio.jobs.engine import JobEngine
from studio.jobs.references import ROOMS
from studio.jobs.worker import Worker
from studio.security import Passwords, Tokens
from studio.services.accounts import Accounts
from studio.services.ad_keeper import AdKeeper
from studio.services.editor import Editor
from studio.services.editor_assets import EditorAssets
from studio.services.editor_assets_keeper import EditorAssetsKeeper
from studio.services.editor_exports import EditorExports
from studio.services.editor_scores import EditorScores
from studio.services.enhancement import Enhancements
from studio.services.feedback import Feedback
from studio.services.generations import Generations
from studio.services.groups import Groups
from studio.services.hero_ads import HeroAds
from studio.services.hero_keeper import HeroKeeper
from studio.services.hero_orders import HeroOrders
from studio.services.hero_sets import HeroSets
from studio.services.keepers import Keepers, KindKeeper
from studio.services.learned_weights import LearnedWeights
from studio.services.library import Library
from studio.services.limits import Limits, generations
from studio.services.orders import Orders
from studio.services.prices import Prices
from studio.services.quality import Qualities
from studio.services.regeneration_results import RegenerationResults
from studio.services.regenerations import Regenerations
from studio.services.regenerations_keeper import RegenerationsKeeper
from studio.services.spending import Caps, Spending
from studio.services.strips import Strips
from studio.services.take_advice import TakeAdvice
from studio.services.takes import Takes
from studio.services.takes_keeper import TakesKeeper
from studio.services.variants import Variants
from studio.services.versions import Versions
from studio.store.blobs import blobs_at
from studio.store.database import Database
from studio.store.media import Media
from studio.store.tables import GenerationKind
from tests.plain_films import FILM_ROW, PlainFilms
from tests.plain_pictures import ROW, PlainPictures
from tests.studio.quick_ads import tiny_ad
from tests.studio.some_quality import SOME_QUALITY


def three_step_ad(run: Run, brief: Brief, photo: str = "", hero: HeroShot | None = None) -> Kept:
    run.report(10, "spec", "Reading the brief")
    words = run.step("spec", write, brief)
    run.report(30, "film", "Filming")
    path = run.step("film", film, words)
    run.report(100, "done", "Done")
    return run.step("keep", keep, path)


def write(tools: Tools, brief: Brief) -> str:
    with (tools.workdir.parent / "written").open("a") as log:
        log.write("x")
    return brief.prompt


def film(tools: Tools, words: str) -> Path:
    switches = tools.workdir.parent
    while (switches / "hold").exists():
        tools.check()
        time.sleep(0.02)
    if (switches / "fail").exists():
        raise ModelRefused("kernel 0x7f declined", model="fake")
    tools.job(30, 90, "film").till.order(Use("openai/gpt-4o", tokens_out=2000)).settle(Decimal("0.0123"))
    return tiny_ad(tools.workdir, "ad").path


def keep(tools: Tools, path: Path) -> Kept:
    spec = SimpleNamespace(ad_specifications=SimpleNamespace(framework="PAS"), analysis=SimpleNamespace(rationale="It fits."))
    spec.scenes = [1, 2, 3]
    made = SimpleNamespace(path=path, poster=path.with_suffix(".png"), duration_s=15.0, n_frames=180, fps=12, width=108, height=192)
    made.spec, made.plan, made.media, made.recipe = spec, None, (), ""
    made.timeline = path.with_suffix(".otio")
    made.writer, made.stages, made.lufs, made.true_peak_dbtp = "fake", (Stage("film", 0.5),), -14.0, -1.0
    made.models, made.notes, made.cost_usd = ("fake",), ("A note.",), Decimal("0.0123")
    made.quality = SOME_QUALITY
    job = cast(JobTools, tools)
    kept: Kept = job.keeper.keep(job.id, made)
    return kept


@dataclass
class AdHouse:
    """The services around one database."""

    database: Database
    media: Media
    accounts: Accounts
    library: Library
    limits: Limits
    spending: Spending
    generations: Generations
    desk: Desk
    engine: JobEngine
    work: Path
    hero_orders: HeroOrders
    hero_sets: HeroSets
    takes: Takes
    groups: Groups
    advice: TakeAdvice
    hero_ads: HeroAds
    enhancements: Enhancements
    editor: Editor
    exports: EditorExports
    strips: Strips
    regenerations: Regenerations
    regenerated: RegenerationResults
    editor_scores: EditorScores
    variants: Variants
    editor_assets: EditorAssets
    runtime: Any = None

    def ended(self, user_id: str, id: str) -> Any:
        """The ad once it is final."""
        deadline = time.monotonic() + 60
        while not (now := self.generations.follow(user_id, id)).ad.status.final:
            assert time.monotonic() < deadline, now
            time.sleep(0.05)  # whoever asks takes the time from those who work
        return now

    @contextmanager
    def working(self) -> Iterator[None]:
        """With a worker in this process."""
        worker = Worker(self.engine, self.database.engine, self.work, self.runtime, keeper=self.desk.keeper, rooms=("tests", *ROOMS))
        worker.start()
        try:
            yield
        finally:
            worker.stop()


HERO_SIDE = 120
"""Pixels of a hero frame's shorter side in the tests."""


def plain_runtime(folder: Path) -> Runtime:
    """Pictures of plain surfaces, films of plain walls, and nobody for anything else."""
    runtime = Runtime(BackendConfig(cache_dir=folder / "cache"), catalog=(ROW, FILM_ROW))
    runtime._backends |= {"plain": PlainPictures(), "plain_film": PlainFilms()}
    return runtime


@contextmanager
def ad_house(
    database: Database,
    folder: Path,
    *,
    per_hour: int = 10,
    prices: Prices | None = None,
    caps: Caps | None = None,
    runtime: Any = None,
    lease_s: float = 30.0,
    job: Callable[..., Any] = three_step_ad,
    made_by: Mapping[Kind, str] = MappingProxyType({"text": "openai/gpt-4o"}),
    **options: Any,
) -> Iterator[AdHouse]:
    """Services around `database`, with their files in `folder`. runtime: for the worker; options: of Generations."""
    media = Media(database, blobs_at(str(folder / "media")))
    accounts = Accounts(database, Tokens(b"s" * 32), Passwords(4))
    prices = prices or Prices((*CATALOG, ROW, FILM_ROW))
    spending = Spending(database, prices, caps or Caps(Decimal(5), Decimal(50)))
    library, limits = Library(database, media), Limits(database)
    engine = JobEngine(database.engine, poll_s=0.05, lease_s=lease_s)
    engine.prepare()
    work = folder / "work"
    work.mkdir(exist_ok=True)
    kinds: dict[GenerationKind, KindKeeper] = {
        GenerationKind.HERO: HeroKeeper(database, media),
        GenerationKind.TAKE: TakesKeeper(database, media, LearnedWeights(database)),
        GenerationKind.CLIP: RegenerationsKeeper(database, media, LearnedWeights(database)),
        GenerationKind.ASSET: EditorAssetsKeeper(database, media),
    }
    desk = Desk(engine, database.engine, work, Keepers(database, AdKeeper(database, media, accounts, spending), kinds))
    orders = Orders(database, desk, limits, spending, rule=generations(per_hour))
    models = runtime or plain_runtime(folder)
    hero_orders = HeroOrders(database, orders, prices, spending, models, side=HERO_SIDE)
    hero_sets = HeroSets(database, desk, library, media)
    takes = Takes(database, orders, prices, models)
    versions, editor = Versions(database, orders), Editor(database, media)
    again = Regenerations(database, editor, orders, prices, models, attempts=2)
    rests = {GenerationKind.HERO: hero_orders.rest, GenerationKind.TAKE: takes.rest, GenerationKind.CLIP: again.rest}
    options = {"rests": rests} | options
    made = Generations(database, desk, library, orders, prices, lambda: made_by, job=job, **options)
    groups, advice = Groups(database, desk, library, media, Feedback(database)), TakeAdvice(database, models, spending)
    enhancements, exports = Enhancements(database, versions, made.delete), EditorExports(database, media, editor, versions)
    working = (desk, engine, work, hero_orders, hero_sets, takes, groups, advice, HeroAds(database, made), enhancements)
    try:
        yield AdHouse(
            *(database, media, accounts, library, limits, spending, made, *working),
            *(editor, exports, Strips(media, folder / "strips")),
            *(again, RegenerationResults(database, desk, library, media, editor), EditorScores(media, editor, Qualities(database))),
            Variants(database, made, orders, prices, models.capabilities, job=job if job is not three_step_ad else make_ad_job),
            EditorAssets(database, media, desk, library, editor),
            models,
        )
    finally:
        engine.close()
