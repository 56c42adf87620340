"""Links into a team: an owner makes one, whoever has it joins with its role while it is good. Knows no HTTP.

    made ──▶ good until its day, for so many people ──▶ over: that day, the last of them, or taken back

A link may come into the wrong hands, so none makes an owner. Its token is told once (link_tokens.py).
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from studio.errors import InputRefused, LinkEnded, NotFound, NotReady
from studio.services.link_tokens import could_be_one, hashed, new_token
from studio.services.members import MOST_PEOPLE, people_of
from studio.services.teams import LinkTold, links_in, owned_team, room_for_one_more
from studio.store.database import Database
from studio.store.tables import Team, TeamInvitation, TeamMember, TeamRole, is_id, new_id
from studio.store.times import Clock, utc_now

log = logging.getLogger(__name__)

ROLES = (TeamRole.EDITOR, TeamRole.REVIEWER)
DAYS = 7
MOST_DAYS = 30
MOST_LINKS = 20
"""Of one team, at a time."""

REMEMBERED = timedelta(days=90)
"""How long after its end a link is still known to have been one."""

NO_LINK = "There is no such invitation; ask whoever sent it for a new link."


@dataclass(frozen=True)
class AskedByLink:
    """What a link says to whoever opens it. member: whether they are in the team already."""

    team: str
    role: TeamRole
    expires_at: datetime
    member: bool


class TeamLinks:
    """Thread-safe."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database, self._clock = database, clock

    def make(self, user_id: str, team_id: str, role: TeamRole, *, uses: int = 1, days: int = DAYS) -> tuple[LinkTold, str]:
        """A new link and its token, which cannot be told again. uses: people, 1 to MOST_PEOPLE; days: 1 to MOST_DAYS. Raises InputRefused,
        NotFound, RoleRefused."""
        _check(role, uses, days)
        token, now = new_token(), self._clock()
        row = TeamInvitation(
            id=new_id(),
            team_id=team_id,
            role=role,
            token_hash=hashed(token),
            created_at=now,
            expires_at=now + timedelta(days=days),
            made_by=user_id,
            uses=uses,
            used=0,
        )
        with self._database.writing(lock=f"team:{team_id}") as session:
            owned_team(session, user_id, team_id)
            over = TeamInvitation.token_hash.is_not(None), TeamInvitation.expires_at <= now - REMEMBERED
            session.execute(delete(TeamInvitation).where(*over))
            if len(links_in(session, now, TeamInvitation.team_id == team_id)) >= MOST_LINKS:
                raise InputRefused(f"A team has {MOST_LINKS} links at most; take one back first.", field="role")
            session.add(row)
            session.flush()
            told = links_in(session, now, TeamInvitation.id == row.id)[0]
        log.info("A link into a team was made.", extra={"team": team_id, "link": row.id, "role": role.value, "uses": uses, "days": days})
        return told, token

    def take_back(self, user_id: str, team_id: str, link_id: str) -> None:
        """It lets nobody in any more; who joined stays. Raises NotFound, RoleRefused."""
        with self._database.writing(lock=f"team:{team_id}") as session:
            owned_team(session, user_id, team_id)
            row = session.get(TeamInvitation, link_id) if is_id(link_id) else None
            if row is None or row.team_id != team_id or row.token_hash is None:
                raise NotFound(NO_LINK)
            session.delete(row)
        log.info("A link into a team was taken back.", extra={"team": team_id, "link": link_id})

    def open(self, token: str, user_id: str | None) -> AskedByLink:
        """Where it leads. user_id: of whoever asks, if they are signed in. Raises NotFound, LinkEnded."""
        with self._database.reading() as session:
            row = self._good(session, token, user_id)
            team = session.get_one(Team, row.team_id)
            return AskedByLink(team.name, row.role, row.expires_at, _is_member(session, row, user_id))

    def join(self, user_id: str, token: str) -> str:
        """Join with the link's role; the id of the team. Members stay what they are, and nothing of the link is used up. Raises NotFound,
        LinkEnded, InputRefused (in too many teams), NotReady for a team that is full."""
        with self._database.reading() as session:
            team_id = self._good(session, token, user_id).team_id
        with self._database.writing(lock=f"team:{team_id}") as session:
            row = self._good(session, token, user_id)
            if _is_member(session, row, user_id):
                return team_id
            by_name = TeamInvitation.team_id == team_id, TeamInvitation.user_id == user_id
            session.execute(delete(TeamInvitation).where(*by_name))
            if people_of(session, team_id) >= MOST_PEOPLE:
                raise NotReady(f"The team has {MOST_PEOPLE} people, which is the most; ask an owner of it to make room.")
            room_for_one_more(session, user_id)
            session.add(TeamMember(team_id=team_id, user_id=user_id, role=row.role, joined_at=self._clock()))
            row.used = (row.used or 0) + 1
            told = {"team": team_id, "link": row.id, "member": user_id, "role": row.role.value}
        log.info("Joined a team by a link.", extra=told)
        return team_id

    def _good(self, session: Session, token: str, user_id: str | None) -> TeamInvitation:
        """The link while it is good; for members also once all others are in."""
        row = session.scalar(select(TeamInvitation).where(TeamInvitation.token_hash == hashed(token))) if could_be_one(token) else None
        if row is None:
            raise NotFound(NO_LINK)
        used_up = (row.used or 0) >= (row.uses or 0) and not _is_member(session, row, user_id)
        if row.expires_at <= self._clock() or used_up:
            raise LinkEnded
        return row


def _is_member(session: Session, row: TeamInvitation, user_id: str | None) -> bool:
    return user_id is not None and session.get(TeamMember, (row.team_id, user_id)) is not None


def _check(role: TeamRole, uses: int, days: int) -> None:
    """Raise InputRefused."""
    if role not in ROLES:
        raise InputRefused("A link makes editors or reviewers; make somebody an owner once they are in.", field="role")
    if not 1 <= uses <= MOST_PEOPLE:
        raise InputRefused(f"A link lets 1 to {MOST_PEOPLE} people in.", field="uses")
    if not 1 <= days <= MOST_DAYS:
        raise InputRefused(f"A link is good for 1 to {MOST_DAYS} days.", field="days")
