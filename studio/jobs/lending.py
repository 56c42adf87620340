"""The step of an ad of a set that waits for the clips which another ad of the set makes, and brings them to its own folder.

It waits between steps, where nothing is computed, so that it is in no clip's way.
"""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from models.asks import Clip, Made, Still
from models.media.image_file import read_image
from models.media.video_file import probe
from pipelines.clips import ShotMedia
from pipelines.progress import Tools
from pipelines.sharing import Lent
from studio.jobs.durable_run import JobTools
from studio.jobs.keeper import LentShot

LOOK_EVERY_S = 0.5
FOLDER = "lent"


def borrow(tools: Tools, keys: dict[str, str]) -> Lent:
    """What was made of these shots for other ads of the set; see pipelines.ad.Lend. Raises Cancelled."""
    job = cast(JobTools, tools)
    told = False
    while (found := job.keeper.lent(job.id, keys)) is None:
        job.check()
        if not told:
            job.report(18, "lend", "Waiting for the clips it shares with an ad before it")
            told = True
        time.sleep(LOOK_EVERY_S)
    media = {shot: _brought(job, shot, lent) for shot, lent in found.items() if lent.clip}
    return Lent(media, _notes(found))


def _notes(found: Mapping[str, LentShot]) -> tuple[str, ...]:
    lenders = dict.fromkeys(lent.lender for lent in found.values() if lent.clip)
    missing = [shot for shot, lent in found.items() if not lent.clip]
    notes = [f"{_count(sum(lent.lender == name for lent in found.values()))} made for {name} and used again." for name in lenders]
    if missing:
        lender = next(lent.lender for lent in found.values() if not lent.clip)
        notes.append(f"{lender} was to make {len(missing)} of these clips and failed; they were made, and paid for, here.")
    return tuple(notes)


def _count(n: int) -> str:
    return "One clip was" if n == 1 else f"{n} clips were"


def _brought(job: JobTools, shot: str, lent: LentShot) -> ShotMedia:
    """Picture and clip as files of this ad, under endings that say what they are."""
    job.check()
    still = _named(job.keeper.fetch(job.id, lent.still, job.workdir / FOLDER / f"{shot}-still"), lent.ending)
    clip = _named(job.keeper.fetch(job.id, lent.clip, job.workdir / FOLDER / f"{shot}-clip"), ".mp4")
    height, width = read_image(still).shape[:2]
    info = probe(clip)
    picture = Still(still, width, height, Made(lent.still_by))
    return ShotMedia(shot, picture, Clip(clip, info.width, info.height, info.n_frames, round(info.fps), Made(lent.clip_by)))


def _named(path: Path, suffix: str) -> Path:
    return path.rename(path.with_suffix(suffix))
