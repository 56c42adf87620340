"""The Editor's drafts: an ad's timeline opened, changed action by action, undone, done again, saved as versions, opened once more.

    open     the ad's own timeline, or its draft as it was left           act    actions on the revision that was seen, all or none
    undo     replayed from the nearest snapshot                           save   a version: number, title, timeline, what led to it

What an action does is pipelines.editing's business; here is whose draft it is, that no window overwrites another one, and that
everything is still there tomorrow. Media are never changed, and a name in a timeline never means another file. Knows no HTTP.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from pipelines.earlier_script import with_script
from pipelines.editing import EditError, apply, describe, edit_of, timeline_of
from pipelines.editing.caption_actions import ShowCaptions
from pipelines.errors import TimelineError
from pipelines.timeline import timeline_from
from studio.errors import EditedElsewhere, EditRefused, InputRefused, NotFound, NotReady
from studio.services.ad_parts import TIMELINE_ROLE, parts_in
from studio.services.drafts import Asset, Draft, DraftCard, SavedVersion, Step
from studio.services.group_edits import as_edited
from studio.services.ownership import owned_ad
from studio.services.plain_text import plain_text
from studio.services.timeline_brought import brought
from studio.store.access import Right, teams_of
from studio.store.database import Database
from studio.store.media import Media
from studio.store.tables import (
    Blueprint,
    EditorAsset,
    EditorDraft,
    EditorSnapshot,
    EditorVersion,
    Generation,
    GenerationKind,
    Status,
    is_id,
    new_id,
)
from studio.store.times import Clock, utc_now

SNAPSHOT_EVERY = 10
"""Actions. Undoing replays fewer than that."""

DEEPEST = 1000
"""Actions that a draft remembers."""

MOST_ACTIONS = 50
"""In one request."""

LONGEST_TITLE = 80


class Editor:
    """Opens, changes and keeps drafts. Thread-safe; several processes may serve one draft."""

    def __init__(self, database: Database, media: Media, clock: Clock = utc_now) -> None:
        self._database = database
        self._media = media
        self._clock = clock

    def open(self, user_id: str, ad_id: str) -> Draft:
        """The draft of the user's finished ad, begun if there is none; of takes, that of the ad that their version is edited as (its id is
        another one). Raises NotFound, NotYours, NotReady."""
        ad_id = as_edited(self._database, self._media, user_id, ad_id, self._clock())
        with self._database.reading() as session:
            ad = editable(session, user_id, ad_id)
            if (row := session.get(EditorDraft, ad.id)) is not None:
                return self._told(session, ad, row)
            part = next(part for part in parts_in(session, ad.id) if part.role == TIMELINE_ROLE)
        base = b"".join(self._media.read(self._media.find(part.media_id, owner_id=user_id))).decode("utf-8")
        try:
            base = timeline_of(edit_of(timeline_from(base))).to_json_string(0)  # with an id on every piece, by which actions find it
        except TimelineError as error:
            raise NotReady("The edit of this ad is not one that can be opened here; make the ad again first.") from error
        with self._database.writing(lock=f"draft:{ad_id}") as session:  # an ad's editors share its draft
            ad = editable(session, user_id, ad_id)
            row = session.get(EditorDraft, ad.id)
            if row is None:
                row = EditorDraft(
                    ad_id=ad.id, user_id=user_id, revision=1, base=base, now=base, done=[], undone=[], changed_at=self._clock()
                )
                session.add(row)
                session.flush()
            return self._told(session, ad, row)

    def at(self, user_id: str, ad_id: str, revision: int) -> Draft:
        """The draft, if it still is as it was at `revision`. Raises EditedElsewhere, NotFound, NotYours, NotReady."""
        with self._database.reading() as session:
            row = self._row(session, user_id, ad_id, revision)
            return self._told(session, session.get_one(Generation, ad_id), row)

    def act(self, user_id: str, ad_id: str, revision: int, actions: Sequence[Mapping[str, Any]]) -> Draft:
        """Do all of `actions` on the draft as it was at `revision`, or none. Raises EditedElsewhere, EditRefused, NotFound, NotYours."""
        if not 1 <= len(actions) <= MOST_ACTIONS:
            raise InputRefused(f"1 to {MOST_ACTIONS} actions are done at once.", field="actions")

        def change(session: Session, row: EditorDraft) -> None:
            now, at = row.now, self._clock().isoformat()
            done = list(row.done)
            for action in actions:
                if action.get("action") == OPEN:
                    raise EditRefused("unknown_action", "Versions are opened by themselves, not among other actions.")
                action = self._scripted(session, row, now, action)
                words, now = _done(now, action)
                done.append({"action": dict(action), "words": words, "at": at})
                self._snapshot(session, row, len(done), now)
            if len(done) > DEEPEST:
                raise EditRefused(
                    "history_full", f"{DEEPEST} changes are the most; save a version, throw the draft away, and open the version."
                )
            row.now, row.done, row.undone = now, done, []

        return self._change(user_id, ad_id, revision, change)

    def undo(self, user_id: str, ad_id: str, revision: int, steps: int = 1) -> Draft:
        """As before the last `steps` actions. Raises EditedElsewhere, EditRefused when there are not so many, NotFound, NotYours."""

        def change(session: Session, row: EditorDraft) -> None:
            if not 1 <= steps <= len(row.done):
                raise EditRefused("nothing_to_undo", "There is nothing to undo.")
            kept, taken = row.done[:-steps], row.done[-steps:]
            row.now = self._after(session, row, kept)
            row.done, row.undone = kept, [*row.undone, *reversed(taken)]

        return self._change(user_id, ad_id, revision, change)

    def redo(self, user_id: str, ad_id: str, revision: int, steps: int = 1) -> Draft:
        """With the last `steps` undone actions done again. Raises EditedElsewhere, EditRefused, NotFound, NotYours."""

        def change(session: Session, row: EditorDraft) -> None:
            if not 1 <= steps <= len(row.undone):
                raise EditRefused("nothing_to_redo", "There is nothing to do again.")
            done, now, left = list(row.done), row.now, list(row.undone)
            for _ in range(steps):
                step = left.pop()
                now = self._replayed(session, row, now, step["action"])
                done.append(step)
                self._snapshot(session, row, len(done), now)
            row.now, row.done, row.undone = now, done, left

        return self._change(user_id, ad_id, revision, change)

    def save(self, user_id: str, ad_id: str, revision: int, title: str = "") -> Draft:
        """Keep the draft as it is as a version. Raises EditedElsewhere, InputRefused, NotFound, NotYours."""
        name = " ".join(plain_text(title).split())
        if len(name) > LONGEST_TITLE or not name.isprintable():
            raise InputRefused(f"A version's name has up to {LONGEST_TITLE} characters, in one line.", field="title")

        def change(session: Session, row: EditorDraft) -> None:
            version = self._version(session, row, name, row.now, list(row.done))
            row.saved_id, row.saved_at = version.id, row.revision + 1

        return self._change(user_id, ad_id, revision, change)

    def open_version(self, user_id: str, ad_id: str, revision: int, version_id: str | None) -> Draft:
        """Go on from a saved version, or from the ad as it was made (None); it can be undone like any action. Raises EditedElsewhere,
        NotFound, NotYours."""

        def change(session: Session, row: EditorDraft) -> None:
            self._go_on_from(session, row, version_id)

        return self._change(user_id, ad_id, revision, change)

    def bring(self, user_id: str, ad_id: str, revision: int, timeline: Mapping[str, Any]) -> Draft:
        """Take in a timeline that was handed out for this ad, as a version, and go on from it; it can be undone like any action. Raises
        EditedElsewhere, InputRefused, NotFound, NotYours."""

        def change(session: Session, row: EditorDraft) -> None:
            draft = self._told(session, session.get_one(Generation, row.ad_id), row)
            names = {part.name for part in draft.parts} | {asset.name for asset in draft.assets}
            known = (edit_of(timeline_from(row.base)), draft.edit)
            text = brought(timeline, row.ad_id, names, known, {asset.name: asset.n_frames for asset in draft.assets})
            version = self._version(session, row, BROUGHT, text, [])
            self._go_on_from(session, row, version.id)

        return self._change(user_id, ad_id, revision, change)

    def discard(self, user_id: str, ad_id: str, revision: int) -> None:
        """Throw the draft away; saved versions and media stay. Raises EditedElsewhere, NotFound, NotYours."""
        with self._database.writing(lock=f"draft:{ad_id}") as session:
            session.delete(self._row(session, user_id, ad_id, revision))

    def drafts(self, user_id: str) -> tuple[DraftCard, ...]:
        """The user's drafts that were changed, the newest first."""
        found = (
            select(EditorDraft, Generation)
            .join(Generation, Generation.id == EditorDraft.ad_id)
            .where(EditorDraft.user_id == user_id, or_(Generation.team_id.is_(None), Generation.team_id.in_(teams_of(user_id))))
            .order_by(EditorDraft.changed_at.desc(), EditorDraft.ad_id)
        )
        with self._database.reading() as session:
            return tuple(
                DraftCard(ad.id, ad.prompt, ad.aspect_ratio, ad.thumbnail_id, len(row.done), row.changed_at)
                for row, ad in session.execute(found)
                if row.done
            )

    def _row(self, session: Session, user_id: str, ad_id: str, revision: int) -> EditorDraft:
        ad = editable(session, user_id, ad_id)
        row = session.get(EditorDraft, ad.id)
        if row is None:
            raise NotFound("This ad has no draft; open it in the editor first.")
        if row.revision != revision:
            raise EditedElsewhere
        return row

    def _change(self, user_id: str, ad_id: str, revision: int, change: Callable[[Session, EditorDraft], None]) -> Draft:
        with self._database.writing(lock=f"draft:{ad_id}") as session:
            row = self._row(session, user_id, ad_id, revision)
            change(session, row)
            row.revision += 1
            row.changed_at = self._clock()
            session.flush()
            return self._told(session, session.get_one(Generation, ad_id), row)

    def _version(self, session: Session, row: EditorDraft, title: str, timeline: str, actions: list[Any]) -> EditorVersion:
        number = (session.scalar(select(func.max(EditorVersion.number)).where(EditorVersion.ad_id == row.ad_id)) or 0) + 1
        version = EditorVersion(
            id=new_id(),
            ad_id=row.ad_id,
            number=number,
            title=title or f"Version {number}",
            timeline=timeline,
            actions=actions,
            created_at=self._clock(),
        )
        session.add(version)
        session.flush()
        return version

    def _go_on_from(self, session: Session, row: EditorDraft, version_id: str | None) -> None:
        action = {"action": OPEN, "version_id": version_id}
        row.now = self._replayed(session, row, row.now, action)
        version = session.get(EditorVersion, version_id) if version_id else None
        words = f"Opened “{version.title}”" if version else "Went back to the ad as it was made"
        row.done = [*row.done, {"action": action, "words": words, "at": self._clock().isoformat()}]
        row.undone = []
        self._snapshot(session, row, len(row.done), row.now)
        row.saved_id, row.saved_at = (version.id, row.revision + 1) if version else (None, None)

    def _snapshot(self, session: Session, row: EditorDraft, step: int, timeline: str) -> None:
        if step % SNAPSHOT_EVERY == 0:
            session.merge(EditorSnapshot(ad_id=row.ad_id, step=step, timeline=timeline))

    def _after(self, session: Session, row: EditorDraft, done: Sequence[Mapping[str, Any]]) -> str:
        """The timeline after these first actions of the draft."""
        nearest = (
            select(EditorSnapshot)
            .where(EditorSnapshot.ad_id == row.ad_id, EditorSnapshot.step <= len(done))
            .order_by(EditorSnapshot.step.desc())
            .limit(1)
        )
        snapshot = session.scalar(nearest)
        session.execute(delete(EditorSnapshot).where(EditorSnapshot.ad_id == row.ad_id, EditorSnapshot.step > len(done)))
        now, since = (snapshot.timeline, snapshot.step) if snapshot else (row.base, 0)
        for step in done[since:]:
            now = self._replayed(session, row, now, step["action"])
        return now

    def _replayed(self, session: Session, row: EditorDraft, now: str, action: Mapping[str, Any]) -> str:
        if action.get("action") != OPEN:
            return _done(now, action)[1]
        if (id := action.get("version_id")) is None:
            return row.base
        version = session.get(EditorVersion, id) if isinstance(id, str) and is_id(id) else None
        if version is None or version.ad_id != row.ad_id:
            raise NotFound("This ad has no such version.")
        return version.timeline

    def _scripted(self, session: Session, row: EditorDraft, now: str, action: Mapping[str, Any]) -> Mapping[str, Any]:
        """An action that shows the captions of an ad made before every ad had a script, with its script: it is done again as it is."""
        if action.get("action") != ShowCaptions.name:
            return action
        blueprint = session.get(Blueprint, row.ad_id)
        return with_script(action, timeline_from(now), (blueprint.recipe if blueprint else None) or {})

    def _told(self, session: Session, ad: Generation, row: EditorDraft) -> Draft:
        versions = session.scalars(select(EditorVersion).where(EditorVersion.ad_id == ad.id).order_by(EditorVersion.number))
        assets = session.scalars(select(EditorAsset).where(EditorAsset.ad_id == ad.id).order_by(EditorAsset.created_at, EditorAsset.id))
        return Draft(
            ad=ad,
            revision=row.revision,
            timeline=row.now,
            edit=edit_of(timeline_from(row.now)),
            parts=parts_in(session, ad.id),
            assets=tuple(map(_asset, assets)),
            done=tuple(Step(step["words"], step["action"], step["at"]) for step in row.done),
            undone=tuple(Step(step["words"], step["action"], step["at"]) for step in row.undone),
            versions=tuple(SavedVersion(one.id, one.number, one.title, len(one.actions), one.created_at) for one in versions),
            saved_id=row.saved_id,
            dirty=bool(row.done) if row.saved_at is None else row.saved_at != row.revision,
        )


