"""Who is in a team: people asked in by name, who accept or decline; their roles and quotas; how they leave. Knows no HTTP.

A team keeps at least one owner. What a member made for it stays with it when they go. Links that let people in: team_links.py.
"""

import logging
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from studio.errors import InputRefused, NotFound, NotReady, RoleRefused
from studio.services.accounts import name_key
from studio.services.teams import InvitationTold, invitations_in, member_of, owned_team, room_for_one_more
from studio.store.database import Database
from studio.store.money import NOTHING, counted
from studio.store.tables import TeamInvitation, TeamMember, TeamRole, User, is_id, new_id
from studio.store.times import Clock, utc_now

log = logging.getLogger(__name__)

GOOD_FOR = timedelta(days=14)
MOST_PEOPLE = 100
"""Members of a team and people who are asked in, together."""

MOST_AN_HOUR = 1000
MOST_A_MONTH = Decimal(100_000)
NO_INVITATION = "There is no such invitation; ask an owner of the team for another one."
LAST_OWNER = "A team keeps an owner; make somebody else one first, or end the team."


class Members:
    """Thread-safe."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database, self._clock = database, clock

    def invite(self, user_id: str, team_id: str, username: str, role: TeamRole) -> InvitationTold:
        """Ask somebody with an account in; asking again renews. Raises InputRefused (nobody of that name, a member already, too many),
        NotFound, RoleRefused."""
        now = self._clock()
        with self._database.writing(lock=f"team:{team_id}") as session:
            owned_team(session, user_id, team_id)
            asked = session.scalar(select(User).where(User.username_key == name_key(username)))
            if asked is None:
                raise InputRefused("Nobody has an account of that name here; ask them how it is written.", field="username")
            if session.get(TeamMember, (team_id, asked.id)) is not None:
                raise InputRefused("They are a member already; change their role instead.", field="username")
            session.execute(delete(TeamInvitation).where(TeamInvitation.team_id == team_id, TeamInvitation.user_id == asked.id))
            session.execute(delete(TeamInvitation).where(TeamInvitation.user_id.is_not(None), TeamInvitation.expires_at <= now))
            if people_of(session, team_id) >= MOST_PEOPLE:
                raise InputRefused(f"A team has {MOST_PEOPLE} people at most, those who are asked in among them.", field="username")
            row = TeamInvitation(id=new_id(), team_id=team_id, role=role, user_id=asked.id, created_at=now, expires_at=now + GOOD_FOR)
            session.add(row)
            session.flush()
            log.info("Asked into a team.", extra={"team": team_id, "member": asked.id, "role": role.value})
            return invitations_in(session, now, TeamInvitation.id == row.id)[0]

    def withdraw(self, user_id: str, team_id: str, invitation_id: str) -> None:
        """Take an invitation back. Raises NotFound, RoleRefused."""
        with self._database.writing(lock=f"team:{team_id}") as session:
            owned_team(session, user_id, team_id)
            row = session.get(TeamInvitation, invitation_id) if is_id(invitation_id) else None
            if row is None or row.team_id != team_id:
                raise NotFound(NO_INVITATION)
            session.delete(row)

    def invitations(self, user_id: str) -> tuple[InvitationTold, ...]:
        """Into which teams the user is asked, the newest first."""
        with self._database.reading() as session:
            return invitations_in(session, self._clock(), TeamInvitation.user_id == user_id)

    def accept(self, user_id: str, invitation_id: str) -> str:
        """Join; the id of the team. Raises InputRefused (in too many), NotFound for an invitation to somebody else, or one that is over."""
        with self._database.reading() as session:
            team_id = self._asked(session, user_id, invitation_id).team_id
        with self._database.writing(lock=f"team:{team_id}") as session:
            row = self._asked(session, user_id, invitation_id)
            if session.get(TeamMember, (team_id, user_id)) is None:
                room_for_one_more(session, user_id)
                session.add(TeamMember(team_id=team_id, user_id=user_id, role=row.role, joined_at=self._clock()))
                log.info("Joined a team.", extra={"team": team_id, "member": user_id, "role": row.role.value})
            session.delete(row)
        return team_id

    def decline(self, user_id: str, invitation_id: str) -> None:
        """Do not join. Raises NotFound."""
        with self._database.writing() as session:
            session.delete(self._asked(session, user_id, invitation_id))

    def change(self, user_id: str, team_id: str, member_id: str, values: Mapping[str, Any]) -> None:
        """Change what `values` names of a member: role (a TeamRole), ads_per_hour (None: no quota of their own), month_cap (US dollars,
        None as well). Raises InputRefused, NotFound, RoleRefused, and NotReady for the last owner's role."""
        with self._database.writing(lock=f"team:{team_id}") as session:
            owned_team(session, user_id, team_id)
            member = _member(session, team_id, member_id)
            role = TeamRole(values.get("role") or member.role)
            if role is not member.role and member.role is TeamRole.OWNER:
                _another_owner(session, member)
            if role is not member.role:
                log.info("Another role in a team.", extra={"team": team_id, "member": member_id, "role": role.value})
            member.role = role
            if "ads_per_hour" in values:
                member.ads_per_hour = _ads(values["ads_per_hour"])
            if "month_cap" in values:
                member.month_cap = _dollars(values["month_cap"])

    def remove(self, user_id: str, team_id: str, member_id: str) -> None:
        """Take a member out of the team; they may do it themselves. Raises NotFound, RoleRefused, and NotReady for the last owner."""
        with self._database.writing(lock=f"team:{team_id}") as session:
            _, role = member_of(session, user_id, team_id)
            if member_id != user_id and role is not TeamRole.OWNER:
                raise RoleRefused("Only an owner of the team can take others out of it.")
            member = _member(session, team_id, member_id)
            if member.role is TeamRole.OWNER:
                _another_owner(session, member)
            session.delete(member)
            log.info("Left a team, or was taken out.", extra={"team": team_id, "member": member_id})

    def _asked(self, session: Session, user_id: str, invitation_id: str) -> TeamInvitation:
        row = session.get(TeamInvitation, invitation_id) if is_id(invitation_id) else None
        if row is None or row.user_id != user_id or row.expires_at <= self._clock():
            raise NotFound(NO_INVITATION)
        return row


