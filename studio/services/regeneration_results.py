"""What became of clips that were made again: told, put into the draft, removed. Knows no HTTP; ordering is regenerations.py's.

accept     the attempt becomes a file of the ad (an asset) and goes into its slot by an ordinary edit, which can be undone
           what lay there before goes to the bin: an asset too, and as it was
remove     the order and its attempts; what was accepted stays with the ad
"""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from pipelines.editing import Edit, EditError
from studio.errors import EditRefused, NotFound, NotReady
from studio.jobs.desk import Desk
from studio.services.drafts import Draft
from studio.services.editor import Editor
from studio.services.library import Library
from studio.services.ownership import owned_ad
from studio.services.regeneration_told import RegenerationTold, order_told
from studio.store.access import Right
from studio.store.database import Database
from studio.store.media import Media
from studio.store.tables import (
    EditorAsset,
    Generation,
    Regeneration,
    RegenerationAttempt,
    Status,
    is_id,
    new_id,
)
from studio.store.times import Clock, utc_now

NO_ORDER = "There is no such clip in the making."
NO_ATTEMPT = "There is no such attempt; choose one of this clip's."
FILES = (joinedload(RegenerationAttempt.video), joinedload(RegenerationAttempt.thumbnail))


class RegenerationResults:
    """Thread-safe."""

    def __init__(self, database: Database, desk: Desk, library: Library, media: Media, editor: Editor, clock: Clock = utc_now) -> None:
        self._database = database
        self._desk = desk
        self._library = library
        self._media = media
        self._editor = editor
        self._clock = clock

    def of(self, user_id: str, ad_id: str) -> tuple[RegenerationTold, ...]:
        """All of the user's ad, newest first. Raises NotFound, NotYours."""
        with self._database.reading() as session:
            owned_ad(session, user_id, ad_id, need=Right.LOOK)
            newest = (Regeneration.created_at.desc(), Regeneration.generation_id)
            rows = session.scalars(select(Regeneration).where(Regeneration.ad_id == ad_id).order_by(*newest)).all()
            return self._told(session, rows)

    def one(self, user_id: str, ad_id: str, id: str) -> RegenerationTold:
        """One of them. Raises NotFound, NotYours."""
        with self._database.reading() as session:
            return self._told(session, [_owned(session, user_id, ad_id, id, Right.LOOK)])[0]

    def accept(self, user_id: str, ad_id: str, id: str, revision: int, attempt_id: str) -> Draft:
        """Put an attempt into its slot, in the draft as it was at `revision`. Raises EditedElsewhere, EditRefused (the slot is gone, or
        longer by now than the clip), NotFound, NotYours, NotReady for an attempt that is not made."""
        draft = self._editor.at(user_id, ad_id, revision)
        with self._database.reading() as session:
            row = _owned(session, user_id, ad_id, id)
            attempt = session.get(RegenerationAttempt, attempt_id, options=FILES) if is_id(attempt_id) else None
            if attempt is None or attempt.generation_id != row.generation_id:
                raise NotFound(NO_ATTEMPT)
            if attempt.status is not Status.COMPLETED or attempt.video is None:
                raise NotReady("This attempt is not made; choose one that has a film.")
        action = accepting(draft.edit, row, attempt)
        added = self._add(user_id, draft, row, attempt)
        try:
            draft = self._editor.act(user_id, ad_id, revision, [action])
        except Exception:
            self._take_back(user_id, added)
            raise
        with self._database.writing(lock=f"user:{user_id}") as session:
            if (now := session.get(Regeneration, row.generation_id)) is not None:
                now.accepted_id = attempt.id
        return draft

    def cancel(self, user_id: str, ad_id: str, id: str) -> RegenerationTold:
        """Stop making it; what is made stays. Raises NotFound, NotYours."""
        with self._database.reading() as session:
            told = self._told(session, [_owned(session, user_id, ad_id, id)])[0]
        if not told.status.final:
            self._desk.cancel(told.id)
        return self.one(user_id, ad_id, id)

    def remove(self, user_id: str, ad_id: str, id: str) -> None:
        """Remove an order and its attempts, but never a file that is the ad's by now. Raises NotFound, NotYours, NotReady while it is
        being made."""
        with self._database.writing(lock=f"draft:{ad_id}") as session:
            row = _owned(session, user_id, ad_id, id)
            made = session.get_one(Generation, row.generation_id)
            if not made.status.final:
                raise NotReady("This clip is still being made; cancel it first.")
            attempts = session.scalars(select(RegenerationAttempt).where(RegenerationAttempt.generation_id == row.generation_id)).all()
            used = set(session.scalars(select(EditorAsset.media_id).where(EditorAsset.ad_id == ad_id)))
            files = {file for one in attempts for file in (one.video_id, one.thumbnail_id) if file} - used
            orphans = self._media.forget(session, files) | self._library.remove_in(session, made)
        self._media.sweep(orphans)
        self._desk.forget(id)

    def _add(self, user_id: str, draft: Draft, row: Regeneration, attempt: RegenerationAttempt) -> tuple[str, ...]:
        """The attempt, and what lies in the slot until now, among the ad's files; ids of the rows that are new."""
        at, added = self._clock(), list[str]()
        wanted = [_asset(draft, row, attempt, at)]
        if (old := _replaced(draft, row.piece, at)) is not None:
            wanted.append(old)
        with self._database.writing(lock=f"draft:{draft.ad.id}") as session:
            there = set(session.scalars(select(EditorAsset.name).where(EditorAsset.ad_id == draft.ad.id)))
            for asset in wanted:
                if asset.name not in there:
                    session.add(asset)
                    added.append(asset.id)
        return tuple(added)

    def _take_back(self, user_id: str, added: tuple[str, ...]) -> None:
        with self._database.writing(lock=f"user:{user_id}") as session:
            session.execute(delete(EditorAsset).where(EditorAsset.id.in_(added)))

    def _told(self, session: Session, rows: Any) -> tuple[RegenerationTold, ...]:
        ids = [row.generation_id for row in rows]
        generations = {one.id: one for one in session.scalars(select(Generation).where(Generation.id.in_(ids)))}
        found = select(RegenerationAttempt).where(RegenerationAttempt.generation_id.in_(ids)).options(*FILES)
        attempts = session.scalars(found.order_by(RegenerationAttempt.generation_id, RegenerationAttempt.position)).all()
        standing = self._desk.look_at(ids) if ids else {}
        return tuple(
            order_told(
                row,
                generations[row.generation_id],
                [a for a in attempts if a.generation_id == row.generation_id],
                standing.get(row.generation_id),
            )
            for row in rows
        )


