"""A group's final version as an edit of its own (PRD §23.8, decision 0026): its film on a timeline of one clip, which the Editor opens as
it opens any ad.

    take in the gallery ─▶ its version ─▶ an ad of one shot ─▶ trimmed, split, with type and music, in other shapes ─▶ exports

Nothing is made, rendered or paid for. The ad has files of its own, so that whatever happens to the group leaves the edit whole; it is not
listed, since the version is. Each version has one such ad, whose id follows from the attempt's: whoever opens it again finds their edit.
"""

import json
import shutil
import tempfile
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from models.asks import Clip as Film
from models.asks import Framing, Made, Still
from models.catalog import rows
from pipelines.aspect import Aspect
from pipelines.brief import PROMPT_CHARS, Brief
from pipelines.hero.hero_brief import what_it_shows
from pipelines.one_shot import SHOT, OneShot, plan_of, recipe_of, write_edit
from studio.errors import NotReady
from studio.services.ad_parts import MIMES, KeptParts, keep_parts, mime_of
from studio.services.blueprints import plain
from studio.services.hero_briefs import found
from studio.services.hero_remakes import remake_of
from studio.services.library import search_key
from studio.services.ownership import owned_ad
from studio.store.access import Right
from studio.store.database import Database
from studio.store.media import Media, MediaKind
from studio.store.money import NOTHING
from studio.store.tables import (
    Blueprint,
    Clip,
    Generation,
    GenerationGroup,
    GenerationKind,
    HeroFrame,
    Iteration,
    MediaFile,
    Status,
    VideoAttempt,
    is_id,
)

EDITS = UUID("6f1d7a52-3f0e-5f1b-9a53-51c0f4b10c21")
"""The space of names in which an attempt's id becomes its edit's."""

SUFFIXES = {mime: suffix for suffix, mime in MIMES.items() if suffix != ".jpeg"}
NOT_FINAL = "Make one of these takes the final version first; then the Editor opens it."
NO_FILM = "The film of this version is gone; choose another one."


def edit_id(attempt_id: str) -> str:
    """Of the ad that an attempt is edited as."""
    return str(uuid5(EDITS, attempt_id))


def as_edited(database: Database, media: Media, user_id: str, id: str, now: datetime) -> str:
    """The id of the ad that the Editor opens for `id`: of an iteration that holds its group's final version, the version's edit, begun if
    there is none; anything else is itself. Raises NotFound, NotYours, and NotReady for takes of which none is final."""
    with database.reading() as session:
        take = session.get(Generation, id) if is_id(id) else None
        if take is None or take.kind is not GenerationKind.TAKE:
            return id
        take = owned_ad(session, user_id, id, need=Right.EDIT)
        attempt, frame = _version(session, take)
        edit = edit_id(attempt.id)
        if session.get(Generation, edit) is not None:
            return edit
        files = (attempt.video, frame.image, attempt.thumbnail or frame.thumbnail)
        one, brief = _one_shot(session, attempt, frame)
    put: list[MediaFile] = []
    try:
        begun = _begin(database, media, edit, take, files, (one, brief), put, now)
    except BaseException:
        media.remove([file.id for file in put])
        raise
    if not begun:
        media.remove([file.id for file in put])
    return edit


def _version(session: Session, take: Generation) -> tuple[VideoAttempt, HeroFrame]:
    group = session.get_one(GenerationGroup, session.get_one(Iteration, take.id).group_id)
    attempt = session.get(VideoAttempt, group.final_attempt_id) if group.final_attempt_id else None
    if attempt is None or attempt.generation_id != take.id:
        raise NotReady(NOT_FINAL)
    frame = session.get(HeroFrame, str(take.brief.get("hero_frame_id")))
    if attempt.video is None or frame is None or frame.image is None:
        raise NotReady(NO_FILM)
    return attempt, frame


def _one_shot(session: Session, attempt: VideoAttempt, frame: HeroFrame) -> tuple[OneShot, Brief]:
    """The version, its files as yet nowhere, and the brief of an ad that it would be the whole of."""
    hero, _ = found(frame.brief)
    ask, made = remake_of(session, frame).ask, attempt.made or {}
    known = {row.id for kind in ("image", "video") for row in rows(kind)}
    models = {kind: model for kind, model in (("image", frame.model), ("video", attempt.model)) if model in known}
    prompt = what_it_shows(hero.prompt)[: PROMPT_CHARS[1]]
    changed = {"prompt": prompt, "aspect": Aspect(frame.aspect_ratio), "models": models, "product_image": None}
    width, height = attempt.width or frame.width, attempt.height or frame.height
    nowhere = Path()
    one = OneShot(
        Still(nowhere, frame.width, frame.height, Made(frame.model, frame.seed or 0)),
        Film(nowhere, width, height, attempt.n_frames or 0, attempt.fps or 24, Made(attempt.model, attempt.seed or 0)),
        prompt=frame.prompt,
        motion=str(made.get("prompt") or ""),
        move=str(made.get("move") or ""),
        subject=ask.subject if ask else None,
        framing=ask.framing if ask else Framing(),
        palette=ask.palette if ask else (),
    )
    return one, hero.order.model_copy(update=changed)


