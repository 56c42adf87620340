"""A person's ads, and what else the gallery lists: the gallery (their own, or a team's), one ad, and removing one with everything that
belongs to it.

Knows no HTTP and no pages."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from studio.errors import InputRefused, NotReady
from studio.services.ownership import a_team, owned_ad
from studio.store.access import Right, listed, own, right_by, roles_of
from studio.store.database import Database
from studio.store.media import Media
from studio.store.tables import CANCELLED, Clip, Generation, GenerationKind, JobProgress, MediaFile, Status, shown_percent

MOST_AT_ONCE = 100
SORTS = {
    "created_at_desc": (Generation.created_at.desc(), Generation.id.desc()),
    "created_at_asc": (Generation.created_at.asc(), Generation.id.asc()),
}
"""PRD §14.3; the id decides between two of the same moment, so that no page shows one twice."""

EVERYTHING = (
    joinedload(Generation.live),
    joinedload(Generation.video),
    joinedload(Generation.thumbnail),
    selectinload(Generation.clips).options(joinedload(Clip.still), joinedload(Clip.video)),
    joinedload(Generation.blueprint),
)
"""What belongs to one ad."""

ELSEWHERE = {
    GenerationKind.HERO: "These are hero frames; remove their set under Hero Frames.",
    GenerationKind.TAKE: "This is a version of the workspace; remove its group there.",
    GenerationKind.CLIP: "This is a clip made again for an edit; remove it in the Editor.",
    GenerationKind.ASSET: "This is a file that was brought to an edit; remove it in the Editor.",
}
"""What is not removed as an ad, and where it is instead."""


@dataclass(frozen=True)
class Card:
    """One ad in the gallery (PRD FR-017). progress: whole percent; video_id, thumbnail_id: media files, once there are. team_id: the team
    that it belongs to. right: what whoever asked may do with it."""

    id: str
    prompt: str
    status: Status
    progress: int
    current_step: str | None
    duration: int
    aspect_ratio: str
    framework: str | None
    cost: Decimal | None
    error_code: str | None
    error_message: str | None
    video_id: str | None
    thumbnail_id: str | None
    created_at: datetime
    completed_at: datetime | None
    team_id: str | None
    right: Right


@dataclass(frozen=True)
class Page:
    """Some of the ads that were looked for, and how many there are in all."""

    total: int
    limit: int
    offset: int
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Stats:
    """How many ads a person has, in all and of each status.

    success_rate: 0..1, of the ads that were made to their end, well or badly (cancelled ones were not); None before the first.
    """

    total: int
    by_status: dict[Status, int]
    success_rate: float | None


class Library:
    """The ads of this installation, each shown to its owner only."""

    def __init__(self, database: Database, media: Media) -> None:
        self._database = database
        self._media = media

    def gallery(
        self,
        user_id: str,
        *,
        q: str = "",
        status: str | None = None,
        sort: str = "created_at_desc",
        limit: int = 20,
        offset: int = 0,
        team: str = "",
    ) -> Page:
        """What the user's gallery lists, newest first. q: part of the prompt, in any capitals; status: one of Status. limit 1..100.
        team: all that this team of theirs has, instead of what they made themselves.

        Raises InputRefused with the name of the argument that cannot be used.
        """
        whose = listed(Generation.user_id, Generation.team_id, user_id, a_team(team))
        which = [*whose, Generation.listed, *_wanted(q, status)]
        if sort not in SORTS:
            raise InputRefused(f"Ads can be sorted by {' or '.join(SORTS)}.", field="sort")
        if not 1 <= limit <= MOST_AT_ONCE:
            raise InputRefused(f"Ask for 1 to {MOST_AT_ONCE} ads at once.", field="limit")
        if not 0 <= offset < 2**31:
            raise InputRefused("An offset is not negative.", field="offset")
        with self._database.reading() as session:
            total = session.scalar(select(func.count()).select_from(Generation).where(*which)) or 0
            found = (
                select(Generation, JobProgress.percent, JobProgress.text)
                .outerjoin(JobProgress, JobProgress.job == Generation.id)
                .where(*which)
                .order_by(*SORTS[sort])
                .limit(limit)
                .offset(offset)
            )
            rows = session.execute(found).all() if offset < total else ()
            roles = roles_of(session, user_id) if any(ad.team_id for ad, *_ in rows) else {}
        rights = (right_by(roles.get(ad.team_id or ""), user_id, ad.user_id, ad.team_id) or Right.LOOK for ad, *_ in rows)
        return Page(total, limit, offset, tuple(_card(*row, right) for row, right in zip(rows, rights, strict=True)))

    def get(self, user_id: str, generation_id: str) -> Generation:
        """One ad with its files, clips, plan and recipe, to read. Raises NotFound, or NotYours when it is somebody else's."""
        with self._database.reading() as session:
            return owned_ad(session, user_id, generation_id, EVERYTHING, need=Right.LOOK)

    def stats(self, user_id: str) -> Stats:
        """How many ads the user has."""
        stopped = func.coalesce(Generation.error_code, "") == CANCELLED
        mine = (*_made_by(user_id), Generation.listed)
        counted = select(Generation.status, stopped, func.count()).where(*mine).group_by(Generation.status, stopped)
        by_status, cancelled = dict.fromkeys(Status, 0), 0
        with self._database.reading() as session:
            for status, was_stopped, n in session.execute(counted):
                by_status[status] += n
                cancelled += n * bool(was_stopped)
        completed, ended = by_status[Status.COMPLETED], by_status[Status.COMPLETED] + by_status[Status.FAILED] - cancelled
        return Stats(sum(by_status.values()), by_status, completed / ended if ended else None)

    def delete(self, user_id: str, generation_id: str) -> None:
        """Remove an ad, its clips and its files; what it cost stays written down. Raises NotFound, NotYours, and NotReady while
        it is being made."""
        with self._database.writing(lock=f"user:{user_id}") as session:
            ad = owned_ad(session, user_id, generation_id, EVERYTHING)
            if ad.kind in ELSEWHERE:
                raise NotReady(ELSEWHERE[ad.kind])
            if not ad.status.final:
                raise NotReady("This ad is still being made; cancel it first.")
            orphans = self.remove_in(session, ad)
        self._media.sweep(orphans)

    def remove_in(self, session: Session, generation: Generation) -> set[str]:
        """Remove a generation, its rows and those of its files, in the caller's transaction; afterwards, give what is returned to
        `Media.sweep`."""
        files = {generation.video_id, generation.thumbnail_id}
        files |= {id_ for clip in generation.clips for id_ in (clip.still_id, clip.video_id)}
        files |= set(session.scalars(select(MediaFile.id).where(MediaFile.made_for == generation.id)))
        session.execute(delete(Generation).where(Generation.id == generation.id))
        return self._media.forget(session, {id_ for id_ in files if id_})