def accepting(edit: Edit, row: Regeneration, attempt: RegenerationAttempt) -> dict[str, Any]:
    """The edit that puts an attempt into its slot as it is now. Raises EditRefused when the slot is gone or needs more frames."""
    try:
        i = edit.index(row.piece)
    except EditError as error:
        raise EditRefused(error.code, str(error)) from error
    piece, head, tail, held = edit.pieces[i], edit.before(i), edit.after(i), attempt.n_frames or 0
    if held < head + piece.n_frames + tail:
        raise EditRefused(
            "too_short_media",
            f"The slot has become longer since: it needs {head + piece.n_frames + tail} frames and the clip has {held}. Make it again.",
        )
    media_in = min(max(head, row.asked["head"]), held - piece.n_frames - tail)
    about: dict[str, Any] = {
        "still_prompt": row.prompt,
        "video_model": attempt.model,
        "seed": attempt.seed,
        "regenerated": row.generation_id,
    }
    if row.asked.get("motion"):
        about["motion_prompt"] = row.asked["motion"]
    if row.asked.get("scene") and not piece.own.get("scene"):
        about["scene"] = row.asked["scene"]
    if correction := (attempt.fit or {}).get("correction"):
        about["match"] = correction
    return {
        "action": "fill_gap" if piece.is_gap else "replace",
        "clip": piece.id,
        "media": media_name(row, attempt),
        "media_frames": held,
        "media_in": media_in,
        "about": about,
    }


def media_name(row: Regeneration, attempt: RegenerationAttempt) -> str:
    """As timelines name an attempt's file; it never means another one."""
    return f"clips/again-{row.generation_id[:8]}-{attempt.position + 1}.mp4"


def _asset(draft: Draft, row: Regeneration, attempt: RegenerationAttempt, at: datetime) -> EditorAsset:
    return EditorAsset(
        id=new_id(),
        ad_id=draft.ad.id,
        name=media_name(row, attempt),
        kind="clip",
        title=f"{row.prompt[:80].rstrip()}, attempt {attempt.position + 1}",
        origin="regenerated",
        media_id=attempt.video_id or "",
        n_frames=attempt.n_frames or 0,
        width=attempt.width,
        height=attempt.height,
        about={
            "regeneration": row.generation_id,
            "attempt": attempt.id,
            "prompt": row.prompt,
            "model": attempt.model,
            "seed": attempt.seed,
            "cost": None if attempt.cost is None else str(attempt.cost),
        },
        created_at=at,
    )


def _replaced(draft: Draft, piece: str, at: datetime) -> EditorAsset | None:
    """What lies in the slot until now, for the bin; None for a gap, and for what was added by somebody and is an asset already."""
    i = draft.edit.index(piece)
    old = draft.edit.pieces[i]
    part = next((part for part in draft.parts if part.name == old.media), None)
    if part is None:
        return None
    return EditorAsset(
        id=new_id(),
        ad_id=draft.ad.id,
        name=old.media,
        kind="clip",
        title=f"{draft.edit.called(i)}, as it was made",
        origin="replaced",
        media_id=part.media_id,
        n_frames=old.held,
        width=int(draft.edit.settings["width"]),
        height=int(draft.edit.settings["height"]),
        about={"prompt": old.own.get("still_prompt"), "model": old.own.get("video_model"), "seed": old.own.get("seed")},
        created_at=at,
    )


def _owned(session: Session, user_id: str, ad_id: str, id: str, need: Right = Right.EDIT) -> Regeneration:
    owned_ad(session, user_id, ad_id, need=need)
    row = session.get(Regeneration, id) if is_id(id) else None
    if row is None or row.ad_id != ad_id:
        raise NotFound(NO_ORDER)
    return row
