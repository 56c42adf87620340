"""What belongs to a team: ads, sets of variants, hero frames with their takes, and brand kits, given to one, taken back, and let go of when
it ends. Knows no HTTP.

Each goes with all that hangs on it (team_families.py). Taken back, all of that is its maker's, whoever of the team had made it; what it
cost stays written down for those who paid.
"""

from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from studio.errors import NotReady
from studio.services.group_rows import owned_frame, owned_group
from studio.services.ownership import enough, owned_ad, owned_kit
from studio.services.quotas import may_order
from studio.services.spending import UNFINISHED
from studio.services.team_families import Tree, family, let_go, put_tree, tree_of, tree_of_group, trees_in
from studio.services.variants import owned_set
from studio.store.access import Right, right_to
from studio.store.database import Database
from studio.store.tables import Generation, GenerationKind, HeroFrame, VariantCell, VariantSet

ELSEWHERE = {
    GenerationKind.HERO: "These are hero frames; give them to a team under Hero Frames.",
    GenerationKind.TAKE: "This is a version of the workspace; give its group to a team there.",
    GenerationKind.CLIP: "This belongs to an edit, and goes to a team with its ad.",
    GenerationKind.ASSET: "This belongs to an edit, and goes to a team with its ad.",
}


class TeamThings:
    """Gives and takes back; `team_id` is a team of the user's, another one, or None for the thing's maker alone. Each raises NotFound,
    NotYours, RoleRefused, InputRefused (no such team), and NotReady while the thing, or something of it, is being made. Thread-safe."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def give_ad(self, user_id: str, generation_id: str, team_id: str | None) -> None:
        """An ad with its versions. Raises NotReady for what is no ad, too."""
        with self._database.writing(lock=f"user:{user_id}") as session:
            ad = owned_ad(session, user_id, generation_id)
            if ad.kind in ELSEWHERE:
                raise NotReady(ELSEWHERE[ad.kind])
            _may_give(session, user_id, team_id)
            _give_ads(session, family(session, ad.id), team_id)

    def give_variants(self, user_id: str, set_id: str, team_id: str | None) -> None:
        """A set with its ads; those that were given elsewhere by themselves stay there."""
        with self._database.writing(lock=f"user:{user_id}") as session:
            row = owned_set(session, user_id, set_id)
            _may_give(session, user_id, team_id)
            together = Generation.team_id == row.team_id if row.team_id else Generation.team_id.is_(None)
            ads = session.scalars(select(Generation.id).join(VariantCell).where(VariantCell.set_id == row.id, together))
            _give_ads(session, [id for ad in ads for id in family(session, ad)], team_id)
            row.team_id = team_id

    def give_frames(self, user_id: str, frame_id: str, team_id: str | None) -> None:
        """A hero frame with its whole tree, and the takes that begin there."""
        with self._database.reading() as session:
            root_id = owned_frame(session, user_id, frame_id, need=Right.LOOK).root_id
        with self._database.writing(lock=f"frames:{root_id}") as session:
            frame = owned_frame(session, user_id, frame_id, need=Right.LOOK)
            _give_tree(session, user_id, tree_of(session, frame), team_id)

    def give_takes(self, user_id: str, group_id: str, team_id: str | None) -> None:
        """A group of takes, with the hero frames that it goes on from."""
        with self._database.writing(lock=f"group:{group_id}") as session:
            group = owned_group(session, user_id, group_id, need=Right.LOOK)
            _give_tree(session, user_id, tree_of_group(session, group), team_id)

    def give_kit(self, user_id: str, kit_id: str, team_id: str | None) -> None:
        """A brand kit. Nothing of it is ever being made."""
        with self._database.writing(lock=f"kit:{kit_id}") as session:
            kit = owned_kit(session, user_id, kit_id, Right.MANAGE)
            _may_give(session, user_id, team_id)
            kit.team_id = team_id


def let_all_go(session: Session, team_id: str) -> None:
    """Give back what the team has, each to its maker, before it ends. Raises NotReady while anything of it is being made."""
    everything = session.execute(select(Generation.id, Generation.kind, Generation.status).where(Generation.team_id == team_id)).all()
    if any(not row.status.final for row in everything):
        raise NotReady("Something of this team is still being made; wait for it, or cancel it first.")
    for tree in trees_in(session, team_id):
        put_tree(session, tree, None)
    let_go(session, [row.id for row in everything if row.kind not in (GenerationKind.HERO, GenerationKind.TAKE)])
    session.execute(update(VariantSet).where(VariantSet.team_id == team_id).values(team_id=None))


def _give_ads(session: Session, ids: Collection[str], team_id: str | None) -> None:
    _nothing_is_made(session, ids)
    if team_id is None:
        let_go(session, ids)
    else:
        session.execute(update(Generation).where(Generation.id.in_(ids)).values(team_id=team_id))


def _give_tree(session: Session, user_id: str, tree: Tree, team_id: str | None) -> None:
    enough(right_to(session, user_id, tree.maker_id, tree.team_id) or Right.LOOK, Right.MANAGE)
    _may_give(session, user_id, team_id)
    session.execute(select(HeroFrame.id).where(HeroFrame.root_id == tree.root_id).with_for_update())  # orders look at these once more
    _nothing_is_made(session, tree.generations)
    put_tree(session, tree, team_id)


def _may_give(session: Session, user_id: str, team_id: str | None) -> None:
    if team_id is not None:
        may_order(session, user_id, team_id)


def _nothing_is_made(session: Session, ids: Collection[str]) -> None:
    """Raise NotReady while one of these is made."""
    if session.scalar(select(Generation.id).where(Generation.id.in_(ids), Generation.status.in_(UNFINISHED)).limit(1)):
        raise NotReady("This, or something made of it, is still being made; wait for it, or cancel it first.")
