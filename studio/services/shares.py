"""Links that show one finished ad to whoever has them: made, opened, ended. Knows no HTTP and no pages.

A link's token is a random 256 bits and told once; what is kept is its hash, so a copy of the database opens nothing.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import joinedload

from studio.errors import LinkEnded, NotFound, NotReady, TooMany
from studio.services.ownership import owned_ad
from studio.store.database import Database
from studio.store.tables import Generation, MediaFile, ReviewLink, Status, new_id
from studio.store.times import Clock, utc_now

LIFE = timedelta(days=14)
REMEMBERED = timedelta(days=90)
"""How long after its end a link is still known to have been one."""

MOST_LINKS = 50
"""Open links of one ad."""

TOKEN_BYTES = 32
TOKEN_LENGTH = 43


@dataclass(frozen=True)
class Share:
    """A fresh link. The token cannot be told again."""

    token: str
    expires_at: datetime


@dataclass(frozen=True)
class SharedAd:
    """What a guest may see: the film and nothing of how it was ordered. brand: "" when it was not named."""

    brand: str
    framework: str | None
    duration_s: int
    aspect_ratio: str
    created_at: datetime
    expires_at: datetime
    video: MediaFile
    poster: MediaFile | None


class Shares:
    """The links of this installation. Thread-safe."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def share(self, user_id: str, generation_id: str) -> Share:
        """A new link to the user's ad, good for 14 days. Raises NotFound, NotYours, and NotReady unless the ad is completed."""
        token, now = secrets.token_urlsafe(TOKEN_BYTES), self._clock()
        with self._database.writing(lock=f"user:{user_id}") as session:
            ad = owned_ad(session, user_id, generation_id)
            if ad.status is not Status.COMPLETED or ad.video_id is None:
                raise NotReady("Only a finished ad can be shared.")
            session.execute(delete(ReviewLink).where(ReviewLink.expires_at <= now - REMEMBERED))
            open_ones = session.scalars(
                select(ReviewLink.expires_at)
                .where(ReviewLink.generation_id == ad.id, ReviewLink.expires_at > now, ReviewLink.revoked_at.is_(None))
                .order_by(ReviewLink.expires_at)
            ).all()
            if len(open_ones) >= MOST_LINKS:
                wait_s = int((open_ones[0] - now).total_seconds()) + 1
                raise TooMany(f"This ad has {MOST_LINKS} open links; end them first.", retry_after=wait_s)
            session.add(
                ReviewLink(
                    id=new_id(),
                    generation_id=ad.id,
                    owner_id=user_id,
                    token_hash=hashed(token),
                    created_at=now,
                    expires_at=now + LIFE,
                )
            )
        return Share(token, now + LIFE)

    def end(self, user_id: str, generation_id: str) -> None:
        """End every link to the user's ad; fine when there is none. Raises NotFound, NotYours."""
        with self._database.writing(lock=f"user:{user_id}") as session:
            owned_ad(session, user_id, generation_id)
            mine = (ReviewLink.generation_id == generation_id, ReviewLink.revoked_at.is_(None))
            session.execute(update(ReviewLink).where(*mine).values(revoked_at=self._clock()))

    def open(self, token: str) -> SharedAd:
        """The ad behind a link. Raises NotFound for a link that never was (or whose ad is gone), LinkEnded for one that is over."""
        if len(token) != TOKEN_LENGTH or not token.isascii():
            raise NotFound("There is no such link.")
        everything = (joinedload(Generation.video), joinedload(Generation.thumbnail))
        with self._database.reading() as session:
            link = session.scalar(select(ReviewLink).where(ReviewLink.token_hash == hashed(token)))
            ad = session.get(Generation, link.generation_id, options=everything) if link is not None else None
        if link is None or ad is None or ad.video is None:
            raise NotFound("There is no such link.")
        if link.revoked_at is not None or link.expires_at <= self._clock():
            raise LinkEnded
        return SharedAd(
            brand=str(ad.brief.get("brand") or ""),
            framework=ad.framework,
            duration_s=ad.duration,
            aspect_ratio=ad.aspect_ratio,
            created_at=ad.created_at,
            expires_at=link.expires_at,
            video=ad.video,
            poster=ad.thumbnail,
        )


def hashed(token: str) -> str:
    """What is kept of a token: 64 hex digits. Not salted, since a token is as random as a salt would be."""
    return hashlib.sha256(token.encode()).hexdigest()
