"""What guests and the owner say about a finished ad, second by second, and what guests decide of a version.

    guest   a link (shares.py) ─▶ remarks under a name, a decision: approved, or changes are needed
    owner   all remarks of an ad with the clip that each is about, answers, what is done; the newest decision of each link
    team    its members see all of that, say something and decide; what its editors say guests see, too, what reviewers say they do not

Knows no HTTP. Which clip is shown at a moment is what the version's own timeline says.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studio.errors import InputRefused, NotFound, NotReady, TooMany
from studio.services.ownership import owned_ad
from studio.services.plain_text import plain_text
from studio.services.shares import SharedAd
from studio.services.versions import versions_in
from studio.store.access import Right, right_to
from studio.store.database import Database
from studio.store.tables import Decision, Generation, ReviewComment, ReviewDecision, ReviewLink, Status, is_id, new_id
from studio.store.times import Clock, utc_now

LONGEST_TEXT = 2000
LONGEST_AUTHOR = 60
MOST_REMARKS = 500
"""Of one link. Beyond, people talk to each other."""

RECENT = timedelta(minutes=10)
MOST_RECENT = 30
"""Remarks and decisions of one link within RECENT."""

ClipAt = Callable[[str, str, float], str | None]
"""(user id, generation id, seconds) → the id of the clip shown then, None where that is not known."""


@dataclass(frozen=True)
class Remark:
    """One remark. version_id: the film it is about. at_s: seconds into it, None for the whole. clip: of the film's timeline. by_owner:
    whether the ad's owner said it, or an editor of its team; link: for whom the guest's link was made. done: whether it was seen to."""

    id: str
    version_id: str
    author: str
    at_s: float | None
    text: str
    created_at: datetime
    by_owner: bool
    link: str
    done: bool
    clip: str | None = None


@dataclass(frozen=True)
class Verdict:
    """What a guest or a member of the team decided of a version. link_id: None for a member, and once the link is forgotten."""

    version_id: str
    link_id: str | None
    link: str
    author: str
    decision: Decision
    note: str
    created_at: datetime


@dataclass(frozen=True)
class Review:
    """Everything said about an ad: remarks oldest first; of each link, member and version the newest decision, newest first."""

    remarks: tuple[Remark, ...]
    verdicts: tuple[Verdict, ...]


class Reviews:
    """Keeps and tells them. Thread-safe."""

    def __init__(self, database: Database, clip_at: ClipAt = lambda user, generation, at_s: None, clock: Clock = utc_now) -> None:
        self._database = database
        self._clip_at = clip_at
        self._clock = clock

    def seen_by(self, shared: SharedAd) -> Review:
        """What a guest sees: what this link's guests and the owner said about the films that it shows."""
        films = [film.id for film in shared.films]
        with self._database.reading() as session:
            found = _told(session, shared.ad_id)
        remarks = tuple(one for one, link in found[0] if (one.by_owner or link == shared.link_id) and one.version_id in films)
        return Review(remarks, tuple(one for one in found[1] if one.link_id == shared.link_id and one.version_id in films))

    def remark(self, shared: SharedAd, *, author: str, text: str, at_s: float | None, version_id: str | None = None) -> Remark:
        """A guest's remark about one of the link's films. Raises InputRefused, NotFound, TooMany."""
        film = shared.film(version_id)
        row = self._row(shared.ad_id, film.id, film.duration_s, author, text, at_s, shared.link_id)
        with self._database.writing(lock=f"review:{shared.link_id}") as session:
            self._not_too_many(session, shared.link_id)
            session.add(row)
        return _remark(row, shared.name)

    def decide(self, shared: SharedAd, *, author: str, decision: Decision, note: str = "", version_id: str | None = None) -> Verdict:
        """A guest's decision about one of the link's films; a later one takes its place. Raises InputRefused, NotFound, TooMany."""
        row = ReviewDecision(
            id=new_id(),
            ad_id=shared.ad_id,
            generation_id=shared.film(version_id).id,
            link_id=shared.link_id,
            author=checked_author(author),
            decision=decision,
            note=checked_text(note, "note") if note.strip() else "",
            created_at=self._clock(),
        )
        with self._database.writing(lock=f"review:{shared.link_id}") as session:
            self._not_too_many(session, shared.link_id)
            session.add(row)
        return _verdict(row, shared.name)

    def of(self, user_id: str, generation_id: str) -> Review:
        """All that was said about the user's ad and its versions, for its owner and team. Raises NotFound, NotYours."""
        with self._database.reading() as session:
            owned_ad(session, user_id, generation_id, need=Right.LOOK)
            remarks, verdicts = _told(session, generation_id)
        told = [replace(one, clip=None if one.at_s is None else self._clip_at(user_id, one.version_id, one.at_s)) for one, _ in remarks]
        return Review(tuple(told), tuple(verdicts))

    def answer(
        self, user_id: str, generation_id: str, *, author: str, text: str, at_s: float | None, version_id: str | None = None
    ) -> Remark:
        """The owner's remark, or a member's; every guest of the ad sees it, unless a reviewer of its team says it. Raises InputRefused,
        NotFound, NotYours."""
        with self._database.writing(lock=f"user:{user_id}") as session:
            ad = owned_ad(session, user_id, generation_id, need=Right.LOOK)
            about = _about(session, ad, version_id)
            row = self._row(ad.id, about.id, about.duration, author, text, at_s, None)
            row.user_id, row.by_owner = user_id, right_to(session, user_id, ad.user_id, ad.team_id) is not Right.LOOK
            session.add(row)
            return _remark(row, "")

    def decide_as_member(
        self, user_id: str, generation_id: str, *, author: str, decision: Decision, note: str = "", version_id: str | None = None
    ) -> Verdict:
        """What a member of the ad's team decides of it, or of a version; a later decision of theirs takes its place. Raises InputRefused,
        NotFound, NotYours, NotReady for an ad that is in no team: who made it does not decide of it."""
        with self._database.writing(lock=f"user:{user_id}") as session:
            ad = owned_ad(session, user_id, generation_id, need=Right.LOOK)
            if ad.team_id is None:
                raise NotReady("Only the ads of a team are decided on; share this one with a team, or make a link for whoever decides.")
            about = _about(session, ad, version_id)
            if about.status is not Status.COMPLETED:
                raise NotReady("Only a finished ad is decided on.")
            row = ReviewDecision(
                id=new_id(),
                ad_id=ad.id,
                generation_id=about.id,
                user_id=user_id,
                author=checked_author(author),
                decision=decision,
                note=checked_text(note, "note") if note.strip() else "",
                created_at=self._clock(),
            )
            session.add(row)
            return _verdict(row, "")

    def done(self, user_id: str, generation_id: str, remark_id: str, done: bool) -> None:
        """Tick a remark off, or take that back. Raises NotFound, NotYours, RoleRefused."""
        with self._database.writing(lock=f"user:{user_id}") as session:
            row = self._mine(session, user_id, generation_id, remark_id)
            row.done_at = (row.done_at or self._clock()) if done else None

    def remove(self, user_id: str, generation_id: str, remark_id: str) -> None:
        """Take a remark away; whoever said it may, too. Raises NotFound, NotYours, RoleRefused."""
        with self._database.writing(lock=f"user:{user_id}") as session:
            session.delete(self._mine(session, user_id, generation_id, remark_id))

    def _mine(self, session: Session, user_id: str, generation_id: str, remark_id: str) -> ReviewComment:
        owned_ad(session, user_id, generation_id, need=Right.LOOK)
        row = session.get(ReviewComment, remark_id) if is_id(remark_id) else None
        if row is None or row.ad_id != generation_id or row.user_id != user_id:
            owned_ad(session, user_id, generation_id, need=Right.EDIT)
        if row is None or row.ad_id != generation_id:
            raise NotFound("There is no such remark.")
        return row

    def _row(
        self, ad_id: str, version_id: str, length_s: int, author: str, text: str, at_s: float | None, link_id: str | None
    ) -> ReviewComment:
        if at_s is not None and not (math.isfinite(at_s) and 0 <= at_s <= length_s + 1):
            raise InputRefused(f"That moment is not within the film; it lasts {length_s} s.", field="at_s")
        return ReviewComment(
            id=new_id(),
            ad_id=ad_id,
            generation_id=version_id,
            link_id=link_id,
            author=checked_author(author),
            at_s=at_s,
            text=checked_text(text, "text"),
            by_owner=link_id is None,
            created_at=self._clock(),
        )

    def _not_too_many(self, session: Session, link_id: str) -> None:
        now, recent, first = self._clock(), 0, None
        for table in (ReviewComment, ReviewDecision):
            since = (table.link_id == link_id, table.created_at > self._clock() - RECENT)
            n, oldest = session.execute(select(func.count(), func.min(table.created_at)).where(*since)).one()
            recent += n
            first = min(filter(None, (first, oldest)), default=None)
            whole = session.scalar(select(func.count()).select_from(table).where(table.link_id == link_id)) or 0
            if whole >= MOST_REMARKS:
                raise InputRefused(f"{MOST_REMARKS} remarks through one link are the most; ask for a new link.", field="text")
        if recent >= MOST_RECENT:
            wait_s = max(1, math.ceil((RECENT - (now - (first or now))).total_seconds()))
            raise TooMany(f"{MOST_RECENT} remarks in ten minutes are the most; wait a moment.", retry_after=wait_s)


