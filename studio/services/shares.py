"""Links that show a finished ad to whoever has them: made, listed, opened, ended. Knows no HTTP and no pages.

A link's token is told once (link_tokens.py). A link may ask for a password: who told it once gets a key, which is good as long as link
and password are.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, joinedload

from studio.errors import InputRefused, LinkEnded, LinkLocked, NotFound, NotReady, TooMany, WrongLinkPassword
from studio.security import Passwords
from studio.services.link_tokens import could_be_one, hashed, new_token
from studio.services.login_throttle import LoginThrottle
from studio.services.ownership import owned_ad
from studio.services.plain_text import plain_text
from studio.services.versions import versions_in
from studio.store.access import Right
from studio.store.database import Database
from studio.store.tables import Generation, MediaFile, ReviewLink, Status, VersionKind, new_id
from studio.store.times import Clock, utc_now

DAYS = 14
MOST_DAYS = 90
REMEMBERED = timedelta(days=90)
"""How long after its end a link is still known to have been one."""

MOST_LINKS = 50
"""Open links of one ad."""

NOTED_EVERY = timedelta(minutes=1)
LONGEST_NAME = 80
PASSWORD_LENGTHS = (4, 72)


@dataclass(frozen=True)
class Share:
    """A fresh link. The token cannot be told again."""

    id: str
    token: str
    expires_at: datetime


@dataclass(frozen=True)
class LinkTold:
    """A link as its owner sees it. ended: its time is over, or it was taken back."""

    id: str
    name: str
    created_at: datetime
    expires_at: datetime
    opened_at: datetime | None
    ended: bool
    has_password: bool
    with_versions: bool


@dataclass(frozen=True)
class SharedFilm:
    """One version of what is shown. kind: None for the ad that the link was made for."""

    id: str
    kind: VersionKind | None
    duration_s: int
    aspect_ratio: str
    created_at: datetime
    video: MediaFile
    poster: MediaFile | None


@dataclass(frozen=True)
class SharedAd:
    """What a guest may see: the films and nothing of how they were ordered; the ad's own first. brand: "" when it was not named."""

    link_id: str
    name: str
    ad_id: str
    brand: str
    framework: str | None
    expires_at: datetime
    films: tuple[SharedFilm, ...]

    def film(self, id: str | None) -> SharedFilm:
        """One of them; the ad's own for None. Raises NotFound."""
        for film in self.films:
            if id in (None, film.id):
                return film
        raise NotFound("There is no such version behind this link.")


