"""How a finished ad was made, as rows: its plan, its recipe, what is told of it, and each of its shots. Knows no files' places.

The report is what a person is told of their ad:

    width, height, fps, n_frames, duration_s, size_bytes      the film
    lufs, true_peak_dbtp                                      its sound, null where it is silent
    writer, framework, rationale                              its story, and who wrote it
    stages [{name, seconds}]                                  how long each stage took
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from models.asks import Made
from studio.store.money import counted
from studio.store.tables import Blueprint, Clip, MediaFile, Status

if TYPE_CHECKING:
    from pipelines.ad import Ad


def blueprint_of(generation_id: str, ad: "Ad", size_bytes: int) -> Blueprint:
    """Plan, recipe and report of `ad`, whose film has `size_bytes`."""
    return Blueprint(
        generation_id=generation_id,
        plan=plain(asdict(ad.plan)) if ad.plan else None,
        recipe=json.loads(ad.recipe) if ad.recipe else None,
        report=report_of(ad, size_bytes),
    )


def report_of(ad: "Ad", size_bytes: int) -> dict[str, Any]:
    """What is told of `ad`; see above."""
    return {
        "width": ad.width,
        "height": ad.height,
        "fps": ad.fps,
        "n_frames": ad.n_frames,
        "duration_s": ad.duration_s,
        "size_bytes": size_bytes,
        "lufs": ad.lufs,
        "true_peak_dbtp": ad.true_peak_dbtp,
        "writer": ad.writer,
        "framework": str(ad.spec.ad_specifications.framework),
        "rationale": ad.spec.analysis.rationale,
        "stages": [{"name": stage.name, "seconds": stage.seconds} for stage in ad.stages],
    }


def clips_of(generation_id: str, ad: "Ad", files: Sequence[tuple[MediaFile, MediaFile]], now: datetime) -> list[Clip]:
    """A row for each shot. files: still and clip of each, as they were put into the media."""
    shots = {shot.id: shot for shot in ad.plan.shots} if ad.plan else {}
    rows = []
    for position, (media, (still, clip)) in enumerate(zip(ad.media, files, strict=True)):
        shot = shots[media.shot_id]
        made = {"still": _made(media.still.made), "clip": _made(media.clip.made), "motion": shot.motion_prompt}
        rows.append(
            Clip(
                generation_id=generation_id,
                position=position,
                shot=media.shot_id,
                prompt=shot.still_prompt,
                model=media.clip.made.model,
                seed=media.clip.made.seed,
                status=Status.COMPLETED,
                n_frames=media.clip.n_frames,
                fps=media.clip.fps,
                still_id=still.id,
                video_id=clip.id,
                made=made,
                cost=counted(media.still.made.cost_usd + media.clip.made.cost_usd),
                created_at=now,
                completed_at=now,
            )
        )
    return rows


def _made(made: Made) -> dict[str, Any]:
    told: dict[str, Any] = plain(asdict(made))
    return told


def plain(value: Any) -> Any:
    """As JSON; paths by their names alone, since those of one machine mean nothing on another."""
    return json.loads(json.dumps(value, default=lambda other: PurePath(other).name if isinstance(other, PurePath) else str(other)))
