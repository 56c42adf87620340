"""Ads on the wire as PRD §14.2 and §14.3 have them, and what ordering one says."""

from datetime import datetime

from pydantic import BaseModel, Field

from studio.api.rest.shapes.examples import A_TIME, AN_AD
from studio.api.rest.shapes.whose import Whose
from studio.services.details import Detail
from studio.services.library import Card, Page
from studio.store.tables import GenerationKind, Status


class LineReply(BaseModel):
    """One model's part of a quote."""

    model: str = Field(examples=["openai/gpt-4o"])
    cost: float = Field(examples=[0.05])


class EstimateReply(BaseModel):
    """What an ad may cost at most. Nothing is ordered. While `missing` says something, there is no ad to be counted yet:
    `duration`, `aspect_ratio` and `cost` are null."""

    missing: str = Field("", description="What the prompt has yet to say before an ad can be made of it, in a sentence; usually empty.")
    duration: int | None = Field(None, description="Seconds.", examples=[15])
    aspect_ratio: str | None = Field(None, examples=["9:16"])
    cost: float | None = Field(None, description="US dollars.", examples=[0.05])
    lines: list[LineReply] = Field(default=[])
    notes: list[str] = Field(default=[], description="What costs money and is not counted in, one sentence each.")
    warnings: list[str] = Field(default=[], description="What will not be as asked, and what may make it dearer, one sentence each.")
    left_this_month: float = Field(description="US dollars that may still be spent this month (UTC).", examples=[49.95])
    cap_per_ad: float = Field(description="US dollars: the most that one ad may cost.", examples=[5.0])
    team_orders_left: int | None = Field(
        None, description="How many orders of the hour your quota in the team leaves you; null without such a quota.", examples=[None]
    )


class OrderedReply(BaseModel):
    """The ad is in line."""

    generation_id: str = Field(examples=[AN_AD])
    status: Status = Field(Status.PENDING, examples=["pending"])
    message: str = Field(examples=["Video generation started"])


class StatusReply(BaseModel):
    """How far an ad is (PRD §14.2), or whatever else is made."""

    generation_id: str = Field(examples=[AN_AD])
    kind: GenerationKind = Field(description="What is made: an ad, hero frames or takes.", examples=["ad"])
    status: Status = Field(examples=["processing"])
    progress: int = Field(ge=0, le=100, description="Percent.", examples=[65])
    current_step: str | None = Field(examples=["Generating video clip 2 of 3"])
    video_url: str | None = Field(examples=[None])
    cost: float | None = Field(description="US dollars.", examples=[None])
    error: str | None = Field(examples=[None])
    created_at: datetime = Field(examples=[A_TIME])
    completed_at: datetime | None = Field(examples=[None])
    eta_s: float | None = Field(description="Seconds it still needs; null when that is not known.", examples=[38.0])
    queue_position: int | None = Field(description="1: next in line; null when it does not wait.", examples=[None])


class CardReply(Whose):
    """One ad of the gallery (PRD §14.3)."""

    id: str = Field(examples=[AN_AD])
    prompt: str = Field(examples=["Create a luxury watch ad for Instagram"])
    status: Status = Field(examples=["completed"])
    progress: int = Field(ge=0, le=100, examples=[100])
    current_step: str | None = Field(examples=["Complete"])
    video_url: str | None = Field(description="To be saved.", examples=[f"/api/video/{AN_AD}"])
    thumbnail_url: str | None = Field(examples=[f"/api/thumbnail/{AN_AD}"])
    duration: int = Field(description="Seconds.", examples=[15])
    aspect_ratio: str = Field(examples=["9:16"])
    framework: str | None = Field(examples=["AIDA"])
    cost: float | None = Field(description="US dollars.", examples=[1.87])
    error: str | None = Field(examples=[None])
    cancelled: bool = Field(examples=[False])
    created_at: datetime = Field(examples=[A_TIME])
    completed_at: datetime | None = Field(examples=["2025-11-14T10:33:45Z"])


class ListingReply(BaseModel):
    """Some of the ads that were looked for, and how many there are in all."""

    total: int = Field(examples=[45])
    limit: int = Field(examples=[20])
    offset: int = Field(examples=[0])
    generations: list[CardReply]


class DeletedReply(BaseModel):
    """The ad and its files are gone."""

    message: str = Field(examples=["Video deleted successfully"])
    generation_id: str = Field(examples=[AN_AD])


def status_reply(ad: Detail) -> StatusReply:
    """PRD §14.2's answer, and what a progress page needs besides."""
    return StatusReply(
        generation_id=ad.id,
        kind=ad.kind,
        status=ad.status,
        progress=ad.progress,
        current_step=ad.current_step or None,
        video_url=ad.result.download_url if ad.result else None,
        cost=None if ad.cost is None else float(ad.cost),
        error=ad.error.message if ad.error else None,
        created_at=ad.created_at,
        completed_at=ad.completed_at,
        eta_s=ad.eta_s,
        queue_position=ad.queue_position,
    )


def listing_reply(page: Page) -> ListingReply:
    """A page of the gallery."""
    return ListingReply(total=page.total, limit=page.limit, offset=page.offset, generations=[_card(card) for card in page.cards])


def _card(card: Card) -> CardReply:
    return CardReply(
        id=card.id,
        prompt=card.prompt,
        status=card.status,
        progress=card.progress,
        current_step=card.current_step,
        video_url=f"/api/video/{card.id}" if card.status is Status.COMPLETED and card.video_id else None,
        thumbnail_url=f"/api/thumbnail/{card.id}" if card.thumbnail_id else None,
        duration=card.duration,
        aspect_ratio=card.aspect_ratio,
        framework=card.framework,
        cost=None if card.cost is None else float(card.cost),
        error=card.error_message,
        cancelled=card.error_code == "cancelled",
        created_at=card.created_at,
        completed_at=card.completed_at,
        team_id=card.team_id,
        may=card.right.name.lower(),
    )
