"""The services that the routes stand on, as one value. Every rule is theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Protocol

from fastapi import Depends, Request

from pipelines.brief import Brief
from studio.services.accounts import Accounts
from studio.services.address_limits import AddressLimits
from studio.services.brands import Brands
from studio.services.dashboard import Dashboard
from studio.services.editor import Editor
from studio.services.editor_assets import EditorAssets
from studio.services.editor_exports import EditorExports
from studio.services.editor_scores import EditorScores
from studio.services.editor_uploads import EditorUploads
from studio.services.enhancement import Enhancements
from studio.services.feedback import Feedback
from studio.services.generations import Generations
from studio.services.groups import Groups
from studio.services.health import Health
from studio.services.hero_ads import HeroAds
from studio.services.hero_orders import HeroOrders
from studio.services.hero_sets import HeroSets
from studio.services.learned_weights import LearnedWeights
from studio.services.library import Library
from studio.services.limits import Limits, Rule
from studio.services.members import Members
from studio.services.metrics import Metrics
from studio.services.progress_feed import ProgressFeed
from studio.services.provenance import Provenances
from studio.services.proxies import Proxies
from studio.services.quality import Qualities
from studio.services.regeneration_results import RegenerationResults
from studio.services.regenerations import Regenerations
from studio.services.results import Results
from studio.services.retention import Retention
from studio.services.reviews import Reviews
from studio.services.shares import Shares
from studio.services.spending import Spending
from studio.services.strips import Strips
from studio.services.take_advice import TakeAdvice
from studio.services.takes import Takes
from studio.services.team_links import TeamLinks
from studio.services.team_things import TeamThings
from studio.services.teams import Teams
from studio.services.terms import Terms
from studio.services.uploads import Uploads
from studio.services.variants import Variants
from studio.store.database import Database
from studio.store.media import Media


class Improves(Protocol):
    """studio.services.prompts.Prompts, as far as it is asked here."""

    def improve(self, user_id: str, brief: Brief) -> Any:
        """See there."""


@dataclass(frozen=True)
class Services:
    """The services of one installation. rule: how often a person may ask; addresses: counts strangers; capabilities: the
    capability card as plain JSON; registration_open: whether strangers may make accounts. monitoring_token:
    whoever bears it may see how this installation is; "" for nobody. media_by_nginx: whether the proxy in front reads media itself."""

    database: Database
    media: Media
    accounts: Accounts
    terms: Terms
    library: Library
    generations: Generations
    hero_orders: HeroOrders
    hero_sets: HeroSets
    hero_ads: HeroAds
    takes: Takes
    groups: Groups
    advice: TakeAdvice
    limits: Limits
    rule: Rule
    addresses: AddressLimits
    uploads: Uploads
    shares: Shares
    reviews: Reviews
    spending: Spending
    prompts: Improves
    feed: ProgressFeed
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
    provenances: Provenances
    results: Results
    brands: Brands
    teams: Teams
    members: Members
    team_links: TeamLinks
    team_things: TeamThings
    retention: Retention
    health: Health
    metrics: Metrics
    capabilities: Callable[[], dict[str, Any]]
    registration_open: bool = True
    monitoring_token: str = ""
    media_by_nginx: bool = False


def the_services(request: Request) -> Services:
    """The services of this application."""
    services: Services = request.app.state.services
    return services


TheServices = Annotated[Services, Depends(the_services)]
