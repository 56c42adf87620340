"""Helpers of the tests of the HTTP side: a whole application around a house, and people who sign in to it."""

from dataclasses import dataclass
from typing import Any

from fastapi.testclient import TestClient

from pipelines.brief import Brief
from pipelines.enhance import Improved, improve_prompt
from pipelines.hints import read_hints
from studio.api.rest.services import Services
from studio.security import Passwords
from studio.services.ad_parts import AdParts
from studio.services.address_limits import AddressLimits
from studio.services.brands import Brands
from studio.services.chores import Chores
from studio.services.clip_moments import ClipMoments
from studio.services.dashboard import Dashboard
from studio.services.editor_uploads import EditorUploads
from studio.services.feedback import Feedback
from studio.services.health import Health
from studio.services.learned_weights import LearnedWeights
from studio.services.limits import requests
from studio.services.members import Members
from studio.services.metrics import Metrics
from studio.services.progress_feed import ProgressFeed
from studio.services.provenance import Provenances
from studio.services.proxies import Proxies
from studio.services.quality import Qualities
from studio.services.results import Results
from studio.services.retention import Retention
from studio.services.reviews import Reviews
from studio.services.shares import Shares
from studio.services.team_links import TeamLinks
from studio.services.team_things import TeamThings
from studio.services.teams import Teams
from studio.services.terms import Terms
from studio.services.uploads import Uploads
from studio.store.blobs import blobs_at
from tests.studio.three_step_ad import AdHouse

HERE = "http://127.0.0.1:7860"
PROMPT = "Create a luxury watch ad for Instagram"
PASSWORD = "correct horse"


class BuiltIn:
    """The built-in writer, as studio.services.prompts.Prompts asks it where no model is set up."""

    def improve(self, user_id: str, brief: Brief) -> Improved:
        return improve_prompt(brief, read_hints(brief.prompt))


def services_of(house: AdHouse, *, per_minute: int = 1000, registration_open: bool = True) -> Services:
    return Services(
        database=house.database,
        media=house.media,
        accounts=house.accounts,
        terms=Terms(house.database, None),
        library=house.library,
        generations=house.generations,
        hero_orders=house.hero_orders,
        hero_sets=house.hero_sets,
        hero_ads=house.hero_ads,
        takes=house.takes,
        groups=house.groups,
        advice=house.advice,
        limits=house.limits,
        rule=requests(per_minute),
        addresses=AddressLimits(),
        uploads=Uploads(house.database, house.media),
        shares=Shares(house.database, passwords=Passwords(cost=4)),
        reviews=Reviews(house.database, ClipMoments(AdParts(house.database), house.media)),
        spending=house.spending,
        prompts=BuiltIn(),
        feed=ProgressFeed(house.database, house.accounts, house.generations, look_every_s=0.05),
        feedback=Feedback(house.database),
        learned=LearnedWeights(house.database),
        quality=Qualities(house.database),
        enhancements=house.enhancements,
        editor=house.editor,
        exports=house.exports,
        editor_assets=house.editor_assets,
        editor_uploads=EditorUploads(house.database, house.media, Uploads(house.database, house.media)),
        regenerations=house.regenerations,
        regenerated=house.regenerated,
        editor_scores=house.editor_scores,
        strips=house.strips,
        proxies=Proxies(house.database, house.media, house.work.parent / "proxies"),
        dashboard=Dashboard(house.database),
        variants=house.variants,
        provenances=Provenances(house.database, house.media),
        results=Results(house.database),
        brands=Brands(house.database, house.media, Uploads(house.database, house.media), house.work.parent / "fonts"),
        retention=Retention(house.database, house.media, house.library, house.desk, Chores(house.database), 30),
        teams=Teams(house.database, house.spending),
        members=Members(house.database),
        team_links=TeamLinks(house.database),
        team_things=TeamThings(house.database),
        health=(health := Health(house.database, blobs_at(str(house.work.parent / "media")), {"data": house.work})),
        metrics=Metrics(house.database, health, house.engine.tasks),
        capabilities=lambda: {"can_make_ads": True},
        registration_open=registration_open,
        monitoring_token="a token for monitoring",
    )


@dataclass(frozen=True)
class Person:
    """Somebody with a token."""

    id: str
    name: str
    token: str

    @property
    def bearer(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"}


def join(client: TestClient, name: str = "ada") -> Person:
    who = {"username": name, "password": PASSWORD}
    joined = client.post("/api/auth/register", json=who)
    assert joined.status_code == 201, joined.text
    return Person(joined.json()["user_id"], name, client.post("/api/auth/login", json=who).json()["access_token"])


def order(client: TestClient, who: Person, **asked: Any) -> str:
    reply = client.post("/api/generate", headers=who.bearer, json={"prompt": PROMPT, **asked})
    assert reply.status_code == 202, reply.text
    id: str = reply.json()["generation_id"]
    return id


def finished(client: TestClient, house: AdHouse, who: Person, *also: str) -> dict[str, Any]:
    """The detail of an ad that was made to its end. also: what else was ordered, and is waited for."""
    id = order(client, who)
    with house.working():
        for one in (id, *also):
            house.ended(who.id, one)
    ad: dict[str, Any] = client.get(f"/api/generations/{id}", headers=who.bearer).json()
    assert ad["status"] == "completed", ad
    return ad


def order_hero(client: TestClient, who: Person, **asked: Any) -> str:
    """A set of hero frames, waiting; `finished(…, id)` makes it along with an ad."""
    ordered = client.post("/api/hero-frames", headers=who.bearer, json={"prompt": "A steel watch on wet black stone", "seed": 7, **asked})
    assert ordered.status_code == 202, ordered.text
    id: str = ordered.json()["id"]
    return id


def everything(client: TestClient, house: AdHouse, who: Person) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """A finished ad, a set of hero frames and a group of takes of one of them, as their addresses tell them; one worker makes them all."""

    def told(path: str) -> dict[str, Any]:
        found: dict[str, Any] = client.get(f"/api{path}", headers=who.bearer).json()
        return found

    ad, hero = order(client, who), order_hero(client, who)
    with house.working():
        for one in (ad, hero):
            house.ended(who.id, one)
        frames = told(f"/hero-sets/{hero}")
        body = {"hero_frame_id": frames["frames"][0]["id"], "model": "plain/film", "duration": 2, "auto_attempts": 1}
        ordered = client.post("/api/image-to-video", headers=who.bearer, json=body)
        assert ordered.status_code == 202, ordered.text
        house.ended(who.id, ordered.json()["generation_id"])
    return told(f"/generations/{ad}"), frames, told(f"/generation-groups/{ordered.json()['group_id']}")


def refused(reply: Any, status: int, code: str) -> dict[str, str]:
    assert reply.status_code == status, reply.text
    assert list(reply.json()) == ["error"]
    error: dict[str, str] = reply.json()["error"]
    assert error["code"] == code, error
    assert error["message"]
    return error
