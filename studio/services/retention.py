"""How long things are kept, and removing what is kept no longer (PRD NFR-006, §19, §21). Knows no HTTP and no pages.

    things (ads, hero frames, takes, uploads)  ─▶  when each goes, or what holds it  ─▶  removed with its files, some at a time

A thing goes once it has not changed for as many days as the rule says: its owner's own rule, or the installation's. Nothing goes that
something else is made of which stays, that is being worked on, or that is held (see retention_holds); nothing within NOTICE of the day
from which the rule has been in force; and nothing of a team's by one member's rule alone, before the installation's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from studio.errors import InputRefused, NotFound
from studio.jobs.desk import Desk
from studio.services.chores import Chores
from studio.services.library import Library
from studio.services.ownership import owned_ad
from studio.services.retention_holds import holds_of
from studio.services.retention_things import Kind, Thing, things_of
from studio.store.access import Right
from studio.store.database import Database
from studio.store.media import Media
from studio.store.tables import (
    Generation,
    GenerationGroup,
    Iteration,
    KeepingWish,
    KeptAd,
    MediaFile,
    Upload,
    User,
    VariantCell,
    VariantSet,
)
from studio.store.times import Clock, utc_now

NOTICE = timedelta(days=14)
"""So long before anything goes people can see that it will, after an update, a change of the setting, or one of their own rule."""

OWN_DAYS = (30, 3650)
"""PRD NFR-006: films are kept for 30 days at least."""

CHORE = "retention"
ORDER: tuple[Kind, ...] = ("ad", "takes", "frames", "upload")
"""What is made of others goes before them."""


@dataclass(frozen=True)
class Rule:
    """days: None for ever. own: whether the person set it. since: from when it has been in force."""

    days: int | None
    own: bool
    since: datetime

    def goes_at(self, changed_at: datetime) -> datetime | None:
        """When something goes that has not changed since `changed_at`; None: never."""
        return None if self.days is None else max(changed_at + timedelta(days=self.days), self.since + NOTICE)


@dataclass(frozen=True)
class Standing:
    """goes_at: None where it stays. why: what holds it: "kept", "stars", "approved", "shared", "final", "favourite", "chosen", "working",
    "used" (something that stays is made of it); "" where nothing does."""

    thing: Thing
    goes_at: datetime | None
    why: str = ""


@dataclass(frozen=True)
class Swept:
    """What was removed of a person's, and whether more is due."""

    things: tuple[Thing, ...]
    more: bool


