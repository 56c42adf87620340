"""People who work together: a team, its members with their roles and quotas, and the invitations that are open."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from studio.store.tables.base import Base, Id


class TeamRole(StrEnum):
    """What a member may do with the team's ads and brand kits: manage everything; make and edit; watch, comment and decide."""

    OWNER = "owner"
    EDITOR = "editor"
    REVIEWER = "reviewer"


class Team(Base):
    """A team. What belongs to it stays with it when the member who made it goes."""

    __tablename__ = "teams"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime]


class TeamMember(Base):
    """One person in one team. ads_per_hour, month_cap: what they may order for the team at most; None: no less than anybody."""

    __tablename__ = "team_members"

    team_id: Mapped[str] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True)
    role: Mapped[TeamRole]
    ads_per_hour: Mapped[int | None]
    month_cap: Mapped[Decimal | None]
    joined_at: Mapped[datetime]


class TeamInvitation(Base):
    """An open invitation. For one account: user_id; it is removed once it is accepted or taken back. Or by a link: token_hash, sha256 of
    what the address holds; whoever has it may join, uses times in all, used of which are over; it is removed when it is taken back, or
    some time after its end. made_by: the owner who made the link."""

    __tablename__ = "team_invitations"

    id: Mapped[Id]
    team_id: Mapped[str] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), index=True)
    role: Mapped[TeamRole]
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    made_by: Mapped[str | None] = mapped_column(String(36))
    uses: Mapped[int | None]
    used: Mapped[int | None]