class Shares:
    """The links of this installation. Thread-safe."""

    def __init__(self, database: Database, clock: Clock = utc_now, passwords: Passwords | None = None) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords or Passwords()
        self._throttle = LoginThrottle(database, clock)

    def share(
        self, user_id: str, generation_id: str, *, name: str = "", days: int = DAYS, password: str = "", with_versions: bool = False
    ) -> Share:
        """A new link to the user's ad. name: for whom it is, for the owner's list and the guest's greeting. days: 1 to MOST_DAYS.
        password: asked of guests, "" for none. Raises InputRefused, NotFound, NotYours, NotReady unless the ad is completed."""
        name, hashed_password = checked_name(name), self._hashed(password)
        if not 1 <= days <= MOST_DAYS:
            raise InputRefused(f"A link is good for 1 to {MOST_DAYS} days.", field="days")
        token, now = new_token(), self._clock()
        link = ReviewLink(
            id=new_id(),
            owner_id=user_id,
            token_hash=hashed(token),
            name=name,
            password_hash=hashed_password,
            with_versions=with_versions,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        with self._database.writing(lock=f"user:{user_id}") as session:
            ad = owned_ad(session, user_id, generation_id, need=Right.EDIT)
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
            link.generation_id = ad.id
            session.add(link)
            return Share(link.id, token, link.expires_at)

    def of(self, user_id: str, generation_id: str) -> tuple[LinkTold, ...]:
        """The links to the user's ad, newest first, ended ones too. Raises NotFound, NotYours."""
        now = self._clock()
        with self._database.reading() as session:
            owned_ad(session, user_id, generation_id, need=Right.LOOK)
            found = (
                select(ReviewLink).where(ReviewLink.generation_id == generation_id).order_by(ReviewLink.created_at.desc(), ReviewLink.id)
            )
            return tuple(
                LinkTold(
                    id=link.id,
                    name=link.name,
                    created_at=link.created_at,
                    expires_at=link.expires_at,
                    opened_at=link.opened_at,
                    ended=link.revoked_at is not None or link.expires_at <= now,
                    has_password=link.password_hash is not None,
                    with_versions=link.with_versions,
                )
                for link in session.scalars(found)
            )

    def end(self, user_id: str, generation_id: str, link_id: str | None = None) -> None:
        """End one link to the user's ad, or every one; fine when there is none. Raises NotFound, NotYours."""
        with self._database.writing(lock=f"user:{user_id}") as session:
            owned_ad(session, user_id, generation_id, need=Right.EDIT)
            mine = [ReviewLink.generation_id == generation_id, ReviewLink.revoked_at.is_(None)]
            if link_id is not None:
                mine.append(ReviewLink.id == link_id)
            session.execute(update(ReviewLink).where(*mine).values(revoked_at=self._clock()))

    def unlock(self, token: str, password: str, *, address: str) -> str:
        """The key to a link that asks for a password. address: of who guesses. Raises NotFound, LinkEnded, WrongLinkPassword, TooMany."""
        with self._database.reading() as session:
            link = self._link(session, token)
        who = f"link:{link.id}"
        self._throttle.begin(who, address)
        if not self._passwords.match(password, link.password_hash):
            raise WrongLinkPassword
        with self._database.writing() as session:
            self._throttle.succeeded(session, who, address)
        return _key(token, link.password_hash or "")

    def open(self, token: str, key: str = "") -> SharedAd:
        """What is behind a link. Raises NotFound for a link that never was (or whose ad is gone), LinkEnded for one that is over,
        LinkLocked where a password is asked and `key` (from `unlock`) does not show that it was given."""
        everything = (joinedload(Generation.video), joinedload(Generation.thumbnail))
        with self._database.reading() as session:
            link = self._link(session, token)
            if link.password_hash is not None and not hmac.compare_digest(_key(token, link.password_hash).encode(), key.encode()):
                raise LinkLocked
            ad = session.get(Generation, link.generation_id, options=everything)
            films = [found] if ad and (found := _film(ad, None)) else []
            if not ad or not films:
                raise NotFound("There is no such link.")
            for version in versions_in(session, ad.id) if link.with_versions else ():
                made = session.get_one(Generation, version.id, options=everything)
                if version.status is Status.COMPLETED and (found := _film(made, version.kind)):
                    films.append(found)
            return SharedAd(link.id, link.name, ad.id, str(ad.brief.get("brand") or ""), ad.framework, link.expires_at, tuple(films))

    def opened(self, link_id: str) -> None:
        """Note that a guest looked, to the minute."""
        now = self._clock()
        with self._database.reading() as session:
            last = session.scalar(select(ReviewLink.opened_at).where(ReviewLink.id == link_id))
        if last is None or last < now - NOTED_EVERY:
            with self._database.writing() as session:
                session.execute(update(ReviewLink).where(ReviewLink.id == link_id).values(opened_at=now))

    def _link(self, session: Session, token: str) -> ReviewLink:
        if not could_be_one(token):
            raise NotFound("There is no such link.")
        link = session.scalar(select(ReviewLink).where(ReviewLink.token_hash == hashed(token)))
        if link is None:
            raise NotFound("There is no such link.")
        if link.revoked_at is not None or link.expires_at <= self._clock():
            raise LinkEnded
        return link

    def _hashed(self, password: str) -> str | None:
        if not password:
            return None
        least, most = PASSWORD_LENGTHS
        if not least <= len(password) <= most:
            raise InputRefused(f"A link's password has {least} to {most} characters.", field="password")
        return self._passwords.hash(password)


def checked_name(name: str) -> str:
    """A name for people, in one line and without markup. Raises InputRefused."""
    plain = " ".join(plain_text(name).split())
    if len(plain) > LONGEST_NAME or not plain.isprintable():
        raise InputRefused(f"A name has up to {LONGEST_NAME} characters, in one line.", field="name")
    return plain


def _key(token: str, password_hash: str) -> str:
    """Who has it knew the password: the hash is known to this installation alone. Another password, another key."""
    return hmac.new(token.encode(), password_hash.encode(), hashlib.sha256).hexdigest()


def _film(ad: Generation, kind: VersionKind | None) -> SharedFilm | None:
    if ad.video is None:
        return None
    return SharedFilm(ad.id, kind, ad.duration, ad.aspect_ratio, ad.created_at, ad.video, ad.thumbnail)
