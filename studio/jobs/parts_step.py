"""The first steps of every job that cuts a finished ad again: its parts, and its film, in the job's own folder."""

from pathlib import Path
from typing import cast

from pipelines.progress import Tools
from studio.jobs.durable_run import JobTools
from studio.services.ad_parts import Part, lay_out

FOLDER = "parts"
FILM = "film-before.mp4"


def lay_out_parts(tools: Tools, parts: tuple[Part, ...]) -> Path:
    """Where the timeline is, with everything that it names around it."""
    job = cast(JobTools, tools)

    def fetch(file: str, into: Path) -> Path:
        job.check()
        return job.keeper.fetch(job.id, file, into)

    return lay_out(parts, job.workdir / FOLDER, fetch)


def bring_film(tools: Tools, film: str) -> Path:
    """The ad's film, by its media id."""
    job = cast(JobTools, tools)
    there = job.keeper.fetch(job.id, film, job.workdir / "before")
    return there.replace(there.with_name(FILM))
