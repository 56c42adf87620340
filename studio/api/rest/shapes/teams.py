"""Teams on the wire: who is in them, who is asked in, what each may order."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from studio.api.rest.shapes.examples import A_TIME, AN_AD
from studio.services.teams import InvitationTold, MemberTold, TeamCard, TeamTold
from studio.store.tables import TeamRole

A_TEAM = "5f2d0c9a-1d3e-4b7a-8a55-3a1e0c7d9b20"
Role = Literal["owner", "editor", "reviewer"]
ROLE = "owner: everything; editor: makes, changes and exports; reviewer: looks, comments and decides."


class NamedTeam(BaseModel):
    """What a team is called."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: str = Field(max_length=1000, description="1 to 80 characters, in one line.", examples=["Lumen agency"])


class AskedIn(BaseModel):
    """Who is asked in."""

    model_config = ConfigDict(extra="forbid")

    username: str = Field(max_length=1000, description="Of somebody with an account here.", examples=["marta"])
    role: Role = Field(description=ROLE, examples=["editor"])


class ChangedMember(BaseModel):
    """What is set; the rest stays as it is."""

    model_config = ConfigDict(extra="forbid")

    role: Role | None = Field(None, description=ROLE, examples=["reviewer"])
    ads_per_hour: int | None = Field(
        None, description="Orders for the team an hour, 0 to 1,000; null for no limit of their own.", examples=[5]
    )
    month_cap: float | None = Field(
        None, description="US dollars for the team in a calendar month (UTC), at most; null for no limit of their own.", examples=[20.0]
    )


class GivenTo(BaseModel):
    """Whose something is from now on."""

    model_config = ConfigDict(extra="forbid")

    team_id: str | None = Field(description="One of your teams; null for its maker alone.", examples=[A_TEAM])


class TeamRow(BaseModel):
    """A team of one's own."""

    id: str = Field(description="For `team` of an order.", examples=[A_TEAM])
    name: str = Field(examples=["Lumen agency"])
    role: TeamRole = Field(description="Your own in it.", examples=["owner"])
    n_members: int = Field(examples=[3])
    created_at: datetime = Field(examples=[A_TIME])


class InvitationRow(BaseModel):
    """An open invitation."""

    id: str = Field(examples=[AN_AD])
    team_id: str = Field(examples=[A_TEAM])
    team: str = Field(description="What the team is called.", examples=["Lumen agency"])
    username: str = Field(description="Who is asked in.", examples=["marta"])
    role: TeamRole = Field(examples=["editor"])
    created_at: datetime = Field(examples=[A_TIME])
    expires_at: datetime = Field(examples=["2025-11-28T10:30:00Z"])


class MemberRow(BaseModel):
    """A member. What they may order and have spent only owners and they themselves are told: `told`."""

    user_id: str = Field(examples=[AN_AD])
    username: str = Field(examples=["marta"])
    role: TeamRole = Field(examples=["editor"])
    joined_at: datetime = Field(examples=[A_TIME])
    told: bool = Field(description="Whether the next three say anything.", examples=[True])
    ads_per_hour: int | None = Field(description="Null: no limit of their own.", examples=[5])
    month_cap: float | None = Field(description="US dollars; null: no limit of their own.", examples=[20.0])
    spent: float | None = Field(description="US dollars, for the team, this month (UTC).", examples=[3.4])


class TeamReply(TeamRow):
    """A team with everybody in it, owners first. invitations: for owners."""

    members: list[MemberRow]
    invitations: list[InvitationRow]


class TeamsReply(BaseModel):
    """One's teams, by name, and into which one is asked."""

    teams: list[TeamRow]
    invitations: list[InvitationRow]


class JoinedReply(BaseModel):
    """The team that was joined."""

    team_id: str = Field(examples=[A_TEAM])


def team_row(card: TeamCard) -> TeamRow:
    """On the wire."""
    return TeamRow(**vars(card))


def invitation_row(one: InvitationTold) -> InvitationRow:
    """On the wire."""
    return InvitationRow(**vars(one))


def team_reply(team: TeamTold) -> TeamReply:
    """On the wire."""
    return TeamReply(
        **vars(team.card),
        members=[_member(one) for one in team.members],
        invitations=[invitation_row(one) for one in team.invitations],
    )


def _member(one: MemberTold) -> MemberRow:
    cap = one.quota.month_cap if one.quota else None
    return MemberRow(
        user_id=one.user_id,
        username=one.username,
        role=one.role,
        joined_at=one.joined_at,
        told=one.quota is not None,
        ads_per_hour=one.quota.ads_per_hour if one.quota else None,
        month_cap=None if cap is None else float(cap),
        spent=None if one.spent is None else float(one.spent),
    )
