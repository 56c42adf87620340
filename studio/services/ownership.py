"""Whose ad it is: the one rule that every service asks before it shows or changes one (PRD §16.2)."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from sqlalchemy.orm import Session
from sqlalchemy.orm.interfaces import ORMOption

from studio.errors import NotFound, NotYours
from studio.store.tables import Generation, is_id


class Owned(Protocol):
    """Anything that belongs to one person."""

    @property
    def user_id(self) -> str: ...


T = TypeVar("T", bound=Owned)


def owned_ad(session: Session, user_id: str, generation_id: str, options: Sequence[ORMOption] = ()) -> Generation:
    """The user's ad, with what `options` load. Raises NotFound, or NotYours when it is somebody else's."""
    return theirs(session.get(Generation, generation_id, options=list(options)) if is_id(generation_id) else None, user_id)


def theirs(ad: T | None, user_id: str) -> T:
    """`ad`, if there is one and it is the user's. Raises NotFound, NotYours."""
    if ad is None:
        raise NotFound("There is no such ad.")
    if ad.user_id != user_id:
        raise NotYours("This ad belongs to somebody else.")
    return ad
