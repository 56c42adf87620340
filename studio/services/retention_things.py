"""What a person has, as far as it can go with age: since when it has not changed, what it is made of, and what holds it.

    ad        with its draft, saved states, files of its edit and clips made again for it; a version of an ad is an ad of its own
    frames    a set of hero frames
    takes     a group with all its iterations
    upload    a file that was brought along

What is made of what is read from ids: each thing has the ids that others may call it by, and says which ids it mentions. Works on rows;
knows no rule and removes nothing.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from studio.store.tables import (
    AdVersion,
    Base,
    BroughtMedia,
    Generation,
    GenerationGroup,
    GenerationKind,
    HeroFrame,
    Iteration,
    MediaFile,
    Regeneration,
    Upload,
    VariantCell,
    VideoAttempt,
)

Kind = Literal["ad", "frames", "takes", "upload"]

AN_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
AT_ONCE = 500
"""Ids in one query; SQLite takes no more than a few thousand."""


COLUMNS = select(
    Generation.id,
    Generation.kind,
    Generation.status,
    Generation.team_id,
    Generation.prompt,
    Generation.brief,
    Generation.video_id,
    Generation.thumbnail_id,
    Generation.created_at,
    Generation.completed_at,
)
"""What is looked at of a generation."""


@dataclass(frozen=True)
class Thing:
    """names: ids that others may call it by; mentions: ids of others that it is made of; generations: what is removed with it. held: why
    it stays whatever its age ("working", or a word of retention_holds), "" where nothing holds it.
    of_team: whether a team has it."""

    kind: Kind
    id: str
    title: str
    changed_at: datetime
    names: frozenset[str]
    mentions: frozenset[str]
    generations: tuple[str, ...] = ()
    held: str = ""
    of_team: bool = False


def things_of(session: Session, user_id: str, held: "Held") -> list[Thing]:
    """All of a person's. held: what holds what, and when an ad was last worked on."""
    rows = {row.id: row for row in session.execute(COLUMNS.where(Generation.user_id == user_id))}
    used = ids_in_work(session)
    made = (*_ads(session, user_id, rows, held), *_sets(session, user_id, rows), *_groups(session, user_id, rows))
    found = (*made, *_uploads(session, user_id))
    return [replace(thing, held="working") if not thing.held and thing.names & used else thing for thing in found]


@dataclass(frozen=True)
class Held:
    """By ad: why it stays, and when somebody last worked on it."""

    why: dict[str, str]
    worked_at: dict[str, datetime]


def ids_in_work(session: Session) -> frozenset[str]:
    """Whatever ids a job under way was ordered with, whosever it is."""
    going = select(Generation.brief, AdVersion.version_of, Regeneration.ad_id, BroughtMedia.ad_id, BroughtMedia.original_id)
    going = going.outerjoin(AdVersion, AdVersion.generation_id == Generation.id)
    going = going.outerjoin(Regeneration, Regeneration.generation_id == Generation.id)
    going = going.outerjoin(BroughtMedia, BroughtMedia.generation_id == Generation.id)
    rows = session.execute(going.where(Generation.status.in_(("pending", "processing"))))
    return frozenset(id for row in rows for id in mentioned(*row))


def mentioned(*values: Any) -> frozenset[str]:
    """Every id in these values: plain JSON, text or None."""
    return frozenset(id for value in values if value for id in AN_ID.findall(value if isinstance(value, str) else json.dumps(value)))


def _ads(session: Session, user_id: str, rows: dict[str, Row[Any]], held: Held) -> Iterable[Thing]:
    mine = Generation.user_id == user_id
    of_edit: dict[str, list[str]] = defaultdict(list)
    for table in (Regeneration, BroughtMedia):
        asked = select(table.generation_id, table.ad_id).join(Generation, Generation.id == table.ad_id).where(mine)
        for id, ad_id in session.execute(asked):
            of_edit[ad_id].append(id)
    known: set[str] = set()  # these go with the ad that they were made for, whosever that is
    for table in (Regeneration, BroughtMedia):
        known |= set(session.scalars(select(table.generation_id).join(Generation, Generation.id == table.generation_id).where(mine)))
    versions = {
        row.generation_id: row
        for row in session.execute(
            select(AdVersion.generation_id, AdVersion.version_of, AdVersion.made)
            .join(Generation, Generation.id == AdVersion.generation_id)
            .where(mine)
        )
    }
    cells = session.execute(select(VariantCell.generation_id, VariantCell.set_id).join(Generation).where(mine))
    sets = {row.generation_id: row.set_id for row in cells}
    working = {sets[id] for id, row in rows.items() if id in sets and not row.status.final}  # its ads lend one another clips
    for id, row in rows.items():
        if row.kind in (GenerationKind.HERO, GenerationKind.TAKE) or id in known:
            continue
        parts = [rows[part] for part in of_edit[id] if part in rows]
        version = versions.get(id)
        busy = any(not one.status.final for one in (row, *parts)) or sets.get(id) in working
        yield Thing(
            kind="ad",
            id=id,
            title=row.prompt,
            changed_at=max(_last(row), held.worked_at.get(id, row.created_at), *(_last(part) for part in parts), row.created_at),
            names=frozenset(filter(None, (id, row.video_id, row.thumbnail_id))),
            mentions=mentioned(row.brief, *(part.brief for part in parts), *((version.version_of, version.made) if version else ())),
            generations=(*of_edit[id], id),
            held="working" if busy else held.why.get(id, ""),
            of_team=row.team_id is not None,
        )