def search_key(prompt: str) -> str:
    """The form in which prompts are searched; `Generation.prompt_key` holds it."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", prompt).casefold())


def _made_by(user_id: str) -> list[ColumnElement[bool]]:
    return list(own(Generation.user_id, Generation.team_id, user_id))


def _wanted(q: str, status: str | None) -> list[ColumnElement[bool]]:
    which: list[ColumnElement[bool]] = []
    if status:
        if status not in list(Status):
            raise InputRefused(f"An ad is {', '.join(Status)}; {status!r} is none of these.", field="status")
        which.append(Generation.status == Status(status))
    if q := q.strip():
        if any(c == "\0" or "\ud800" <= c <= "\udfff" for c in q):  # no database can be asked for these
            raise InputRefused("Search for plain words.", field="q")
        which.append(Generation.prompt_key.contains(search_key(q), autoescape=True))
    return which


def _card(ad: Generation, percent: float | None, text: str | None, right: Right) -> Card:
    return Card(
        id=ad.id,
        prompt=ad.prompt,
        status=ad.status,
        progress=shown_percent(ad.status, ad.error_code, percent),
        current_step=text or None,
        duration=ad.duration,
        aspect_ratio=ad.aspect_ratio,
        framework=ad.framework,
        cost=ad.cost,
        error_code=ad.error_code,
        error_message=ad.error_message,
        video_id=ad.video_id,
        thumbnail_id=ad.thumbnail_id,
        created_at=ad.created_at,
        completed_at=ad.completed_at,
        team_id=ad.team_id,
        right=right,
    )
