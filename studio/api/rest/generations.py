"""Ads (PRD §14.2, §14.3): quote, order, follow, stop, try again, list, fetch, remove."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from pipelines.brief import Brief, read_brief
from studio.api.error_replies import Refused
from studio.api.rest.services import Person, TheServices, Viewer, concealed
from studio.errors import NotFound
from studio.services.generations import Following
from studio.services.plain_text import plain_text
from studio.store.tables import Status

NO_AD = "There is no such ad."

router = APIRouter(tags=["generations"])


class Asked(BaseModel):
    """What may be asked for; what is left out is read from the prompt, or chosen."""

    model_config = ConfigDict(extra="forbid")

    prompt: str = Field(max_length=10_000, examples=["Create a luxury watch ad for Instagram"])
    duration: int | None = None
    aspect_ratio: str | None = None
    framework: str | None = None
    brand: str = ""
    brand_colors: list[str] = []
    seed: int = 0
    product_image_id: str = ""

    def brief(self) -> Brief:
        """Raises BriefError."""
        return read_brief(
            plain_text(self.prompt),
            duration=self.duration,
            aspect=self.aspect_ratio,
            framework=self.framework,
            brand=self.brand,
            colors=tuple(self.brand_colors),
            seed=self.seed,
        )


@router.post("/estimate")
def estimate(asked: Asked, _: Person, services: TheServices) -> dict[str, Any]:
    """What the ad may cost at most."""
    found = services.generations.estimate(asked.brief())
    lines = [{"model": use.model, "cost": float(price)} for use, price in found.quote.lines]
    return {"duration": found.duration, "aspect_ratio": found.aspect_ratio, "cost": float(found.quote.total), "lines": lines}


@router.post("/generate", status_code=202)
def generate(asked: Asked, account: Person, services: TheServices) -> dict[str, Any]:
    """Order an ad. 402: a spending cap would be passed; 429: too many this hour."""
    id = services.generations.submit(account.id, asked.brief(), asked.product_image_id)
    return {"generation_id": id, "status": Status.PENDING, "message": "Video generation started"}


@router.get("/status/{generation_id}")
def status(generation_id: str, account: Person, services: TheServices) -> dict[str, Any]:
    """How far the ad is."""
    return as_status(services.generations.follow(account.id, generation_id))


@router.post("/generations/{generation_id}/cancel", status_code=202)
def cancel(generation_id: str, account: Person, services: TheServices) -> dict[str, Any]:
    """Stop the ad; too late, the answer is the completed one."""
    with concealed(NO_AD):
        return as_status(services.generations.cancel(account.id, generation_id))


@router.post("/generations/{generation_id}/retry", status_code=202)
def retry(generation_id: str, account: Person, services: TheServices) -> dict[str, Any]:
    """Do again what failed. 409: nothing did."""
    with concealed(NO_AD):
        return as_status(services.generations.retry(account.id, generation_id))


@router.get("/generations")
def listing(
    account: Person,
    services: TheServices,
    limit: int = 20,
    offset: int = 0,
    status: str | None = None,
    sort: str = "created_at_desc",
    q: str = "",
) -> dict[str, Any]:
    """The user's ads."""
    page = services.library.gallery(account.id, q=q, status=status, sort=sort, limit=limit, offset=offset)
    names = ("id", "prompt", "status", "duration", "aspect_ratio", "created_at", "completed_at")
    cards = [
        {name: getattr(card, name) for name in names}
        | {
            "video_url": f"/api/video/{card.id}" if card.status is Status.COMPLETED and card.video_id else None,
            "thumbnail_url": f"/api/thumbnail/{card.id}" if card.thumbnail_id else None,
            "cost": None if card.cost is None else float(card.cost),
        }
        for card in page.cards
    ]
    return {"total": page.total, "limit": page.limit, "offset": page.offset, "generations": cards}


@router.delete("/generations/{generation_id}")
def delete(generation_id: str, account: Person, services: TheServices) -> dict[str, str]:
    """Remove the ad and its files. 409: it is still being made."""
    services.generations.delete(account.id, generation_id)
    return {"message": "Video deleted successfully", "generation_id": generation_id}


@router.get("/video/{generation_id}", response_class=StreamingResponse)
def video(generation_id: str, account: Viewer, services: TheServices) -> StreamingResponse:
    """The finished MP4. 400: not ready yet."""
    with concealed("There is no such video."):
        ad = services.generations.follow(account.id, generation_id).ad
    if ad.status is not Status.COMPLETED:
        raise Refused(400, "not_finished")
    if ad.video is None:
        raise NotFound("There is no such video.")
    headers = {"content-disposition": f'attachment; filename="ad_{ad.id}.mp4"', "content-length": str(ad.video.size)}
    return StreamingResponse(services.media.read(ad.video), media_type="video/mp4", headers=headers)


@router.get("/thumbnail/{generation_id}", response_class=StreamingResponse)
def thumbnail(generation_id: str, account: Viewer, services: TheServices) -> StreamingResponse:
    """The poster."""
    with concealed("There is no such picture."):
        ad = services.generations.follow(account.id, generation_id).ad
    if ad.thumbnail is None:
        raise NotFound("There is no such picture.")
    return StreamingResponse(services.media.read(ad.thumbnail), media_type=ad.thumbnail.mime)


def as_status(now: Following) -> dict[str, Any]:
    """PRD §14.2's answer, and what a progress page needs besides."""
    ad = now.ad
    done = ad.status is Status.COMPLETED
    words = "Complete" if done else "Cancelled" if ad.error_code == "cancelled" else now.text
    return {
        "generation_id": ad.id,
        "status": ad.status,
        "progress": 100 if done else now.percent,
        "current_step": words or None,
        "video_url": f"/api/video/{ad.id}" if done else None,
        "cost": None if ad.cost is None else float(ad.cost),
        "error": ad.error_message,
        "created_at": ad.created_at,
        "completed_at": ad.completed_at,
        "eta_s": now.eta_s,
        "queue_position": now.queue_position,
    }