def _begin(
    database: Database,
    media: Media,
    id: str,
    take: Generation,
    files: tuple[MediaFile | None, MediaFile | None, MediaFile | None],
    version: tuple[OneShot, Brief],
    put: list[MediaFile],
    now: datetime,
) -> bool:
    """Put the ad's own files and write down what it is. put: gets every file that was put. False: another window was quicker."""
    one, brief = version

    def keep(file: Path, kind: MediaKind) -> MediaFile:
        put.append(media.put(file, owner_id=take.user_id, kind=kind, mime=mime_of(file), made_for=id))
        return put[-1]

    with tempfile.TemporaryDirectory(prefix="adstudio-version-") as folder:
        clip, picture, poster = (
            _copy(media, file, Path(folder), name) for file, name in zip(files, ("clip", "picture", "poster"), strict=True)
        )
        assert clip is not None
        assert picture is not None
        one = replace(one, picture=replace(one.picture, path=picture), clip=replace(one.clip, path=clip))
        plan = plan_of(one, brief)
        film = keep(clip, "video")
        shown = keep(poster or picture, "thumbnail")
        parts = keep_parts(id, write_edit(one, plan, take.prompt[:80], Path(folder)), keep, {})
        recipe = recipe_of(one, plan, brief)
    with database.writing(lock=f"user:{take.user_id}") as session:
        if session.get(Generation, id) is not None:
            return False
        session.add(_ad(id, take, one, brief, now, film, shown))
        session.flush()
        session.add(Blueprint(generation_id=id, plan=plain(asdict(plan)), recipe=json.loads(recipe), report=_report(one, film.size)))
        session.add(_shot(id, one, parts, now))
        session.add_all(parts.rows)
    return True


def _ad(id: str, take: Generation, one: OneShot, brief: Brief, now: datetime, film: MediaFile, poster: MediaFile) -> Generation:
    return Generation(
        id=id,
        user_id=take.user_id,
        team_id=take.team_id,
        listed=False,
        prompt=take.prompt,
        prompt_key=search_key(take.prompt),
        duration=take.duration,
        aspect_ratio=take.aspect_ratio,
        brief=json.loads(brief.model_dump_json()),
        status=Status.COMPLETED,
        num_scenes=1,
        models=list(dict.fromkeys((one.picture.made.model, one.clip.made.model))),
        notes=list(take.notes),
        video_id=film.id,
        thumbnail_id=poster.id,
        quoted_cost=NOTHING,
        cost=NOTHING,
        created_at=now,
        completed_at=now,
    )


def _shot(id: str, one: OneShot, parts: KeptParts, now: datetime) -> Clip:
    film, still = parts.shots[SHOT]
    made = {"still": plain(asdict(one.picture.made)), "clip": plain(asdict(one.clip.made)), "motion": one.motion}
    return Clip(
        generation_id=id,
        position=0,
        shot=SHOT,
        prompt=one.prompt,
        model=one.clip.made.model,
        seed=one.clip.made.seed,
        status=Status.COMPLETED,
        n_frames=one.clip.n_frames,
        fps=one.clip.fps,
        still_id=still,
        video_id=film,
        made=made,
        created_at=now,
        completed_at=now,
    )


def _report(one: OneShot, size_bytes: int) -> dict[str, Any]:
    """As studio.services.blueprints has it, of a silent film without a story."""
    clip = one.clip
    size = {"width": clip.width, "height": clip.height, "fps": clip.fps, "n_frames": clip.n_frames, "duration_s": clip.n_frames / clip.fps}
    return size | {"size_bytes": size_bytes, "lufs": None, "true_peak_dbtp": None, "stages": []}


def _copy(media: Media, file: MediaFile | None, folder: Path, name: str) -> Path | None:
    if file is None:
        return None
    with media.local(file) as there:
        return Path(shutil.copyfile(there, folder / f"{name}{SUFFIXES[file.mime]}"))
