"""Teams: made, named anew, ended, told. Who is in one is members.py's business, what belongs to one team_things.py's. Knows no HTTP.

A team has at least one owner, who may do everything with what belongs to it. When it ends, all that goes back to whoever made it;
nothing is lost.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from studio.errors import InputRefused, NotFound, RoleRefused
from studio.services.plain_text import plain_text
from studio.services.quotas import Quota
from studio.services.spending import Spending
from studio.services.team_things import let_all_go
from studio.store.access import role_in
from studio.store.database import Database
from studio.store.money import NOTHING
from studio.store.tables import Team, TeamInvitation, TeamMember, TeamRole, User, is_id, new_id
from studio.store.times import Clock, utc_now

LONGEST_NAME = 80
MOST_TEAMS = 20
"""Of one person."""

ORDER = {TeamRole.OWNER: 0, TeamRole.EDITOR: 1, TeamRole.REVIEWER: 2}


@dataclass(frozen=True)
class TeamCard:
    """A team in one's list. role: one's own in it."""

    id: str
    name: str
    role: TeamRole
    n_members: int
    created_at: datetime


@dataclass(frozen=True)
class MemberTold:
    """One member. quota, spent (US dollars, for the team, this month): None for whoever may not know."""

    user_id: str
    username: str
    role: TeamRole
    joined_at: datetime
    quota: Quota | None
    spent: Decimal | None


@dataclass(frozen=True)
class InvitationTold:
    """An open invitation. username: who is asked."""

    id: str
    team_id: str
    team: str
    username: str
    role: TeamRole
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class LinkTold:
    """An open invitation by a link. uses: how many may join with it in all; used: how many have. made_by: the name of the owner who made
    it."""

    id: str
    role: TeamRole
    uses: int
    used: int
    made_by: str
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class TeamTold:
    """A team as a member sees it: owners see all quotas, the open invitations and links, others only their own quota. members: owners
    first."""

    card: TeamCard
    members: tuple[MemberTold, ...]
    invitations: tuple[InvitationTold, ...]
    links: tuple[LinkTold, ...]


class Teams:
    """The teams of this installation. Thread-safe."""

    def __init__(self, database: Database, spending: Spending, clock: Clock = utc_now) -> None:
        self._database, self._spending, self._clock = database, spending, clock

    def listed(self, user_id: str) -> tuple[TeamCard, ...]:
        """The teams that the user is in, by name."""
        anybody = aliased(TeamMember)
        n_members = select(func.count()).where(anybody.team_id == Team.id).correlate(Team).scalar_subquery()
        found = (
            select(Team, TeamMember.role, n_members)
            .join(TeamMember, TeamMember.team_id == Team.id)
            .where(TeamMember.user_id == user_id)
            .order_by(func.lower(Team.name), Team.id)
        )
        with self._database.reading() as session:
            return tuple(TeamCard(team.id, team.name, role, n, team.created_at) for team, role, n in session.execute(found))

    def one(self, user_id: str, team_id: str) -> TeamTold:
        """One of them. Raises NotFound; other people's teams do not exist."""
        spent = self._spending.of_members(team_id) if is_id(team_id) else {}
        with self._database.reading() as session:
            team, role = member_of(session, user_id, team_id)
            rows = session.execute(
                select(TeamMember, User.username).join(User, User.id == TeamMember.user_id).where(TeamMember.team_id == team_id)
            ).all()
            knows_all = role is TeamRole.OWNER
            members = [
                MemberTold(
                    user_id=row.user_id,
                    username=username,
                    role=row.role,
                    joined_at=row.joined_at,
                    quota=Quota(row.ads_per_hour, row.month_cap) if knows_all or row.user_id == user_id else None,
                    spent=spent.get(row.user_id, NOTHING) if knows_all or row.user_id == user_id else None,
                )
                for row, username in rows
            ]
            members.sort(key=lambda one: (ORDER[one.role], one.username.lower(), one.user_id))
            theirs = TeamInvitation.team_id == team_id
            asked = invitations_in(session, self._clock(), theirs) if knows_all else ()
            links = links_in(session, self._clock(), theirs) if knows_all else ()
            return TeamTold(TeamCard(team.id, team.name, role, len(rows), team.created_at), tuple(members), asked, links)

    def create(self, user_id: str, name: str) -> TeamTold:
        """A new team, whose owner the user is. Raises InputRefused."""
        now = self._clock()
        team = Team(id=new_id(), name=checked_name(name), created_at=now)
        with self._database.writing(lock=f"user:{user_id}") as session:
            room_for_one_more(session, user_id)
            session.add(team)
            session.flush()
            session.add(TeamMember(team_id=team.id, user_id=user_id, role=TeamRole.OWNER, joined_at=now))
        return self.one(user_id, team.id)

    def rename(self, user_id: str, team_id: str, name: str) -> TeamTold:
        """Name it anew. Raises InputRefused, NotFound, RoleRefused."""
        with self._database.writing(lock=f"team:{team_id}") as session:
            owned_team(session, user_id, team_id).name = checked_name(name)
        return self.one(user_id, team_id)

    def end(self, user_id: str, team_id: str) -> None:
        """End the team: all that it has goes back to whoever made it. Raises NotFound, RoleRefused, and NotReady while anything of it is
        being made."""
        with self._database.writing(lock=f"team:{team_id}") as session:
            team = owned_team(session, user_id, team_id)
            let_all_go(session, team_id)
            session.delete(team)


