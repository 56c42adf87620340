"""Hero frames once they are ordered: sets and single frames, favourites, the primary one, where they come from, and removing them.

    set (a generation)  ── frames ── again / vary ──▶ set ── frames …      one tree, named by its first set

Knows no HTTP and makes nothing; orders are placed in hero_orders.py.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.orm import Session, joinedload

from studio.errors import InputRefused, NotFound, NotReady
from studio.jobs.desk import Desk
from studio.services.details import Detail, Details
from studio.services.group_rows import owned_frame
from studio.services.library import Library, search_key
from studio.services.ownership import a_team, let
from studio.store.access import Right, listed, right_to
from studio.store.database import Database
from studio.store.media import Media
from studio.store.tables import Generation, GenerationGroup, GenerationKind, HeroFrame, Status, VideoAttempt, is_id

MOST_AT_ONCE = 100
FILES = (joinedload(HeroFrame.image), joinedload(HeroFrame.thumbnail))
NO_SET = "There is no such set of hero frames."
NEWEST = (Generation.created_at.desc(), Generation.id.desc())
OLDEST = (Generation.created_at.asc(), Generation.id.asc())


@dataclass(frozen=True)
class HeroSet:
    """A set as it stands: its generation, how far that is, and its frames by position. right: what whoever asked may do with it."""

    generation: Generation
    detail: Detail
    frames: tuple[HeroFrame, ...]
    right: Right = Right.MANAGE

    @property
    def root_id(self) -> str:
        """The name of its tree."""
        return self.frames[0].root_id if self.frames else self.generation.id


@dataclass(frozen=True)
class SetPage:
    """Some of a person's sets, newest first, and how many there are in all."""

    total: int
    sets: tuple[HeroSet, ...]


@dataclass(frozen=True)
class FramePage:
    """Some of the frames that were looked for, newest first, and how many there are in all. models: of all frames of the user's."""

    total: int
    frames: tuple[HeroFrame, ...]
    models: tuple[str, ...] = ()


@dataclass(frozen=True)
class FramesWanted:
    """What frames are looked for; what is not said is open. primary: anchors; filmed: a film was made of it. model: made by it. q: part of
    a prompt, in any capitals. team: all that this team of theirs has, "" for what they made themselves."""

    favorites: bool = False
    primary: bool = False
    filmed: bool = False
    model: str = ""
    q: str = ""
    team: str = ""


EVERY_FRAME = FramesWanted()


class HeroSets:
    """Hero frames of this installation, each shown to its owner, or to its team. Thread-safe."""

    def __init__(self, database: Database, desk: Desk, library: Library, media: Media) -> None:
        self._database = database
        self._desk = desk
        self._details = Details(database, desk)
        self._library = library
        self._media = media

    def one(self, user_id: str, set_id: str) -> HeroSet:
        """One set. Raises NotFound, NotYours."""
        with self._database.reading() as session:
            _owned_set(session, user_id, set_id, Right.LOOK)
        sets = self._sets(user_id, select(Generation).where(Generation.id == set_id))
        if not sets:  # removed meanwhile
            raise NotFound(NO_SET)
        return sets[0]

    def listed(self, user_id: str, *, limit: int = 20, offset: int = 0, team: str = "") -> SetPage:
        """The user's sets, or with `team` all that this team of theirs has, newest first. limit 1..100. Raises InputRefused."""
        _check_page(limit, offset)
        mine = (*listed(Generation.user_id, Generation.team_id, user_id, a_team(team)), Generation.kind == GenerationKind.HERO)
        with self._database.reading() as session:
            total = session.scalar(select(func.count()).select_from(Generation).where(*mine)) or 0
        return SetPage(total, self._sets(user_id, select(Generation).where(*mine).order_by(*NEWEST).limit(limit).offset(offset)))

    def lineage(self, user_id: str, frame_id: str) -> tuple[str, tuple[HeroSet, ...]]:
        """The tree that the frame belongs to: its name, and its sets, oldest first. Raises NotFound, NotYours."""
        with self._database.reading() as session:
            root_id = owned_frame(session, user_id, frame_id, need=Right.LOOK).root_id
        ids = select(HeroFrame.set_id).where(HeroFrame.root_id == root_id)
        return root_id, self._sets(user_id, select(Generation).where(Generation.id.in_(ids)).order_by(*OLDEST))

    def frame(self, user_id: str, frame_id: str) -> HeroFrame:
        """One frame. Raises NotFound, NotYours."""
        with self._database.reading() as session:
            owned_frame(session, user_id, frame_id, need=Right.LOOK)
            return session.scalars(select(HeroFrame).where(HeroFrame.id == frame_id).options(*FILES)).one()

    def frames(self, user_id: str, wanted: FramesWanted = EVERY_FRAME, *, limit: int = 20, offset: int = 0) -> FramePage:
        """The user's frames that are made, or those of a team of theirs, newest first. limit 1..100. Raises InputRefused."""
        _check_page(limit, offset)
        made = (*listed(HeroFrame.user_id, HeroFrame.team_id, user_id, a_team(wanted.team)), HeroFrame.status == Status.COMPLETED)
        which = [*made, *_conditions(user_id, wanted)]
        with self._database.reading() as session:
            total = session.scalar(select(func.count()).select_from(HeroFrame).where(*which)) or 0
            order = (HeroFrame.created_at.desc(), HeroFrame.set_id.desc(), HeroFrame.position)
            found = select(HeroFrame).where(*which).options(*FILES).order_by(*order).limit(limit).offset(offset)
            models = session.scalars(select(HeroFrame.model).where(*made).distinct().order_by(HeroFrame.model))
            return FramePage(total, tuple(session.scalars(found)), tuple(model for model in models if model))

    def select(self, user_id: str, frame_id: str) -> HeroFrame:
        """Make the frame its tree's primary one, the anchor of what is made next; the one before it is no more. Raises NotFound,
        NotYours, NotReady."""
        with self._database.reading() as session:
            root_id = owned_frame(session, user_id, frame_id, need=Right.EDIT).root_id
        with self._database.writing(lock=f"frames:{root_id}") as session:
            frame = _made(session, user_id, frame_id)
            session.execute(update(HeroFrame).where(HeroFrame.root_id == frame.root_id, HeroFrame.is_primary).values(is_primary=False))
            session.execute(update(HeroFrame).where(HeroFrame.id == frame_id).values(is_primary=True))
        return self.frame(user_id, frame_id)

    def favor(self, user_id: str, frame_id: str, favorite: bool) -> HeroFrame:
        """Keep the frame among the favourites, or no more. Raises NotFound, NotYours, NotReady."""
        with self._database.writing(lock=f"user:{user_id}") as session:
            _made(session, user_id, frame_id).favorite = favorite
        return self.frame(user_id, frame_id)

    def delete(self, user_id: str, set_id: str) -> None:
        """Remove a set, its frames and their files; sets that came from it stay, in the same tree. Raises NotFound, NotYours, and
        NotReady while it is being made, or as long as a group of takes begins at one of its frames."""
        with self._database.writing(lock=f"user:{user_id}") as session:
            generation = _owned_set(session, user_id, set_id)
            if not generation.status.final:
                raise NotReady("These hero frames are still being made; cancel them first.")
            if title := session.scalar(_groups_of(set_id)):
                raise NotReady(f"A frame of this set is where “{title}” in the workspace begins; remove that group first.")
            orphans = self._library.remove_in(session, generation)
        self._media.sweep(orphans)
        self._desk.forget(set_id)

    def _sets(self, user_id: str, wanted: Select[Generation]) -> tuple[HeroSet, ...]:
        with self._database.reading() as session:
            rows = session.scalars(wanted).all()
            rights = {row.id: right for row in rows if (right := right_to(session, user_id, row.user_id, row.team_id))}
        ids = list(rights)
        details = self._details.of(ids)  # before the frames: these may be newer than what is told with them, never older
        with self._database.reading() as session:
            generations = {row.id: row for row in session.scalars(select(Generation).where(Generation.id.in_(ids)))}
            frames: dict[str, list[HeroFrame]] = {id: [] for id in ids}
            asked = select(HeroFrame).where(HeroFrame.set_id.in_(ids)).options(*FILES).order_by(HeroFrame.position)
            for frame in session.scalars(asked):
                frames[frame.set_id].append(frame)
        there = (id for id in ids if id in details and id in generations)
        return tuple(HeroSet(generations[id], details[id], tuple(frames[id]), rights[id]) for id in there)


