"""Groups of takes, their iterations and their attempts as rows: whose they are, and what belongs together."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.interfaces import ORMOption

from studio.errors import InputRefused, NotFound, NotYours
from studio.store.tables import GenerationGroup, HeroFrame, VideoAttempt, is_id
from studio.words.api import REFUSALS

NO_GROUP, NO_ATTEMPT, NO_FRAME = (REFUSALS[name] for name in ("no_group", "no_attempt", "no_frame"))


def owned_group(session: Session, user_id: str, group_id: str, options: Sequence[ORMOption] = ()) -> GenerationGroup:
    """The user's group, with what `options` load. Raises NotFound, or NotYours when it is somebody else's."""
    group = session.get(GenerationGroup, group_id, options=list(options)) if is_id(group_id) else None
    if group is None:
        raise NotFound(NO_GROUP)
    if group.user_id != user_id:
        raise NotYours("This group belongs to somebody else.")
    return group


def owned_attempt(session: Session, user_id: str, attempt_id: str) -> VideoAttempt:
    """The user's attempt. Raises NotFound, or NotYours when it is somebody else's."""
    attempt = session.get(VideoAttempt, attempt_id) if is_id(attempt_id) else None
    if attempt is None:
        raise NotFound(NO_ATTEMPT)
    owner = session.scalar(select(GenerationGroup.user_id).where(GenerationGroup.id == attempt.group_id))
    if owner != user_id:
        raise NotYours("This attempt belongs to somebody else.")
    return attempt


def named_group(session: Session, user_id: str, group_id: str) -> GenerationGroup:
    """The same for a group that is named in what is asked, not in its address: somebody else's does not exist. Raises NotFound."""
    try:
        return owned_group(session, user_id, group_id)
    except NotYours as error:
        raise NotFound(NO_GROUP) from error


def named_attempt(session: Session, user_id: str, attempt_id: str) -> VideoAttempt:
    """The same for an attempt. Raises NotFound."""
    try:
        return owned_attempt(session, user_id, attempt_id)
    except NotYours as error:
        raise NotFound(NO_ATTEMPT) from error


def owned_frame(session: Session, user_id: str, frame_id: str) -> HeroFrame:
    """The user's hero frame. Raises NotFound, or NotYours when it is somebody else's."""
    frame = session.get(HeroFrame, frame_id) if is_id(frame_id) else None
    if frame is None:
        raise NotFound(NO_FRAME)
    if frame.user_id != user_id:
        raise NotYours("This hero frame belongs to somebody else.")
    return frame


def same_tree(session: Session, group: GenerationGroup, frame: HeroFrame) -> None:
    """A further iteration takes the group's hero frame or a variation of it. Raises InputRefused for another picture altogether."""
    former = session.get(HeroFrame, group.hero_frame_id) if group.hero_frame_id else None
    if former is not None and former.root_id != frame.root_id:
        raise InputRefused(
            "This hero frame is another picture than the group's; begin a new group with it, or choose one of the same tree.",
            field="hero_frame_id",
        )


def label_of(attempt: VideoAttempt) -> str:
    """ "2.1": the first attempt of the second iteration."""
    return f"{attempt.iteration_index}.{attempt.position + 1}"
