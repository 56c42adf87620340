"""Who may do what with a thing that belongs to one person, or to a team: the one rule, for ads, hero frames, groups of takes, sets of
variants, brand kits and files alike.

    no team         its owner may everything, nobody else anything
    a team's        its owners may everything; editors make and change, and manage what they made themselves; reviewers look, comment
                    and decide; whoever is no member any more nothing, whatever they made

Works on rows; what is said to somebody who may not is the services' business (studio/services/ownership.py).
"""

from enum import IntEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from studio.store.tables import BrandFont, BrandKit, Generation, MediaFile, TeamMember, TeamRole


class Right(IntEnum):
    """What somebody may do; each holds those before it. LOOK: see, save, comment, decide. EDIT: change, make again, export. MANAGE: remove,
    give to a team and take back."""

    LOOK = 1
    EDIT = 2
    MANAGE = 3


RIGHTS = {TeamRole.REVIEWER: Right.LOOK, TeamRole.EDITOR: Right.EDIT, TeamRole.OWNER: Right.MANAGE}


def role_in(session: Session, user_id: str, team_id: str) -> TeamRole | None:
    """The person's role in the team; None for whoever is no member, and for a team that is not there."""
    return session.scalar(select(TeamMember.role).where(TeamMember.team_id == team_id, TeamMember.user_id == user_id))


def right_to(session: Session, user_id: str, owner_id: str, team_id: str | None) -> Right | None:
    """What the person may do with a thing of `owner_id` that belongs to that team; None: nothing, not even know of it."""
    return right_by(role_in(session, user_id, team_id) if team_id else None, user_id, owner_id, team_id)


def right_by(role: TeamRole | None, user_id: str, owner_id: str, team_id: str | None) -> Right | None:
    """The same, where the person's role in the thing's team is known."""
    if team_id is None:
        return Right.MANAGE if owner_id == user_id else None
    right = RIGHTS.get(role) if role else None
    return Right.MANAGE if right is Right.EDIT and owner_id == user_id else right


def roles_of(session: Session, user_id: str) -> dict[str, TeamRole]:
    """The person's role in each of their teams, by its id."""
    found = select(TeamMember.team_id, TeamMember.role).where(TeamMember.user_id == user_id)
    return dict(session.execute(found).tuples().all())


def teams_of(user_id: str) -> Select[str]:
    """The ids of the teams that the person is in, for a query."""
    return select(TeamMember.team_id).where(TeamMember.user_id == user_id)


def own(
    owner: InstrumentedAttribute[str], team: InstrumentedAttribute[str | None], user_id: str
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """For a query: what the person made themselves and may still see."""
    return owner == user_id, or_(team.is_(None), team.in_(teams_of(user_id)))


def listed(
    owner: InstrumentedAttribute[str], team: InstrumentedAttribute[str | None], user_id: str, of_team: str = ""
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """For a query: what a page lists to the person: what they made themselves, or all that this team of theirs has."""
    return (team == of_team, team.in_(teams_of(user_id))) if of_team else own(owner, team, user_id)


def may_see_file(session: Session, user_id: str, file: MediaFile) -> bool:
    """A file that was made for an ad, or for whatever else is generated, is open to whoever may see that; a brand kit's, to its team as
    well; any other to its owner."""
    if file.made_for is not None:
        made_for = session.execute(select(Generation.user_id, Generation.team_id).where(Generation.id == file.made_for)).one_or_none()
        if made_for is not None:
            return right_to(session, user_id, *made_for) is not None
    return file.owner_id == user_id or _of_their_kit(session, user_id, file)


def _of_their_kit(session: Session, user_id: str, file: MediaFile) -> bool:
    """Whether it is the logo or a font of a brand kit of a team of theirs."""
    in_team: Any = BrandKit.team_id.in_(teams_of(user_id))
    with_font = select(BrandFont.kit_id).where(BrandFont.file_id == file.id)
    of_kit = or_(BrandKit.logo_id == file.id, BrandKit.id.in_(with_font))
    return session.scalar(select(BrandKit.id).where(of_kit, in_team).limit(1)) is not None