class Retention:
    """Thread-safe. days: of the installation's rule, 0 for ever."""

    def __init__(
        self, database: Database, media: Media, library: Library, desk: Desk, chores: Chores, days: int, clock: Clock = utc_now
    ) -> None:
        self._database = database
        self._media = media
        self._library = library
        self._desk = desk
        self._chores = chores
        self._days = days or None
        self._clock = clock

    @property
    def days(self) -> int | None:
        """Of the installation's rule; None: for ever."""
        return self._days

    def rule(self, user_id: str) -> Rule:
        """The one that counts for this person."""
        with self._database.reading() as session:
            return self._rule(session, user_id)

    def set_rule(self, user_id: str, days: int | None) -> Rule:
        """The person's own rule: days, or None for everything as long as they do not remove it. Raises InputRefused."""
        least, most = OWN_DAYS
        if days is not None and not least <= days <= most:
            raise InputRefused(f"Things can be kept for {least} to {most} days, or for ever.", field="days")
        with self._database.writing(lock=f"user:{user_id}") as session:
            session.merge(KeepingWish(user_id=user_id, days=days, changed_at=self._clock()))
        return self.rule(user_id)

    def drop_rule(self, user_id: str) -> Rule:
        """From now on the installation's rule counts for the person."""
        with self._database.writing(lock=f"user:{user_id}") as session:
            session.execute(delete(KeepingWish).where(KeepingWish.user_id == user_id))
        return self.rule(user_id)

    def keep(self, user_id: str, generation_id: str, kept: bool) -> Standing:
        """Keep an ad whatever its age, or no longer. Raises NotFound, NotYours."""
        with self._database.writing(lock=f"user:{user_id}") as session:
            owned_ad(session, user_id, generation_id)
            session.execute(delete(KeptAd).where(KeptAd.generation_id == generation_id))
            if kept:
                session.add(KeptAd(generation_id=generation_id, kept_at=self._clock()))
        return self.of(user_id, generation_id)

    def of(self, user_id: str, generation_id: str) -> Standing:
        """How it stands with what this generation belongs to. Raises NotFound, NotYours."""
        with self._database.reading() as session:
            made = owned_ad(session, user_id, generation_id, need=Right.LOOK)
            group = select(GenerationGroup.user_id).join(Iteration).where(Iteration.generation_id == made.id)  # it goes with its takes
            standings = self._standings(session, session.scalar(group) or made.user_id)
        for one in standings:
            if generation_id in one.thing.generations:
                return one
        raise NotFound("There is no such ad.")

    def standings(self, user_id: str) -> tuple[Standing, ...]:
        """Of everything that the person has; what goes first comes first, what stays last."""
        with self._database.reading() as session:
            return self._standings(session, user_id)

    def people(self) -> list[str]:
        """Everybody for whom there is a rule by which things go."""
        asked = select(User.id).outerjoin(KeepingWish, KeepingWish.user_id == User.id).order_by(User.created_at)
        standard = KeepingWish.user_id.is_(None) if self._days else KeepingWish.days.is_not(None)
        with self._database.reading() as session:
            return list(session.scalars(asked.where(standard | KeepingWish.days.is_not(None))))

    def note_rule(self) -> None:
        """Write down from when the installation's rule has been in force, where it is another one than before."""
        if (self._chores.told(CHORE) or {}).get("days", -1) != self._days:
            self._chores.tell(CHORE, {"days": self._days, "since": self._clock().isoformat()})

    def due(self, user_id: str) -> tuple[Thing, ...]:
        """What `sweep` would remove."""
        with self._database.reading() as session:
            return self._due(session, user_id)

    def sweep(self, user_id: str, at_most: int = 10) -> Swept:
        """Remove what of the person's is kept no longer. Another process may do so, too; what a job was ordered with meanwhile stays."""
        if not self.due(user_id):
            return Swept((), False)
        with self._database.writing(lock=f"user:{user_id}") as session:
            due = self._due(session, user_id)
            orphans = self._remove(session, due[:at_most])
        self._media.sweep(orphans)
        for thing in due[:at_most]:
            for generation_id in thing.generations:
                self._desk.forget(generation_id)
        return Swept(due[:at_most], len(due) > at_most)

    def size(self, things: Sequence[Thing]) -> int:
        """Bytes of the files that go with these."""
        made_for = [id for thing in things for id in thing.generations]
        uploads = [name for thing in things if thing.kind == "upload" for name in thing.names]
        with self._database.reading() as session:
            asked = select(func.sum(MediaFile.size)).where(MediaFile.made_for.in_(made_for) | MediaFile.id.in_(uploads))
            return int(session.scalar(asked) or 0)

    def _rule(self, session: Session, user_id: str) -> Rule:
        wish = session.get(KeepingWish, user_id)
        if wish is not None:
            return Rule(wish.days, True, wish.changed_at)
        return self._standard()

    def _standard(self) -> Rule:
        told = self._chores.told(CHORE) or {}
        since = datetime.fromisoformat(told["since"]) if told.get("days", -1) == self._days else self._clock()
        return Rule(self._days, False, since)

    def _standings(self, session: Session, user_id: str) -> tuple[Standing, ...]:
        rule, standard, now = self._rule(session, user_id), self._standard(), self._clock()
        things = things_of(session, user_id, holds_of(session, user_id, now))
        found: dict[str, Standing] = {}
        for thing in things:
            goes = [one.goes_at(thing.changed_at) for one in ((rule, standard) if thing.of_team else (rule,))]
            stays = thing.held or None in goes
            found[thing.id] = Standing(thing, None if stays else max(filter(None, goes)), thing.held)
        by_name = {name: thing.id for thing in things for name in thing.names}
        made_of = {thing.id: {by_name[id] for id in thing.mentions if id in by_name} - {thing.id} for thing in things}
        waiting = list(found)
        while waiting:  # what stays longer keeps what it is made of as long, and so on
            one = found[waiting.pop()]
            for id in made_of[one.thing.id]:
                other = found[id]
                if other.goes_at is not None and (one.goes_at is None or one.goes_at > other.goes_at):
                    found[id] = Standing(other.thing, one.goes_at, "used")
                    waiting.append(id)
        last = self._clock() + timedelta(days=100 * 366)
        return tuple(sorted(found.values(), key=lambda one: (one.goes_at or last, one.thing.changed_at, one.thing.id)))

    def _due(self, session: Session, user_id: str) -> tuple[Thing, ...]:
        now = self._clock()
        due = [one.thing for one in self._standings(session, user_id) if one.goes_at is not None and one.goes_at <= now]
        return tuple(sorted(due, key=lambda thing: ORDER.index(thing.kind)))

    def _remove(self, session: Session, things: Sequence[Thing]) -> set[str]:
        orphans: set[str] = set()
        for thing in things:
            sets = set(session.scalars(select(VariantCell.set_id).where(VariantCell.generation_id.in_(thing.generations))))
            for generation_id in thing.generations:
                if (row := session.get(Generation, generation_id)) is not None:
                    orphans |= self._library.remove_in(session, row)
                    session.expunge_all()  # what the database removed along with it
            if sets:
                empty = ~select(VariantCell.generation_id).where(VariantCell.set_id == VariantSet.id).exists()
                session.execute(delete(VariantSet).where(VariantSet.id.in_(sets), empty))
            if thing.kind == "takes":
                session.execute(delete(GenerationGroup).where(GenerationGroup.id == thing.id))
            if thing.kind == "upload":
                file_id = session.scalar(select(Upload.file_id).where(Upload.id == thing.id))
                session.execute(delete(Upload).where(Upload.id == thing.id))
                orphans |= self._media.forget(session, [file_id] if file_id else [])
        return orphans
