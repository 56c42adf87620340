"""An ad as a job: the main path under the durable runner."""

from pathlib import Path

from pipelines.ad import Ad, make_ad
from pipelines.brief import Brief
from pipelines.progress import Run


def make_ad_job(run: Run, brief: Brief, out: Path) -> Ad:
    """See pipelines.ad.make_ad; everything in between stays in the job's folder until the job is forgotten."""
    return make_ad(brief, run, out)