def people_of(session: Session, team_id: str) -> int:
    """How many members it has and people who are asked in by name, together."""
    asked = select(func.count()).where(TeamInvitation.team_id == team_id, TeamInvitation.user_id.is_not(None))
    return (session.scalar(select(func.count()).where(TeamMember.team_id == team_id)) or 0) + (session.scalar(asked) or 0)


def _member(session: Session, team_id: str, member_id: str) -> TeamMember:
    member = session.get(TeamMember, (team_id, member_id)) if is_id(member_id) else None
    if member is None:
        raise NotFound("There is no such member of this team.")
    return member


def _another_owner(session: Session, member: TeamMember) -> None:
    """Raise NotReady unless the team has another owner than this."""
    others = (TeamMember.team_id == member.team_id, TeamMember.role == TeamRole.OWNER, TeamMember.user_id != member.user_id)
    if session.scalar(select(TeamMember.user_id).where(*others).limit(1)) is None:
        raise NotReady(LAST_OWNER)


def _ads(most: int | None) -> int | None:
    """A limit of the hour. Raises InputRefused."""
    if most is not None and not 0 <= most <= MOST_AN_HOUR:
        raise InputRefused(f"0 to {MOST_AN_HOUR:,} ads an hour, or none for no limit of their own.", field="ads_per_hour")
    return most


def _dollars(amount: float | None) -> Decimal | None:
    """A month's cap as it is kept. Raises InputRefused."""
    if amount is None:
        return None
    cap = Decimal(str(amount))
    if not cap.is_finite() or not NOTHING <= cap <= MOST_A_MONTH:
        raise InputRefused(f"$0 to ${MOST_A_MONTH:,} a month, or none for no limit of their own.", field="month_cap")
    return counted(cap)
