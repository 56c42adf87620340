"""Making an ad over HTTP: start, status, live events, cancel. Thin: every rule is in services/making.py.

POST /api/ads                 {prompt, duration?, aspect?, framework?, brand?, colors?, seed?} → 202 {id, …}
GET  /api/ads/{id}            the ad as it stands
GET  /api/ads/{id}/events     the same as server-sent events, until it ends
POST /api/ads/{id}/cancel     stop it
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict

from pipelines.brief import read_brief
from studio import words
from studio.services.making import Making, Snapshot

LOOK_EVERY_S = 0.25
HEARTBEAT_S = 15.0
"""Seconds of silence after which a comment keeps proxies from closing the stream."""

router = APIRouter(prefix="/api/ads")


def the_making(request: Request) -> Making:
    """The one queue of this application."""
    making: Making = request.app.state.making
    return making


TheMaking = Annotated[Making, Depends(the_making)]


class AdRequest(BaseModel):
    """What may be asked for; ranges and meanings are those of pipelines.brief.Brief."""

    model_config = ConfigDict(extra="forbid")

    prompt: str
    duration: int | None = None
    aspect: str | None = None
    framework: str | None = None
    brand: str = ""
    colors: list[str] = []
    seed: int = 0


@router.post("", status_code=202)
def start_ad(asked: AdRequest, making: TheMaking) -> JSONResponse:
    """Queue an ad. 422 with the field's name when the brief cannot be used, 503 when too many wait."""
    brief = read_brief(**{**asked.model_dump(), "colors": tuple(asked.colors)})
    return _fresh(as_reply(making.status(making.start(brief))), 202)


@router.get("/{ad_id}")
def show_ad(ad_id: str, making: TheMaking) -> JSONResponse:
    """The ad as it stands."""
    return _fresh(as_reply(making.status(ad_id)))


@router.post("/{ad_id}/cancel")
def cancel_ad(ad_id: str, making: TheMaking) -> JSONResponse:
    """Stop an ad; the answer is its state afterwards, which is `completed` when this came too late."""
    return _fresh(as_reply(making.cancel(ad_id)))


@router.get("/{ad_id}/events")
def follow_ad(ad_id: str, making: TheMaking) -> StreamingResponse:
    """Every change of the ad as an event whose data is the status reply; the stream ends with the ad."""
    making.status(ad_id)  # unknown ids are refused here, while a status code can still be sent
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(_events(ad_id, making), media_type="text/event-stream", headers=headers)


async def _events(ad_id: str, making: Making) -> AsyncIterator[str]:
    yield "retry: 1000\n\n"
    seen, spoken = -1, time.monotonic()
    while True:
        now = making.status(ad_id)
        if now.revision != seen:
            seen, spoken = now.revision, time.monotonic()
            yield f"data: {json.dumps(as_reply(now))}\n\n"
        if now.state.final:
            return
        if time.monotonic() - spoken > HEARTBEAT_S:
            spoken = time.monotonic()
            yield ": still here\n\n"
        await asyncio.sleep(LOOK_EVERY_S)


def as_reply(now: Snapshot) -> dict[str, Any]:
    """A snapshot as JSON. `result` is there once the ad is completed; media are addresses, money is a decimal string."""
    brief = now.brief
    return {
        "id": now.id,
        "state": now.state.value,
        "percent": round(now.percent, 1),
        "step": now.step,
        "text": now.text,
        "elapsed_s": round(now.elapsed_s, 1),
        "eta_s": None if now.eta_s is None else round(now.eta_s, 1),
        "queue_position": now.queue_position,
        "error": None if now.error is None else {"code": now.error.code, "message": now.error.message},
        "brief": {
            "prompt": brief.prompt,
            "duration": brief.duration,
            "aspect": brief.aspect,
            "framework": brief.framework,
            "brand": brief.brand,
            "colors": list(brief.colors),
            "seed": brief.seed,
        },
        "result": _result(now),
    }


def _result(now: Snapshot) -> dict[str, Any] | None:
    ad = now.ad
    if ad is None:
        return None
    return {
        "video_url": f"/api/ads/{now.id}/video",
        "download_url": f"/api/ads/{now.id}/video?download=1",
        "poster_url": f"/api/ads/{now.id}/poster",
        "width": ad.width,
        "height": ad.height,
        "duration_s": ad.duration_s,
        "size_bytes": ad.path.stat().st_size if ad.path.exists() else None,
        "cost_usd": f"{ad.cost_usd:.2f}",
        "models": list(ad.models),
        "notes": list(ad.notes),
        "stages": [{"name": s.name, "label": words.STAGES.get(s.name, s.name), "seconds": round(s.seconds, 1)} for s in ad.stages],
    }


def _fresh(reply: dict[str, Any], status: int = 200) -> JSONResponse:
    return JSONResponse(reply, status, headers={"cache-control": "no-store"})