def member_of(session: Session, user_id: str, team_id: str) -> tuple[Team, TeamRole]:
    """The team and the user's role in it. Raises NotFound."""
    role = role_in(session, user_id, team_id) if is_id(team_id) else None
    if role is None:
        raise NotFound("There is no such team.")
    return session.get_one(Team, team_id), role


def owned_team(session: Session, user_id: str, team_id: str) -> Team:
    """The team, for its owners. Raises NotFound, RoleRefused."""
    team, role = member_of(session, user_id, team_id)
    if role is not TeamRole.OWNER:
        raise RoleRefused("Only an owner of the team can do that.")
    return team


def room_for_one_more(session: Session, user_id: str) -> None:
    """Raise InputRefused when the person is in as many teams as they can be."""
    if (session.scalar(select(func.count()).where(TeamMember.user_id == user_id)) or 0) >= MOST_TEAMS:
        raise InputRefused(f"{MOST_TEAMS} teams are the most one can be in; leave one first.", field="name")


def invitations_in(session: Session, now: datetime, which: ColumnElement[bool]) -> tuple[InvitationTold, ...]:
    """The open invitations to accounts, the newest first."""
    found = (
        select(TeamInvitation, Team.name, User.username)
        .join(Team, Team.id == TeamInvitation.team_id)
        .join(User, User.id == TeamInvitation.user_id)
        .where(which, TeamInvitation.expires_at > now)
        .order_by(TeamInvitation.created_at.desc(), TeamInvitation.id)
    )
    return tuple(
        InvitationTold(row.id, row.team_id, team, username, row.role, row.created_at, row.expires_at)
        for row, team, username in session.execute(found)
    )


def links_in(session: Session, now: datetime, which: ColumnElement[bool]) -> tuple[LinkTold, ...]:
    """The links that are good, the newest first."""
    found = (
        select(TeamInvitation, User.username)
        .outerjoin(User, User.id == TeamInvitation.made_by)
        .where(which, TeamInvitation.expires_at > now, TeamInvitation.used < TeamInvitation.uses)
        .order_by(TeamInvitation.created_at.desc(), TeamInvitation.id)
    )
    return tuple(
        LinkTold(row.id, row.role, row.uses or 0, row.used or 0, username or "", row.created_at, row.expires_at)
        for row, username in session.execute(found)
    )


def checked_name(name: str) -> str:
    """A team's name, in one line and without markup. Raises InputRefused."""
    plain = " ".join(plain_text(name).split())
    if not 1 <= len(plain) <= LONGEST_NAME or not plain.isprintable():
        raise InputRefused(f"A team's name has 1 to {LONGEST_NAME} characters, in one line.", field="name")
    return plain