def _owned_set(session: Session, user_id: str, set_id: str, need: Right = Right.MANAGE) -> Generation:
    found = session.get(Generation, set_id) if is_id(set_id) else None
    generation = found if found is not None and found.kind is GenerationKind.HERO else None
    return let(session, generation, user_id, need, none=NO_SET, other="These hero frames belong to somebody else.")


def _made(session: Session, user_id: str, frame_id: str) -> HeroFrame:
    frame = owned_frame(session, user_id, frame_id, need=Right.EDIT)
    if frame.status is not Status.COMPLETED:
        raise NotReady("This hero frame is not made yet; wait for it, or choose another.")
    return frame


def _conditions(user_id: str, wanted: FramesWanted) -> list[ColumnElement[bool]]:
    """Of `HeroFrame`. Raises InputRefused."""
    which: list[ColumnElement[bool]] = []
    if wanted.favorites:
        which.append(HeroFrame.favorite.is_(True))
    if wanted.primary:
        which.append(HeroFrame.is_primary.is_(True))
    if wanted.filmed:  # a group goes on with other frames of its tree, so that each iteration is asked where it began
        begins_at = Generation.brief["hero_frame_id"].as_string()
        films = select(begins_at).join(VideoAttempt, VideoAttempt.generation_id == Generation.id)
        whose = listed(Generation.user_id, Generation.team_id, user_id, wanted.team)
        mine = (*whose, Generation.kind == GenerationKind.TAKE, VideoAttempt.video_id.is_not(None))
        which.append(HeroFrame.id.in_(films.where(*mine)))
    if wanted.model:
        which.append(HeroFrame.model == _plain(wanted.model, "model"))
    if q := _plain(wanted.q.strip(), "q"):
        whose = listed(Generation.user_id, Generation.team_id, user_id, wanted.team)
        sets = select(Generation.id).where(*whose, Generation.kind == GenerationKind.HERO)
        which.append(HeroFrame.set_id.in_(sets.where(Generation.prompt_key.contains(search_key(q), autoescape=True))))
    return which


def _plain(text: str, field: str) -> str:
    """No database can be asked for some characters. Raises InputRefused."""
    if any(c == "\0" or "\ud800" <= c <= "\udfff" for c in text):
        raise InputRefused("Search for plain words.", field=field)
    return text


def _groups_of(set_id: str) -> Select[str]:
    frames = select(HeroFrame.id).where(HeroFrame.set_id == set_id)
    return select(GenerationGroup.title).where(GenerationGroup.hero_frame_id.in_(frames)).limit(1)


def _check_page(limit: int, offset: int) -> None:
    if not 1 <= limit <= MOST_AT_ONCE:
        raise InputRefused(f"Ask for 1 to {MOST_AT_ONCE} at once.", field="limit")
    if not 0 <= offset < 2**31:
        raise InputRefused("An offset is not negative.", field="offset")
