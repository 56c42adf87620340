"""Whose it is: the one rule that every service asks before it shows or changes an ad, a hero frame, a group of takes, a set of variants
or a brand kit (PRD §16.2). What the rule is, is in studio/store/access.py; here it is said in sentences."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from sqlalchemy.orm import Session
from sqlalchemy.orm.interfaces import ORMOption

from studio.errors import InputRefused, NotFound, NotYours, RoleRefused
from studio.services.quotas import NO_TEAM
from studio.store.access import Right, right_to
from studio.store.tables import BrandKit, Generation, is_id

LOOKS_ONLY = "You may look at this, comment and decide; to change it, ask an owner of its team to make you an editor."
EDITS_ONLY = "Only whoever made this, or an owner of its team, can do that."


class Owned(Protocol):
    """Anything that belongs to one person, or to a team."""

    @property
    def user_id(self) -> str: ...

    @property
    def team_id(self) -> str | None: ...


T = TypeVar("T", bound=Owned)


def owned_ad(
    session: Session, user_id: str, generation_id: str, options: Sequence[ORMOption] = (), *, need: Right = Right.MANAGE
) -> Generation:
    """The ad, with what `options` load, for whoever has the right to it that is needed: all of it, where nothing less is said.

    Raises NotFound, NotYours when it is somebody else's, RoleRefused when it is their team's and their role there is too small.
    """
    return theirs(session, session.get(Generation, generation_id, options=list(options)) if is_id(generation_id) else None, user_id, need)


def theirs(session: Session, ad: T | None, user_id: str, need: Right) -> T:
    """`ad`, if there is one and they have this right to it. Raises NotFound, NotYours, RoleRefused."""
    return let(session, ad, user_id, need, none="There is no such ad.", other="This ad belongs to somebody else.")


def let(session: Session, thing: T | None, user_id: str, need: Right, *, none: str, other: str) -> T:
    """`thing`, if there is one and they have this right to it. none: what is said where there is none; other: where it is somebody else's.
    Raises NotFound, NotYours, RoleRefused."""
    if thing is None:
        raise NotFound(none)
    right = right_to(session, user_id, thing.user_id, thing.team_id)
    if right is None:
        raise NotYours(other)
    enough(right, need)
    return thing


def a_team(team: str) -> str:
    """The team that a list is asked of, "" for one's own things. Raises InputRefused for what cannot be a team at all."""
    if team and not is_id(team):
        raise InputRefused(NO_TEAM, field="team")
    return team


def owned_kit(session: Session, user_id: str, kit_id: str, need: Right) -> BrandKit:
    """The brand kit, for whoever has the right to it that is needed. Raises NotFound, NotYours, RoleRefused."""
    kit = session.get(BrandKit, kit_id) if is_id(kit_id) else None
    if kit is None:
        raise NotFound("There is no such brand kit.")
    right = right_to(session, user_id, kit.owner_id, kit.team_id)
    if right is None:
        raise NotYours("This brand kit belongs to somebody else.")
    enough(right, need)
    return kit


def enough(right: Right, need: Right) -> None:
    """Raise RoleRefused unless `right` holds what is needed."""
    if right < need:
        raise RoleRefused(LOOKS_ONLY if right is Right.LOOK else EDITS_ONLY)
