"""Exports of edited ads: in which shapes, sizes, rates and codecs they can be had, ordered as versions, listed. Knows no HTTP."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.media.audio_file import write_wav
from pipelines.ad import mixed_sound
from pipelines.aspect import Aspect
from pipelines.exports import RATES, SIDES, Export, Framing, Quality, codecs, sized
from pipelines.handoff import hand_off
from pipelines.plan_as_cut import plan_as_cut
from pipelines.preflight import preflight_before
from pipelines.reframing import reframable
from pipelines.scene_plan import ScenePlan
from pipelines.timeline import NAMESPACE, conform, timeline_from
from pipelines.timeline_media import names_in
from studio.errors import InputRefused, NotReady
from studio.jobs.export_job import ExportOrder, export_job
from studio.services.ad_checks import preflight_told
from studio.services.ad_parts import TIMELINE_ROLE, Part, lay_out
from studio.services.drafts import Asset, Draft
from studio.services.editor import Editor
from studio.services.editor_assets_keeper import ORIGIN
from studio.services.ownership import owned_ad
from studio.services.regenerations import product_photo
from studio.services.timeline_brought import OF
from studio.services.versions import Versions
from studio.store.access import Right
from studio.store.database import Database
from studio.store.media import Media
from studio.store.tables import AdVersion, Blueprint, Generation, Status, VersionKind

PLAN = TypeAdapter(ScenePlan)
QUALITIES: tuple[str, ...] = get_args(Quality)
FRAMINGS: tuple[str, ...] = get_args(Framing)


@dataclass(frozen=True)
class ExportTold:
    """An export as it stands. copied, rendered: frames, None before. words: what it is. framed: of each clip, where pictures were to be
    made again for another shape, how it got there: {"piece", "how", "why"}."""

    generation_id: str
    status: Status
    words: str
    trouble: str
    video_id: str | None
    size_bytes: int | None
    copied: int | None
    rendered: int | None
    why_whole: str
    created_at: datetime
    framed: tuple[Mapping[str, Any], ...] = ()


class EditorExports:
    """Thread-safe."""

    def __init__(self, database: Database, media: Media, editor: Editor, versions: Versions) -> None:
        self._database = database
        self._media = media
        self._editor = editor
        self._versions = versions

    def options(self, draft: Draft) -> dict[str, Any]:
        """What can be chosen, for a form. A codec that cannot be had here says why not."""
        own = draft.edit.settings
        with self._database.reading() as session:
            blueprint = session.get(Blueprint, draft.ad.id)
        return {
            "aspects": [{"id": one.value, "own": one.value == draft.ad.aspect_ratio} for one in Aspect],
            "heights": [{"id": side, "title": title, "larger": side > min(own["width"], own["height"])} for side, title in SIDES.items()],
            "rates": [{"id": rate, "own": rate == own["fps"]} for rate in RATES],
            "codecs": [{"id": one.id, "title": one.title, "why_not": one.why_not} for one in codecs()],
            "qualities": list(QUALITIES),
            "framings": framings(draft, blueprint),
        }

    def preflight(self, user_id: str, ad_id: str, revision: int, wish: Mapping[str, Any]) -> dict[str, Any]:
        """What the platform of the export's shape would say of the draft as it was at `revision`, before anything is rendered; what only
        a film can tell is among the unknown. wish: as for `order`. Raises EditedElsewhere, InputRefused, NotFound, NotYours, NotReady."""
        ad = self._versions.finished(user_id, ad_id)
        draft = self._editor.at(user_id, ad_id, revision)
        export = export_of(wish)
        edl, _ = conform(timeline_from(draft.timeline), Path())
        plan = plan_as_cut(PLAN.validate_python(ad.blueprint.plan), draft.edit) if ad.blueprint and ad.blueprint.plan else None
        return preflight_told(preflight_before(sized(edl, export), export.codec), plan)

    def order(self, user_id: str, ad_id: str, revision: int, wish: Mapping[str, Any]) -> str:
        """Export the draft as it was at `revision`; the id of the version that it becomes. wish: {"aspect", "short_side", "fps", "codec",
        "quality", "framing"}, each may be left out. Raises EditedElsewhere, InputRefused, NotFound, NotYours, NotReady, TooMany."""
        ad = self._versions.finished(user_id, ad_id)
        draft = self._editor.at(user_id, ad_id, revision)
        if ad.blueprint is None or ad.blueprint.plan is None or ad.video_id is None:
            raise NotReady("This ad was made before its plan was kept; make it again first.")
        with self._database.reading() as session:
            photo = product_photo(session, ad)
        order = ExportOrder(
            parts=_parts(draft),
            timeline=draft.timeline,
            plan=PLAN.validate_python(ad.blueprint.plan),
            recipe=ad.blueprint.recipe or {},
            export=export_of(wish),
            film=ad.video_id,
            changes=tuple(step.words for step in draft.done),
            photo=photo,
            brought=tuple(asset.title for asset in _used(draft) if asset.origin == ORIGIN),
            models=tuple(dict.fromkeys(str(piece.own.get("video_model")) for piece in draft.edit.pieces if piece.own.get("regenerated"))),
        )
        made = {"export": {key: value for key, value in wish.items() if value is not None}, "revision": revision, "saved": draft.saved_id}
        return self._versions.order(user_id, ad, VersionKind.EXPORTED, made=made, before=None, fn=export_job, args=(order,))

    def hand_off(self, user_id: str, ad_id: str, folder: Path) -> Path:
        """The user's draft and all of its media as a zip in `folder`. Raises NotFound, NotYours, NotReady, TimelineError, MediaError."""
        draft = self._editor.open(user_id, ad_id)

        def fetch(media_id: str, into: Path) -> Path:
            into.mkdir(parents=True, exist_ok=True)
            with self._media.local(self._media.find(media_id, owner_id=user_id)) as there:
                return Path(shutil.copyfile(there, into / "brought"))

        root = lay_out(_parts(draft), folder / "ad", fetch).parent
        timeline = timeline_from(draft.timeline)
        edl, levels = conform(timeline, root)
        mixed = write_wav(folder / "mix.wav", mixed_sound(edl, levels), bits=24)
        out = folder / "ad.zip"
        timeline.metadata[NAMESPACE][OF] = ad_id  # so that it comes back to this ad alone
        hand_off(timeline, root, out, mixed)
        return out

    def of(self, user_id: str, ad_id: str) -> tuple[ExportTold, ...]:
        """The exports of the user's ad, newest first. Raises NotFound, NotYours."""
        found = (
            select(AdVersion, Generation)
            .join(Generation, Generation.id == AdVersion.generation_id)
            .where(AdVersion.version_of == ad_id, AdVersion.kind == VersionKind.EXPORTED)
            .options(joinedload(Generation.blueprint))
            .order_by(AdVersion.created_at.desc(), AdVersion.generation_id)
        )
        with self._database.reading() as session:
            owned_ad(session, user_id, ad_id, need=Right.LOOK)
            return tuple(_told(version, made) for version, made in session.execute(found).unique())