def _about(session: Session, ad: Generation, version_id: str | None) -> Generation:
    """The ad, or the version of it that is meant. Raises NotFound."""
    if version_id in (None, ad.id):
        return ad
    if version_id not in {version.id for version in versions_in(session, ad.id)}:
        raise NotFound("This ad has no such version.")
    return session.get_one(Generation, version_id)


def checked_author(author: str) -> str:
    """A name in one line, without markup. Raises InputRefused."""
    plain = " ".join(plain_text(author).split())
    if not 1 <= len(plain) <= LONGEST_AUTHOR or not plain.isprintable():
        raise InputRefused(f"Say who you are, in 1 to {LONGEST_AUTHOR} characters.", field="author")
    return plain


def checked_text(text: str, field: str) -> str:
    """What somebody wrote, without markup and control characters; lines stay. Raises InputRefused."""
    plain = plain_text("".join(c for c in text.replace("\r\n", "\n") if c == "\n" or c.isprintable()))
    if not 1 <= len(plain) <= LONGEST_TEXT:
        raise InputRefused(f"Write 1 to {LONGEST_TEXT} characters.", field=field)
    return plain


def _told(session: Session, ad_id: str) -> tuple[list[tuple[Remark, str | None]], list[Verdict]]:
    """(Remarks with the link of each, oldest first; decisions that count, newest first.)"""
    said = select(ReviewComment, ReviewLink.name).outerjoin(ReviewLink, ReviewLink.id == ReviewComment.link_id)
    remarks = session.execute(said.where(ReviewComment.ad_id == ad_id).order_by(ReviewComment.created_at, ReviewComment.id)).all()
    decided = select(ReviewDecision, ReviewLink.name).outerjoin(ReviewLink, ReviewLink.id == ReviewDecision.link_id)
    newest: dict[tuple[str | None, str | None, str], Verdict] = {}
    for row, name in session.execute(decided.where(ReviewDecision.ad_id == ad_id).order_by(ReviewDecision.created_at, ReviewDecision.id)):
        newest[row.link_id, row.user_id, row.generation_id] = _verdict(row, name or "")
    verdicts = sorted(newest.values(), key=lambda one: one.created_at, reverse=True)
    return [(_remark(row, name or ""), row.link_id) for row, name in remarks], verdicts


def _remark(row: ReviewComment, link: str) -> Remark:
    return Remark(row.id, row.generation_id, row.author, row.at_s, row.text, row.created_at, row.by_owner, link, row.done_at is not None)


def _verdict(row: ReviewDecision, link: str) -> Verdict:
    return Verdict(row.generation_id, row.link_id, link, row.author, row.decision, row.note, row.created_at)