BROUGHT = "From another editor"
"""What a version is called whose timeline came back from elsewhere."""

OPEN = "open"
"""The one entry of a history that is no action of pipelines.editing: another timeline, as a whole."""


def editable(session: Session, user_id: str, ad_id: str) -> Generation:
    """The finished ad that the user may change. Raises NotFound, NotYours, RoleRefused, NotReady."""
    ad = owned_ad(session, user_id, ad_id, need=Right.EDIT)
    if ad.kind is not GenerationKind.AD:
        raise NotReady("Only ads are edited.")
    if ad.status is not Status.COMPLETED:
        raise NotReady("This ad is not finished yet.")
    return ad


def _done(now: str, action: Mapping[str, Any]) -> tuple[str, str]:
    """(What the action does in words, the timeline afterwards.)"""
    timeline = timeline_from(now)
    try:
        return describe(timeline, action), apply(timeline, action).to_json_string(0)
    except EditError as error:
        raise EditRefused(error.code, str(error)) from error
    except TimelineError as error:
        raise EditRefused("cannot_be_done", str(error)) from error


def _asset(row: EditorAsset) -> Asset:
    return Asset(
        row.id, row.name, row.kind, row.title, row.origin, row.media_id, row.n_frames, row.width, row.height, row.about, row.created_at
    )