def _sets(session: Session, user_id: str, rows: dict[str, Row[Any]]) -> Iterable[Thing]:
    frames: dict[str, list[HeroFrame]] = defaultdict(list)
    for frame in session.scalars(select(HeroFrame).where(HeroFrame.user_id == user_id).order_by(HeroFrame.position)):
        frames[frame.set_id].append(frame)
    of_others = (GenerationGroup.user_id != user_id, HeroFrame.user_id == user_id)
    begun = set(
        session.scalars(select(HeroFrame.set_id).join(GenerationGroup, GenerationGroup.hero_frame_id == HeroFrame.id).where(*of_others))
    )
    for id, row in rows.items():
        if row.kind is not GenerationKind.HERO:
            continue
        mine = frames[id]
        held = "favourite" if any(frame.favorite for frame in mine) else "chosen" if any(frame.is_primary for frame in mine) else ""
        if not held and id in begun:  # by somebody else of the team
            held = "used"
        yield Thing(
            kind="frames",
            id=id,
            title=row.prompt,
            changed_at=_last(row),
            names=frozenset(filter(None, (id, *(name for one in mine for name in (one.id, one.image_id, one.thumbnail_id))))),
            mentions=mentioned(row.brief, *(value for one in mine for value in (one.brief, one.parent_id))),
            generations=(id,),
            held=held if row.status.final else "working",
            of_team=row.team_id is not None,
        )


def _groups(session: Session, user_id: str, rows: dict[str, Row[Any]]) -> Iterable[Thing]:
    groups = session.scalars(select(GenerationGroup).where(GenerationGroup.user_id == user_id)).all()
    iterations: dict[str, list[Iteration]] = defaultdict(list)
    for one in session.scalars(select(Iteration).join(GenerationGroup).where(GenerationGroup.user_id == user_id)):
        iterations[one.group_id].append(one)
    films: dict[str, list[Any]] = defaultdict(list)
    wanted = select(VideoAttempt.id, VideoAttempt.group_id, VideoAttempt.video_id, VideoAttempt.thumbnail_id)
    for film in session.execute(wanted.join(GenerationGroup).where(GenerationGroup.user_id == user_id)):
        films[film.group_id].append(film)
    made_by_others = {one.generation_id for some in iterations.values() for one in some} - set(rows)
    rows = rows | {row.id: row for row in session.execute(COLUMNS.where(Generation.id.in_(made_by_others)))}
    for group in groups:
        made = [rows[one.generation_id] for one in iterations[group.id]]
        busy = any(not row.status.final for row in made)
        yield Thing(
            kind="takes",
            id=group.id,
            title=group.title,
            changed_at=max((group.created_at, *(_last(row) for row in made))),
            names=frozenset(
                filter(None, (group.id, *(r.id for r in made), *(i for f in films[group.id] for i in (f.id, f.video_id, f.thumbnail_id))))
            ),
            mentions=mentioned(group.hero_frame_id, *(row.brief for row in made), *(one.motion for one in iterations[group.id])),
            generations=tuple(row.id for row in made),
            held="working" if busy else "final" if group.final_attempt_id else "",
            of_team=any(row.team_id is not None for row in made),
        )


def _uploads(session: Session, user_id: str) -> Iterable[Thing]:
    uploads = session.scalars(select(Upload).where(Upload.owner_id == user_id)).all()
    shown = _in_use(session, [one.file_id for one in uploads])
    for one in uploads:
        names = frozenset((one.id, one.file_id))
        yield Thing("upload", one.id, one.name, one.created_at, names, frozenset(), held="used" if one.file_id in shown else "")


def _in_use(session: Session, files: list[str]) -> set[str]:
    """Those of these files that a row besides an upload's refers to: a brand's logo, the original of what was brought to an edit."""
    columns = [
        column
        for table in Base.metadata.tables.values()
        for column in table.columns
        if table.name != Upload.__tablename__ and any(key.column.table.name == MediaFile.__tablename__ for key in column.foreign_keys)
    ]
    found: set[str] = set()
    for first in range(0, len(files), AT_ONCE):
        some = files[first : first + AT_ONCE]
        for column in columns:
            found |= set(session.scalars(select(column).where(column.in_(some))))
    return found


def _last(row: Row[Any]) -> datetime:
    made: datetime = row.created_at
    return max(made, row.completed_at or made)
