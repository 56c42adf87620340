"""What holds an ad whatever its age, and when somebody last worked on it. Works on rows; removes nothing.

kept       its owner said so
stars      its owner gave it four stars or more
approved   the newest decision of a reviewer's is that it is good
shared     a link to it is open
"""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studio.services.retention_things import Held
from studio.store.tables import (
    Decision,
    EditorAsset,
    EditorDraft,
    EditorVersion,
    Generation,
    KeptAd,
    Rating,
    ReviewComment,
    ReviewDecision,
    ReviewLink,
)

MANY_STARS = 4


def holds_of(session: Session, user_id: str, now: datetime) -> Held:
    """Of all of a person's ads."""
    mine = Generation.user_id == user_id
    why: dict[str, str] = {}
    opened = (ReviewLink.revoked_at.is_(None), ReviewLink.expires_at > now)
    why |= dict.fromkeys(session.scalars(select(ReviewLink.generation_id).join(Generation).where(mine, *opened)), "shared")
    why |= dict.fromkeys(_approved(session, user_id), "approved")
    starred = select(Rating.generation_id).join(Generation).where(mine, Rating.stars >= MANY_STARS)
    why |= dict.fromkeys(session.scalars(starred), "stars")
    why |= dict.fromkeys(session.scalars(select(KeptAd.generation_id).join(Generation).where(mine)), "kept")
    worked: dict[str, datetime] = {}
    for column, at in (
        (EditorDraft.ad_id, EditorDraft.changed_at),
        (EditorVersion.ad_id, EditorVersion.created_at),
        (EditorAsset.ad_id, EditorAsset.created_at),
        (ReviewComment.generation_id, ReviewComment.created_at),
        (ReviewComment.ad_id, ReviewComment.created_at),
        (ReviewDecision.generation_id, ReviewDecision.created_at),
        (ReviewDecision.ad_id, ReviewDecision.created_at),
        (Rating.generation_id, Rating.rated_at),
    ):
        asked = select(column, func.max(at)).join(Generation, Generation.id == column).where(mine).group_by(column)
        for id, last in session.execute(asked):
            worked[id] = max(last, worked.get(id, last))
    return Held(why, worked)


def _approved(session: Session, user_id: str) -> set[str]:
    """The versions of which a reviewer's newest word is that they are good."""
    asked = select(ReviewDecision).join(Generation, Generation.id == ReviewDecision.generation_id).where(Generation.user_id == user_id)
    newest: dict[tuple[str, str], ReviewDecision] = {}
    for one in session.scalars(asked.order_by(ReviewDecision.created_at, ReviewDecision.id)):
        newest[one.generation_id, one.link_id or f"by {one.author}"] = one
    return {id for (id, _), one in newest.items() if one.decision is Decision.APPROVED}
