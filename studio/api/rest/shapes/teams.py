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


class TeamLinkAsked(BaseModel):
    """What a link shall do."""

    model_config = ConfigDict(extra="forbid", strict=True)

    role: Literal["editor", "reviewer"] = Field(description=f"{ROLE} A link makes no owners.", examples=["editor"])
    uses: int = Field(1, description="How many people may join with it, 1 to 100.", examples=[5])
    days: int = Field(7, description="How long it is good, 1 to 30 days.", examples=[7])


class LinkToken(BaseModel):
    """A link, by what stands behind the # of its address."""

    model_config = ConfigDict(extra="forbid", strict=True)

    token: str = Field(max_length=200, examples=["m1Yq3v0m2a8J9Zr4bH6kT5cW7dX1eF2gL3nP4sQ5uVw"])


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


class TeamLinkRow(BaseModel):
    """An open link into a team."""

    id: str = Field(examples=[AN_AD])
    role: TeamRole = Field(description="What it makes of whoever joins.", examples=["editor"])
    uses: int = Field(description="How many may join with it.", examples=[5])
    used: int = Field(description="How many have.", examples=[2])
    made_by: str = Field(description="Which owner made it.", examples=["ada"])
    created_at: datetime = Field(examples=[A_TIME])
    expires_at: datetime = Field(examples=["2025-11-21T10:30:00Z"])


class TeamLinkReply(TeamLinkRow):
    """A fresh link."""

    url: str = Field(
        description="Its address on this studio, told this once.", examples=["/join#m1Yq3v0m2a8J9Zr4bH6kT5cW7dX1eF2gL3nP4sQ5uVw"]
    )


class AskedByLinkReply(BaseModel):
    """Where a link leads."""

    team: str = Field(description="What the team is called.", examples=["Lumen agency"])
    role: TeamRole = Field(description="What one would be in it.", examples=["editor"])
    expires_at: datetime = Field(examples=["2025-11-21T10:30:00Z"])
    you: str | None = Field(description="Who asks; null for nobody who is signed in.", examples=["marta"])
    member: bool = Field(description="Whether whoever asks is in the team already.", examples=[False])


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
    """A team with everybody in it, owners first. invitations, links: for owners."""

    members: list[MemberRow]
    invitations: list[InvitationRow]
    links: list[TeamLinkRow]


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
        links=[TeamLinkRow(**vars(one)) for one in team.links],
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
