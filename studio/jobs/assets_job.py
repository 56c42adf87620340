"""A file that was brought to an ad's edit as a job: fetched, made to fit, kept among the ad's media."""

from dataclasses import dataclass
from typing import cast

from models.errors import DiskFull, MediaError
from pipelines.brought_media import STILL_S, Fitted, Kind, fitted
from pipelines.progress import Run, Tools
from studio.errors import InputRefused
from studio.jobs.durable_run import JobTools


@dataclass(frozen=True)
class AssetOrder:
    """original: the media id of the file as it came. size, fps: of the edit. still_s: for how long a picture is shown."""

    original: str
    kind: Kind
    size: tuple[int, int]
    fps: int
    still_s: float = STILL_S


@dataclass(frozen=True)
class AssetKept:
    """What the job comes to: the id of the asset."""

    asset_id: str


def assets_job(run: Run, order: AssetOrder) -> AssetKept:
    """Raises InputRefused for what cannot be used, with the reason; Cancelled when asked to stop."""
    run.report(2, "bring", "Looking at the file")
    made = run.submit("bring", bring, order).result()
    kept = run.step("keep", keep, made)
    run.report(100, "done", "Ready")
    return kept


def bring(tools: Tools, order: AssetOrder) -> Fitted:
    """The file, made to fit, in the job's folder."""
    job = cast(JobTools, tools)
    source = job.keeper.fetch(job.id, order.original, job.workdir / "original")
    whole = job.job(5, 98, "bring")
    out = job.workdir / ("fitted.wav" if order.kind == "sound" else "fitted.mp4")

    def tell(done: float) -> None:
        whole.progress(done, "Making it fit this ad")

    try:
        return fitted(source, order.kind, out, order.size, order.fps, still_s=order.still_s, check=job.check, tell=tell)
    except DiskFull:
        raise
    except MediaError as error:
        raise InputRefused(str(error), field="file") from error


def keep(tools: Tools, made: Fitted) -> AssetKept:
    """Among the ad's media."""
    job = cast(JobTools, tools)
    kept: AssetKept = job.keeper.keep(job.id, made)
    return kept
