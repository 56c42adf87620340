"""A person's groups of takes: shown, compared, chosen from, named, removed. Knows no HTTP; ordering is takes.py's.

Choosing an attempt does three things that stand or fall together: it becomes its iteration's, it becomes the group's final version, and
its iteration is what the gallery lists of the group, with its film. That somebody chose, and against what, is written down once.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, joinedload, load_only

from studio.errors import InputRefused, NotReady
from studio.jobs.desk import Desk
from studio.services.feedback import Feedback
from studio.services.group_rows import named_attempt, owned_attempt, owned_group
from studio.services.group_told import GroupTold, Measured, group_told
from studio.services.library import MOST_AT_ONCE, Library
from studio.services.ownership import a_team
from studio.services.plain_text import plain_text
from studio.services.takes_keeper import scores_from
from studio.store.access import Right, listed, right_to
from studio.store.database import Database
from studio.store.media import Media
from studio.store.tables import AttemptMetric, AttemptScores, Generation, GenerationGroup, HeroFrame, Iteration, Status, VideoAttempt

MOST_TITLE, MOST_TAG = 200, 60
FILES = (joinedload(VideoAttempt.video), joinedload(VideoAttempt.thumbnail))
FRAME = joinedload(GenerationGroup.hero_frame).options(joinedload(HeroFrame.image), joinedload(HeroFrame.thumbnail))


@dataclass(frozen=True)
class Page:
    """Some of the groups, newest first, and how many there are in all."""

    total: int
    groups: tuple[GroupTold, ...]


@dataclass(frozen=True)
class MeasuredFrames:
    """What one measure says of each frame it looked at. values: as measured."""

    metric: str
    name: str
    kind: str
    direction: str
    frames: tuple[int, ...]
    values: tuple[float, ...]


@dataclass(frozen=True)
class AttemptFrames:
    """An attempt frame by frame."""

    fps: float
    n_frames: int
    metrics: tuple[MeasuredFrames, ...]


class Groups:
    """The groups of this installation. Thread-safe."""

    def __init__(self, database: Database, desk: Desk, library: Library, media: Media, feedback: Feedback) -> None:
        self._database = database
        self._desk = desk
        self._library = library
        self._media = media
        self._feedback = feedback

    def listed(self, user_id: str, *, limit: int = 20, offset: int = 0, tag: str = "", team: str = "") -> Page:
        """The user's groups, or with `team` all that this team of theirs has, newest first. tag: only those with it. limit 1..100. Raises
        InputRefused."""
        if not 1 <= limit <= MOST_AT_ONCE:
            raise InputRefused(f"Ask for 1 to {MOST_AT_ONCE} groups at once.", field="limit")
        if not 0 <= offset < 2**31:
            raise InputRefused("An offset is not negative.", field="offset")
        which = [*listed(GenerationGroup.user_id, GenerationGroup.team_id, user_id, a_team(team))]
        if tag:
            which.append(GenerationGroup.tag == _line(tag, "tag", MOST_TAG))
        newest = (GenerationGroup.created_at.desc(), GenerationGroup.id.desc())
        with self._database.reading() as session:
            total = session.scalar(select(func.count()).select_from(GenerationGroup).where(*which)) or 0
            found = select(GenerationGroup).where(*which).options(FRAME).order_by(*newest).limit(limit).offset(offset)
            return Page(total, self._told(session, session.scalars(found).all(), user_id))

    def one(self, user_id: str, group_id: str) -> GroupTold:
        """A whole group. Raises NotFound, NotYours."""
        with self._database.reading() as session:
            return self._told(session, [owned_group(session, user_id, group_id, (FRAME,), need=Right.LOOK)], user_id)[0]

    def frames(self, user_id: str, attempt_id: str) -> AttemptFrames:
        """What an attempt measured, frame by frame; nothing where it was not measured. Raises NotFound, NotYours."""
        with self._database.reading() as session:
            attempt = owned_attempt(session, user_id, attempt_id, need=Right.LOOK)
            row = session.get(AttemptScores, attempt_id)
            fps, n_frames = float(attempt.fps or 0), attempt.n_frames or 0
        if row is None:
            return AttemptFrames(fps, n_frames, ())
        scores = scores_from(json.dumps(row.scores))
        metrics = tuple(
            MeasuredFrames(metric, score.name, score.kind, score.direction, tuple(score.frames), tuple(score.per_frame))
            for metric, score in scores.by_metric.items()
            if score.value is not None and score.per_frame
        )
        return AttemptFrames(scores.fps, scores.n_frames, metrics)

    def select(self, user_id: str, group_id: str, attempt_id: str) -> GroupTold:
        """Make an attempt its iteration's choice and the group's final version. Raises NotFound, NotYours, InputRefused for an attempt of
        another group, and NotReady for one that is not made."""
        with self._database.writing(lock=f"group:{group_id}") as session:
            group = owned_group(session, user_id, group_id, need=Right.EDIT)
            attempt = named_attempt(session, user_id, attempt_id)
            if attempt.group_id != group.id:
                raise InputRefused("This attempt belongs to another group; choose one of this group's.", field="attempt_id")
            if attempt.status is not Status.COMPLETED or attempt.video_id is None:
                raise NotReady("This attempt is not made; choose one that has a film.")
            iteration = session.get_one(Generation, attempt.generation_id)
            if not iteration.status.final:
                raise NotReady("Its iteration is still being made; choose once its attempts were compared.")
            if iteration.status is not Status.COMPLETED:
                raise NotReady("Its iteration was not made to its end; try it again, which makes what is missing, then choose.")
            again = attempt.is_user_selected_best
            siblings = session.scalars(select(VideoAttempt).where(VideoAttempt.generation_id == attempt.generation_id)).all()
            for row in siblings:
                row.is_user_selected_best = row.id == attempt.id
            group.final_attempt_id = attempt.id
            _list_only(session, group, attempt)
            choice = None if again else _choice(session, siblings)
        if choice is not None and attempt_id in choice[0]:
            self._feedback.chose(user_id, choice[0], attempt_id, choice[1])
        return self.one(user_id, group_id)

    def change(
        self, user_id: str, group_id: str, *, title: str | None = None, tag: str | None = None, auto_select: bool | None = None
    ) -> GroupTold:
        """Name a group, tag it ("" for no tag), or say whether the best of its coming iterations is marked. Raises NotFound, NotYours,
        InputRefused."""
        with self._database.writing(lock=f"group:{group_id}") as session:
            group = owned_group(session, user_id, group_id, need=Right.EDIT)
            if title is not None:
                group.title = _line(title, "title", MOST_TITLE)
                if not group.title:
                    raise InputRefused("A title has at least one letter.", field="title")
            if tag is not None:
                group.tag = _line(tag, "tag", MOST_TAG) or None
            if auto_select is not None:
                group.auto_select = auto_select
        return self.one(user_id, group_id)

    def delete(self, user_id: str, group_id: str) -> None:
        """Remove a group with all its iterations, their films and their jobs; what they cost stays written down. Raises NotFound,
        NotYours, and NotReady while one is being made."""
        with self._database.writing(lock=f"user:{user_id}") as session:
            group = owned_group(session, user_id, group_id)
            mine = select(Generation).join(Iteration).where(Iteration.group_id == group.id)
            generations = session.scalars(mine).all()
            if any(not generation.status.final for generation in generations):
                raise NotReady("An iteration of this group is still being made; cancel it first.")
            ids = [generation.id for generation in generations]
            orphans: set[str] = set()
            for generation in generations:
                orphans |= self._library.remove_in(session, generation)
            session.expire_all()
            session.delete(session.get_one(GenerationGroup, group_id))
        self._media.sweep(orphans)
        for id in ids:
            self._desk.forget(id)

    def _told(self, session: Session, groups: Sequence[GenerationGroup], user_id: str) -> tuple[GroupTold, ...]:
        ids = [group.id for group in groups]
        rows: dict[str, list[tuple[Iteration, Generation]]] = defaultdict(list)
        found = select(Iteration, Generation).join(Generation).where(Iteration.group_id.in_(ids)).order_by(Iteration.number)
        for iteration, generation in session.execute(found).tuples():
            rows[iteration.group_id].append((iteration, generation))
        attempts: dict[str, list[VideoAttempt]] = defaultdict(list)
        in_order = (VideoAttempt.iteration_index, VideoAttempt.position)
        for attempt in session.scalars(select(VideoAttempt).where(VideoAttempt.group_id.in_(ids)).options(*FILES).order_by(*in_order)):
            attempts[attempt.group_id].append(attempt)
        measured = _measured(session, [attempt.id for some in attempts.values() for attempt in some])
        unfinished = [generation.id for some in rows.values() for _, generation in some if not generation.status.final]
        standings = self._desk.look_at(unfinished) if unfinished else {}
        told = (group_told(group, rows[group.id], attempts[group.id], measured, standings) for group in groups)
        rights = {group.id: right_to(session, user_id, group.user_id, group.team_id) for group in groups}
        return tuple(replace(one, right=rights[one.id] or Right.LOOK) for one in told)


def _measured(session: Session, ids: Sequence[str]) -> Measured:
    light = load_only(AttemptScores.parts, AttemptScores.degenerate)
    parts = {row.attempt_id: row for row in session.scalars(select(AttemptScores).where(AttemptScores.attempt_id.in_(ids)).options(light))}
    scores: dict[str, list[AttemptMetric]] = defaultdict(list)
    for row in session.scalars(select(AttemptMetric).where(AttemptMetric.attempt_id.in_(ids)).order_by(AttemptMetric.id)):
        scores[row.attempt_id].append(row)
    return Measured(parts, scores)


def _list_only(session: Session, group: GenerationGroup, attempt: VideoAttempt) -> None:
    """The gallery lists the iteration of the final version, with its film, and no other of the group."""
    others = select(Iteration.generation_id).where(Iteration.group_id == group.id)
    hidden = update(Generation).where(Generation.id.in_(others), Generation.id != attempt.generation_id)
    session.execute(hidden.values(listed=False, video_id=None, thumbnail_id=None))
    final = session.get_one(Generation, attempt.generation_id)
    final.listed = True
    final.video_id, final.thumbnail_id = attempt.video_id, attempt.thumbnail_id
    final.models = [attempt.model]
    final.notes = list((attempt.made or {}).get("notes", ()))
    session.flush()


def _choice(session: Session, siblings: Sequence[VideoAttempt]) -> tuple[dict[str, Any], str | None] | None:
    """What somebody chose from: the attempts that were measured, and the one that was marked; None where there was no choice."""
    there = {row.id: row for row in siblings if row.status is Status.COMPLETED}
    found = session.scalars(select(AttemptScores).where(AttemptScores.attempt_id.in_(there)))
    scores = {row.attempt_id: scores_from(json.dumps(row.scores)) for row in found}
    selected = next((row.id for row in siblings if row.is_system_selected_best and row.id in scores), None)
    return (scores, selected) if len(scores) > 1 else None


def _line(text: str, field: str, most: int) -> str:
    """One line of plain text. Raises InputRefused."""
    plain = " ".join(plain_text(text).split())
    if len(plain) > most or any(ord(c) < 32 or 0xD800 <= ord(c) < 0xE000 for c in plain):
        raise InputRefused(f"Use at most {most} characters of plain text.", field=field)
    return plain
