"""What hangs together and goes to a team together, as rows: an ad with all that was made of it; a tree of hero frames with its takes.

    ad    ── versions ── versions …          clips made again and files brought, for the edit of each
    tree  ── sets of hero frames ── groups of takes ── iterations, and the edits of their films

Let go of, all of a family is its maker's: whose the first ad is, whose the oldest set that is left is. Works in the caller's transaction.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from studio.services.group_edits import edit_id
from studio.store.tables import (
    AdVersion,
    BroughtMedia,
    EditorDraft,
    Generation,
    GenerationGroup,
    HeroFrame,
    Iteration,
    Regeneration,
    VideoAttempt,
)


@dataclass(frozen=True)
class Tree:
    """A tree of hero frames, or a group of takes whose frames are gone. maker_id: whose it is without a team. root_id: "" where there are
    no frames. generations: its sets, its groups' iterations, and the ads that films of theirs are edited as."""

    maker_id: str
    team_id: str | None
    root_id: str
    groups: tuple[str, ...]
    generations: tuple[str, ...]


def family(session: Session, ad_id: str) -> Sequence[str]:
    """The ad, every version that was cut from it or from one of these, and what was made or brought for their edits."""
    found, newest = [ad_id], [ad_id]
    while newest:
        newest = list(session.scalars(select(AdVersion.generation_id).where(AdVersion.version_of.in_(newest))))
        found += newest
    for table in (Regeneration, BroughtMedia):
        found += session.scalars(select(table.generation_id).where(table.ad_id.in_(found)))
    return found


def tree_of(session: Session, frame: HeroFrame) -> Tree:
    """The frame's."""
    mine = select(HeroFrame.set_id).where(HeroFrame.root_id == frame.root_id)
    oldest_first = select(Generation.id, Generation.user_id).where(Generation.id.in_(mine)).order_by(Generation.created_at, Generation.id)
    sets = session.execute(oldest_first).all()
    frames = select(HeroFrame.id).where(HeroFrame.root_id == frame.root_id)
    groups = session.scalars(select(GenerationGroup.id).where(GenerationGroup.hero_frame_id.in_(frames))).all()
    generations = (*(one.id for one in sets), *_of_groups(session, groups))
    return Tree(sets[0].user_id, frame.team_id, frame.root_id, tuple(groups), generations)


def tree_of_group(session: Session, group: GenerationGroup) -> Tree:
    """Of the hero frame that the group goes on from; the group alone, where that was removed."""
    frame = session.get(HeroFrame, group.hero_frame_id) if group.hero_frame_id else None
    if frame is not None:
        return tree_of(session, frame)
    return Tree(group.user_id, group.team_id, "", (group.id,), tuple(_of_groups(session, [group.id])))


def trees_in(session: Session, team_id: str) -> list[Tree]:
    """All that the team has."""
    frames = session.scalars(select(HeroFrame).where(HeroFrame.team_id == team_id))
    found = [tree_of(session, frame) for frame in {frame.root_id: frame for frame in frames}.values()]
    seen = {id for tree in found for id in tree.groups}
    alone = session.scalars(select(GenerationGroup).where(GenerationGroup.team_id == team_id)).all()
    return found + [tree_of_group(session, group) for group in alone if group.id not in seen]


def put_tree(session: Session, tree: Tree, team_id: str | None) -> None:
    """Let the tree be that team's, or (None) its maker's alone."""
    values = {"team_id": team_id} if team_id else {"team_id": None, "user_id": tree.maker_id}
    session.execute(update(Generation).where(Generation.id.in_(tree.generations)).values(**values))
    session.execute(update(HeroFrame).where(HeroFrame.root_id == tree.root_id).values(**values))
    session.execute(update(GenerationGroup).where(GenerationGroup.id.in_(tree.groups)).values(**values))
    if team_id is None:
        session.execute(update(EditorDraft).where(EditorDraft.ad_id.in_(tree.generations)).values(user_id=tree.maker_id))


def let_go(session: Session, ids: Collection[str]) -> None:
    """Take these generations (whole families of ads) out of their team; each is its first ad's maker's then."""
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


def _of_groups(session: Session, groups: Collection[str]) -> list[str]:
    found = list(session.scalars(select(Iteration.generation_id).where(Iteration.group_id.in_(groups))))
    films = session.scalars(select(VideoAttempt.id).where(VideoAttempt.group_id.in_(groups)))
    edits = session.scalars(select(Generation.id).where(Generation.id.in_([edit_id(id) for id in films]))).all()
    return found + [id for edit in edits for id in family(session, edit)]
