"""Media of one's own in an ad's edit (FR-024): brought to it, made to fit by a job, listed, removed. Knows no HTTP and no pixels.

    upload ─▶ job (progress, cancel, again) ─▶ asset: a file of the ad under a name that timelines can give, used by ordinary edits

The name is new for every file and never means another one. The original stays with its owner as it came.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipelines.brought_media import STILL_S, STILLS_S, Kind, media_name
from studio.errors import InputRefused, NotFound, NotReady
from studio.jobs.assets_job import AssetOrder, assets_job
from studio.jobs.desk import Desk
from studio.services.drafts import Asset, Draft
from studio.services.editor import Editor
from studio.services.editor_assets_keeper import ORIGIN
from studio.services.library import Library, search_key
from studio.services.ownership import owned_ad
from studio.services.plain_text import plain_text
from studio.services.prices import Quote
from studio.store.access import Right
from studio.store.database import Database
from studio.store.media import Media
from studio.store.tables import (
    BroughtMedia,
    EditorAsset,
    EditorDraft,
    EditorVersion,
    Generation,
    GenerationKind,
    JobProgress,
    Status,
    Upload,
    is_id,
    new_id,
)
from studio.store.times import Clock, utc_now

MOST_ASSETS = 100
"""Of one ad."""

MOST_MAKING = 8
"""Of one person at once."""

LONGEST_TITLE = 80
KINDS: Mapping[str, Kind] = {"picture": "image", "film": "film", "sound": "sound"}
NO_ASSET = "There is no such file among the media of this ad."


@dataclass(frozen=True)
class AssetTold:
    """A file that was added to an ad. status: "making", "ready" or "failed"; trouble: why it failed. percent: 0..100. asset: None until it
    is ready."""

    id: str
    name: str
    kind: str
    title: str
    origin: str
    status: str
    percent: int
    trouble: str
    notes: tuple[str, ...]
    asset: Asset | None
    in_use: bool
    created_at: datetime


class EditorAssets:
    """Thread-safe."""

    def __init__(self, database: Database, media: Media, desk: Desk, library: Library, editor: Editor, clock: Clock = utc_now) -> None:
        self._database = database
        self._media = media
        self._desk = desk
        self._library = library
        self._editor = editor
        self._clock = clock

    def bring(self, user_id: str, ad_id: str, upload_id: str, title: str = "", seconds: float = STILL_S) -> AssetTold:
        """Make one of the user's uploads fit the ad's edit; a picture is shown for so many seconds. It is free. Raises InputRefused,
        NotFound, NotYours, NotReady."""
        if not STILLS_S[0] <= seconds <= STILLS_S[1]:
            raise InputRefused(f"A picture lasts {STILLS_S[0]:g} to {STILLS_S[1]:g} seconds; choose within that.", field="seconds")
        draft = self._editor.open(user_id, ad_id)
        called = " ".join(plain_text(title).split())[:LONGEST_TITLE]
        at = self._clock()
        with self._database.writing(lock=f"user:{user_id}") as session:
            upload = session.get(Upload, upload_id) if is_id(upload_id) else None
            if upload is None or upload.owner_id != user_id:
                raise InputRefused("There is no such upload; send the file again.", field="upload_id")
            self._room(session, user_id, ad_id)
            kind, id = KINDS[upload.kind], new_id()
            called = called or PurePath(upload.name).stem[:LONGEST_TITLE] or "Brought along"
            name = media_name(kind, id[:8], upload.name)
            session.add(_generation(draft, user_id, id, called, at))
            session.flush()
            session.add(
                BroughtMedia(
                    generation_id=id,
                    ad_id=ad_id,
                    original_id=upload.file_id,
                    kind=kind,
                    name=name,
                    title=called,
                    notes=[],
                    created_at=at,
                )
            )
            session.flush()
            own = draft.edit.settings
            order = AssetOrder(upload.file_id, kind, (int(own["width"]), int(own["height"])), draft.edit.fps, seconds)
            self._desk.submit(session, id, owner=user_id, kind=f"asset: {kind}", fn=assets_job, args=(order,))
        return self.one(user_id, ad_id, id)

    def of(self, user_id: str, ad_id: str) -> tuple[AssetTold, ...]:
        """All that was added to the user's ad, the last first. Raises NotFound, NotYours, NotReady."""
        draft = self._editor.open(user_id, ad_id)
        there = {asset.id: asset for asset in draft.assets}
        found = (
            select(BroughtMedia, Generation, JobProgress.percent)
            .join(Generation, Generation.id == BroughtMedia.generation_id)
            .outerjoin(JobProgress, JobProgress.job == Generation.id)
            .where(BroughtMedia.ad_id == ad_id)
        )
        with self._database.reading() as session:
            rows = {brought.generation_id: (brought, made, percent) for brought, made, percent in session.execute(found)}
        told = [_brought(*row, there.get(id), draft) for id, row in rows.items()]
        told += [_kept(asset, draft) for asset in draft.assets if asset.id not in rows]
        return tuple(sorted(told, key=lambda one: (one.created_at, one.id), reverse=True))

    def one(self, user_id: str, ad_id: str, id: str) -> AssetTold:
        """One of them. Raises NotFound, NotYours."""
        for one in self.of(user_id, ad_id):
            if one.id == id:
                return one
        raise NotFound(NO_ASSET)

    def remove(self, user_id: str, ad_id: str, id: str) -> None:
        """Remove one that was brought; made or not. Raises NotFound, NotYours, NotReady while it is being made, or where the draft, what
        can be undone in it, or a saved version shows it."""
        with self._database.writing(lock=f"draft:{ad_id}") as session:
            owned_ad(session, user_id, ad_id, need=Right.EDIT)
            row = session.get(BroughtMedia, id) if is_id(id) else None
            if row is None or row.ad_id != ad_id:
                raise NotFound(NO_ASSET)
            made = session.get_one(Generation, id)
            if not made.status.final:
                raise NotReady("This file is still being made fit; cancel it first.")
            if _named(session, ad_id, row.name):
                raise NotReady("The edit, its history or a saved version shows this file; it stays as long as they do.")
            orphans = set[str]()
            if (asset := session.get(EditorAsset, id)) is not None:
                media_id = asset.media_id
                session.delete(asset)
                session.flush()
                orphans |= self._media.forget(session, {media_id})
            orphans |= self._library.remove_in(session, made)
        self._media.sweep(orphans)
        self._desk.forget(id)

    def rest(self, generation: Generation) -> Quote:
        """What it costs to try one again: nothing."""
        return Quote(())

    def _room(self, session: Session, user_id: str, ad_id: str) -> None:
        of_ad = session.scalar(select(func.count()).select_from(BroughtMedia).where(BroughtMedia.ad_id == ad_id)) or 0
        if of_ad >= MOST_ASSETS:
            raise NotReady(f"An ad holds {MOST_ASSETS} files of your own; remove one first.")
        waiting = (
            Generation.user_id == user_id,
            Generation.kind == GenerationKind.ASSET,
            Generation.status.in_((Status.PENDING, Status.PROCESSING)),
        )
        if (session.scalar(select(func.count()).select_from(Generation).where(*waiting)) or 0) >= MOST_MAKING:
            raise NotReady(f"{MOST_MAKING} files are being made fit already; wait for one of them.")


