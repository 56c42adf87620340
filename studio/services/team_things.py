"""What belongs to a team: ads and brand kits given to one, taken back, and let go of when it ends. Knows no HTTP.

An ad goes with all that was made of it: versions that were cut from it, clips made again for its edit, files that were brought there.
Taken back, all of that is its maker's, whoever of the team had made it; what it cost stays written down for those who paid.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from studio.errors import NotReady
from studio.services.ownership import owned_ad, owned_kit
from studio.services.quotas import may_order
from studio.services.spending import UNFINISHED
from studio.store.access import Right
from studio.store.database import Database
from studio.store.tables import AdVersion, BroughtMedia, EditorDraft, Generation, GenerationKind, Regeneration


class TeamThings:
    """Gives and takes back. Thread-safe."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def give_ad(self, user_id: str, generation_id: str, team_id: str | None) -> None:
        """Let the ad belong to a team of the user's, another one, or (None) to its maker alone. Raises NotFound, NotYours, RoleRefused,
        InputRefused (no such team), and NotReady for what is no ad, or while it, or something of it, is being made."""
        with self._database.writing(lock=f"user:{user_id}") as session:
            ad = owned_ad(session, user_id, generation_id)
            if ad.kind is not GenerationKind.AD:
                raise NotReady("Only ads belong to teams.")
            if team_id is not None:
                may_order(session, user_id, team_id)
            ids = family(session, ad.id)
            if session.scalar(select(Generation.id).where(Generation.id.in_(ids), Generation.status.in_(UNFINISHED)).limit(1)):
                raise NotReady("This ad, or something made of it, is still being made; wait for it, or cancel it first.")
            if team_id is None:
                let_go(session, ids)
            else:
                session.execute(update(Generation).where(Generation.id.in_(ids)).values(team_id=team_id))

    def give_kit(self, user_id: str, kit_id: str, team_id: str | None) -> None:
        """Let the brand kit belong to a team of the user's, or (None) to its maker alone. Raises NotFound, NotYours, RoleRefused,
        InputRefused."""
        with self._database.writing(lock=f"kit:{kit_id}") as session:
            kit = owned_kit(session, user_id, kit_id, Right.MANAGE)
            if team_id is not None:
                may_order(session, user_id, team_id)
            kit.team_id = team_id


def family(session: Session, ad_id: str) -> Sequence[str]:
    """The ad, every version that was cut from it or from one of these, and what was made or brought for their edits."""
    found, newest = [ad_id], [ad_id]
    while newest:
        newest = list(session.scalars(select(AdVersion.generation_id).where(AdVersion.version_of.in_(newest))))
        found += newest
    for table in (Regeneration, BroughtMedia):
        found += session.scalars(select(table.generation_id).where(table.ad_id.in_(found)))
    return found


def let_go(session: Session, ids: Collection[str]) -> None:
    """Take these generations (whole families) out of their team; each is its first ad's maker's then. In the caller's transaction."""
    owners = dict(session.execute(select(Generation.id, Generation.user_id).where(Generation.id.in_(ids))).tuples().all())
    above = dict(
        session.execute(select(AdVersion.generation_id, AdVersion.version_of).where(AdVersion.generation_id.in_(ids))).tuples().all()
    )
    for table in (Regeneration, BroughtMedia):
        above |= session.execute(select(table.generation_id, table.ad_id).where(table.generation_id.in_(ids))).tuples().all()
    for id, owner in owners.items():
        first: str = id
        while (parent := above.get(first)) in owners:
            first = str(parent)
        if owners[first] != owner:
            session.execute(update(Generation).where(Generation.id == id).values(user_id=owners[first]))
    session.execute(update(Generation).where(Generation.id.in_(ids)).values(team_id=None))
    drafts = session.execute(select(EditorDraft, Generation.user_id).join(Generation).where(EditorDraft.ad_id.in_(ids)))
    for draft, owner in drafts:
        draft.user_id = owner
