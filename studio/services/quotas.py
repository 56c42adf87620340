"""What a member may order for their team at most: so many ads an hour, so much money a month. Asked wherever anything is ordered
(orders.py) and before every paid call (spending.py), beside what counts for everybody.

Works on rows in the caller's session; it counts nothing itself.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from studio.errors import InputRefused, RoleRefused
from studio.services.limits import Rule
from studio.store.tables import TeamMember, TeamRole, is_id

NO_TEAM = "There is no such team; choose one of yours."


@dataclass(frozen=True)
class Quota:
    """ads_per_hour; month_cap: US dollars in a calendar month (UTC). None: no less than anybody."""

    ads_per_hour: int | None = None
    month_cap: Decimal | None = None

    def rule(self, team_id: str) -> Rule | None:
        """The limit of the hour; a name of its own for every team."""
        if self.ads_per_hour is None:
            return None
        return Rule(f"t{team_id.replace('-', '')}"[:20], self.ads_per_hour, timedelta(hours=1), "ads an hour for this team")


def quota_in(session: Session, user_id: str, team_id: str) -> Quota | None:
    """The member's quota; None for whoever is no member (any more)."""
    member = session.get(TeamMember, (team_id, user_id)) if is_id(team_id) else None
    return None if member is None else Quota(member.ads_per_hour, member.month_cap)


def may_order(session: Session, user_id: str, team_id: str) -> Quota:
    """The quota of a member who may order for the team. Raises InputRefused for whoever is none, RoleRefused for reviewers."""
    member = session.get(TeamMember, (team_id, user_id)) if is_id(team_id) else None
    if member is None:
        raise InputRefused(NO_TEAM, field="team")
    if member.role is TeamRole.REVIEWER:
        raise RoleRefused("Reviewers look, comment and decide; ask an owner of the team to make you an editor.")
    return Quota(member.ads_per_hour, member.month_cap)
