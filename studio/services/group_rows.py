"""Groups of takes, their iterations and their attempts as rows: whose they are, and what belongs together."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.interfaces import ORMOption

from studio.errors import InputRefused, NotFound, NotReady, NotYours
from studio.services.ownership import let
from studio.store.access import Right
from studio.store.tables import GenerationGroup, HeroFrame, VideoAttempt, is_id
from studio.words.api import REFUSALS

NO_GROUP, NO_ATTEMPT, NO_FRAME = (REFUSALS[name] for name in ("no_group", "no_attempt", "no_frame"))


def owned_group(
    session: Session, user_id: str, group_id: str, options: Sequence[ORMOption] = (), *, need: Right = Right.MANAGE
) -> GenerationGroup:
    """The group, with what `options` load, for whoever has the right to it that is needed. Raises NotFound, NotYours when it is somebody
    else's, RoleRefused when it is their team's and their role there is too small."""
    group = session.get(GenerationGroup, group_id, options=list(options)) if is_id(group_id) else None
    return let(session, group, user_id, need, none=NO_GROUP, other="This group belongs to somebody else.")


def owned_attempt(session: Session, user_id: str, attempt_id: str, *, need: Right = Right.MANAGE) -> VideoAttempt:
    """The attempt, whose group's right counts. Raises as owned_group does."""
    attempt = session.get(VideoAttempt, attempt_id) if is_id(attempt_id) else None
    group = session.get(GenerationGroup, attempt.group_id) if attempt else None
    let(session, group, user_id, need, none=NO_ATTEMPT, other="This attempt belongs to somebody else.")
    assert attempt is not None
    return attempt


def named_group(session: Session, user_id: str, group_id: str) -> GenerationGroup:
    """The same for a group that is named in what is asked, not in its address, to be worked on: somebody else's does not exist. Raises
    NotFound, RoleRefused."""
    try:
        return owned_group(session, user_id, group_id, need=Right.EDIT)
    except NotYours as error:
        raise NotFound(NO_GROUP) from error


def named_attempt(session: Session, user_id: str, attempt_id: str) -> VideoAttempt:
    """The same for an attempt. Raises NotFound, RoleRefused."""
    try:
        return owned_attempt(session, user_id, attempt_id, need=Right.EDIT)
    except NotYours as error:
        raise NotFound(NO_ATTEMPT) from error


def owned_frame(session: Session, user_id: str, frame_id: str, *, need: Right = Right.MANAGE) -> HeroFrame:
    """The hero frame, for whoever has the right to it that is needed. Raises as owned_group does."""
    frame = session.get(HeroFrame, frame_id) if is_id(frame_id) else None
    return let(session, frame, user_id, need, none=NO_FRAME, other="This hero frame belongs to somebody else.")


def still_whose(session: Session, frame: HeroFrame) -> None:
    """For an order that was planned from `frame` before its transaction began: it is there, and nobody gave it to a team or took it back
    meanwhile; nobody does until the transaction ends. Raises NotReady."""
    found = session.execute(select(HeroFrame.team_id).where(HeroFrame.id == frame.id).with_for_update()).one_or_none()
    if found is None or found.team_id != frame.team_id:
        raise NotReady("This hero frame was given to a team, taken back or removed meanwhile; look again, then order.")


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