def export_of(wish: Mapping[str, Any]) -> Export:
    """Checked. Raises InputRefused."""
    given = {key: value for key, value in wish.items() if value is not None}
    allowed: dict[str, tuple[Any, ...]] = {
        "aspect": tuple(one.value for one in Aspect),
        "short_side": tuple(SIDES),
        "fps": RATES,
        "codec": tuple(one.id for one in codecs()),
        "quality": QUALITIES,
        "framing": FRAMINGS,
    }
    for key, value in given.items():
        if value not in allowed.get(key, ()):
            raise InputRefused(f"{value!r} cannot be exported; choose one of {', '.join(map(str, allowed.get(key, ())))}.", field=key)
    why_not = {one.id: one.why_not for one in codecs()}[given.get("codec", "h264")]
    if why_not:
        raise InputRefused(why_not, field="codec")
    aspect = Aspect(given.pop("aspect")) if "aspect" in given else None
    return Export(aspect=aspect, **given)


def _parts(draft: Draft) -> tuple[Part, ...]:
    """The ad's own and what was added to it and is used, the timeline last."""
    own = [part for part in draft.parts if part.role != TIMELINE_ROLE]
    added = [Part(asset.name, "clip" if asset.kind != "sound" else "music", asset.media_id) for asset in _used(draft)]
    return (*own, *added, *(part for part in draft.parts if part.role == TIMELINE_ROLE))


def _used(draft: Draft) -> list[Asset]:
    """What was added to the ad and is shown or heard."""
    shown = {name for name, _ in names_in(timeline_from(draft.timeline))}
    return [asset for asset in draft.assets if asset.name in shown]


def framings(draft: Draft, blueprint: Blueprint | None) -> list[dict[str, Any]]:
    """How pictures can get into another shape. clips: how many of all can be photographed again. seconds: how long that takes by what the
    ad's own pictures took when they were made here, by shape; None where that is not known, and for a crop, which is part of exporting."""
    own = draft.edit.settings
    plan = PLAN.validate_python(blueprint.plan) if blueprint and blueprint.plan else None
    can = reframable(draft.edit, plan) if plan else None
    stages = ((blueprint.report if blueprint else None) or {}).get("stages", ())
    took = next((float(stage["seconds"]) for stage in stages if stage["name"] == "visuals"), None)
    seconds: dict[str, int | None] = {}
    for aspect in Aspect:
        width, height = aspect.scaled(min(own["width"], own["height"]))
        share = len(can.shots) / len(plan.shots) * (width * height) / (own["width"] * own["height"]) if can and plan else 0.0
        seconds[aspect.value] = None if took is None else max(1, round(took * share))
    clips, of = (len(can.pieces) - sum(isinstance(one, str) for one in can.pieces.values()), len(can.pieces)) if can else (0, 0)
    why_not = "" if clips else "None of its clips was made by the product studio, which alone makes the same picture in another shape."
    return [
        {"id": "crop", "title": "Crop around the subject", "clips": of, "of": of, "seconds": None, "why_not": ""},
        {"id": "rerender", "title": "Photograph again", "clips": clips, "of": of, "seconds": seconds, "why_not": why_not},
    ]


def _told(version: AdVersion, made: Generation) -> ExportTold:
    report = (made.blueprint.report if made.blueprint else None) or {}
    done = made.status is Status.COMPLETED
    return ExportTold(
        generation_id=made.id,
        status=made.status,
        words=_words(version.made.get("export", {}), report if done else {}),
        trouble=made.error_message or "",
        video_id=made.video_id,
        size_bytes=report.get("size_bytes") if done else None,
        copied=version.made.get("copied"),
        rendered=version.made.get("rendered"),
        why_whole=str(version.made.get("why_whole") or ""),
        created_at=version.created_at,
        framed=tuple(version.made.get("framed", ())),
    )


def _words(asked: Mapping[str, Any], report: Mapping[str, Any]) -> str:
    size = f"{report['width']} × {report['height']}, {report['fps']} fps" if report else ""
    told = [size, str(asked.get("codec", "h264")).upper().replace("H264", "H.264")]
    if not report:
        told = [
            str(asked.get("aspect") or ""),
            SIDES.get(asked.get("short_side", 0), ""),
            f"{asked['fps']} fps" if "fps" in asked else "",
            told[1],
        ]
    return ", ".join(filter(None, told))
