"""News of one's ads as server-sent events: one stream for a browser, however many ads are being made."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import StreamingResponse

from studio.api.rest.asking import TheServices, Token, Viewer
from studio.api.rest.shapes.detail import detail_reply
from studio.api.rest.shapes.errors import SIGNED_IN, refusals
from studio.security import Claims
from studio.services.progress_feed import News, ProgressFeed

HEARTBEAT_S = 15.0
"""Seconds of silence after which a comment keeps proxies from closing the stream."""

RETRY_MS = 2000
STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "`generation` (data: the ad, as GET /generations/{id} has it) for each ad being made, then `ready`, then "
        '`generation` with every change and `deleted` (data: {"id"}). The stream ends with the session.',
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}

router = APIRouter(tags=["ads"])


def session(token: Token, services: TheServices, _: Viewer) -> Claims:
    """The session of a token that is good."""
    return services.accounts.session(token)


@router.get("/events", summary="News as it happens", response_class=StreamingResponse, responses=STREAM | refusals(*SIGNED_IN))
async def events(claims: Annotated[Claims, Depends(session)], services: TheServices) -> StreamingResponse:
    """Server-sent events about all ads of whoever asks; see 200. A comment comes every 15 seconds of silence."""
    mailbox = Mailbox(services.feed, claims)  # refused here, while a status code can still be sent
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(mailbox.stream(), media_type="text/event-stream", headers=headers)


class Mailbox:
    """What one listener has not been sent yet. Of one ad only the latest is kept: a slow reader misses states, no ends."""

    def __init__(self, feed: ProgressFeed, claims: Claims) -> None:
        self._loop = asyncio.get_running_loop()
        self._news: dict[tuple[str, str], News] = {}
        self._came = asyncio.Event()
        self._listening = feed.listen(claims, self._tell)

    def _tell(self, news: News) -> None:
        """On the feed's thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._put, news)

    def _put(self, news: News) -> None:
        key = ("ad", news.id) if news.id else (news.kind, "")
        self._news.pop(key, None)  # to the end of the line
        self._news[key] = news
        self._came.set()

    async def stream(self) -> AsyncIterator[str]:
        """The stream's text, until the session or the listener has gone."""
        try:
            yield f"retry: {RETRY_MS}\n\n"
            while True:
                try:
                    await asyncio.wait_for(self._came.wait(), HEARTBEAT_S)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                self._came.clear()
                waiting, self._news = list(self._news.values()), {}
                for news in waiting:
                    if news.kind == "over":
                        return
                    yield as_event(news)
        finally:
            self._listening.stop()


def as_event(news: News) -> str:
    """One event as it is sent."""
    told = detail_reply(news.ad).model_dump_json() if news.ad is not None else json.dumps({"id": news.id} if news.id else {})
    return f"event: {news.kind}\ndata: {told}\n\n"
