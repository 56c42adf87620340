"""The house: every service of the application around one store, one job engine and one runtime. Part of the composition root.

Every process that serves, works or answers a command opens one. Nothing runs before `worker()` is started; nothing is probed
before somebody asks. It knows no HTTP and no pages.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.runtime import Runtime
from models.typefaces.own import look_in
from pipelines.voice_over import speaker
from studio.jobs.ad_job import make_ad_job
from studio.jobs.desk import Desk
from studio.jobs.engine import JobEngine
from studio.jobs.worker import Worker
from studio.security import Passwords, Tokens, secret_in
from studio.services.accounts import Accounts
from studio.services.ad_keeper import AdKeeper
from studio.services.ad_parts import AdParts
from studio.services.brands import Brands
from studio.services.capability_card import capability_card
from studio.services.choices import choices, models_of
from studio.services.chores import Chores
from studio.services.clip_moments import ClipMoments
from studio.services.dashboard import Dashboard
from studio.services.editor import Editor
from studio.services.editor_assets import EditorAssets
from studio.services.editor_assets_keeper import EditorAssetsKeeper
from studio.services.editor_exports import EditorExports
from studio.services.editor_scores import EditorScores
from studio.services.editor_uploads import EditorUploads
from studio.services.enhancement import Enhancements
from studio.services.feedback import Feedback
from studio.services.generations import Generations
from studio.services.groups import Groups
from studio.services.health import Health
from studio.services.hero_ads import HeroAds
from studio.services.hero_keeper import HeroKeeper
from studio.services.hero_orders import HeroOrders
from studio.services.hero_sets import HeroSets
from studio.services.keepers import Keepers, KindKeeper
from studio.services.learned_weights import LearnedWeights
from studio.services.leftovers import Leftovers
from studio.services.library import Library
from studio.services.limits import Limits, Rule, generations, requests
from studio.services.members import Members
from studio.services.orders import Orders
from studio.services.prices import Prices
from studio.services.prompts import Prompts
from studio.services.provenance_keys import signer_of
from studio.services.proxies import Proxies
from studio.services.quality import Qualities
from studio.services.regeneration_results import RegenerationResults
from studio.services.regenerations import Regenerations
from studio.services.regenerations_keeper import RegenerationsKeeper
from studio.services.retention import Retention
from studio.services.retention_chore import RetentionChore
from studio.services.reviews import Reviews
from studio.services.shares import Shares
from studio.services.spending import Caps, Spending
from studio.services.strips import Strips
from studio.services.take_advice import TakeAdvice
from studio.services.takes import Defaults, Takes
from studio.services.takes_keeper import TakesKeeper
from studio.services.team_links import TeamLinks
from studio.services.team_things import TeamThings
from studio.services.teams import Teams
from studio.services.terms import Terms
from studio.services.uploads import Uploads
from studio.services.variants import Variants
from studio.services.versions import Versions
from studio.settings import Settings
from studio.store.blobs import blobs_at
from studio.store.opening import Store, fonts_folder, media_address, open_store, secret_file
from studio.store.tables import GenerationKind


@dataclass(frozen=True)
class House:
    """What an installation consists of. `close()` gives everything back; stop the worker before."""

    settings: Settings
    store: Store
    engine: JobEngine
    desk: Desk
    runtime: Runtime
    accounts: Accounts
    terms: Terms
    library: Library
    limits: Limits
    requests: Rule
    spending: Spending
    prices: Prices
    uploads: Uploads
    shares: Shares
    reviews: Reviews
    prompts: Prompts
    generations: Generations
    hero_orders: HeroOrders
    hero_sets: HeroSets
    hero_ads: HeroAds
    takes: Takes
    groups: Groups
    advice: TakeAdvice
    feedback: Feedback
    learned: LearnedWeights
    quality: Qualities
    enhancements: Enhancements
    editor: Editor
    exports: EditorExports
    editor_assets: EditorAssets
    editor_uploads: EditorUploads
    regenerations: Regenerations
    regenerated: RegenerationResults
    editor_scores: EditorScores
    strips: Strips
    proxies: Proxies
    dashboard: Dashboard
    variants: Variants
    health: Health
    brands: Brands
    teams: Teams
    members: Members
    team_links: TeamLinks
    team_things: TeamThings
    chores: Chores
    retention: Retention
    leftovers: Leftovers

    def worker(self, **options: Any) -> Worker:
        """A worker for this process, not yet started; see studio.jobs.worker."""
        return Worker(
            self.engine,
            self.store.database.engine,
            work_dir(self.settings),
            self.runtime,
            keeper=self.desk.keeper,
            keep_failed_s=self.settings.retry_days * 86_400,
            chores=(self.health.watch_disks, RetentionChore(self.retention, self.leftovers, self.chores)),
            **options,
        )

    def capabilities(self) -> dict[str, Any]:
        """The capability card and what may be chosen, as plain JSON."""
        return capability_card(self.runtime).as_json() | choices(self.runtime)

    def close(self) -> None:
        """Free processes, memory and connections."""
        self.proxies.close()
        self.runtime.close()
        self.engine.close()
        self.store.close()


def open_house(settings: Settings, runtime: Runtime, *, job: Callable[..., Any] | None = None, passwords: Passwords | None = None) -> House:
    """The house of this installation; its tables are made or brought up to date. Raises StoreError.

    job: what makes an ad, where it is not studio.jobs.ad_job.make_ad_job. passwords: how they are hashed, where not at the full cost.
    """
    store = open_store(settings)
    database = store.database
    secret = settings.secret_key.get_secret_value().encode() if settings.secret_key else secret_in(secret_file(settings))
    prices = Prices(runtime.catalog)
    accounts = Accounts(database, Tokens(secret), passwords)
    library, limits = Library(database, store.media), Limits(database)
    spending = Spending(database, prices, Caps(settings.ad_cap_usd, settings.user_cap_usd))
    engine = JobEngine(database.engine, lease_s=settings.worker_lease_s, ads_at_once=settings.ads_at_once)
    engine.prepare()
    work_dir(settings).mkdir(parents=True, exist_ok=True)
    look_in(fonts_folder(settings))
    learned, feedback = LearnedWeights(database), Feedback(database)
    others: dict[GenerationKind, KindKeeper] = {
        GenerationKind.HERO: HeroKeeper(database, store.media),
        GenerationKind.TAKE: TakesKeeper(database, store.media, learned, signer=lambda: signer_of(settings)),
        GenerationKind.CLIP: RegenerationsKeeper(database, store.media, learned),
        GenerationKind.ASSET: EditorAssetsKeeper(database, store.media),
    }
    keepers = Keepers(database, AdKeeper(database, store.media, accounts, spending, signer=lambda: signer_of(settings)), others)
    desk = Desk(engine, database.engine, work_dir(settings), keepers)
    orders = Orders(database, desk, limits, spending, rule=generations(settings.generations_per_hour), most_waiting=settings.queue_limit)
    versions, editor = Versions(database, orders), Editor(database, store.media)
    hero_orders = HeroOrders(database, orders, prices, spending, runtime)
    takes = Takes(database, orders, prices, runtime, Defaults(settings.auto_attempts, settings.auto_select, settings.takes_alert_usd))
    again = Regenerations(database, editor, orders, prices, runtime, attempts=settings.auto_attempts)
    assets = EditorAssets(database, store.media, desk, library, editor)
    made = Generations(
        database,
        desk,
        library,
        orders,
        prices,
        lambda: models_of(runtime),
        rests={
            GenerationKind.HERO: hero_orders.rest,
            GenerationKind.TAKE: takes.rest,
            GenerationKind.CLIP: again.rest,
            GenerationKind.ASSET: assets.rest,
        },
        why_not=runtime.why_not,
        voice=lambda voice, model: speaker(voice, model, runtime),
        job=job or make_ad_job,
    )
    return House(
        settings=settings,
        store=store,
        engine=engine,
        desk=desk,
        runtime=runtime,
        accounts=accounts,
        terms=Terms(database, settings.terms_file),
        library=library,
        limits=limits,
        requests=requests(settings.requests_per_minute),
        spending=spending,
        prices=prices,
        uploads=Uploads(database, store.media),
        shares=Shares(database),
        reviews=Reviews(database, ClipMoments(AdParts(database), store.media)),
        prompts=Prompts(runtime, spending),
        generations=made,
        hero_orders=hero_orders,
        hero_sets=HeroSets(database, desk, library, store.media),
        hero_ads=HeroAds(database, made),
        takes=takes,
        groups=Groups(database, desk, library, store.media, feedback),
        advice=TakeAdvice(database, runtime, spending),
        feedback=feedback,
        learned=learned,
        quality=Qualities(database),
        enhancements=Enhancements(database, versions, made.delete),
        editor=editor,
        editor_assets=assets,
        editor_uploads=EditorUploads(database, store.media, Uploads(database, store.media)),
        exports=EditorExports(database, store.media, editor, versions),
        regenerations=again,
        regenerated=RegenerationResults(database, desk, library, store.media, editor),
        editor_scores=EditorScores(store.media, editor, Qualities(database)),
        strips=Strips(store.media, made_folders(settings)[0]),
        proxies=Proxies(database, store.media, made_folders(settings)[1]),
        dashboard=Dashboard(database),
        variants=Variants(database, made, orders, prices, runtime.capabilities, job=job or make_ad_job),
        health=Health(database, blobs_at(media_address(settings)), folders_of(settings)),
        brands=Brands(database, store.media, Uploads(database, store.media), fonts_folder(settings)),
        teams=Teams(database, spending),
        members=Members(database),
        team_links=TeamLinks(database),
        team_things=TeamThings(database),
        chores=(chores := Chores(database)),
        retention=Retention(database, store.media, library, desk, chores, settings.retention_days),
        leftovers=Leftovers(database, store.media, blobs_at(media_address(settings)), settings.data_dir.absolute(), made_folders(settings)),
    )


def folders_of(settings: Settings) -> dict[str, Path]:
    """What is kept on this machine's disks, by what people call it."""
    return {"data": settings.data_dir.absolute(), "cache": settings.cache_dir.absolute(), "output": settings.output_dir.absolute()}


def made_folders(settings: Settings) -> tuple[Path, Path]:
    """Where small pictures of films, and small copies of clips, are kept; both may be emptied at any time."""
    return settings.data_dir.absolute() / "strips", settings.data_dir.absolute() / "proxies"


def work_dir(settings: Settings) -> Path:
    """Where ads in the making have their folders; all workers of one installation share it."""
    return settings.data_dir.absolute() / "work"
