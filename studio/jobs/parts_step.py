"""The first step of every job that cuts a finished ad again: its parts in the job's own folder."""

from pathlib import Path
from typing import cast

from pipelines.progress import Tools
from studio.jobs.durable_run import JobTools
from studio.services.ad_parts import Part, lay_out

FOLDER = "parts"


def lay_out_parts(tools: Tools, parts: tuple[Part, ...]) -> Path:
    """Where the timeline is, with everything that it names around it."""
    job = cast(JobTools, tools)

    def fetch(file: str, into: Path) -> Path:
        job.check()
        return job.keeper.fetch(job.id, file, into)

    return lay_out(parts, job.workdir / FOLDER, fetch)
