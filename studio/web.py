"""The web application of a house: its API, its doors and its pages, put together. Part of the composition root.

It starts nothing: `studio/api/serving.py` serves what comes out of here, and a worker is the house's.
"""

from typing import TYPE_CHECKING

from studio.api.application import application
from studio.api.rest.services import Services
from studio.house import House
from studio.services.address_limits import AddressLimits
from studio.services.metrics import Metrics
from studio.services.progress_feed import ProgressFeed
from studio.services.provenance import Provenances
from studio.services.provenance_keys import anchors_of
from studio.services.results import Results

if TYPE_CHECKING:
    from fastapi import FastAPI


def web(house: House) -> "FastAPI":
    """The application; its lifespan ends the listeners, and `house.close()` the rest. Raises StoreError where TERMS_FILE is no text."""
    house.terms.now()  # a file that cannot be read is told now, and not to the first newcomer
    from studio.ui import doors, islands, shell  # seconds, which whoever wants `services` alone need not wait for
    from studio.words.generate import page

    app = application(services(house), islands.assets(), doors.doors(), islands.modules, allowed_hosts=house.settings.allowed_hosts)
    tabs = shell.tabs_for(professional=house.settings.professional)
    shell.mount(app, shell.build(page(), tabs), tabs)
    return app


def services(house: House) -> Services:
    """What the routes stand on."""
    return Services(
        database=house.store.database,
        media=house.store.media,
        accounts=house.accounts,
        terms=house.terms,
        library=house.library,
        generations=house.generations,
        hero_orders=house.hero_orders,
        hero_sets=house.hero_sets,
        hero_ads=house.hero_ads,
        takes=house.takes,
        groups=house.groups,
        advice=house.advice,
        limits=house.limits,
        rule=house.requests,
        addresses=AddressLimits(),
        uploads=house.uploads,
        shares=house.shares,
        reviews=house.reviews,
        spending=house.spending,
        prompts=house.prompts,
        feed=ProgressFeed(house.store.database, house.accounts, house.generations),
        feedback=house.feedback,
        learned=house.learned,
        quality=house.quality,
        enhancements=house.enhancements,
        editor=house.editor,
        exports=house.exports,
        editor_assets=house.editor_assets,
        editor_uploads=house.editor_uploads,
        regenerations=house.regenerations,
        regenerated=house.regenerated,
        editor_scores=house.editor_scores,
        strips=house.strips,
        proxies=house.proxies,
        dashboard=house.dashboard,
        variants=house.variants,
        provenances=Provenances(house.store.database, house.store.media, lambda: anchors_of(house.settings)),
        results=Results(house.store.database),
        brands=house.brands,
        teams=house.teams,
        members=house.members,
        team_links=house.team_links,
        team_things=house.team_things,
        retention=house.retention,
        health=house.health,
        metrics=Metrics(house.store.database, house.health, house.engine.tasks),
        capabilities=house.capabilities,
        registration_open=house.settings.registration == "open",
        media_by_nginx=house.settings.media_by_nginx,
        monitoring_token=token.get_secret_value() if (token := house.settings.monitoring_token) else "",
    )