def _generation(draft: Draft, user_id: str, id: str, called: str, at: datetime) -> Generation:
    return Generation(
        id=id,
        user_id=user_id,
        team_id=draft.ad.team_id,
        kind=GenerationKind.ASSET,
        listed=False,
        prompt=called,
        prompt_key=search_key(called),
        duration=draft.ad.duration,
        aspect_ratio=draft.ad.aspect_ratio,
        brief={},
        quoted_cost=Quote(()).total,
        created_at=at,
    )


def _named(session: Session, ad_id: str, name: str) -> bool:
    """Whether the draft, what was done or undone in it, or a saved version names this file."""
    draft = session.get(EditorDraft, ad_id)
    if draft is not None and any(name in text for text in (draft.now, draft.base, json.dumps([draft.done, draft.undone]))):
        return True
    return any(name in text for text in session.scalars(select(EditorVersion.timeline).where(EditorVersion.ad_id == ad_id)))


def _used(draft: Draft) -> set[str]:
    stems = {stem.media for stem in (draft.edit.music, draft.edit.effects) if stem}
    return {piece.media for piece in draft.edit.pieces} | stems


def _brought(row: BroughtMedia, made: Generation, percent: float | None, asset: Asset | None, draft: Draft) -> AssetTold:
    failed = made.status is Status.FAILED
    return AssetTold(
        id=row.generation_id,
        name=row.name,
        kind="clip" if row.kind == "film" else row.kind,
        title=row.title,
        origin=ORIGIN,
        status="ready" if asset else "failed" if failed else "making",
        percent=100 if asset else int(percent or 0),
        trouble=(made.error_message or "") if failed else "",
        notes=tuple(row.notes),
        asset=asset,
        in_use=row.name in _used(draft),
        created_at=row.created_at,
    )


def _kept(asset: Asset, draft: Draft) -> AssetTold:
    in_use = asset.name in _used(draft)
    return AssetTold(asset.id, asset.name, asset.kind, asset.title, asset.origin, "ready", 100, "", (), asset, in_use, asset.created_at)
